"""A spaCy tokenizer that splits where postings do.

spaCy's own keeps ``k8s(Kubernetes`` and ``Node.js/React`` as one token and cuts ``C++/C#`` apart. This one makes a token
of each run of letters and digits and of each mark, and keeps whole what stands for one thing: ``C++``, ``C#``, ``.NET``,
``Node.js``, ``CI/CD``. It works on characters alone, so a name is cut the same way in a text and in a phrase.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from spacy.tokens import Doc
from spacy.vocab import Vocab

from skilltax.taxonomy.forms import CJK

TOKEN = re.compile(
    r"(?P<white>\s+)"
    rf"|(?i:ci/cd)(?![^\W_{CJK}])"
    rf"|(?<![^\W_])(?i:\.net)(?![^\W_{CJK}])"
    r"|[0-9]+x(?=[A-Z][^\W_])"
    rf"|[^\W_{CJK}]+(?:\+\+|\#|(?i:\.js)(?![^\W_{CJK}]))?"
    r"|\S"
)


class PostingTokenizer:
    """Makes a Doc of a text.

    Parameters
    ----------
    vocab : spacy.vocab.Vocab
        Vocabulary of the pipeline.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The Doc of a text; ``doc.text == text``."""
        words: list[str] = []
        spaces: list[bool] = []
        for found in TOKEN.finditer(text):
            token = found.group()
            if found.lastgroup == "white":
                if words and token[0] == " " and not spaces[-1]:
                    spaces[-1] = True
                    token = token[1:]
                if not token:
                    continue
            words.append(token)
            spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def __reduce__(self) -> tuple[Any, ...]:
        return PostingTokenizer, (self.vocab,)

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to keep: the tokenizer has no state."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> PostingTokenizer:
        """Nothing to restore."""
        return self

    def to_disk(self, _path: str | Path, **_: Any) -> None:
        """Nothing to keep."""

    def from_disk(self, _path: str | Path, **_: Any) -> PostingTokenizer:
        """Nothing to restore."""
        return self


def make_tokenizer() -> Any:
    """What spaCy's registry calls: ``skilltax.Tokenizer.v1``."""
    return lambda nlp: PostingTokenizer(nlp.vocab)
