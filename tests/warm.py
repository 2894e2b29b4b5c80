"""The ``skilltax`` command without its start: a process that has everything imported forks for each command.

Pages of the documentation run a hundred commands, and half of their time would be imports. ``started(folder)`` gives a folder for
PATH with a ``skilltax`` that hands its arguments, folder, environment and streams to that process; the fork runs the same ``main``.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLIENT = """#!{python} -ISE
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    asked = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(server, [len(asked).to_bytes(4)], [0, 1, 2])
    server.sendall(asked)
    code = server.recv(1)
sys.exit(code[0] if code else "the command died")
"""


@contextmanager
def started(folder: Path) -> Iterator[Path]:
    """Start the process; it ends with the block."""
    address, client = str(folder / "warm"), folder / "bin" / "skilltax"
    client.parent.mkdir()
    client.write_text(CLIENT.format(python=sys.executable, address=address), "utf-8")
    client.chmod(0o755)
    process = subprocess.Popen(
        [sys.executable, "-c", f"from tests.warm import serve; serve({address!r})"],
        stdout=subprocess.PIPE, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert process.stdout is not None
    try:
        assert process.stdout.readline() == b"ready\n"
        yield client.parent
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def serve(address: str) -> None:
    """Fork for each command that comes."""
    import skilltax
    import skilltax.cli.main

    skilltax.Tagger()("Kubernetes")  # reads what forks then have read: the taxonomy, its names, the reference counts
    skilltax.related(skilltax.reference_counts(), "kubernetes")
    parent = os.getppid()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for forks
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        listening.settimeout(2)  # seconds; looks now and then whether anybody is there to ask
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while os.getppid() == parent:
            try:
                asked, _ = listening.accept()
            except TimeoutError:
                continue
            if not os.fork():
                _run(asked)
            asked.close()


def _run(asked: socket.socket) -> None:
    """Be the command, in a fork."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    length, streams, *_ = socket.recv_fds(asked, 4, 3)
    raw = b""
    while len(raw) < int.from_bytes(length):
        raw += asked.recv(1 << 16)
    arguments, folder, environment = json.loads(raw)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["skilltax", *arguments]
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w", buffering=1)  # noqa: SIM115
    os._exit(_ended(asked))


def _ended(asked: socket.socket) -> int:
    from skilltax.cli.main import main

    code = 0
    try:
        main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        code = 1
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = 1
    asked.sendall(bytes([code]))
    return 0
