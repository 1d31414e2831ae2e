"""Sessions of Spark: on this machine, on a cluster by its address, or of a Spark Connect server."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from medsteward.errors import UnreadableInput, part_for

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

COMMAND = 'pip install "medsteward[spark]"'
CONNECT = 'pip install "medsteward[spark-connect]"'
_PATIENCE = 30
"""Seconds for a server to answer; the client by itself would try for ten minutes."""


def session_of(master: str | None, *, memory: str | None = None, threads: int | None = None) -> SparkSession:
    """A session: on the cluster of this address, or on this machine with so many threads."""
    with part_for("Spark", "pyspark", COMMAND):
        from pyspark.sql import SparkSession
    builder = (
        SparkSession.builder.appName("medsteward population")
        .master(master or f"local[{threads or '*'}]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.maxPlanStringLength", "20000")
    )
    if memory is not None:
        size = memory.replace(" ", "").replace("i", "").upper().removesuffix("B")
        builder = builder.config("spark.driver.memory", size).config("spark.executor.memory", size)
    return builder.getOrCreate()


def connected(remote: str, *, patience: int = _PATIENCE) -> SparkSession:
    """A session of a Spark Connect server, as ``sc://host:15002``. This machine needs no Java.

    Refuses (``UnreadableInput``) an address where no server answers within ``patience`` seconds. No
    message repeats it: it may hold a token.
    """
    with part_for("Spark Connect", "grpc", CONNECT):
        import grpc
    with part_for("Spark Connect", "pyspark", CONNECT):
        from pyspark.sql.connect.client import DefaultChannelBuilder
        from pyspark.sql.connect.session import SparkSession as ConnectSession
    try:
        with DefaultChannelBuilder(remote).toChannel() as channel:
            grpc.channel_ready_future(channel).result(timeout=patience)
    except Exception:  # of many kinds, with the address in their words
        raise UnreadableInput("--remote", "no Spark Connect server answers; write it as sc://host:15002") from None
    builder = ConnectSession.builder.remote(remote)  # the common builder would make every later session such a one
    found = builder.config("spark.sql.session.timeZone", "UTC").config("spark.sql.ansi.enabled", "true").getOrCreate()
    return cast("SparkSession", found)  # the same methods, of another class
