"""Runs of ``skilltax tag`` that are killed and continued: ``python -m tests.kills SEED KILLS OUT POSTINGS...``.

Half of the kills come at an operation of the code that writes, drawn by a seed (the same one on every machine); the other half
come from outside, at any moment. Each run is a fork of this process, which has loaded everything: a kill costs no start.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

from skilltax.cli.main import app
from skilltax.engines import local
from skilltax.errors import SkilltaxError

WRITING = ("output.py", "lock.py", "parquet.py", "files.py")  # of skilltax.export: where a kill could hurt
OPERATIONS = 60  # of these one is drawn; a batch takes a dozen


class KillAt:
    """A profiler that kills this process at an operation (a call, or its end) of the code that writes."""

    def __init__(self, operation: int) -> None:
        self.left = operation

    def __call__(self, frame: FrameType, _event: str, _arg: Any) -> None:
        path = frame.f_code.co_filename
        if path.endswith(WRITING) and "export" in path:
            self.left -= 1
            if self.left < 0:
                os.kill(os.getpid(), signal.SIGKILL)


def start(args: list[str], operation: int | None = None) -> int:
    """Run ``skilltax tag`` in a fork, and tell its process id."""
    if process := os.fork():
        return process
    code = 70
    try:
        if operation is not None:
            sys.setprofile(KillAt(operation))
        code = app(["tag", *args], standalone_mode=False) or 0
    except SkilltaxError as error:
        print(error, file=sys.stderr)
    finally:
        os._exit(code)


def end_of(process: int) -> int:
    """The exit code of a process, negative where a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def main(seed: str, kills: str, out: str, *postings: str) -> None:
    """Kill and continue a run, compare it with an unbroken one, and print the figures."""
    tag = local._tagger(())
    tag("You know Go and Kubernetes.")
    local._tagger = lambda _overlays: tag
    devnull = os.open(os.devnull, os.O_WRONLY)
    stderr = os.dup(2)
    os.dup2(devnull, 2)  # what a run says of its progress
    output = Path(out)
    whole = output.with_name(f"whole-{output.name}")
    began = time.monotonic()
    assert end_of(start([*postings, "-o", str(whole)])) == 0
    took = time.monotonic() - began

    chance = random.Random(seed)
    killed = 0
    go_on = [*postings, "-o", out, "--resume"]
    for number in range(int(kills)):
        if number % 2:
            process = start(go_on)
            time.sleep(chance.random() * took / 2)
            os.kill(process, signal.SIGKILL)
        else:
            process = start(go_on, chance.randrange(OPERATIONS))
        killed += end_of(process) == -signal.SIGKILL
        if output.exists():  # whole before the kill came: begin anew
            assert output.read_bytes() == whole.read_bytes()
            output.unlink()
    os.dup2(stderr, 2)
    assert end_of(start(go_on)) == 0
    same = output.read_bytes() == whole.read_bytes()
    left = sorted(path.name for path in output.parent.iterdir())
    print(json.dumps({"killed": killed, "bytes": whole.stat().st_size, "same": same, "left": left}))


if __name__ == "__main__":
    main(*sys.argv[1:])
