"""Versions, quantities, years and alternatives, read around a mention."""

from __future__ import annotations

import pytest

from skilltax.tagging.tagger import Tagger

VERSIONS = [
    ("Ubuntu 22.04", "22.04"),
    ("Python 3.10+ daily", "3.10+"),
    (".NET 6-8", "6-8"),
    ("a 5.x Linux kernel", "5.x"),
    ("Java 17", "17"),
    ("Kubernetes v1.29", "1.29"),
    ("Angular (version 15)", "15"),
    ("Python, 5 years", None),
    ("Kubernetes 3+ years", None),
    ("Kubernetes 24/7 support", "24/7"),
]
QUANTITIES = [
    ("8xH100", "8"),
    ("64 x A100", "64"),
    ("512 H100 GPUs", "512"),
    ("10,000 GPUs", "10,000"),
    ("4 Kubernetes clusters", None),
]
YEARS = [
    ("5+ years of Go", {"go": (5, None)}),
    ("1-3 years of Python", {"python": (1, 3)}),
    ("three years of Rust", {"rust": (3, None)}),
    ("At least 5 years of experience with Kubernetes and Terraform", {"kubernetes": (5, None), "terraform": (5, None)}),
    ("Python (3+ years), Docker", {"python": (3, None)}),
    ("Java: 4 to 6 years", {"java": (4, 6)}),
    ("5+ years of Linux; 2+ years of Kubernetes", {"linux": (5, None), "kubernetes": (2, None)}),
    ("Up to 2 years of Scala", {"scala": (0, 2)}),
    ("Founded 20 years ago, we run Kubernetes", {}),
]
CHOICES = [
    ("Go, Rust or C++", ["Go", "Rust", "C++"]),
    ("Python and/or Java", ["Python", "Java"]),
    ("one of: Terraform, Pulumi, Crossplane", ["Terraform", "Pulumi", "Crossplane"]),
    ("Docker and Kubernetes", []),
    ("Docker, Kubernetes", []),
]


@pytest.mark.parametrize(("text", "version"), VERSIONS[:-1])
def test_versions(tagger: Tagger, text: str, version: str | None) -> None:
    assert tagger(text).mentions[0].version == version


@pytest.mark.xfail(strict=True, reason="24/7 reads like a version; nothing tells it from 6/7")
def test_around_the_clock_is_no_version(tagger: Tagger) -> None:
    assert tagger(VERSIONS[-1][0]).mentions[0].version is None


@pytest.mark.parametrize(("text", "quantity"), QUANTITIES)
def test_quantities(tagger: Tagger, text: str, quantity: str | None) -> None:
    assert tagger(text).mentions[0].quantity == quantity


@pytest.mark.parametrize(("text", "years"), YEARS)
def test_years_are_bound_to_what_they_speak_of(tagger: Tagger, text: str, years: dict) -> None:
    assert {m.concept: m.years for m in tagger(text).mentions if m.years} == years


@pytest.mark.parametrize(("text", "choice"), CHOICES)
def test_alternatives_share_a_number(tagger: Tagger, text: str, choice: list[str]) -> None:
    mentions = [m for m in tagger(text).mentions if m.any_of]
    assert [m.text for m in mentions] == choice
    assert len({m.any_of for m in mentions}) == bool(choice)
