"""A cluster and a server of Spark Connect that tests share: to start one takes longer than most questions."""

from __future__ import annotations

import sys

import pytest

from tests.spark.cluster import cluster, connect_server


@pytest.fixture(scope="session")
def python_of_workers():
    """Workers run the Python of the tests, in which medsteward is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        yield


@pytest.fixture(scope="session")
def a_cluster(python_of_workers, tmp_path_factory):
    """The address of a master, and its two workers, which a test may end."""
    with cluster(tmp_path_factory.mktemp("cluster"), 2) as found:
        yield found


@pytest.fixture(scope="session")
def a_server(python_of_workers, tmp_path_factory):
    """The address of a Spark Connect server."""
    with connect_server(tmp_path_factory.mktemp("server")) as address:
        yield address
