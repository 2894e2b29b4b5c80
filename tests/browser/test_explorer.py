"""The explorer page as its users meet it: every test acts as a person does and looks at what a person sees."""

from __future__ import annotations

import csv
import io
import itertools
import math
import re
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest

from benchmarks.explorer import clock, large_graph, point, slide
from skilltax.export.explorer import explore
from skilltax.export.reference import reference_graph

SVG = "{http://www.w3.org/2000/svg}"
AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
ET.register_namespace("", SVG.strip("{}"))


def shown(page) -> tuple[int, int]:
    """How many skills and links the foot of the page says are shown."""
    skills, links = re.match(r"([\d,]+) of [\d,]+ skills, ([\d,]+) of", page.text_content("#shown-said")).groups()
    return int(skills.replace(",", "")), int(links.replace(",", ""))


def saved(page, button: str) -> bytes:
    with page.expect_download() as download:
        page.click(button)
    return Path(download.value.path()).read_bytes()


def drawn(page) -> ET.Element:
    return ET.fromstring(saved(page, "#save-svg"))


def until(holds, seconds: float = 10.0) -> None:
    """Wait until something holds; the page's policy forbids Playwright's own way, which evaluates strings in it."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


def search(page, text: str, field: str = "#search") -> None:
    page.fill(field, text)
    page.wait_for_selector(f"{field}-list [role=option]")
    page.keyboard.press("Enter")


def rows(page, only_shown: bool = True) -> list[list[str]]:
    """The rows of the table that are drawn."""
    page.click("#to-table")
    page.set_checked("#shown-only", only_shown)
    return page.eval_on_selector_all("table.all tbody tr", "rows => rows.map(r => [...r.cells].map(c => c.innerText))")


def ids_of(graph: nx.Graph, labels) -> set[str]:
    by_label = {a["label"]: n for n, a in graph.nodes(data=True)}
    return {by_label[label] for label in labels}


def pick_slider(page, selector: str, value: int) -> None:
    page.eval_on_selector(selector, "(e, v) => { e.value = v; e.dispatchEvent(new Event('input', { bubbles: true })) }", value)


LOOKS = pytest.mark.parametrize(
    ("whose", "width", "dark"),
    [(whose, width, dark) for whose in ("graph", "reference") for width, dark in ((1280, False), (1280, True), (400, False))],
)


@pytest.fixture(scope="session")
def reference() -> nx.Graph:
    return reference_graph()


@pytest.fixture
def first_look(request, show, tmp_path, whose, width, dark):
    """A graph and its page, before anybody has touched it."""
    graph = request.getfixturevalue(whose)
    return graph, show(explore(graph).save(tmp_path / "page.html"), width=width, dark=dark)


@LOOKS
def test_the_first_look_is_readable(first_look) -> None:
    graph, page = first_look
    skills, links = shown(page)
    assert 20 < skills <= 300 < len(graph)
    assert links <= 2.7 * skills < graph.number_of_edges()
    picture = drawn(page)
    discs = [tuple(float(c.get(k)) for k in ("cx", "cy", "r")) for c in picture.findall(f".//{SVG}g/{SVG}circle")]
    assert len(discs) == skills
    assert len(picture.findall(f".//{SVG}line")) == links
    words = {t.text for t in picture.iter(f"{SVG}text")}
    frequent = sorted(graph, key=lambda n: -graph.nodes[n]["postings"])[:20]
    assert words >= {graph.nodes[n]["label"] for n in frequent}
    hidden = [a for a, b in itertools.permutations(discs, 2) if a[2] <= b[2] and math.dist(a[:2], b[:2]) < b[2]]
    assert len(hidden) <= skills / 20  # discs whose middle another one covers


@LOOKS
def test_labels_do_not_cover_each_other(show, first_look) -> None:
    picture = drawn(first_look[1])
    boxes = show("about:blank", ready=False).evaluate(
        """svg => { document.body.innerHTML = svg;
        return [...document.querySelectorAll("text")].map(t => { const b = t.getBBox(); return [b.x, b.y, b.width, b.height, t.textContent] }) }""",
        ET.tostring(picture, encoding="unicode"),
    )
    assert len(boxes) > 20
    for a, b in itertools.combinations(boxes, 2):
        across = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
        # Line boxes hold room above and below the letters.
        down = min(a[1] + 0.8 * a[3], b[1] + 0.8 * b[3]) - max(a[1] + 0.2 * a[3], b[1] + 0.2 * b[3])
        assert across <= 2 or down <= 2, (a, b)


def test_search_completes_names_and_opens_the_skill(show, explorer, graph) -> None:
    page = show(explorer)
    page.keyboard.press("/")
    page.keyboard.type("kub")
    options = page.locator("#search-list [role=option]").all_inner_texts()
    assert options[0].split("\n")[0] == "Kubernetes"
    assert all("kub" in o.lower() for o in options)
    assert page.get_attribute("#search", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    active = page.get_attribute("#search", "aria-activedescendant")
    assert page.get_attribute(f"#{active}", "aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    text = page.inner_text("#panel")
    node = graph.nodes["kubernetes"]
    assert text.startswith("Kubernetes") or "\nKubernetes" in text
    assert node["description"] in text
    assert page.get_attribute("#panel a", "href") == node["homepage"]
    assert re.search(rf"Postings\s+{node['postings']}\b", text)
    strengths = [node[s] for s in ("required", "preferred", "other")]
    for name, n in zip(("required", "preferred", "other"), strengths, strict=True):
        share = n / sum(strengths)
        assert f"{name} {100 * share:.{1 if share < 0.0995 else 0}f} %" in text
    best = max(graph["kubernetes"], key=lambda n: (graph["kubernetes"][n]["npmi"], graph["kubernetes"][n]["count"]))
    edge = graph["kubernetes"][best]
    count, npmi, _ = page.locator("table.near tbody tr").first.locator("td").all_inner_texts()[1:]
    assert (int(count), float(npmi)) == (edge["count"], pytest.approx(edge["npmi"], abs=0.005))
    page.fill("#search", "golang")  # another name of it
    assert page.locator("#search-list [role=option]").first.inner_text().split() == [
        "Go", "Golang", "·", "languages", str(graph.nodes["go"]["postings"]),
    ]  # fmt: skip
    page.fill("#search", "no such skill at all")
    assert page.inner_text("#search-list") == "No skill of this name"


def test_a_click_on_a_dot_opens_it_and_a_click_beside_closes(show, explorer, graph) -> None:
    page = show(explorer)
    largest = max(drawn(page).findall(f".//{SVG}g/{SVG}circle"), key=lambda c: float(c.get("r")))
    box = page.locator("#canvas").bounding_box()
    page.mouse.click(box["x"] + float(largest.get("cx")), box["y"] + float(largest.get("cy")))
    most = max(a["postings"] for _, a in graph.nodes(data=True))
    page.wait_for_selector("#panel h2")
    assert graph.nodes[ids_of(graph, [page.inner_text("#panel h2")]).pop()]["postings"] == most
    until(lambda: "stands with" in page.locator("#live").text_content())
    page.wait_for_timeout(400)  # two clicks sooner than that are a double click
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    page.wait_for_selector("#panel", state="hidden")


def test_filters_keep_what_they_say(show, explorer, graph) -> None:
    page = show(explorer)
    page.click("[data-colour=category]")
    page.click("#show-all")
    first = page.locator("#legend-rows button").first
    category = first.locator(".name").inner_text()
    first.click()
    wanted = {n for n, a in graph.nodes(data=True) if a["category"] == category}
    assert shown(page)[0] == len(wanted)
    assert ids_of(graph, [r[0] for r in rows(page)]) == wanted
    page.click("#category-block summary")
    page.uncheck(f"#category-list input[data-value={category}]")
    page.select_option("#role", "sre")
    pick_slider(page, "#min", 0)
    held = {n for n, a in graph.nodes(data=True) if a["roles"].get("sre")}
    assert shown(page)[0] == len(held)
    page.uncheck("[data-strength=other]")
    page.uncheck("[data-strength=preferred]")
    assert shown(page)[0] == sum(1 for n in held if graph.nodes[n]["required"])
    page.uncheck("[data-strength=required]")
    assert shown(page) == (0, 0)
    page.click("#reset")
    page.click("#show-all")
    pick_slider(page, "#min", 3)  # 1, 2, 3, 5
    assert page.inner_text("#min-said") == "5 or more"
    assert shown(page)[0] == sum(1 for _, a in graph.nodes(data=True) if a["postings"] >= 5)
    page.click("#show-all")
    page.click("#community-block summary")
    page.check("#community-list input >> nth=1")
    chosen = int(page.get_attribute("#community-list input >> nth=1", "data-value"))
    assert shown(page)[0] == sum(1 for _, a in graph.nodes(data=True) if a["community"] == chosen)


def test_the_slider_draws_the_strongest_links_of_a_measure(show, explorer, graph) -> None:
    page = show(explorer)
    few = shown(page)[1]
    pick_slider(page, "#links", 100)
    everything = shown(page)[1]
    page.check("#backbone")
    backbone = shown(page)[1]
    assert backbone < few < everything
    page.uncheck("#backbone")
    assert shown(page)[1] == everything
    page.click("#show-all")
    assert shown(page) == (len(graph), graph.number_of_edges())
    pick_slider(page, "#links", 40)
    links = shown(page)[1]
    pick_slider(page, "#links", 0)
    assert shown(page)[1] < links


@pytest.mark.parametrize("measure", ["count", "npmi", "nc", "jaccard", "lift", "g2", "alpha"])
def test_the_links_drawn_are_the_strongest_by_the_chosen_measure(show, explorer, graph, measure) -> None:
    page = show(explorer)
    page.click("#show-all")
    page.uncheck("#backbone")
    page.select_option("#measure", measure)
    pick_slider(page, "#links", 40)
    sign = -1 if measure == "alpha" else 1  # a small chance is a strong link
    page.click("#to-table")
    page.click("[data-table=pairs]")
    page.check("#shown-only")
    by_label = {a["label"]: n for n, a in graph.nodes(data=True)}
    rows = csv.DictReader(io.StringIO(saved(page, "#save-csv").decode("utf-8")))
    drawn = {frozenset((by_label[r["label"]], by_label[r["with"]])) for r in rows}
    value = {frozenset((u, v)): sign * x for u, v, x in graph.edges(data=measure)}
    best = {n: max(value[frozenset((n, other))] for other in graph[n]) for n in graph if graph.degree[n]}
    wanted = round(10 * (len(value) / 10) ** 0.4)  # the slider is logarithmic, from 10 links to all
    least = sorted(value.values(), reverse=True)[wanted - 1]
    said = re.search(r"[≥≤] ([−\d.,e]+)$", page.inner_text("#links-said"))[1].replace("−", "-").replace(",", "")
    assert float(said) == pytest.approx(sign * least, rel=0.01)
    assert {pair for pair, x in value.items() if x > least} <= drawn
    assert all(value[pair] >= least or any(value[pair] == best[n] for n in pair) for pair in drawn)


def test_a_path_is_a_chain_of_links(show, explorer, graph) -> None:
    page = show(explorer)
    page.keyboard.press("p")
    search(page, "React", "#from")
    search(page, "InfiniBand", "#to")
    steps = page.locator("#panel .steps .link").all_inner_texts()
    assert (steps[0], steps[-1]) == ("React", "InfiniBand")
    chain = [ids_of(graph, [label]).pop() for label in steps]
    assert all(graph.has_edge(a, b) for a, b in itertools.pairwise(chain))
    strong = nx.Graph()
    strong.add_edges_from((u, v, {"cost": 2 - max(0, d["npmi"])}) for u, v, d in graph.edges(data=True))
    assert "Not within the backbone" in page.inner_text("#panel")
    cost = sum(2 - max(0, graph.edges[e]["npmi"]) for e in itertools.pairwise(chain))
    assert cost == pytest.approx(nx.dijkstra_path_length(strong, chain[0], chain[-1], weight="cost"))
    assert len([c for c in drawn(page).iter(f"{SVG}circle") if c.get("stroke")]) == len(chain)


def test_no_path_is_said(show, tmp_path) -> None:
    apart = nx.Graph([("a", "b"), ("c", "d")])
    page = show(explore(apart).save(tmp_path / "apart.html"))
    page.click("#path-open")
    search(page, "a", "#from")
    search(page, "d", "#to")
    assert "No chain of links" in page.inner_text("#panel")


def test_a_role_colours_skills_by_how_typical_they_are(show, explorer, graph) -> None:
    page = show(explorer)
    page.select_option("#role", "sre")
    assert page.get_attribute("[data-colour=role]", "aria-pressed") == "true"
    assert "8× as often" in page.inner_text("#legend")
    assert "8× as often in sre postings" in {t.text for t in drawn(page).iter(f"{SVG}text")}
    page.click("#to-table")
    heads = [h.strip(" ↑↓") for h in page.locator("table.all th").all_inner_texts()]
    of_role, total = graph.graph["roles"]["sre"], graph.graph["postings"]
    for row in rows(page)[:20]:
        node = graph.nodes[ids_of(graph, [row[0]]).pop()]
        inside = node["roles"].get("sre", 0)
        ratio = (inside + 0.5) / (of_role + 1) / ((node["postings"] - inside + 0.5) / (total - of_role + 1))
        assert float(row[heads.index("Typical")].rstrip("×")) == pytest.approx(ratio, rel=0.06)
        assert int(row[heads.index("In sre")]) == inside


@pytest.mark.parametrize("column", ["label", "postings", "pagerank", "degree"])
def test_the_table_sorts_by_any_column_both_ways(show, explorer, graph, column) -> None:
    page = show(explorer)
    page.keyboard.press("t")
    button = f"table.all th button[data-key={column}]"
    page.focus(button)
    page.keyboard.press("Enter")
    first = page.get_attribute(f"th:has(> button[data-key={column}])", "aria-sort")
    assert first in ("ascending", "descending")
    assert page.evaluate("document.activeElement.dataset.key") == column  # the keyboard stays where it was
    value = {"label": lambda n: graph.nodes[n]["label"].lower(), "degree": graph.degree.__getitem__}.get(
        column, lambda n: graph.nodes[n].get(column)
    )

    def seen() -> list:
        return [
            value(ids_of(graph, [label]).pop()) for label in page.locator("table.all tbody td:first-child").all_inner_texts()
        ]

    one = seen()
    page.keyboard.press("Enter")
    two = seen()
    assert {page.get_attribute(f"th:has(> button[data-key={column}])", "aria-sort"), first} == {"ascending", "descending"}
    if column == "label":
        assert min(one + two) in (one[0], two[0])
        return
    up, down = (one, two) if first == "ascending" else (two, one)
    assert up == sorted(up)
    assert down == sorted(down, reverse=True)
    assert down[0] == max(map(value, graph))
    assert up[0] == min(map(value, graph))


def test_the_table_holds_everything_and_saves_it(show, explorer, graph) -> None:
    page = show(explorer)
    page.click("#to-table")
    assert page.inner_text("#table-count") == f"{len(graph):,} skills"
    kept = list(csv.DictReader(io.StringIO(saved(page, "#save-csv").decode("utf-8"))))
    assert len(kept) == len(graph)
    page.click("[data-table=pairs]")
    assert page.inner_text("#table-count") == f"{graph.number_of_edges():,} pairs"
    pairs = list(csv.DictReader(io.StringIO(saved(page, "#save-csv").decode("utf-8"))))
    assert sum(int(p["count"]) for p in pairs) == sum(n for *_, n in graph.edges(data="count"))
    before = page.locator("table.all tbody tr").count()
    page.eval_on_selector("#table-scroll", "e => e.scrollTo(0, e.scrollHeight)")
    until(lambda: page.locator("table.all tbody tr").count() > before)
    page.locator("table.all tbody button").first.click()
    assert page.is_visible("#stage")
    assert page.is_visible("#panel")


def test_a_copied_link_shows_the_same_view(show, explorer) -> None:
    page = show(explorer)
    page.click("[data-colour=category]")
    page.select_option("#role", "devops")
    page.click("[data-colour=category]")
    pick_slider(page, "#links", 70)
    search(page, "terraform")
    page.locator("#canvas").focus()
    page.keyboard.press("+")
    page.wait_for_timeout(400)
    page.click("#copy")
    until(lambda: page.evaluate("window.copied"))
    link = page.evaluate("window.copied")
    again = show(link)
    again.wait_for_timeout(300)
    for selector in ("#panel h2", "#shown-said", "#links-said", "#legend"):
        assert again.inner_text(selector) == page.inner_text(selector)
    assert again.input_value("#role") == "devops"
    circles = [[(float(c.get("cx")), float(c.get("cy"))) for c in drawn(p).iter(f"{SVG}circle")] for p in (page, again)]
    assert len(circles[0]) == len(circles[1]) > 20
    for a, b in zip(*circles, strict=True):
        assert a == pytest.approx(b, abs=0.1)
    assert again.url == link or again.url.startswith(link.split("#")[0])


@pytest.mark.parametrize(
    "link", ["#min=x&links=1e999&camera=1,2", "#selected=%3Cimg%3E&categories=[1", "#camera=NaN,1,1,1&colour=mood", "#%"]
)
def test_a_broken_link_opens_the_page_all_the_same(show, explorer, link) -> None:
    page = show(explorer.as_uri() + link)
    assert shown(page)[0] > 20
    assert page.is_hidden("#panel")


def test_png_is_a_picture_of_the_view(show, explorer) -> None:
    image = pytest.importorskip("PIL.Image")
    page = show(explorer)
    picture = image.open(io.BytesIO(saved(page, "#save-png")))
    box = page.locator("#canvas").bounding_box()
    assert picture.width == 2 * round(box["width"])
    assert picture.height > 2 * round(box["height"])  # the legend stands below
    assert len(picture.convert("RGB").getcolors(1 << 24)) > 50


def test_light_and_dark_follow_the_system_and_the_button(show, explorer) -> None:
    def back(page) -> int:
        return sum(map(int, re.findall(r"\d+", page.evaluate("getComputedStyle(document.body).backgroundColor"))[:3]))

    light, dark = show(explorer), show(explorer, dark=True)
    assert back(light) > 600
    assert back(dark) < 150
    for page, start in ((light, "#fbfbfa"), (dark, "#14171b")):
        assert drawn(page).find(f"{SVG}rect").get("fill") == start
    light.click("#theme")
    assert back(light) < 150
    until(lambda: "theme=dark" in light.evaluate("location.hash"))
    light.reload()
    light.wait_for_selector("body[data-ready]")
    assert back(light) < 150


@pytest.mark.parametrize("dark", [False, True])
def test_text_stands_out_from_what_is_behind_it(show, explorer, dark) -> None:
    def light(colour: str) -> float:
        parts = [int(x) / 255 for x in re.findall(r"\d+", colour)[:3]]
        r, g, b = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    page = show(explorer, dark=dark)
    back = page.evaluate("getComputedStyle(document.getElementById('side')).backgroundColor")
    for selector in ("#title", "#subtitle", "#links-said", "#show-all", "#provenance", "[aria-pressed=false]"):
        ink = page.eval_on_selector(selector, "e => getComputedStyle(e).color")
        high, low = sorted((light(ink), light(back)), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, selector


def test_everything_is_reached_by_keyboard(show, explorer) -> None:
    page = show(explorer)
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.dataset.colour || document.activeElement.tagName"
            )
        )
    assert {"search", "links", "measure", "min", "role", "canvas", "copy", "save-svg", "zoom-in", "to-table"} <= set(reached)
    page.locator("#canvas").focus()

    def where() -> str:
        page.click("#copy")
        page.locator("#canvas").focus()
        return page.evaluate("new URLSearchParams(window.copied.split('#')[1]).get('camera')")

    seen = [where()]
    for key in ("ArrowRight", "ArrowUp", "+", "-"):
        page.keyboard.press(key)
        page.wait_for_timeout(250)
        seen.append(where())
    assert all(a != b for a, b in itertools.pairwise(seen))
    page.keyboard.press("?")
    assert page.is_visible("#about")
    assert "NPMI" in page.inner_text("#about-measures")
    page.keyboard.press("Escape")
    assert page.is_hidden("#about")
    search(page, "python")
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")


def test_controls_have_names_that_are_read_out(show, explorer) -> None:
    page = show(explorer)
    search(page, "python")
    nameless = page.evaluate(
        """[...document.querySelectorAll("button, input, select, summary, [role=application], [role=region]")].filter(e =>
        e.checkVisibility() && !(e.innerText || e.getAttribute("aria-label") || e.labels?.length || e.title)).map(e => e.outerHTML)"""
    )
    assert nameless == []


HOSTILE = [
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror='window.hacked=1'>",
    '"><svg onload=window.hacked=1>',
    "<!--<script>",
]
UNPRINTABLE = "a\x01\x0bb\uffff"


@pytest.fixture
def hostile(tmp_path) -> Path:
    graph = nx.complete_graph(4)
    for i, label in enumerate(HOSTILE):
        graph.nodes[i].update(
            label=label, category=label, kind=label, description=label, homepage="javascript:window.hacked=1", postings=9 - i,
            required=3, preferred=1, other=0, roles={label: 2}, community=i, x=i, y=i * i,
        )  # fmt: skip
    for _, _, a in graph.edges(data=True):
        a.update(count=2, npmi=0.5)
    graph.graph.update(postings=9, roles=dict.fromkeys(HOSTILE, 3), communities={str(i): s for i, s in enumerate(HOSTILE)})
    graph.graph[HOSTILE[1]] = HOSTILE[0]
    return explore(graph, title=HOSTILE[0]).save(tmp_path / "hostile.html")


def test_a_label_that_no_picture_can_hold_is_saved_all_the_same(show, tmp_path) -> None:
    graph = nx.path_graph(3)
    nx.set_node_attributes(graph, UNPRINTABLE, "label")
    page = show(explore(graph, title=UNPRINTABLE).save(tmp_path / "odd.html"))
    assert "a\ufffd\ufffdb\ufffd" in {t.text for t in drawn(page).iter(f"{SVG}text")}


def test_hostile_labels_are_shown_and_never_run(show, hostile) -> None:
    page = show(hostile)
    assert page.inner_text("#title") == HOSTILE[0]
    for label in HOSTILE:
        page.fill("#search", label)
        assert page.locator("#search-list .name").first.inner_text() == label
        page.keyboard.press("Enter")
        assert page.inner_text("#panel h2") == label
        assert page.locator("#panel a").count() == 0
    for colour in ("category", "community", "role"):
        page.click(f"[data-colour={colour}]")
    page.click("#to-table")
    page.click("[data-table=pairs]")
    page.click("[data-table=skills]")
    page.click("#help")
    page.keyboard.press("Escape")
    page.click("#to-graph")
    words = {t.text for t in drawn(page).iter(f"{SVG}text")}
    assert words & set(HOSTILE)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#app script, #app img, #app svg").count() == 0


@pytest.mark.parametrize("width", [1280, 400])
def test_it_fits_the_screen(show, explorer, width) -> None:
    page = show(explorer, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    canvas = page.locator("#canvas").bounding_box()
    assert canvas["width"] >= 0.7 * width - 30
    assert canvas["height"] >= 500
    if width == 400:
        assert not page.is_visible("#search")
        page.click("#side-open")
        page.wait_for_timeout(250)
    search(page, "kubernetes")
    panel = page.locator("#panel").bounding_box()
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= width + 1
    assert panel["y"] + panel["height"] <= 801
    texts = [t for t in drawn(page).iter(f"{SVG}text") if t.text == "Kubernetes"]
    assert len(texts) == 1  # what was searched for is in sight
    page.click("#to-table")
    table = page.locator("#table").bounding_box()
    assert table["x"] + table["width"] <= panel["x"] + 1 or table["y"] + table["height"] <= panel["y"] + 1
    page.click("#panel-close")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    "view", ["", "#selected=kubernetes", "#from=kubernetes&to=python", "#view=table", "#view=table&table=pairs"]
)
def test_rules_of_accessibility_are_kept(explorer, browser, view, dark) -> None:
    """Those of WCAG that a program can check, by axe, which must be let past the page's policy."""
    if not AXE.is_file():
        pytest.skip("axe-core is not there: make browser installs it")
    context = browser.new_context(bypass_csp=True, color_scheme="dark" if dark else "light", reduced_motion="reduce")
    page = context.new_page()
    page.goto(explorer.as_uri() + view)
    page.wait_for_selector("body[data-ready]")
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run()")
    context.close()
    assert len(found["passes"]) > 20
    assert [(broken["id"], [node["html"] for node in broken["nodes"]]) for broken in found["violations"]] == []


def test_one_skill_far_out_does_not_make_all_others_small(show, tmp_path) -> None:
    graph = nx.path_graph(500)
    for n, a in graph.nodes(data=True):
        a.update(postings=500 - n, x=math.cos(n) * n / 500, y=math.sin(n) * n / 500)
    graph.nodes[499].update(x=90, y=-90)
    page = show(explore(graph).save(tmp_path / "far.html"))
    page.click("#show-all")
    xs = sorted(float(c.get("cx")) for c in drawn(page).findall(f".//{SVG}g/{SVG}circle"))
    assert xs[-25] - xs[25] > 0.5 * page.locator("#canvas").bounding_box()["width"]


def test_two_thousand_skills_with_thirty_thousand_links(show, tmp_path) -> None:
    page = show(explore(large_graph()).save(tmp_path / "large.html"))
    assert shown(page)[0] <= 300
    page.uncheck("#backbone")
    page.click("#show-all")

    def cost(links: int) -> float:
        slide(page, links)
        point(page)
        before = now()
        point(page)
        return now() - before

    now = clock(page)
    few = cost(0)
    assert cost(100) < 3 * few
    page.evaluate(
        """() => {
        window.reads = 0;
        for (const { prototype } of [WebGLRenderingContext, WebGL2RenderingContext]) prototype.readPixels = () => { window.reads += 1 };
        }"""
    )
    point(page)
    assert page.evaluate("window.reads") == 0  # a pixel that is read back waits until all links are drawn
    assert shown(page) == (2000, 30000)
    search(page, "skill 7")
    assert page.inner_text("#panel h2") == "skill 7"


@pytest.mark.parametrize("graph", [nx.Graph(), nx.Graph([("a", "b")]), nx.karate_club_graph()], ids=["empty", "pair", "karate"])
def test_a_graph_of_others_is_explored_without_what_it_lacks(show, tmp_path, graph) -> None:
    page = show(explore(graph).save(tmp_path / "other.html"))
    assert shown(page)[0] == len(graph)
    for absent in ("#role-block", "#strength-block", "#community-block"):
        assert page.is_hidden(absent)
    page.click("#to-table")
    assert len(page.locator("table.all tbody tr").all()) == len(graph)
    if len(graph):
        page.locator("table.all tbody button").first.click()
        assert page.inner_text("#panel h2")


def test_a_notebook_shows_it_in_a_closed_frame(show, graph, tmp_path) -> None:
    (tmp_path / "notebook.html").write_text(f"<!DOCTYPE html><body>{explore(graph)._repr_html_()}</body>", "utf-8")
    page = show(tmp_path / "notebook.html", ready=False)
    frame = page.frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for()
    frame.locator("#search").fill("kubern")
    frame.locator("#search").press("Enter")
    assert frame.locator("#panel h2").inner_text() == "Kubernetes"
    assert frame.locator("#copy").is_hidden()  # a frame has no address to copy


def test_a_frame_that_gets_its_size_late_shows_the_same_as_a_page_of_that_size(show, explorer, graph, tmp_path) -> None:
    """As the frame of a notebook may: it is there, and empty, before the notebook is laid out."""
    held = explore(graph, title="Sample")._repr_html_().replace("<iframe", '<iframe id="frame" hidden')
    (tmp_path / "late.html").write_text(f"<!DOCTYPE html><body>{held}</body>", "utf-8")
    page = show(tmp_path / "late.html", ready=False)
    frame = page.frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for(state="attached")
    page.evaluate("Object.assign(frame.style, { width: '1000px', height: '700px' }); frame.hidden = false")
    frame.locator("#save-svg").wait_for()

    def circles(svg: bytes) -> list[tuple[float, ...]]:
        return sorted(tuple(float(c.get(name)) for name in ("cx", "cy", "r")) for c in ET.fromstring(svg).iter(f"{SVG}circle"))

    whole = circles(saved(show(explorer, width=1000, height=700), "#save-svg"))

    def same() -> bool:
        with page.expect_download() as download:
            frame.locator("#save-svg").click()
        return circles(Path(download.value.path()).read_bytes()) == whole

    until(same)


def test_without_webgl_the_table_is_shown(show, launch, explorer, graph) -> None:
    plain = launch("--disable-3d-apis")
    page = show(explorer, using=plain)
    assert page.is_visible("table.all")
    assert "no WebGL" in page.inner_text("#toast")
    assert page.is_disabled("#save-png")
    search(page, "python")
    assert page.inner_text("#panel h2") == "Python"
