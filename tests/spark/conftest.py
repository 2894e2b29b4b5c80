"""A real Spark: a standalone master and two workers on loopback, started with ``spark-class`` and stopped afterwards."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

HOST = "127.0.0.1"
PATIENCE = 120  # seconds for a process to come up


class Cluster(NamedTuple):
    """A running cluster: what to connect to, and its workers' processes."""

    master: str
    workers: list[subprocess.Popen[bytes]]

    def kill_a_worker(self) -> None:
        """End one worker with its executors at once, as a machine that fails does."""
        os.killpg(self.workers[0].pid, signal.SIGKILL)


@pytest.fixture(scope="session")
def spark_home() -> Path:
    """Where Spark's programs stand; a plain skip where something is missing."""
    pyspark = pytest.importorskip("pyspark", reason="tests of Spark need pyspark: make test-all installs it")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("tests of Spark need Java 17 or newer on PATH")
    os.environ |= {"SPARK_LOCAL_IP": HOST, "PYSPARK_PYTHON": sys.executable}
    return Path(pyspark.__file__).parent


@contextmanager
def cluster_at(home: Path, folder: Path) -> Iterator[Cluster]:
    """A cluster with two workers of a core each."""
    port, ui = free_port(), free_port()
    started = [run(home, folder, "master", "Master", "--host", HOST, "--port", port, "--webui-port", ui)]
    try:
        for name in ("one", "two"):
            options = ("--host", HOST, "--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(folder / name))
            started.append(run(home, folder, name, "Worker", *options, f"spark://{HOST}:{port}"))
        wait_for_workers(f"http://{HOST}:{ui}/json/", started)
        yield Cluster(f"spark://{HOST}:{port}", started[1:])
    finally:
        for process in started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        for process in started:
            process.wait(PATIENCE)


def run(home: Path, folder: Path, name: str, what: str, *options: str) -> subprocess.Popen[bytes]:
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{what.lower()}.{what}", *options]
    with (folder / f"{name}.log").open("wb") as log:
        environment = os.environ | {"SPARK_HOME": str(home)}
        return subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)


def free_port() -> str:
    with socket.socket() as made:
        made.bind((HOST, 0))
        return str(made.getsockname()[1])


def wait_for_workers(page: str, started: list[subprocess.Popen[bytes]]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert all(process.poll() is None for process in started), "a process of the cluster ended at once"
        try:
            with urllib.request.urlopen(page, timeout=5) as answer:
                if json.load(answer)["aliveworkers"] == len(started) - 1:
                    return
        except (OSError, ValueError):
            pass
        time.sleep(0.2)
    pytest.fail(f"the workers did not register within {PATIENCE} s")


@contextmanager
def session_on(master: str, **settings: str) -> Iterator[object]:
    """A session on a cluster, with the settings that skilltax gives one."""
    from pyspark.sql import SparkSession

    from skilltax.engines import spark

    for name, value in {"spark.driver.host": HOST, "spark.ui.enabled": "false", **settings}.items():
        SparkSession.builder.config(name, value)
    session = spark.session(master)
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()
        SparkSession.builder._options.clear()


@pytest.fixture(scope="module")
def cluster(spark_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster_at(spark_home, tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(scope="module")
def session(cluster: Cluster) -> Iterator[object]:
    with session_on(cluster.master) as running:
        yield running
