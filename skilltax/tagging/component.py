"""The spaCy component ``skilltax``: tags any Doc of an English pipeline.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> _ = nlp.add_pipe("skilltax")
>>> doc = nlp("You know Kubernetes and C++.")
>>> [(span.text, span.id_, span.label_) for span in doc.spans["skills"]]
[('Kubernetes', 'kubernetes', 'orchestrators'), ('C++', 'cpp', 'languages')]

Attributes
----------
``doc.spans["skills"]``
    A span a mention: ``span.id_`` is the concept, ``span.label_`` its category.
``span._.skill``
    The mention as ``skilltax tag`` writes it: strength, section, rule and so on. Offsets are those of the Doc.
``doc._.posting``
    Role, seniority and diagnostics of the Doc, read as a posting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans, registry

from skilltax.postings.clean import View
from skilltax.postings.model import Posting
from skilltax.tagging.scan import Scan, fold, splits_word
from skilltax.tagging.tagger import Tagger
from skilltax.tagging.tokenizer import PostingTokenizer, make_tokenizer
from skilltax.taxonomy.compiled import dump, parse
from skilltax.taxonomy.load import load

CACHE = 200_000  # distinct tokens; spaCy's default of 10,000 halves the speed
AT_ONCE = 1_000  # phrases that are one Doc for a moment; the matcher keeps their words only


class SkillTagger:
    """Finds names by PhraseMatcher and hands them to the same rules as :class:`skilltax.Tagger`.

    Parameters
    ----------
    tagger : Tagger
        The rules and the taxonomy.
    spans_key : str
        Where the spans go: ``doc.spans[spans_key]``.
    ents : bool
        Whether the mentions become ``doc.ents`` as well, where they do not overlap those that are there.
    tokenizer : callable
        Makes the Docs that phrases are matched as: the one of the pipeline.
    """

    def __init__(self, tagger: Tagger, spans_key: str, ents: bool, tokenizer: Callable[[str], Doc], vocab: Any) -> None:
        self.spans_key, self.ents, self._tokenizer, self._vocab = spans_key, ents, tokenizer, vocab
        self._set(tagger)

    def _set(self, tagger: Tagger) -> None:
        self.tagger = tagger
        self._words = Scan(tagger.strengths.keys, tagger.roles.keys, tagger.companies.keys)
        self._phrases = PhraseMatcher(self._vocab, attr="LOWER")
        keys = list(tagger.lexicon)
        keys += [key.replace("'", "’") for key in keys if "'" in key]  # a Doc keeps the apostrophe as it is
        for first in range(0, len(keys), AT_ONCE):
            words: Any = list(self._words_of(keys[first : first + AT_ONCE]))  # the matcher's stub knows of Docs only
            self._phrases.add("skill", words)

    def _words_of(self, keys: list[str]) -> Iterator[list[int]]:
        """The words of each key, as the matcher keeps and pickles them: a Doc for each key would take as long again."""
        end = self._vocab.strings.add("\n")
        words: list[int] = self._tokenizer("\n".join(keys)).to_array("LOWER").tolist()
        for is_end, several in groupby(words, end.__eq__):
            if not is_end:
                yield list(several)

    def __call__(self, doc: Doc) -> Doc:
        """Tag a Doc."""
        text = doc.text
        folded = fold(text)
        view = View(text, text)
        hits = []
        for _, first, last in self._phrases(doc):
            start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
            key = folded.low[start:end]
            readings = self.tagger.lexicon.get(key)
            if readings and not splits_word(folded.low, start, end):
                hits.append((start, end, readings))
        cues, signs, firms = self._words.find(folded)
        read = self.tagger.decide(view, folded, hits, cues, signs, firms)
        tagged = self.tagger.finish(Posting("doc", text), read)
        spans = []
        for mention in tagged.mentions:
            span = doc.char_span(mention.start, mention.end, label=mention.category, span_id=mention.concept)
            if span is not None:  # None: an `always` phrase tags a part of a token, under another tokenizer
                span._.skill = mention._asdict()
                spans.append(span)
        doc.spans[self.spans_key] = spans
        doc._.posting = {"role": tagged.role, "seniority": tagged.seniority, "diagnostics": tagged.diagnostics}
        if self.ents:
            doc.set_ents(filter_spans([*doc.ents, *spans]), default="unmodified")
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """The taxonomy; the settings stand in the pipeline's config."""
        return dump(self.tagger.taxonomy)

    def from_bytes(self, data: bytes, **_: Any) -> SkillTagger:
        """Take the taxonomy that :meth:`to_bytes` gave."""
        self._set(Tagger(parse(data)))
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Keep the taxonomy in a file."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, **_: Any) -> SkillTagger:
        """Take the taxonomy that :meth:`to_disk` kept."""
        return self.from_bytes(Path(path).read_bytes())


def make_component(nlp: Language, name: str, taxonomy: str | None, tokenizer: bool, spans_key: str, ents: bool) -> SkillTagger:
    """What ``nlp.add_pipe("skilltax", config={...})`` calls.

    Parameters
    ----------
    nlp, name
        From spaCy.
    taxonomy : str or None
        Folder with an overlay on the shipped taxonomy.
    tokenizer : bool
        Whether the pipeline gets skilltax's tokenizer. With its own, names inside one token are missed.
    spans_key : str
        Where the spans go.
    ents : bool
        Whether mentions become entities as well.
    """
    if tokenizer:
        nlp.tokenizer = PostingTokenizer(nlp.vocab)
        nlp.config["nlp"]["tokenizer"] = {"@tokenizers": "skilltax.Tokenizer.v1"}
    elif hasattr(nlp.tokenizer, "max_cache_size"):
        nlp.tokenizer.max_cache_size = CACHE
    return SkillTagger(Tagger(load(overlays=[taxonomy] if taxonomy else [])), spans_key, ents, nlp.tokenizer, nlp.vocab)


registry.tokenizers("skilltax.Tokenizer.v1", func=make_tokenizer)
Language.factory(
    "skilltax",
    default_config={"taxonomy": None, "tokenizer": True, "spans_key": "skills", "ents": False},
    assigns=["doc.spans", "doc._.posting", "span._.skill"],
    func=make_component,
)
for _owner, _attribute in ((Span, "skill"), (Doc, "posting")):
    if not _owner.has_extension(_attribute):
        _owner.set_extension(_attribute, default=None)
