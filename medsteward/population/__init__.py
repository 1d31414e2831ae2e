"""Dispensing records of many patients at once, in a database: the same reading, tables and definitions as ``fills``.

``run`` is the way in from Python; ``medsteward population run`` is the same on the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from medsteward.fills.population import RunSummary
    from medsteward.population.options import PopulationRun, Say

__all__ = ["run"]


def run(asked: PopulationRun, say: Say = lambda _: None) -> RunSummary:
    """Answer a question and write the answer into its folder, whole or not at all.

    ``say`` is told how far it is, in sentences without a patient's key. Raises what is derived from
    ``MedstewardError`` where files cannot be read, days could mean two things, or there is no room.
    """
    from medsteward.population.start import started

    return started(asked, say)
