"""What every test run needs: how hard hypothesis looks, and, where asked for, that nothing is skipped."""

from __future__ import annotations

import functools
import gc
import os

import pytest

from tests import counts

__all__ = ["counts"]  # loading it chooses how hard hypothesis looks

NO_SKIP = bool(os.environ.get("MEDSTEWARD_NO_SKIP"))
"""Set where every part is known to be installed: a skipped test is then a failure."""


@pytest.fixture(scope="session", autouse=True)
def forgotten() -> None:
    """A mutated function must run: what the run before it kept would answer in its place."""
    if not os.environ.get("MUTANT_UNDER_TEST"):
        return
    for found in gc.get_objects():
        if isinstance(found, functools._lru_cache_wrapper) and found.__module__.partition(".")[0] == "medsteward":
            found.cache_clear()


def _skipped(config: pytest.Config) -> list[str]:
    """Every test that was skipped, with its reason."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    reasons = (report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext for report in reports)
    return [f"{report.nodeid}: {reason}" for report, reason in zip(reports, reasons, strict=True)]


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Turn a run that skipped something into a failed run."""
    if NO_SKIP and exitstatus == pytest.ExitCode.OK and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name what was skipped."""
    skipped = _skipped(config) if NO_SKIP else []
    if skipped:
        terminalreporter.section("skipped, and MEDSTEWARD_NO_SKIP is set: the run fails", red=True)
        for line in skipped:
            terminalreporter.line(line)
