"""Loading: strict, and with every problem in one error."""

from __future__ import annotations

import pytest

from skilltax.errors import SkilltaxError, TaxonomyError
from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy import compiled
from skilltax.taxonomy import load as load_
from skilltax.taxonomy.compiled import dump, parse
from skilltax.taxonomy.lexicon import Lexicon, lexicon
from skilltax.taxonomy.load import canonical, load, read_folder
from tests.conftest import SMALL

LABEL = "label: KVM\n  description: A hypervisor.\n"

BROKEN = [
    ("kvm:\n  label: KVM\n", "things.yaml:1: kvm.description: Field required; add it"),
    (f"kvm:\n  {LABEL}  colour: red\n", "things.yaml:4: kvm.colour: Extra inputs are not permitted; known fields"),
    (f"kvm:\n  {LABEL}  broader: [nothing]\n", "things.yaml:4: kvm.broader: no concept nothing"),
    (f"kvm:\n  {LABEL}  aliases: [on]\n", 'YAML reads on as a bool; quote it: "on"'),
    (f"kvm:\n  {LABEL}  aliases: [3.10]\n", 'YAML reads 3.10 as a float; quote it: "3.10"'),
    (f"kvm:\n  {LABEL}  aliases:\n", "has no value; leave the field out"),
    (f"kvm:\n  {LABEL}kvm:\n  {LABEL}", "things.yaml:4: kvm: key is repeated; keep one of them"),
    (f"KVM:\n  {LABEL}", "things.yaml:1: KVM.id: String should match pattern"),
    (f"kvm:\n  {LABEL}  id: kvm\n", "kvm.id: follows from the file; leave it out"),
    (f"kvm:\n  {LABEL}  homepage: linux-kvm.org\n", "homepages begin with https://"),
    (f"kvm:\n  {LABEL}  match:\n    K: {{case: exact}}\n", "kvm.match.K: is no form of this concept"),
    (f"kvm:\n  {LABEL}  match:\n    KVM: {{needs: [nothing]}}\n", "no concept or category nothing"),
    (f"kvm: &a\n  {LABEL}", "anchors and aliases are not used"),
    ("kvm: [\n", "not YAML"),
    ("- kvm\n", "is not a mapping"),
    ("kvm: text\n", "is no record"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN, ids=[m.partition(";")[0] for _, m in BROKEN])
def test_a_broken_record_is_refused_with_its_place(write, text: str, message: str) -> None:
    with pytest.raises(TaxonomyError) as error:
        load(write(things=text))
    assert message in str(error.value)


def test_every_problem_is_told_at_once(write) -> None:
    folder = write(one="a: {label: A}\n", two=f"kvm:\n  {LABEL}  broader: [nothing]\n  colour: red\n")
    with pytest.raises(TaxonomyError) as error:
        load(folder)
    assert len(error.value.problems) == 2
    assert {p.file.partition("/")[2] for p in error.value.problems} == {"one.yaml", "two.yaml"}


def test_an_id_stands_in_one_file_only(write) -> None:
    with pytest.raises(TaxonomyError, match=r"two\.yaml:1: kvm: is also in .*one\.yaml:1"):
        load(write(one=f"kvm:\n  {LABEL}", two=f"kvm:\n  {LABEL}"))


def test_a_missing_folder_is_named(tmp_path) -> None:
    with pytest.raises(SkilltaxError, match="no such folder"):
        load(tmp_path / "nowhere")
    with pytest.raises(SkilltaxError, match=r"holds no \.yaml file"):
        load(tmp_path)


def test_an_overlay_adds_concepts_and_aliases(write, small, tmp_path) -> None:
    base = write(things=f"kvm:\n  {LABEL}  aliases: [Linux KVM]\n")
    (tmp_path / "mine.yaml").write_text("kvm:\n  aliases: [our KVM]\nacme:\n  label: Acme\n  description: Ours.\n", "utf-8")
    both = load(base, tmp_path)
    assert both["kvm"].aliases == ("Linux KVM", "our KVM")
    assert both["kvm"].category == "things"
    assert both["acme"].category == "mine"


def test_overlays_lie_on_top_of_the_shipped_taxonomy(monkeypatch, write, tmp_path) -> None:
    base = write(things=f"kvm:\n  {LABEL}")
    monkeypatch.setattr(load_, "shipped_folder", lambda: base)
    (tmp_path / "mine.yaml").write_text("kvm:\n  aliases: [our KVM]\n", "utf-8")
    assert load()["kvm"].aliases == ()
    assert load(overlays=[tmp_path])["kvm"].aliases == load(base, overlays=[tmp_path])["kvm"].aliases == ("our KVM",)


def test_an_overlay_lies_on_what_is_compiled_as_on_its_yaml(monkeypatch, write, tmp_path) -> None:
    base = write(
        things=f"kvm:\n  {LABEL}  aliases: [Linux KVM]\n  match:\n    KVM: {{case: exact}}\nxen:\n  label: Xen\n  description: X.\n",
        excluded="synergy: {reason: everyday word}\n",
        tails="tails:\n  technology: [software]\n",
    )
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "ours.yaml").write_text(
        "kvm:\n  aliases: [our KVM]\n  match:\n    our KVM: {never: [not our KVM]}\nacme:\n  label: Acme\n  description: A.\n",
        "utf-8",
    )
    (mine / "excluded.yaml").write_text("leverage: {reason: everyday word}\n", "utf-8")
    whole = load(base, mine)
    monkeypatch.setattr(compiled, "WORTH_IT", 0)
    monkeypatch.setattr(compiled, "_cache", lambda: tmp_path / "cache")
    load(base)
    read = []
    monkeypatch.setattr(load_, "read_folder", lambda folder: read.append(folder) or read_folder(folder))
    assert load(base, overlays=[mine]) == whole
    assert read == [mine]
    (mine / "ours.yaml").write_text("kvm:\n  broader: [nothing]\n  part_of: [acme]\n", "utf-8")
    with pytest.raises(TaxonomyError, match=r"ours\.yaml:2: kvm\.broader: no concept nothing"):
        load(base, overlays=[mine])


def test_an_overlay_refuses_a_concept_or_a_form(write, tmp_path) -> None:
    from skilltax.tagging.tagger import Tagger

    base = write(
        things=f"kvm:\n  {LABEL}  aliases: [Linux KVM]\n  match:\n    KVM: {{case: exact}}\nxen:\n  label: Xen\n  description: X.\n"
    )
    (tmp_path / "mine.yaml").write_text("xen: {matched: false}\nkvm:\n  match:\n    Linux KVM: {tagged: false}\n", "utf-8")
    assert Tagger(load(base)).concepts("Xen; Linux KVM") == {"xen", "kvm"}
    tagger = Tagger(load(base, tmp_path))
    assert tagger.concepts("Xen") == frozenset()
    assert [m.text for m in tagger("Linux KVM").mentions] == ["KVM"]
    (tmp_path / "mine.yaml").write_text("kvm: {matched: false}\n", "utf-8")
    assert Tagger(load(base, tmp_path)).concepts("KVM, Linux KVM, Xen") == {"xen"}


def test_what_is_too_large_or_too_deep_is_refused(write, tmp_path) -> None:
    chain = "".join(f"c{i}:\n  label: thing {i}\n  description: D.\n  broader: [c{i + 1}]\n" for i in range(3000))
    with pytest.raises(TaxonomyError, match="more than 40 levels above it; name something more general"):
        load(write(things=chain + "c3000:\n  label: top\n  description: D.\n"))
    with pytest.raises(TaxonomyError, match="nested too deeply"):
        load(write(things="a: " + "[" * 100_000 + "]" * 100_000))
    with pytest.raises(TaxonomyError, match="larger than 4,000,000 bytes; split it by category"):
        load(write(things="#" * 4_000_001))
    for i in range(501):
        (tmp_path / f"{i}.yaml").touch()
    with pytest.raises(SkilltaxError, match=r"holds more than 500 \.yaml files"):
        load(tmp_path)


def test_records_are_frozen(small) -> None:
    with pytest.raises(Exception, match="frozen"):
        small["go"].label = "Golang"


def test_the_version_follows_the_sources(write) -> None:
    one, same, other = (load(write(things=f"kvm:\n  {LABEL}{extra}")) for extra in ("", "", "  aliases: [x86 KVM]\n"))
    assert one.version == same.version != other.version


def test_the_compiled_form_is_the_taxonomy(small) -> None:
    again = parse(dump(small))
    assert again.concepts == small.concepts
    assert again.version == small.version
    assert again.rules == small.rules


def test_canonical_form_is_a_fixed_point(write, tmp_path) -> None:
    text = "# Things.\nb:\n  description: B.\n  label: Bee\n  aliases: [z, A, a]\na: {label: Ay, description: A.}\n"
    source = next(s for s in read_folder(write(things=text)) if s.name.endswith("things.yaml"))
    once = canonical(source)
    assert once.startswith("# yaml-language-server: $schema=schema.json\n# Things.\n\na:\n  label: Ay\n")
    assert "aliases: [A, a, z]" in once
    again = next(s for s in read_folder(write(things=once)) if s.name.endswith("things.yaml"))
    assert canonical(again) == once
    assert again.data.keys() == source.data.keys()
    assert set(again.data["b"]["aliases"]) == set(source.data["b"]["aliases"])


def test_a_kept_lexicon_is_the_one_that_was_made(small) -> None:
    made = lexicon(small)
    kept = Lexicon.parse(made.dump())
    assert dict(kept) == dict(made)
    assert (kept.cores, kept.names) == (made.cores, made.names)


def test_no_yaml_is_read_where_the_compiled_form_is_known(monkeypatch, write, tmp_path) -> None:
    """A change of the YAML makes it anew; what is broken in the cache is made anew as well."""
    monkeypatch.setattr(compiled, "WORTH_IT", 1)
    monkeypatch.setattr(compiled, "_cache", lambda: tmp_path / "cache")
    read: list[str] = []
    folder = write(things=f"kvm:\n  {LABEL}")
    monkeypatch.setattr(load_, "read_folder", lambda folder: read.append("yaml") or read_folder(folder))

    def forms() -> set[str]:
        return set(compiled.lexicon(load(folder)))

    assert forms() == forms() and read == ["yaml"]
    for kept in (tmp_path / "cache").iterdir():
        kept.write_bytes(kept.read_bytes()[:50])
    assert forms() == forms() and read == ["yaml"] * 2
    (folder / "things.yaml").write_text(f"kvm:\n  {LABEL}  aliases: [x86 KVM]\n", "utf-8")
    assert "x86 kvm" in forms() and read == ["yaml"] * 3


def test_a_language_is_added_by_a_file(write, tmp_path) -> None:
    """Also by an overlay; what the shipped languages say stays."""
    folder = write(things=SMALL)
    (tmp_path / "cues.nl.yaml").write_text("preferred:\n  after: [is een pre]\n", "utf-8")
    (tmp_path / "sections.nl.yaml").write_text("requirements: [jouw profiel]\n", "utf-8")
    tagger = Tagger(load(folder, overlays=[tmp_path]))
    text = "**Jouw profiel**\n* Kubernetes\n* Golang is een pre\n**Dein Profil**\n* C++ is a plus"
    assert [(m.text, m.strength, m.section) for m in tagger(text).mentions] == [
        ("Kubernetes", "required", "requirements"),
        ("Golang", "preferred", "requirements"),
        ("C++", "preferred", "requirements"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n", "anchors and aliases are not used"),
        ("a: " + "[" * 5000 + "]" * 5000, "nested too deeply"),
        ("a:\n  b: " + "x" * 4_000_001, "larger than 4,000,000 bytes"),
        ("a: !!python/object/apply:os.system [ls]\n", "YAML reads|is no record"),
    ],
    ids=["aliases", "depth", "size", "tag"],
)
def test_a_yaml_bomb_is_refused_unread(write, tmp_path, text: str, said: str) -> None:
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    with pytest.raises(TaxonomyError, match=said):
        load(write(things=SMALL), overlays=[tmp_path])
