"""Hostile strings: ``python -m benchmarks.hostile``. Time must grow no faster than length.

Every regular expression of the package is called as its module calls it, and the tagger and the search for unknown terms as
a whole, on long runs of what expressions stumble over. The exponent is the slope of time over length on logarithmic scales:
1 is linear, 2 the square. Exit 1 where one is above 1.5.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import math
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import skilltax
from skilltax.curation.terms import terms

UNITS = (
    " ", "a", "a ", "A", "a a, ", "\t ", "\n", "\r\n", "*", "**", "* ", "*a ", "_", "_a", "a_", "`", "~", "#",
    "# a\n", "-", "- ", "a-", "<", "<a ", "<a b='", "<!--", "</", "&", "&#", "&amp;", "&lt;p", "[", "](", "[a](",
    "](a", "(", ")", "()", "\\", "@", "a@", "@a.", "a.", "www.", "http://", "https://a)", "1", "1.", "1,", "1 - ",
    "5+ years ", "v1.", "/", "a/", "'", "\"", ":", "a: ", ",", ", ", ";", "and ", "or ", "a and ", "such as ", "é",
    "â€", "Â", "\u00a0", "\u200b", "Ｇ", "𝐆", "\ufeff", "|", "a | ", ". A", "+", "Go, ",
)  # fmt: skip
ENDS = ("", "!", "\n", " \x00")  # what lets a match fail at the very end
WHOLE = (  # what only a whole tagger knows, and could look at again for each
    "Clients ", "clients: A, ", "Go and ", "Go or C++ and ", "Nice to have: ", "Go is a plus. ", "5+ years of Go ",
    "continuous integration and ", "Go 1.2 ", "relational and NoSQL databases ", "At A we ", "**Go** ", "(Go", "Kubernets ",
    "Docker/", "C, R, ", "If you know Go, ", "such as Go, ", "one of: Go, ", "not Go ", "We are A. A is hiring. ",
    "packet forwarding engine (PFE), ", "Requirements Go ", "What you bring ", "Go \u2022 ", "a\\n",
)  # fmt: skip
SIZE, SHORTER = 12_000, 4  # characters; what grows as the square takes 16 times as long as on a quarter of them
ENOUGH = 0.005  # CPU seconds; what takes less on so many is far from the square
EXPLODES = 1.5
WAYS: Mapping[str, Callable[[re.Pattern[str], str], object]] = {
    "match": re.Pattern.match,
    "fullmatch": re.Pattern.fullmatch,
    "scan": lambda expression, text: [None for _ in expression.finditer(text)],
}
SCANS = ("search", "finditer", "findall", "sub", "split")


def calls() -> dict[str, Callable[[str], object]]:
    """Every way in which a module of the package calls a regular expression that it holds."""
    found: dict[str, Callable[[str], object]] = {}
    for module in pkgutil.walk_packages(skilltax.__path__, "skilltax."):
        if ".spark" in module.name:
            continue  # needs an extra, and matches nothing
        held = importlib.import_module(module.name)
        ways = _ways(inspect.getsource(held))
        for name, value in vars(held).items():
            for where, one in _held(value, name):
                for way in ways.get(name, WAYS):
                    found[f"{module.name}.{where} ({way})"] = partial(WAYS[way], one)
    return found


def _ways(source: str) -> dict[str, set[str]]:
    """How the expressions of a module are called, by name; what is called by another name is not there."""
    ways: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in (*WAYS, *SCANS):
            held = node.value.value if isinstance(node.value, ast.Subscript) else node.value
            if isinstance(held, ast.Name):
                ways.setdefault(held.id, set()).add("scan" if node.attr in SCANS else node.attr)
    return ways


def _held(value: Any, where: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield where, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _held(one, f"{where}[{key!r}]")
    elif isinstance(value, tuple | list):
        for number, one in enumerate(value):
            yield from _held(one, f"{where}[{number}]")


def exponent(run: Callable[[str], object], unit: str, end: str) -> float:
    """How time grows with length; 0 where there is too little to tell."""

    def took(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size] + end
        began = time.process_time()
        run(text)
        return time.process_time() - began

    size = SIZE // SHORTER**2  # what explodes would never come to an end on more
    while (whole := took(size)) < ENOUGH:
        size *= SHORTER
        if size > SIZE:
            return 0.0
    return math.log(min(whole, took(size)) / max(took(size // SHORTER) for _ in range(2)), SHORTER)


def main() -> None:
    """Try everything on everything, and print what grows too fast."""
    runs = calls()
    tries = [(where, run, unit, end) for where, run in runs.items() for unit in UNITS for end in ENDS]
    tagger = skilltax.Tagger()
    wholes: dict[str, Callable[[str], object]] = {
        "skilltax.Tagger": tagger,
        "skilltax.curation.terms": lambda text: list(terms(text, tagger.read(text), lambda name: False, None)),
    }
    tries += [(where, run, unit, "") for where, run in wholes.items() for unit in (*UNITS, *WHOLE)]
    worst: dict[str, tuple[float, str]] = {}
    for where, run, unit, end in tries:
        if worst.get(where, (0.0, ""))[0] > EXPLODES:
            continue
        if (grows := exponent(run, unit, end)) > EXPLODES:
            grows = min(grows, exponent(run, unit, end), exponent(run, unit, end))  # a busy machine is no explosion
        worst[where] = max(worst.get(where, (0.0, "")), (grows, repr(unit + "..." + end)))
    bad = sorted(((grows, where, text) for where, (grows, text) in worst.items() if grows > EXPLODES), reverse=True)
    for grows, where, text in bad:
        print(f"{where}: {text}: length to the power of {grows:.1f}")
    print(
        f"{len(runs)} calls of expressions and {len(wholes)} wholes, {len(tries)} strings: {len(bad)} grow faster than length"
    )
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
