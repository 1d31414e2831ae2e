"""What is told of a medicine on the patient card: rows of ``data/patient_words/words.csv``, chosen for each line.

A row belongs to a drug, to a class (``class:snri``) or to everything (``class:any``), may be for one form, and for
tapers, trials or both. The nearest row wins, topic by topic: of the drug before its class, of the form before any form.
Rows of the same key are a list. Each row cites a work and says how closely it was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from types import MappingProxyType

from attrs import frozen

from medsteward.bibliography import cite
from medsteward.caches import made_once
from medsteward.model.drug_class import DrugClass
from medsteward.model.source import Source, Standing
from medsteward.model.unit import Unit
from medsteward.schedules.supply import Track
from medsteward.tables.files import data_folder, decoded, read, rows

COLUMNS = ("of", "form", "plan", "taken", "topic", "text", "spanish", "source", "where", "standing")
EVERYTHING = "class:any"
_LIQUID = frozenset({"solution", "concentrate", "suspension", "syrup"})


class Topic(Enum):
    """What a row is about."""

    FIRST_WEEKS = "common_first_weeks"
    PASSES = "usually_passes_by"
    CALL_TODAY = "serious_call_today"
    CALL_911 = "serious_call_911"
    FEELS = "withdrawal_feels"
    LASTS = "withdrawal_lasts"
    MISSED = "missed_dose"
    STOPPING = "may_stop_at_once"
    DRIVING = "driving"
    ALCOHOL = "alcohol"
    FOOD = "with_food"
    WHOLE = "swallow_whole"
    HEAT = "heat_and_patch"
    USE = "how_to_use"
    STORAGE = "storage"
    DISPOSAL = "disposal"
    PREGNANCY = "pregnancy_line"
    NOT_WITH = "do_not_take_with"


@frozen
class ToldRow:
    """One paragraph for patients. ``plan`` is taper, trial or both; ``form`` words that the product must have.

    ``taken`` is ``as needed`` or ``by clock`` where it is for lines that are taken so alone.
    """

    of: str
    form: tuple[str, ...]
    plan: str
    taken: str
    topic: Topic
    text: str
    spanish: str
    source: Source

    @property
    def needs_second_source(self) -> bool:
        """Whether it was written from memory."""
        return self.source.standing is Standing.RECALLED

    def said(self, language: str) -> str:
        """Its words in a language of the card."""
        return self.spanish if language == "es" and self.spanish else self.text


@made_once
def told_rows() -> Mapping[tuple[str, Topic], tuple[ToldRow, ...]]:
    """Every row, by whom it is of and its topic, in the order of the file.

    Raises ``BadTable`` for a file of another shape, ``LookupError`` for a work that is not cited anywhere.
    """
    path = data_folder("patient_words") / "words.csv"
    found: dict[tuple[str, Topic], list[ToldRow]] = {}
    for _, row in rows(path.name, decoded(path, read(path)), COLUMNS):
        topic = Topic(row["topic"])
        standing = Standing(row["standing"])
        told = ToldRow(
            row["of"],
            tuple(row["form"].split()),
            row["plan"],
            row["taken"],
            topic,
            row["text"],
            row["spanish"],
            cite(row["source"], row["where"], standing),
        )
        found.setdefault((told.of, topic), []).append(told)
    return MappingProxyType({key: tuple(each) for key, each in found.items()})


def told_of(track: Track, topic: Topic, plan: str) -> tuple[ToldRow, ...]:
    """What is told of a line under a topic in a plan (``taper`` or ``trial``): the rows of the nearest key."""
    taken = "as needed" if track.is_as_needed else "by clock"
    for name in (track.drug, *_classes(track.drug_class), EVERYTHING):
        own = [
            row
            for row in told_rows().get((name, topic), ())
            if row.plan in (plan, "both") and row.taken in ("", taken) and frozenset(row.form) <= _words(track)
        ]
        if own:
            nearest = max(len(row.form) for row in own)
            return tuple(row for row in own if len(row.form) == nearest)
    return ()


def told_of_all(tracks: Sequence[Track], topic: Topic, plan: str) -> tuple[ToldRow, ...]:
    """What is told of several lines under a topic, each text once, in the order of the lines."""
    found = (row for track in tracks for row in told_of(track, topic, plan))
    return tuple({row.text: row for row in found}.values())


def all_told(tracks: Iterable[Track], plan: str) -> tuple[ToldRow, ...]:
    """Every row that is told of these lines, each once."""
    tracks = tuple(tracks)
    return tuple({row: row for topic in Topic for row in told_of_all(tracks, topic, plan)})


def _classes(drug_class: DrugClass) -> tuple[str, ...]:
    own = f"class:{drug_class.name.lower()}"
    return (own, "class:opioid") if drug_class.is_opioid_agonist else (own,)


def _words(track: Track) -> frozenset[str]:
    """The words of route, release and form of a line: ``oral ER capsule``, ``3-day patch``, ``oral liquid``."""
    found = {track.route, track.release or "", *track.form.split()}
    if track.wear_days:
        found.add(f"{track.wear_days}-day")
    if found & _LIQUID or any(supply.unit is Unit.ML for supply in track.supplies):
        found.add("liquid")
    return frozenset(found)
