"""``skilltax demo``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

TOP = 12
SHOWN = 12  # postings on the highlighted page


def demo(output: Annotated[Path, typer.Option("--output", "-o", help="Folder for what is written.")] = Path("demo")) -> None:
    """Go the whole way on the sample postings: tags, a graph in two formats, and a look at what was found."""
    from collections import Counter

    from rich.console import Console
    from rich.table import Table

    from skilltax.export.graphs import write_graph
    from skilltax.export.highlight import highlight
    from skilltax.export.tags import write_tags
    from skilltax.graph.build import skill_graph
    from skilltax.postings.read import read_postings
    from skilltax.tagging.tagger import Tagger

    output.mkdir(parents=True, exist_ok=True)
    console = Console(highlight=False)
    write_sample(output / "postings.jsonl")
    tagged = list(Tagger().pipe(read_postings(output / "postings.jsonl")))
    write_tags(tagged, output / "tags.jsonl")
    made = skill_graph(tagged)
    for name in ("skills.gexf", "skills.graphml", "skills.html"):
        write_graph(made, output / name)

    mentions = sum(len(t.mentions) for t in tagged)
    console.print(f"{len(tagged)} postings, {mentions} mentions, {len(made)} skills, {made.number_of_edges()} pairs\n")

    skills = Table("skill", "category", "postings", "required", box=None, title="Top skills", title_justify="left")
    required = Counter(c for t in tagged for c in {m.concept for m in t.mentions if m.strength == "required"})
    for concept, node in sorted(made.nodes(data=True), key=lambda n: (-n[1]["postings"], n[0]))[:TOP]:
        skills.add_row(node["label"], node["category"], str(node["postings"]), str(required[concept]))
    console.print(skills)

    pairs = Table("skill", "with", "postings", "NPMI", box=None, title="\nStrongest pairs", title_justify="left")
    strong = [e for e in made.edges(data=True) if e[2]["count"] >= max(3, len(tagged) // 12)]
    for a, b, edge in sorted(strong, key=lambda e: (-e[2]["npmi"], -e[2]["count"], e[0], e[1]))[:TOP]:
        pairs.add_row(made.nodes[a]["label"], made.nodes[b]["label"], str(edge["count"]), f"{edge['npmi']:.2f}")
    console.print(pairs)

    roles = Table("role", "postings", "skills named most", box=None, title="\nRoles", title_justify="left")
    for role, number in sorted(made.graph["roles"].items(), key=lambda r: (-r[1], r[0])):
        held = [(n["roles"].get(role, 0), n["share"], n["label"]) for _, n in made.nodes(data=True)]
        top = sorted((h for h in held if h[0]), key=lambda h: (-h[0], h[1], h[2]))[:5]
        roles.add_row(role, str(number), ", ".join(label for _, _, label in top))
    console.print(roles)
    highlight(*tagged[:SHOWN]).save(output / "postings.html")
    console.print(f"\nWritten to {output}: postings.jsonl, tags.jsonl, skills.gexf (Gephi), skills.graphml (networkx, yEd)")
    console.print("To open in a browser: skills.html (the explorer), postings.html (tagged postings)")


def write_sample(path: Path) -> None:
    """Write the sample postings as one file, to try every command on."""
    import orjson

    from skilltax.postings.sample import sample_postings

    fields = ("id", "title", "company", "posted", "text")
    records = [{name: value for name in fields if (value := getattr(one, name)) is not None} for one in sample_postings()]
    path.write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in records))
