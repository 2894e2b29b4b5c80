"""The network is never used: not by the suite, which runs with it refused, and not by the commands."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.offline import NetworkUsed

ALL = """
import sys, os
def refuse(event, args):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        os.write(2, f"network used: {event} {args}\\n".encode())
        os._exit(99)
sys.addaudithook(refuse)
"""


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_the_suite_is_refused_a_connection(family: int) -> None:
    address = ("192.0.2.1", 80) if family == socket.AF_INET else ("2001:db8::1", 80, 0, 0)
    with socket.socket(family) as made, pytest.raises(NetworkUsed):
        made.connect(address)
    with pytest.raises(NetworkUsed):
        socket.getaddrinfo("skilltax.example", 443)


def command(tmp_path: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """A command in a process, and its workers, where any socket ends it."""
    (tmp_path / "sitecustomize.py").write_text(ALL, "utf-8")
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    main = [sys.executable, "-c", "from skilltax.cli import main; main()"]
    return subprocess.run([*main, *args], capture_output=True, text=True, check=False, cwd=tmp_path, env=env)


def test_commands_use_no_network(tmp_path) -> None:
    advert = {"text": "You know Go and Kubernetes: https://jobs.example/1 <img src='https://x.example/a.png'>"}
    (tmp_path / "p.jsonl").write_text((json.dumps(advert) + "\n") * 100, "utf-8")
    for args in (
        ["tag", "p.jsonl", "-o", "t.jsonl", "--workers", "2"],
        ["graph", "t.jsonl", "-o", "g.html", "--min-postings", "1"],
        ["show", "p.jsonl", "-o", "p.html"],
        ["related", "kubernetes"],
    ):
        done = command(tmp_path, *args)
        assert done.returncode == 0, done.stderr


def test_the_hook_of_that_test_bites(tmp_path) -> None:
    (tmp_path / "sitecustomize.py").write_text(ALL, "utf-8")
    code = "import socket; socket.create_connection(('192.0.2.1', 80))"
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    assert subprocess.run([sys.executable, "-c", code], env=env, check=False, capture_output=True).returncode == 99
