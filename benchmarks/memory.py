"""The memory of `skilltax tag` while it tags the corpus again and again.

python -m benchmarks.memory POSTINGS WORKERS > curve.json
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time

import psutil

from benchmarks.corpus import postings

EVERY = 2.0  # seconds between two looks


def curve(number: int, workers: int) -> list[tuple[int, float]]:
    """Postings handed over and megabytes of the largest process, every two seconds of a run from standard input."""
    several = postings(5070)
    lines = [json.dumps({"id": p.id, "title": p.title, "text": p.text}).encode() + b"\n" for p in several]
    command = [sys.executable, "-c", "from skilltax.cli import main; main()", "tag", "-", "--workers", str(workers)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    given = 0
    ended = threading.Event()

    def feed() -> None:
        nonlocal given
        assert process.stdin
        try:
            while given < number and not ended.is_set():
                process.stdin.write(lines[given % len(lines)])
                given += 1
        finally:
            process.stdin.close()

    thread = threading.Thread(target=feed, daemon=True)
    thread.start()
    found: list[tuple[int, float]] = []
    parent = psutil.Process(process.pid)
    while process.poll() is None:
        time.sleep(EVERY)
        try:
            sizes = [p.memory_info().rss for p in (parent, *parent.children(recursive=True))]
        except psutil.NoSuchProcess:
            break
        if not max(sizes):
            break  # it has ended, and waits to be asked
        found.append((given, round(max(sizes) / 1e6, 1)))
        print(json.dumps(found[-1]), file=sys.stderr, flush=True)
    ended.set()
    return found


if __name__ == "__main__":
    print(json.dumps(curve(int(sys.argv[1]), int(sys.argv[2]))))
