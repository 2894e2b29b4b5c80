"""Variants that are generated, and those that are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skilltax.taxonomy.forms import key, lower, variants

MADE = [
    ("machine learning", "machine-learning"),
    ("code review", "code reviews"),
    ("code review", "code-reviews"),
    ("micro-service", "microservices"),
    ("virtualization", "virtualisation"),
    ("data modeling", "data modelling"),
    ("GPU", "GPUs"),
    ("SOC 2", "SOC2"),
    ("CI/CD", "CI / CD"),
    ("identity & access management", "identity and access management"),
    ("Node.js", "NodeJS"),
    ("Node.js", "Node JS"),
    ("time series", "time-series"),
    ("network topology", "network topologies"),
    ("IP address", "IP addresses"),
    ("object-oriented programming", "object oriented programming"),
    ("bare metal server", "bare-metal server"),
    ("data center", "datacenter"),
    ("real-time data processing", "realtime data processing"),
    ("frontend framework", "front-end frameworks"),
    ("Wi-Fi Direct", "WiFi Direct"),
    ("multicore programming", "multi core programming"),
]
NOT_MADE = [
    ("Kubernetes", "Kubernete"),
    ("React", "Reacts"),
    ("data model", "datamodel"),
    ("in memory", "inmemory"),
    ("networking", "networkings"),
    ("wireless", "wirelesses"),
    ("Go", "GO"),
]


@pytest.mark.parametrize(("form", "variant"), MADE)
def test_people_write_it_like_this(form: str, variant: str) -> None:
    assert variant in set(variants(form))


@pytest.mark.parametrize(("form", "variant"), NOT_MADE)
def test_nobody_writes_it_like_this(form: str, variant: str) -> None:
    assert variant not in set(variants(form))


@given(st.text())
def test_lower_case_keeps_the_length(text: str) -> None:
    assert len(lower(text)) == len(text)


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x24F), min_size=1))
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)
