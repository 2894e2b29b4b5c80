"""The command line, run as a user runs it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from skilltax import load_taxonomy
from skilltax.taxonomy.resolve import Resolver
from tests.documented import PROGRAMS

POSTING = {
    "id": "one",
    "title": "SRE",
    "company": "Acme",
    "text": "You know Kubernetes.",
    "posted": "2026-11",
    "source": "here",
}


def records(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


def write_jsonl(path: Path, *rows: object) -> Path:
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows), "utf-8")
    return path


@pytest.mark.parametrize(
    "command", ["explain Go", "tag nowhere.jsonl", "related cuda --top 1 --json", "taxonomy resolve k8s", "nothing"]
)
def test_the_command_without_its_start_is_the_command(programs: Path, command: str) -> None:
    warm, cold = (
        subprocess.run([folder / "skilltax", *command.split()], capture_output=True, text=True, check=False)
        for folder in (programs, PROGRAMS)
    )
    assert (warm.returncode, warm.stdout, warm.stderr) == (cold.returncode, cold.stdout, cold.stderr)


def test_help_waits_for_nothing_that_only_commands_need() -> None:
    code = "import sys; from skilltax.cli import main\ntry: main()\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=False)
    assert done.stdout.startswith("Usage:"), done.stderr
    loaded = set(done.stdout.rpartition("\n")[0].rpartition("\n")[2].split())
    assert "typer" in loaded
    assert not loaded & {"ahocorasick_rs", "networkx", "numpy", "pandas", "pydantic", "rapidfuzz", "scipy", "spacy", "yaml"}


def test_a_posting_goes_in_and_tags_come_out(skilltax, tmp_path) -> None:
    done = skilltax("tag", write_jsonl(tmp_path / "p.jsonl", POSTING))
    assert done.returncode == 0, done.stderr
    (record,) = records(done.stdout)
    assert {k: record[k] for k in ("id", "title", "company", "posted", "source")} == {
        k: v for k, v in POSTING.items() if k != "text"
    }
    assert record["role"] == "sre"
    assert record["skills"] == ["kubernetes"]
    (mention,) = record["mentions"]
    assert POSTING["text"][mention["start"] : mention["end"]] == mention["text"] == "Kubernetes"
    assert set(mention) >= {"concept", "label", "category", "kind", "strength", "section", "match", "distance", "rule",
                            "confidence", "version", "quantity", "years", "any_of"}  # fmt: skip
    assert record["taxonomy"].count("sha256:") == 1
    assert "1 posting tagged" in done.stderr


def test_every_kind_of_input_in_one_run(skilltax, tmp_path) -> None:
    folder = tmp_path / "folder"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.md").write_text("# SRE\n\nKubernetes", "utf-8")
    (folder / "deep" / "b.txt").write_bytes("Kubernetes, caf\xe9".encode("cp1252"))
    (folder / "c.html").write_text("<p>Kubernetes</p>", "utf-8")
    (folder / "notes.docx").write_bytes(b"not a posting")
    with gzip.open(tmp_path / "d.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(POSTING))
    done = skilltax(
        "tag",
        folder,
        tmp_path / "d.jsonl.gz",
        "-",
        "-o",
        tmp_path / "out.jsonl",
        stdin='{"id": 7, "text": "\\ufeffKubernetes"}\n',
    )
    assert done.returncode == 0, done.stderr
    found = records((tmp_path / "out.jsonl").read_text("utf-8"))
    assert [r["id"] for r in found] == ["a", "c", "deep/b", "one", "7"]
    assert all("kubernetes" in r["skills"] for r in found)


def test_columns_with_names_of_their_own(skilltax, tmp_path) -> None:
    (tmp_path / "ads.csv").write_text("ref,advert,headline\n9,You know Go and Kubernetes.,Senior SRE\n", "utf-8")
    options = ["--text-field", "advert", "--id-field", "ref", "--title-field", "headline"]
    done = skilltax("tag", tmp_path / "ads.csv", *options)
    assert done.returncode == 0, done.stderr
    (found,) = records(done.stdout)
    assert (found["id"], found["title"], found["role"], found["skills"]) == ("9", "Senior SRE", "sre", ["go", "kubernetes"])


def test_a_bad_record_does_not_stop_the_run(skilltax, tmp_path) -> None:
    path = write_jsonl(tmp_path / "p.jsonl", POSTING, "{not json", {"id": "no text"}, "[1]", POSTING | {"id": "two"})
    done = skilltax("tag", path, "--errors", tmp_path / "bad.jsonl")
    assert done.returncode == 1
    assert [r["id"] for r in records(done.stdout)] == ["one", "two"]
    bad = records((tmp_path / "bad.jsonl").read_text("utf-8"))
    assert [b["line"] for b in bad] == [2, 3, 4]
    assert bad[1]["reason"].startswith("has no text; fields found: id")
    assert bad[0]["raw"].startswith("{not json")
    assert "2 postings tagged, 3 bad records" in done.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["tag", "nowhere.jsonl"], "nowhere.jsonl: no such file or folder"),
        (["tag", "."], "no postings in this folder"),
        (["graph", "nowhere.jsonl", "-o", "g.gexf"], "no such file; give a file that `skilltax tag` wrote"),
        (["taxonomy", "check", "nowhere"], "no such folder"),
        (["taxonomy", "show", "no-such-thing"], "no-such-thing: no such concept"),
    ],
)
def test_misuse_is_one_sentence_and_exit_2(skilltax, tmp_path, monkeypatch, args, message) -> None:
    monkeypatch.chdir(tmp_path)
    done = skilltax(*args)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_explain_tells_why_and_why_not(skilltax) -> None:
    done = skilltax("explain", "--json", "Services in Go; we go to market, then go home.", "--term", "go")
    rows = records(done.stdout)
    assert next((r["text"], r["kept"]) for r in rows) == ("Go", True)
    assert {r["rule"] for r in rows if not r["kept"]} <= {"case?", "veto", "longer"}
    assert any(not r["kept"] for r in rows)
    assert "Kubernetes" in skilltax("explain", "Kubernetes").stdout


def test_tags_become_a_graph(skilltax, tmp_path) -> None:
    import networkx as nx

    rows = [
        POSTING | {"id": str(i), "text": t}
        for i, t in enumerate(["Kubernetes, Terraform", "Kubernetes and Terraform", "Kubernetes"])
    ]
    skilltax("tag", write_jsonl(tmp_path / "p.jsonl", *rows), "-o", tmp_path / "t.jsonl")
    done = skilltax("graph", tmp_path / "t.jsonl", "-o", tmp_path / "g.gexf", "--weight", "jaccard")
    assert done.returncode == 0, done.stderr
    graph = nx.read_gexf(tmp_path / "g.gexf")
    assert graph.nodes["kubernetes"]["postings"] == 3
    edge = graph.edges["kubernetes", "terraform"]
    assert (edge["count"], edge["weight"]) == (2, pytest.approx(2 / 3, abs=1e-5))
    only = skilltax("graph", tmp_path / "t.jsonl", "-o", tmp_path / "g.json", "--role", "qa")
    assert only.returncode == 2
    assert "no posting of role qa" in only.stderr
    wrong = skilltax("graph", tmp_path / "t.jsonl", "-o", tmp_path / "g.json", "--weight", "colour")
    assert (wrong.returncode, "weight colour: unknown; known are count, given_source" in wrong.stderr) == (2, True)


def test_resolve_reads_names(skilltax) -> None:
    done = skilltax("taxonomy", "resolve", stdin="k8s\nGo (programming language)\nno such thing\n")
    found = records(done.stdout)
    assert [r["concept"] for r in found] == ["kubernetes", "go", None]
    assert [r["gated"] for r in found] == [False, False, False]


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(load_taxonomy())


@pytest.mark.parametrize(
    ("name", "concept"),
    [
        ("R language", "r"),
        ("SDR", "sdr"),  # which is in no posting that was counted, and an abbreviation of others too
        ("Windows 10", "windows"),
        ("S3 buckets", "amazon-s3"),
        ("Kubernetes clusters", "kubernetes"),
        ("containerization technologies", "containers"),
        ("Kubernetes/K8s", "kubernetes"),
        ("HCI (human-computer interaction)", "human-computer-interaction"),
        ("HCI (hyperconverged infrastructure)", "hyperconverged-infrastructure"),
        ("Kubernetes/Nomad", None),
        ("S3 Buckets Ltd", None),
        ("clusters", None),
        ("/", None),
    ],
)
def test_resolve_sees_through_versions_general_nouns_and_doubled_names(
    resolver: Resolver, name: str, concept: str | None
) -> None:
    assert resolver(name).concept == concept


def test_of_several_senses_of_a_name_the_most_frequent_is_meant(skilltax) -> None:
    taxonomy = load_taxonomy()
    for often, expected in (
        ({"oracle-cloud": 9}, "oracle-cloud"),
        ({"open-container-initiative": 9}, "open-container-initiative"),
    ):
        assert Resolver(taxonomy, often)("OCI").concept == expected
    assert records(skilltax("taxonomy", "resolve", "OCI").stdout)[0]["concept"] == "oracle-cloud"


def test_a_check_of_one_record_tells_of_no_other(skilltax, tmp_path) -> None:
    broken = "  broader: [container-orchestrator]\n  description: Ours.\n  examples: [nothing here]\n"
    (tmp_path / "mine.yaml").write_text(f"zorptool:\n  label: Zorptool\n{broken}zorptoo:\n  label: Zorptoo\n{broken}", "utf-8")
    done = skilltax("taxonomy", "check", "--overlay", tmp_path, "--only", "zorptool")
    assert "zorptool.examples" in done.stdout
    assert "zorptoo.examples" not in done.stdout
    assert "no such concept" in skilltax("taxonomy", "check", "--only", "zorptool").stderr


def test_taxonomy_show_and_stats(skilltax) -> None:
    assert "Kubernetes  (kubernetes, technology, orchestrators)" in skilltax("taxonomy", "show", "k8s").stdout
    rows = records(skilltax("taxonomy", "stats", "--json").stdout)
    assert rows[-1]["category"] == "all"
    assert rows[-1]["concepts"] == sum(r["concepts"] for r in rows[:-1])


def test_an_overlay_tags_names_of_your_own(skilltax, tmp_path) -> None:
    (tmp_path / "mine.yaml").write_text("zorptool:\n  label: Zorptool\n  description: Ours.\n", "utf-8")
    done = skilltax("tag", "-", "--taxonomy", tmp_path, stdin='{"text": "Zorptool"}\n')
    assert records(done.stdout)[0]["skills"] == ["zorptool"]


def test_the_demo_goes_the_whole_way(skilltax, tmp_path) -> None:
    import networkx as nx

    done = skilltax("demo", "-o", tmp_path / "demo")
    assert done.returncode == 0, done.stderr
    assert "Strongest pairs" in done.stdout
    assert len(records((tmp_path / "demo" / "tags.jsonl").read_text("utf-8"))) >= 20
    gexf, graphml = nx.read_gexf(tmp_path / "demo" / "skills.gexf"), nx.read_graphml(tmp_path / "demo" / "skills.graphml")
    assert set(gexf) == set(graphml)
    assert gexf.number_of_edges() == graphml.number_of_edges() > 0
    for page in ("skills.html", "postings.html"):
        assert "default-src 'none'" in (tmp_path / "demo" / page).read_text("utf-8")


def test_show_writes_a_page_of_the_posting(skilltax, tmp_path) -> None:
    (tmp_path / "one.md").write_text("# SRE\n\nYou know **Kubernetes** <script>alert(1)</script>\n", "utf-8")
    done = skilltax("show", tmp_path / "one.md", "-o", tmp_path / "one.html")
    assert done.returncode == 0, done.stderr
    assert "1 posting, 2 mentions" in done.stderr
    page = (tmp_path / "one.html").read_text("utf-8")
    assert page.count("<mark ") - page.count('<mark class="required">') >= 1
    assert "&lt;script&gt;alert(1)" in page
    assert skilltax("show", tmp_path / "one.md", "-o", tmp_path / "one.pdf").returncode == 2
    none = skilltax("show", tmp_path / "one.md", "--id", "two", "-o", tmp_path / "two.html")
    assert (none.returncode, "no posting two in" in none.stderr, (tmp_path / "two.html").exists()) == (2, True, False)


@pytest.mark.parametrize(
    "question",
    [
        ["roles", "contrast", "sre", "devops", "--top", "3"],
        ["trends", "2024-05..2024-09", "2024-10..2025-03", "--top", "3"],
    ],
    ids=lambda question: " ".join(question[:2]),
)
def test_an_answer_is_drawn_beside_its_table(skilltax, tmp_path, question) -> None:
    pytest.importorskip("matplotlib", reason="charts need matplotlib: pip install 'skilltax[plot]'")
    plain = skilltax(*question)
    drawn = skilltax(*question, "--chart", tmp_path / "chart.svg")
    assert drawn.returncode == 0, drawn.stderr
    assert drawn.stdout == plain.stdout
    assert "<svg" in (tmp_path / "chart.svg").read_text("utf-8")


def test_a_chart_that_cannot_be_drawn_is_refused_before_anything_is_printed(skilltax, tmp_path) -> None:
    for question, chart, message in (
        (["related", "rust"], "chart.pdf", "give a name that ends in .png or .svg"),
        (["related", "rust", "--to", "go"], "chart.png", "no chart for it"),
    ):
        done = skilltax(*question, "--chart", tmp_path / chart)
        assert (done.returncode, done.stdout) == (2, "")
        assert message in done.stderr
        assert list(tmp_path.iterdir()) == []


def test_graph_writes_the_explorer_and_pictures(skilltax, tmp_path) -> None:
    rows = [POSTING | {"id": str(i), "text": "Kubernetes, Terraform and Go"} for i in range(3)]
    skilltax("tag", write_jsonl(tmp_path / "p.jsonl", *rows), "-o", tmp_path / "t.jsonl")
    for name, begins in (("g.html", b"<!DOCTYPE html>"), ("g.png", b"\x89PNG"), ("g.svg", b"<?xml")):
        done = skilltax("graph", tmp_path / "t.jsonl", "-o", tmp_path / name)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["related", "k8s"], "docker"),
        (["roles", "contrast", "sre", "devops"], "site-reliability-engineering"),
        (["roles", "show", "ml-infrastructure"], "mlops"),
        (["gap", "--role", "ml-infrastructure", "--have", "python,Kubernetes"], "mlops"),
    ],
)
def test_questions_are_answered_from_the_shipped_counts(skilltax, args: list[str], expected: str) -> None:
    """Among the first three: which of them is first follows the counts of the day."""
    done = skilltax(*args, "--top", "3", "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert expected in [row["concept"] for row in answer["rows"]]
    assert answer["postings"] > 10


def test_questions_are_put_to_tags_counts_and_graphs(skilltax, tmp_path) -> None:
    """And all three give the same answer."""
    texts = ["Kubernetes, Terraform", "Kubernetes and Terraform", "Kubernetes", "Python"]
    rows = [POSTING | {"id": str(i), "text": text} for i, text in enumerate(texts)]
    skilltax("tag", write_jsonl(tmp_path / "p.jsonl", *rows), "-o", tmp_path / "t.jsonl")
    skilltax("graph", tmp_path / "t.jsonl", "-o", tmp_path / "g.graphml", "--save-counts", tmp_path / "c.npz")
    answers = [
        skilltax("related", "k8s", "--json", "--graph", tmp_path / name).stdout for name in ("t.jsonl", "c.npz", "g.graphml")
    ]
    assert answers[0] == answers[1] == answers[2]
    assert json.loads(answers[0])["rows"][0]["postings"] == 2
    twice = skilltax("graph", tmp_path / "c.npz", tmp_path / "c.npz", "-o", tmp_path / "g.json")
    assert "of 8 postings" in twice.stderr


def test_a_cv_is_matched_with_postings(skilltax, tmp_path) -> None:
    (tmp_path / "cv.md").write_text("I know Terraform and PostgreSQL.", "utf-8")
    rows = [POSTING | {"id": "no"}, POSTING | {"id": "yes", "text": "Requirements:\n- PostgreSQL or MySQL\n- Terraform"}]
    postings = write_jsonl(tmp_path / "p.jsonl", *rows)
    done = skilltax("match", tmp_path / "cv.md", postings, "--json")
    assert [row["id"] for row in json.loads(done.stdout)["rows"]] == ["yes", "no"]
    skilltax("tag", postings, "-o", tmp_path / "t.jsonl")
    assert skilltax("match", tmp_path / "cv.md", tmp_path / "t.jsonl", "--json").stdout == done.stdout
    assert "required: 2 of 2" in skilltax("match", tmp_path / "cv.md", postings).stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["related", "nosuchthing"], "nosuchthing: no such skill"),
        (["roles", "contrast", "sre", "designer"], "too few to compare"),
        (["gap", "--role", "sre"], "say what you have"),
        (["trends", "2024-11", "2024-12"], "2024-12..2024-12: 7 postings are too few"),
        (["trends", "spring", "2024-12"], "spring: is no period"),
        (["related", "python", "--graph", "nowhere.gexf"], "nowhere.gexf: no such file"),
        (["graph", "t.jsonl"], "nothing to write"),
    ],
)
def test_questions_that_cannot_be_answered(skilltax, args: list[str], message: str) -> None:
    done = skilltax(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_two_taxonomies_are_compared(skilltax, tmp_path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    for folder, extra in ((old, ""), (new, "zap:\n  label: Zap\n  description: New.\n")):
        folder.mkdir()
        (folder / "things.yaml").write_text(f"kvm:\n  label: KVM\n  description: One.\n{extra}", "utf-8")
    same = skilltax("taxonomy", "diff", old, old)
    assert (same.returncode, same.stdout) == (0, "nothing differs: 0.1.0\n")
    done = skilltax("taxonomy", "diff", old, new)
    assert (done.returncode, done.stdout) == (1, "1 concepts added\n  zap\na minor step: 0.2.0\n")
    (found,) = records(skilltax("taxonomy", "diff", old, new, "--json").stdout)
    assert (found["step"], found["version"], found["added"], found["gone"]) == ("minor", "0.2.0", ["zap"], [])
    postings = write_jsonl(tmp_path / "p.jsonl", POSTING | {"text": "KVM and Zap"})
    (found,) = records(skilltax("taxonomy", "diff", old, new, "--postings", postings, "--json").stdout)
    assert [(t["text"], t["left"], t["lost"], t["gained"]) for t in found["tags"]] == [("Zap", "KVM and ", "", "zap")]
    assert "1 tags gained, 0 lost" in skilltax("taxonomy", "diff", old, new, "--postings", postings).stdout
    missing = skilltax("taxonomy", "diff", old, tmp_path / "nowhere")
    assert (missing.returncode, missing.stdout) == (2, "")


def test_the_taxonomy_is_exported_and_read_back(skilltax, tmp_path) -> None:
    import csv

    assert skilltax("taxonomy", "export", "--format", "json", "-o", tmp_path / "t.json").returncode == 0
    shipped = Path(__file__).parents[1] / "taxonomy"
    assert skilltax("taxonomy", "diff", tmp_path / "t.json", shipped).returncode == 0
    (tmp_path / "mine.yaml").write_text("zorptool:\n  label: Zorptool\n  description: Ours.\n", "utf-8")
    done = skilltax("taxonomy", "export", "--format", "csv", "--taxonomy", tmp_path)
    assert next(r for r in csv.DictReader(done.stdout.splitlines()) if r["id"] == "zorptool")["category"] == "mine"
    assert skilltax("taxonomy", "export", "--format", "xml").returncode == 2


def test_ids_become_permanent_by_a_release(skilltax, tmp_path) -> None:
    folder = tmp_path / "t"
    folder.mkdir()
    (folder / "things.yaml").write_text(
        "kvm:\n  label: KVM\n  description: One.\nold:\n  label: old\n  description: Two.\n", "utf-8"
    )
    assert "2 ids, 2 of them new" in skilltax("taxonomy", "release", folder).stderr
    (folder / "things.yaml").write_text("kvm:\n  label: KVM\n  description: One.\n", "utf-8")
    assert "ids.txt:1: old: was in a released version and is gone" in skilltax("taxonomy", "check", folder).stdout
    assert "2 ids, 0 of them new" in skilltax("taxonomy", "release", folder).stderr


def test_neighbours_are_listed_for_review(skilltax, tmp_path) -> None:
    text = "".join(
        f"{i}:\n  label: {label}\n  description: D.\n" for i, label in {"a": "Tekton", "b": "Tecton", "c": "Octave"}.items()
    )
    (tmp_path / "things.yaml").write_text(text, "utf-8")
    done = skilltax("taxonomy", "check", tmp_path, "--neighbours")
    assert (done.returncode, done.stdout) == (0, "Tecton (b)  Tekton (a)\n")
