"""Any bytes under any suffix are postings, error records, or one SkilltaxError: nothing else leaves the reader."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skilltax.errors import PostingError, SkilltaxError
from skilltax.postings.files import KINDS
from skilltax.postings.read import read_postings

PIECES = st.sampled_from(
    [b'{"id": "1", "text": "Go"}', b"id,text\n", b'1,"Go"', b'"', b",", b";", b"\n", b"\r\n", b"[", b"]", b"{", b"}", b'"text":', b"\x00",
     b"\xff\xfe", b"\xef\xbb\xbf", b"\x81", b"PAR1", b"<p>", b'<script type="application/ld+json">', b"</script>", b"\x1f\x8b", b"null", b"NaN",
     b'{"jobs": [', b"\\ud83d", b"# [SRE](https://jobs.example/1)\n### Fjord\n"]
)  # fmt: skip


@pytest.mark.parametrize("suffix", [*KINDS, "", ".jsonl.gz", ".txt.zst"])
@given(content=st.lists(PIECES | st.binary(max_size=6)).map(b"".join), packed=st.booleans())
def test_any_bytes_are_read_or_told_of(suffix: str, content: bytes, packed: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(gzip.compress(content) if packed and suffix in ("", ".jsonl.gz") else content)
        errors: list[PostingError] = []
        try:
            postings = list(read_postings(path, on_error=errors.append))
        except SkilltaxError as error:
            assert str(error).startswith(str(path))
            return
        assert all(p.id and p.text.strip() for p in postings)
        assert all(e.path == str(path) and e.reason for e in errors)
        assert postings or errors or not content.strip() or suffix in (".csv", ".tsv", "")
