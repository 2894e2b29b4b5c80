"""The explorer page at 2,000 skills and 30,000 links: ``python -m benchmarks.explorer``, where ``make browser`` has been.

Prints a table: CPU milliseconds of the page's own thread in Chromium, so that neither other work on the machine nor the want of
a GPU counts; what is drawn by WebGL is drawn elsewhere.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

import skilltax

SKILLS, LINKS = 2_000, 30_000
MOVES = 40  # of the mouse
FLAGS = ("--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")


def large_graph() -> nx.Graph:
    """A graph at random, with all that the page looks at."""
    graph = nx.gnm_random_graph(SKILLS, LINKS, seed=1)
    places = np.random.default_rng(1).normal(size=(SKILLS, 2)).tolist()
    for n, node in graph.nodes(data=True):
        x, y = places[n]
        node.update(label=f"skill {n}", postings=1 + SKILLS // (n + 1), category=f"c{n % 30}", community=n % 12, x=x, y=y)
    for u, v, edge in graph.edges(data=True):
        edge.update(count=1 + (u * v) % 9, npmi=((u + v) % 100) / 100, backbone=(u + v) % 3 == 0)
    return graph


def clock(page: Any) -> Callable[[], float]:
    """CPU milliseconds that a page's thread has worked until now."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def now() -> float:
        held = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
        return 1000 * float(held["TaskDuration"])

    return now


def slide(page: Any, to: int) -> None:
    """Move the slider of links, and wait until the page has drawn."""
    page.eval_on_selector("#links", "(e, to) => { e.value = to; e.dispatchEvent(new Event('input', { bubbles: true })) }", to)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def point(page: Any) -> None:
    """Move the mouse over the map."""
    box = page.locator("#canvas").bounding_box()
    for i in range(MOVES):
        page.mouse.move(box["x"] + box["width"] * (0.3 + 0.4 * i / MOVES), box["y"] + box["height"] * (0.3 + 0.4 * i / MOVES))


def drag(page: Any) -> None:
    """Move the map with the mouse."""
    page.mouse.down()
    point(page)
    page.mouse.up()


def zoom(page: Any) -> None:
    """Turn the wheel, as long as it moves the map."""
    for _ in range(10):
        page.mouse.wheel(0, -100)
        page.wait_for_timeout(60)


def find(page: Any) -> None:
    """Search a skill and open it."""
    page.fill("#search", "skill 7")
    page.press("#search", "Enter")


ACTIONS: tuple[tuple[str, Callable[[Any], Any], int], ...] = (
    ("show every skill", lambda page: page.click("#show-all"), 1),
    ("draw all 30,000 links", lambda page: slide(page, 100), 1),
    ("each step of the slider", lambda page: [slide(page, to) for to in (80, 85, 90, 95, 100)], 5),
    ("each move of the mouse over the map", point, MOVES),
    ("each move of the map", drag, MOVES),
    ("each turn of the wheel", zoom, 10),
    ("another measure", lambda page: page.select_option("#measure", "count"), 1),
    ("other colours", lambda page: page.click("[data-colour=category]"), 1),
    ("search a skill and open it", find, 1),
    ("the table of skills", lambda page: page.click("#to-table"), 1),
    ("the table of pairs", lambda page: page.click("[data-table=pairs]"), 1),
    ("sort 30,000 pairs", lambda page: page.click("table.all button[data-key=label]"), 1),
)


def main() -> None:
    """Print the table."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = skilltax.explore(large_graph()).save(Path(folder) / "large.html")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        now = clock(page)
        page.goto(path.as_uri())
        page.wait_for_selector("body[data-ready]")
        rows = [("open the page", now())]
        page.uncheck("#backbone")
        for name, act, times in ACTIONS:
            before = now()
            act(page)
            rows.append((name, (now() - before) / times))
        browser.close()
    sys.stdout.write("| action | CPU ms |\n|---|---|\n")
    sys.stdout.writelines(f"| {name} | {spent:,.0f} |\n" for name, spent in rows)


if __name__ == "__main__":
    main()
