"""The language of a posting is told by its function words, whatever names it is full of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skilltax.postings.language import SETS, TOLD, language_of
from skilltax.tagging.tagger import Tagger

SAID = [
    ("en", "You will run Kubernetes with Terraform and own the on-call rota of our platform."),
    ("en", "Senior SRE (Berlin). The team is small; Deutsch is a plus."),
    ("de", "Du betreibst Kubernetes mit Terraform und bist für die Rufbereitschaft der Plattform zuständig."),
    ("de", "Wir suchen eine Person, die sich mit Linux, C++ und dem Kernel auskennt (m/w/d)."),
    ("fr", "Vous exploitez Kubernetes avec Terraform et vous assurez l’astreinte pour nos plateformes."),
    ("fr", "Nous cherchons une personne qui connaît Linux et les hyperviseurs dans le cloud."),
    ("es", "Buscamos una persona con experiencia en Kubernetes y Terraform para nuestro equipo de plataforma."),
    ("es", "Tendrás que operar los servidores Linux del equipo y las bases de datos."),
    ("other", "Procuramos uma pessoa com experiência em Kubernetes para a nossa equipe, que não tenha medo de Linux."),
    ("other", "Cerchiamo una persona con esperienza di Kubernetes per il nostro gruppo, che conosca anche Linux."),
    ("other", "Wij zoeken een collega met ervaring in Kubernetes voor ons team en de systemen van onze klanten."),
    ("other", "Vi söker en kollega som har arbetat med Kubernetes och som kan driva våra system för kunder."),
    ("other", "Szukamy osoby, która zna Kubernetes oraz Linux i nie boi się pracy przy systemach dla banków."),
    ("other", "Мы ищем инженера, который знает Kubernetes и Linux."),
    ("other", "我们正在寻找熟悉 Kubernetes 和 Linux 的工程师。"),
    ("en", "Kubernetes, Terraform, Go"),
    ("en", ""),
]


@pytest.mark.parametrize(("language", "text"), SAID)
def test_sentences(language: str, text: str) -> None:
    assert language_of(text) == language


@given(st.text())
def test_any_text_has_one_of_five(text: str) -> None:
    assert language_of(text) in TOLD | {"other"}


def test_no_language_has_the_words_of_another() -> None:
    """Two languages that shared most words could not be told apart."""
    for one in TOLD:
        for other, words in SETS.items():
            assert one == other or len(SETS[one] & words) <= len(SETS[one]) / 4, (one, other)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Wir suchen dich für unser Team.\n\nDein Profil\n- Sehr gute Kenntnisse in Kubernetes und C++\n- Erfahrung mit Ansible",
        ),
        (
            "fr",
            "Nous cherchons une personne pour notre équipe.\n\nVotre profil\n- Maîtrise de Kubernetes et de C++\n- Expérience avec Ansible",
        ),
        (
            "es",
            "Buscamos una persona para nuestro equipo.\n\nRequisitos\n- Dominio de Kubernetes y C++\n- Experiencia con Ansible",
        ),
    ],
)
def test_technologies_are_found_in_other_languages(tagger: Tagger, language: str, text: str) -> None:
    tagged = tagger(text)
    assert tagged.diagnostics["language"] == language
    assert {"kubernetes", "cpp", "ansible"} <= {m.concept for m in tagged.mentions}
    assert [m.section for m in tagged.mentions] == ["requirements"] * 3


POSTINGS = {
    "de": "Plattformingenieur (m/w/d)\n\nDeine Aufgaben\n- Du betreibst unsere Kubernetes-Cluster\n\nDein Profil\n"
    "- Mehrjährige Erfahrung mit Linux und PostgreSQL\n- Terraform ist von Vorteil\n- Idealerweise kennst du Kafka\n"
    "- Jenkins ist nicht erforderlich\n\nWünschenswert\n- Prometheus\n\nWir bieten\n- Freie Wahl der Hardware, auch Ubuntu\n",
    "fr": "Ingénieur plateforme (F/H)\n\nVos missions\n- Vous exploitez nos clusters Kubernetes\n\nVotre profil\n"
    "- Expérience confirmée de Linux et de PostgreSQL\n- Terraform est un plus\n- Idéalement, vous connaissez Kafka\n"
    "- Jenkins n'est pas requis\n\nLes plus\n- Prometheus\n\nCe que nous offrons\n- Matériel au choix, même Ubuntu\n",
    "es": "Ingeniero de plataforma\n\nResponsabilidades\n- Operar nuestros clústeres de Kubernetes\n\nRequisitos\n"
    "- Experiencia demostrable con Linux y PostgreSQL\n- Se valorará Terraform\n- Idealmente conoces Kafka\n"
    "- No es necesario Jenkins\n\nSe valorará\n- Prometheus\n\nQué ofrecemos\n- Equipo a elegir, también Ubuntu\n",
}


@pytest.mark.parametrize("language", POSTINGS)
def test_strengths_are_read_in_other_languages(tagger: Tagger, language: str) -> None:
    found = {m.text: m.strength for m in tagger(POSTINGS[language]).mentions}
    assert found == {
        **dict.fromkeys(("Kubernetes", "Ubuntu"), "other"),
        **dict.fromkeys(("Linux", "PostgreSQL"), "required"),
        **dict.fromkeys(("Terraform", "Kafka", "Prometheus"), "preferred"),
        "Jenkins": "negated",
    }
