"""Near-duplicates: a short fingerprint of a text, and the groups of fingerprints that are alike.

The same posting comes back again and again with another city, date or salary. Its fingerprint is a MinHash of the runs of three
words that it is made of: two fingerprints agree in about as many places as the share of such runs that their texts have in
common (the Jaccard index). So near-duplicates are found from fingerprints alone, without the texts.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from functools import cache
from typing import Any

PLACES = 60  # of a fingerprint, a byte each
RUN = 3  # words
ALIKE = 0.8  # Jaccard index of two near-duplicates, as the fingerprints estimate it
BAND = 4  # places that must agree for two fingerprints to be compared at all
LONGEST = 1 << 16  # characters that are read; what follows changes nothing
FOREIGN = 0.1  # share of characters beyond Latin-1 up to which a text is read without them (emoji, dashes), which is faster

LETTERS = bytes(ord(chr(i).lower()) if chr(i).isalnum() and chr(i).lower() < "\u0100" else 32 for i in range(256))
NO_LETTER = re.compile(r"[\W_]")
ODD = 0x9E3779B97F4A7C15  # 2**64 divided by the golden ratio; odd, and so it has an inverse modulo 2**64


def fingerprint(text: str) -> str:
    """The fingerprint of a text: 80 characters, or none where the text holds no word.

    Case, punctuation and white space do not matter. One permutation stands for all places: hashes are sorted, the range of
    values is cut into equal parts, and each part gives the lowest byte of the first hash at or after its beginning. Li, P.,
    Owen, A., Zhang, C.-H. (2012), "One permutation hashing", NIPS 25; Shrivastava, A., Li, P. (2014), "Densifying one
    permutation hashing via rotation", ICML; Li, P., König, C. (2010), "b-bit minwise hashing", WWW.

    Parameters
    ----------
    text : str
        Of a posting; what follows 65,536 characters changes nothing.

    Returns
    -------
    str
        60 bytes in base 64.

    >>> fingerprint("We run Kubernetes.") == fingerprint("we  run: kubernetes")
    True
    """
    import numpy as np

    powers, inverses, parts = _tables()
    begin = f" {text[:LONGEST]} "
    latin = begin.encode("latin-1", "ignore")
    if len(begin) - len(latin) <= FOREIGN * len(begin):
        codes = np.frombuffer(latin.translate(LETTERS), np.uint8)
    else:
        codes = np.frombuffer(NO_LETTER.sub(" ", begin.lower()).encode("utf-32-le", "surrogatepass")[: LONGEST * 4], np.uint32)
    gaps = np.flatnonzero(codes == 32)
    sums = np.cumsum(codes * powers[: len(codes)])[gaps]
    words = (np.diff(sums) * inverses[gaps[:-1]])[np.diff(gaps) > 1]
    if not len(words):
        return ""
    if len(words) < RUN:
        words = np.concatenate([words, np.zeros(RUN - len(words), np.uint64)])
    odd = powers[1]
    runs = (words[:-2] * odd + words[1:-1]) * odd + words[2:]
    runs ^= runs >> np.uint64(29)
    runs *= powers[2]
    runs ^= runs >> np.uint64(32)
    runs *= powers[3]
    runs.sort()
    first = np.searchsorted(runs, parts)
    first[first == len(runs)] = 0
    return b64encode((runs[first] >> np.uint64(20)).astype(np.uint8).tobytes()).decode()


@cache
def _tables() -> tuple[Any, Any, Any]:
    """Powers of an odd number modulo 2**64, their inverses, and where each place's part of the hashes begins."""
    import numpy as np

    def powers(of: int) -> Any:
        factors = np.full(LONGEST + 2, of, np.uint64)
        factors[0] = 1
        return np.cumprod(factors)

    parts = np.array([(place << 64) // PLACES for place in range(PLACES)], np.uint64)
    return powers(ODD), powers(pow(ODD, -1, 1 << 64)), parts


def is_fingerprint(text: str) -> bool:
    """Whether a text has the form of a fingerprint, and so may be like others."""
    return len(text) * 3 == PLACES * 4


def places_of(fingerprints: Sequence[str]) -> Any:
    """The places of fingerprints: an array of bytes, a row each of 60 columns."""
    import numpy as np

    return np.frombuffer(b64decode("".join(fingerprints)), np.uint8).reshape(-1, PLACES)


def bands_of(places: Any) -> Any:
    """Four neighbouring places as one number: an array of 15 columns. Fingerprints that agree in none are not compared."""
    import numpy as np

    return np.ascontiguousarray(places).view(np.uint32)


def are_alike(places: Any, others: Any, alike: float = ALIKE) -> Any:
    """Row by row, whether two fingerprints agree in enough of their places."""
    return (places == others).mean(axis=1) >= alike


def groups(fingerprints: Sequence[str], *, alike: float = ALIKE) -> Any:
    """Number the groups of near-duplicates.

    Fingerprints that agree in four neighbouring places are compared whole (locality-sensitive hashing), and what is alike
    through others is one group.

    Parameters
    ----------
    fingerprints : sequence of str
        As :func:`fingerprint` makes them. Empty ones, and others that are none, are like no other.
    alike : float
        Share of the places, 0 to 1, in which two fingerprints agree at least.

    Returns
    -------
    numpy.ndarray of int
        For each fingerprint the number of its group, counted from 0 without gaps.

    >>> groups([fingerprint("We run Kubernetes."), fingerprint("We run Kubernetes!"), ""]).tolist()
    [0, 0, 1]
    """
    import numpy as np
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    # Sorted, so that what is compared does not depend on the order in which postings come.
    known = {text: i for i, text in enumerate(sorted(set(filter(is_fingerprint, fingerprints))))}
    places = places_of(list(known))
    pairs = [np.empty((2, 0), np.int64)]
    for band in bands_of(places).T:
        order = np.argsort(band, kind="stable")
        same = np.flatnonzero(band[order][1:] == band[order][:-1])
        heads = np.flatnonzero(np.concatenate([[True], band[order][1:] != band[order][:-1]]))
        head = heads[np.searchsorted(heads, same, "right") - 1]
        pairs += [np.stack([order[same], order[same + 1]]), np.stack([order[head], order[same + 1]])]
    a, b = np.unique(np.concatenate(pairs, axis=1), axis=1)
    near = are_alike(places[a], places[b], alike) if len(a) else np.empty(0, bool)
    links = sparse.coo_array((near[near], (a[near], b[near])), shape=(len(known), len(known)))
    group = connected_components(links, directed=False)[1]
    labels = (group[known[f]] if f in known else len(known) + i for i, f in enumerate(fingerprints))
    return np.unique(np.fromiter(labels, np.int64, len(fingerprints)), return_inverse=True)[1]
