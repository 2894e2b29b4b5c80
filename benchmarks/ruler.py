"""`skilltax tag` as one would write it with spaCy's EntityRuler: JSON Lines in, JSON Lines out. Arguments: NAMES IN OUT"""

from __future__ import annotations

import sys
from pathlib import Path

import orjson

from benchmarks.peers import pipeline

if __name__ == "__main__":
    nlp = pipeline(Path(sys.argv[1]).read_text("utf-8").splitlines())
    with Path(sys.argv[2]).open("rb") as lines, Path(sys.argv[3]).open("wb") as out:
        for line in lines:
            record = orjson.loads(line)
            found = [{"start": e.start_char, "end": e.end_char, "text": e.text} for e in nlp(record["text"]).ents]
            out.write(orjson.dumps({"id": record["id"], "mentions": found}) + b"\n")
