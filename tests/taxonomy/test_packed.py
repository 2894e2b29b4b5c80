"""A taxonomy that travels to other machines."""

from __future__ import annotations

from skilltax.tagging.tagger import Tagger
from skilltax.taxonomy.compiled import pack, unpack
from skilltax.taxonomy.load import load


def test_what_was_packed_tags_as_before() -> None:
    text = "You know Kubernetes, C++ and Go; Kuberentes and eBPF are a plus."
    assert Tagger(*unpack(pack(load())))(text) == Tagger()(text)
