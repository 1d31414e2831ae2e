"""A standalone Spark cluster of one master and some workers, as processes on the loopback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pyspark

HOST = "127.0.0.1"
_PATIENCE = 120


class Member:
    """One process of a cluster, with what it writes."""

    def __init__(self, name: str, folder: Path, *words: str) -> None:
        self.log = folder / f"{name}.log"
        home = Path(pyspark.__file__).parent
        environment = {**os.environ, "SPARK_LOCAL_IP": HOST, "SPARK_HOME": str(home), "SPARK_NO_DAEMONIZE": "1"}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(home / "bin/spark-class"), *words],
                stdout=log,
                stderr=log,
                env=environment,
                cwd=folder,
                start_new_session=True,
            )

    def wait_for(self, said: str) -> None:
        """Wait until it has written this."""
        until = time.monotonic() + _PATIENCE
        while said not in self.log.read_text("utf-8", "replace"):
            if time.monotonic() > until or self.process.poll() is not None:
                raise RuntimeError(self.log.read_text("utf-8", "replace")[-2000:])
            time.sleep(0.1)

    def kill(self) -> None:
        """End it and what it started, as when a machine is lost."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, Sequence[Member]]]:
    """The address of a cluster, and its workers."""
    port = free_port()
    address = f"spark://{HOST}:{port}"
    members: list[Member] = []
    package = "org.apache.spark.deploy"
    try:
        words = ("--host", HOST, "--port", str(port), "--webui-port", "0")
        members.append(Member("master", folder, f"{package}.master.Master", *words))
        members[0].wait_for("I have been elected leader")
        for number in range(workers):
            size = ("--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(folder))
            kind = f"{package}.worker.Worker"
            members.append(Member(f"worker-{number}", folder, kind, "--host", HOST, *size, address))
        for each in members[1:]:
            each.wait_for("Successfully registered with master")
        yield address, members[1:]
    finally:
        for each in reversed(members):
            each.kill()


@contextmanager
def connect_server(folder: Path) -> Iterator[str]:
    """The address of a Spark Connect server with two threads, as ``sbin/start-connect-server.sh`` starts it."""
    port = free_port()
    settings = {
        "spark.connect.grpc.binding.address": HOST,
        "spark.connect.grpc.binding.port": str(port),
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.codegen.wholeStage": "false",  # the rows are few: compiling takes longer than they do
        "spark.sql.adaptive.enabled": "false",
    }
    words = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    kind = "org.apache.spark.sql.connect.service.SparkConnectServer"
    submit = "org.apache.spark.deploy.SparkSubmit"
    server = Member("connect", folder, submit, "--class", kind, "--master", "local[2]", *words, "spark-internal")
    try:
        server.wait_for("Spark Connect server started at")
        yield f"sc://{HOST}:{port}"
    finally:
        server.kill()
