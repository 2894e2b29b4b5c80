"""Reading and writing the YAML of a taxonomy: strictly, with line numbers, in one canonical form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import indent
from typing import Any, NamedTuple

import yaml
from yaml.representer import SafeRepresenter

from skilltax.errors import Problem

MAX_BYTES = 4_000_000
MAX_DEPTH = 12
ITEMS = re.compile(r"^(?:  - .*\n(?:    .*\n)*)+", re.M)  # of a list in a record, with lines that they go on in

Path_ = tuple[str | int, ...]


class Source(NamedTuple):
    """One YAML file as read.

    Attributes
    ----------
    name : str
        Its path as the user would write it.
    text : str
        What stands in the file.
    data : object
        Mappings, lists and scalars; None if the file could not be read.
    lines : Mapping[tuple, int]
        The line, counted from 1, of each path such as ``("kvm", "broader", 0)``.
    problems : list of Problem
        What is wrong with it as YAML.
    """

    name: str
    text: str
    data: Any
    lines: Mapping[Path_, int]
    problems: list[Problem]

    def line(self, path: Path_) -> int:
        """Line of a path, or of the nearest thing above it that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def dotted(path: Path_) -> str:
    """A path as people write it: ``kvm.broader[0]``."""
    return "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in path).lstrip(".") or "(file)"


def read_source(path: Path, name: str | None = None) -> Source:
    """Read one YAML file by the safe loader, refusing what PyYAML would take silently.

    Repeated keys, anchors, and unquoted words that YAML turns into something else (``NO``, ``on``, ``3.10``) are
    problems, each with its line. Files above 4 MB or nested deeper than 12 are refused unread.
    """
    name = name or str(path)
    lines: dict[Path_, int] = {}
    problems: list[Problem] = []

    def problem(line: int, where: Path_, message: str, remedy: str) -> None:
        problems.append(Problem(name, line, dotted(where), message, remedy))

    def failed(line: int, message: str, remedy: str) -> Source:
        problem(line, (), message, remedy)
        return Source(name, "", None, lines, problems)

    if path.stat().st_size > MAX_BYTES:
        return failed(1, f"larger than {MAX_BYTES:,} bytes", "split it by category")
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        return failed(1, f"not UTF-8 (byte {error.start})", "save it as UTF-8")
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:  # the composer, which is written in C, would overflow the stack
                line = event.start_mark.line + 1 if event.start_mark else 1
                return failed(line, "nested too deeply", f"use at most {MAX_DEPTH} levels")
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                return failed(
                    event.start_mark.line + 1 if event.start_mark else 1,
                    "anchors and aliases are not used",
                    "write the value out",
                )
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return failed(mark.line + 1 if mark else 1, f"not YAML: {getattr(error, 'problem', error)}", "mend the syntax")

    def build(node: yaml.Node, where: Path_) -> Any:
        line = node.start_mark.line + 1
        lines.setdefault(where, line)
        if isinstance(node, yaml.MappingNode):
            found: dict[str, Any] = {}
            for key_node, value_node in node.value:
                key = build(key_node, (*where, str(key_node.value)))
                if not isinstance(key, str):
                    key = str(key_node.value)
                if key in found:
                    problem(key_node.start_mark.line + 1, (*where, key), "key is repeated", "keep one of them")
                found[key] = build(value_node, (*where, key))
            return found
        if isinstance(node, yaml.SequenceNode):
            return [build(item, (*where, i)) for i, item in enumerate(node.value)]
        return scalar(node, where, line)

    def scalar(node: yaml.Node, where: Path_, line: int) -> Any:
        kind = node.tag.rpartition(":")[2]
        if kind == "bool" and node.value in ("true", "false"):
            return node.value == "true"
        if kind == "int" and node.value.isascii() and str(node.value).isdecimal() and str(int(node.value)) == node.value:
            return int(node.value)
        if kind not in ("str", "null"):
            problem(line, where, f"YAML reads {node.value} as a {kind}", f'quote it: "{node.value}"')
        if kind == "null":
            problem(line, where, "has no value", "leave the field out")
        return node.value

    data = build(root, ()) if root is not None else {}
    if isinstance(data, dict):
        return Source(name, text, data, lines, problems)
    problem(1, (), "is not a mapping", "begin each record with its key")
    return Source(name, text, None, lines, problems)


def _lay_out(node: yaml.Node, depth: int, name: str = "") -> None:
    """Records and their fields stand in lines; lists and gates in one line, sentences in a line each."""
    if isinstance(node, yaml.MappingNode):
        node.flow_style = depth > 2
        for key, value in node.value:
            _lay_out(value, depth + 1, key.value)
    elif isinstance(node, yaml.SequenceNode):
        node.flow_style = name not in ("examples", "decoys")


def write_source(data: Mapping[str, Any], head: str = "") -> str:
    """The canonical YAML of a file: its head comment, then a record a paragraph, items of a list indented under their key."""
    as_nodes = SafeRepresenter(sort_keys=False)

    def dump(key: str, value: Any) -> str:
        node = as_nodes.represent_data({key: value})
        _lay_out(node, depth=0)
        text: str = yaml.serialize(node, Dumper=yaml.CSafeDumper, allow_unicode=True, width=116)
        return ITEMS.sub(lambda items: indent(items[0], "  "), text)  # libyaml writes them flush with the key

    return head + "\n".join(dump(key, value) for key, value in data.items())


def head_comment(text: str) -> str:
    """The comment lines that a file begins with, and the empty line after them."""
    head: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.strip() and not line.startswith("#"):
            break
        head.append(line)
    return "".join(head).rstrip("\n") + "\n\n" if any(h.strip() for h in head) else ""
