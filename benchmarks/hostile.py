"""Hostile strings: ``python -m benchmarks.hostile``. Time must grow no faster than length.

Every regular expression of the package, and the tagger as a whole, is given long runs of what expressions stumble over. The
exponent is the slope of time over length on logarithmic scales: 1 is linear, 2 the square. Exit 1 where one is above 1.5.
"""

from __future__ import annotations

import importlib
import math
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import skilltax

UNITS = (
    " ", "a", "a ", "A", "a a, ", "\t ", "\n", "\r\n", "*", "**", "* ", "*a ", "_", "_a", "a_", "`", "~", "#",
    "# a\n", "-", "- ", "a-", "<", "<a ", "<a b='", "<!--", "</", "&", "&#", "&amp;", "&lt;p", "[", "](", "[a](",
    "](a", "(", ")", "()", "\\", "@", "a@", "@a.", "a.", "www.", "http://", "https://a)", "1", "1.", "1,", "1 - ",
    "5+ years ", "v1.", "/", "a/", "'", "\"", ":", "a: ", ",", ", ", ";", "and ", "or ", "a and ", "such as ", "é",
    "â€", "Â", "\u00a0", "\u200b", "Ｇ", "𝐆", "\ufeff", "|", "a | ", ". A", "+", "Go, ",
)  # fmt: skip
ENDS = ("", "!", "\n", " \x00")  # what lets a match fail at the very end
FEW, MANY = 2_000, 128_000  # characters; a run is made longer until it takes ENOUGH
ENOUGH = 0.02  # CPU seconds
EXPLODES = 1.5


def expressions() -> dict[str, re.Pattern[str]]:
    """Every compiled regular expression that a module of the package holds, by where it stands."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(skilltax.__path__, "skilltax."):
        if module.name.endswith(".spark"):
            continue  # needs an extra, and matches nothing
        held = importlib.import_module(module.name)
        for name, value in vars(held).items():
            found.update((where, one) for where, one in _held(value, f"{module.name}.{name}"))
    sections = skilltax.Tagger().sections
    found["skilltax.tagging.lines.Sections._inside"] = sections._inside
    return {where: one for where, one in found.items() if isinstance(one.pattern, str)}


def _held(value: Any, where: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield where, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _held(one, f"{where}[{key!r}]")
    elif isinstance(value, tuple | list):
        for number, one in enumerate(value):
            yield from _held(one, f"{where}[{number}]")


def tried(expression: re.Pattern[str]) -> Callable[[str], None]:
    """An expression as code uses it: everything it finds, and whether it matches at the beginning or the whole."""

    def run(text: str) -> None:
        for _ in expression.finditer(text):
            pass
        expression.match(text)
        expression.fullmatch(text)

    return run


def exponent(run: Callable[[str], object], unit: str, end: str) -> float:
    """How time grows with length; 0 where it is too short to tell."""

    def took(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size] + end
        began = time.process_time()
        run(text)
        return time.process_time() - began

    size = FEW
    while (short := took(size)) < ENOUGH:
        size *= 4
        if size > MANY:
            return 0.0
    return math.log(max(min(took(2 * size) for _ in range(2)), 1e-9) / min(short, took(size)), 2)


def main() -> None:
    """Try everything on everything, and print what grows too fast."""
    tagger = skilltax.Tagger()
    runs: dict[str, Callable[[str], object]] = {where: tried(one) for where, one in expressions().items()}
    runs["skilltax.Tagger"] = tagger
    worst: list[tuple[float, str, str]] = []
    for where, run in runs.items():
        for unit in UNITS:
            for end in ENDS if where != "skilltax.Tagger" else ENDS[:1]:
                grows = exponent(run, unit, end)
                if grows > EXPLODES:
                    grows = min(grows, exponent(run, unit, end), exponent(run, unit, end))  # a busy machine is no explosion
                worst.append((grows, where, repr(unit + "..." + end)))
    bad = sorted((one for one in worst if one[0] > EXPLODES), reverse=True)
    for grows, where, text in bad:
        print(f"{where}: {text}: length to the power of {grows:.1f}")
    tries = f"{len(runs) - 1} expressions and the tagger on {len(UNITS)} strings with {len(ENDS)} ends"
    print(f"{tries}: {len(bad)} take time that grows faster than length")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
