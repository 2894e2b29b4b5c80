"""What skilltax is compared with: each finds the same names in a text, in its own way."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import spacy
from spacy.matcher import PhraseMatcher

from skilltax.tagging.tagger import Tagger

CACHE = 200_000  # of spaCy's tokenizer; its default of 10,000 halves its speed

Find = Callable[[str], object]


def names_of(tagger: Tagger) -> list[str]:
    """Every name that the tagger knows, in every variant; vetoes are none."""
    return sorted({e.written for entries in tagger.lexicon.values() for e in entries if not e.vetoes})


def pipeline(names: Sequence[str]) -> spacy.Language:
    """A blank English pipeline with an EntityRuler, its tokenizer's cache enlarged."""
    nlp = spacy.blank("en")
    nlp.tokenizer.max_cache_size = CACHE
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "SKILL", "pattern": name} for name in names])
    return nlp


def peers(names: Sequence[str]) -> dict[str, Find]:
    """Each peer as a function of a text."""
    import ahocorasick
    from ahocorasick_rs import AhoCorasick
    from flashtext import KeywordProcessor

    low = list(dict.fromkeys(name.lower() for name in names))
    nlp = pipeline(names)
    blank = spacy.blank("en")
    blank.tokenizer.max_cache_size = CACHE
    phrases = PhraseMatcher(blank.vocab, attr="LOWER")
    phrases.add("SKILL", list(spacy.blank("en", vocab=blank.vocab).tokenizer.pipe(names)))
    rust = AhoCorasick(low)
    flash = KeywordProcessor()
    for name in low:
        flash.add_keyword(name)
    plain = ahocorasick.Automaton()
    for name in low:
        plain.add_word(name, len(name))
    plain.make_automaton()

    def whole_words(text: str) -> list[tuple[int, int]]:
        small = text.lower()
        found = []
        for end, length in plain.iter(small):
            start = end + 1 - length
            if not (start and small[start - 1].isalnum()) and not (end + 1 < len(small) and small[end + 1].isalnum()):
                found.append((start, end + 1))
        return found

    return {
        "spaCy EntityRuler": lambda text: [(e.start_char, e.end_char) for e in nlp(text).ents],
        "spaCy PhraseMatcher": lambda text: phrases(blank.make_doc(text)),
        "ahocorasick-rs, raw": lambda text: rust.find_matches_as_indexes(text.lower()),
        "ahocorasick-rs, raw, overlapping": _overlapping(low),
        "flashtext": lambda text: flash.extract_keywords(text, span_info=True),
        "pyahocorasick, whole words": whole_words,
    }


def _overlapping(low: Sequence[str]) -> Find:
    from ahocorasick_rs import AhoCorasick

    rust = AhoCorasick(low)
    return lambda text: rust.find_matches_as_indexes(text.lower(), overlapping=True)


def interleaved(finders: Mapping[str, Callable[[Any], object]], items: Iterable[Any], rounds: int) -> dict[str, float]:
    """Median milliseconds of CPU time an item, the finders taking turns; each sees the items once before."""
    items = list(items)
    for find in finders.values():
        for item in items:
            find(item)
    taken: dict[str, list[float]] = {name: [] for name in finders}
    for _ in range(rounds):
        for name, find in finders.items():
            gc.collect()
            begin = time.process_time()
            for item in items:
                find(item)
            taken[name].append((time.process_time() - begin) / len(items) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}
