"""The words that a document's schema lists, each list from the program that has the words.

``make docs`` writes them into ``medsteward/schemas/*.json``. A list in a place that no table below names is a fault.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import TypeAlias, get_args

from medsteward.advice.case.proposed import Wholeness
from medsteward.advice.case.recommendations import Applies
from medsteward.fills.by_day import Mode
from medsteward.fills.reported import Cause
from medsteward.fills.supply import DrugKind, FillStatus
from medsteward.interactions.offer import Fit
from medsteward.interactions.rule import Hazard, Severity
from medsteward.limits.limit import LimitKind, Strictness
from medsteward.limits.load import REGIONS
from medsteward.mme.result import Status as LineStatus
from medsteward.model.acknowledgement import Reason
from medsteward.model.fill import ExclusionKind
from medsteward.model.product import Role
from medsteward.model.regimen import HowEnded
from medsteward.model.source import Standing
from medsteward.model.stated import Because, RequestedBy
from medsteward.reminders.reminder import Kind, Stratum
from medsteward.reminders.reminder import ReminderStatus as ReminderStatus
from medsteward.schedules.changes import ChangeKind
from medsteward.schedules.event import Change as PlanChange
from medsteward.schedules.held_schedule import Bound, Irregularity, TotalChange
from medsteward.schedules.plan import Outcome
from medsteward.schedules.policy import Basis, PolicyStatus
from medsteward.schedules.saved import KINDS
from medsteward.schedules.step import StepKind
from medsteward.tables.table import Formula
from medsteward.tables.table import TableStatus as TableStatus
from medsteward.treatments.against import Effect
from medsteward.treatments.pain import PainKind

FOLDER = Path(__file__).resolve().parents[1] / "medsteward" / "schemas"
Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"


def _values(words: Iterable[Enum]) -> tuple[str, ...]:
    return tuple(str(each.value) for each in words)


def _kinds(union: object) -> tuple[str, ...]:
    return tuple(name for name, made in KINDS.items() if made in get_args(union))


_SEVERITIES = tuple(each.name.lower() for each in sorted(Severity, reverse=True) if each is not Severity.NONE)
_FILE = r"[a-z_]+\.json.*/properties"

LISTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"doses\.json.*/kind", _values(LimitKind)),
    (r"doses\.json.*/strictness", _values(Strictness)),
    (r"doses\.json.*/region", REGIONS),
    (rf"{_FILE}/(\w*standing)(/anyOf/\d)?", _values(Standing)),
    (r"drugs\.json.*/standing/properties/\w+", _values(Standing)),
    (rf"{_FILE}/hazard", _values(Hazard)),
    (r"(check|review|proposed)\.json.*/(findings/items|finding|known/items)/properties/severity", _SEVERITIES),
    (
        r"(check|review|case|proposed)\.json.*/(acknowledged/items|answered/anyOf/1)/properties/reason",
        tuple(each.name.lower() for each in Reason),
    ),
    (r"(remind|review)\.json.*/(reminders|left_out|covered)/items/properties/kind", _values(Kind)),
    (r"(remind|review)\.json.*/reminders/items/properties/status", _values(ReminderStatus)),
    (r"(remind|review)\.json.*/stratum/anyOf/1/properties/level", _values(Stratum)),
    (r"(mme|review|proposed)\.json.*/lines/items/properties/status", _values(LineStatus)),
    (r"review\.json/properties/recommendations/items/properties/applies", _values(Applies)),
    (r"(review|rxnorm_name)\.json.*/properties/role", _values(Role)),
    (r"(fills|population|population_report)\.json.*/properties/mode", _values(Mode)),
    (r"fills\.json.*/fills/items/properties/status", _values(FillStatus)),
    (r"fills\.json.*/properties/cause", _values(Cause)),
    (r"fills\.json.*/(exclusions/items/properties/kind|excluded_by/items|kinds/items)", _values(ExclusionKind)),
    (
        r"fills\.json.*/overlaps/items/properties/with",
        _values(each for each in DrugKind if each is not DrugKind.OPIOID),
    ),
    (r"tables\.json.*/properties/tables/items/properties/status", _values(TableStatus)),
    (r"tables\.json.*/properties/formula", _values(Formula)),
    (r"(case|plan)\.json.*/properties/requested_by", _values(RequestedBy)),
    (r"(case|plan)\.json.*/properties/because", _values(Because)),
    (r"case\.json.*/medications/items/properties/ended", _values(HowEnded)),
    (r"(plan|plan_changes)\.json.*/what/properties/kind", _kinds(PlanChange)),
    (r"matching\.json/properties/pain", _values(PainKind)),
    (r"matching\.json.*/properties/fit", tuple(each.name.lower() for each in Fit)),
    (r"proposed\.json.*/properties/whole", _values(Wholeness)),
    (r"plan\.json.*/outcome/anyOf/0/properties/kind", _kinds(Outcome)),
    (r"plan\.json/properties/steps/items/properties/kind", _values(StepKind)),
    (r"plan(_check)?\.json.*/properties/basis", _values(Basis)),
    (r"plan(_check)?\.json.*/policy/properties/status", _values(PolicyStatus)),
    (r"plan_changes\.json/properties/changes/items/properties/change", _values(ChangeKind)),
    (r"plan_check\.json/properties/steps/items/properties/change", _values(TotalChange)),
    (r"plan_check\.json.*/(properties/bound|gentler/items)", _values(Bound)),
    (r"plan_check\.json/properties/irregular/items/properties/kind", _values(Irregularity)),
    (r"(plan|matching)\.json/\$defs/reason/properties/effect", tuple(each.name.lower() for each in Effect)),
)
"""The place of each list in its schema, as a pattern of the whole path, and its words."""

OWN = (
    (r"case\.json.*/child_pugh", "the classes of the Child-Pugh score"),
    (r"(case|rxnorm_name)\.json.*/release", "the three releases of a product"),
    (r"[a-z_]+\.json.*/tier", "the tiers that are shown; a rule may be absorbed into another (tier 0)"),
    (r"cds_[a-z]+\.json.*", "words of the specification of CDS Hooks"),
    (r"drugs\.json.*/splittable", "answers of a product's row"),
    (r"fills\.json.*/measures/items/properties/status", "by whether the measure has an end"),
    (r"proposed\.json.*/ways/items", "the two ways in which an order may be meant"),
    (r"[a-z_]+\.json.*/unit", "units of one dimension"),
    (r"plan\.json/properties/kind", "the three kinds of plan"),
    (r"(plan|matching)\.json/\$defs/reason/properties/severity/anyOf/0", "severities that speak against a medicine"),
    (r"review\.json.*/category", "the grades of the guideline"),
    (r"review\.json.*/kept", "what was kept of two"),
    (r"rxnorm_name\.json/properties/kind", "term types of RxNorm"),
)
"""Places whose words are those of the schema alone, and what they are."""


def texts(folder: Path = FOLDER) -> dict[Path, str]:
    """Every schema by its file, its lists written anew. Raises ``ValueError`` for a list of an unknown place."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        for place, holder in lists(schema, path.name):
            words = words_of(place)
            if words is not None:
                holder["enum"] = [*words, *([None] if None in holder["enum"] else [])]
        found[path] = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
    return found


def lists(part: Json, place: str) -> Iterator[tuple[str, dict[str, list[str | None]]]]:
    """Every part of a schema that lists words, with its place."""
    if isinstance(part, dict):
        if isinstance(part.get("enum"), list):
            yield place, part  # type: ignore[misc]  # what a schema calls enum is such a list
        for key, inner in part.items():
            yield from lists(inner, f"{place}/{key}")
    elif isinstance(part, list):
        for number, inner in enumerate(part):
            yield from lists(inner, f"{place}/{number}")


def words_of(place: str) -> tuple[str, ...] | None:
    """The words of a place; None where they are the schema's own."""
    found = [words for pattern, words in LISTS if re.fullmatch(pattern, place)]
    own = [why for pattern, why in OWN if re.fullmatch(pattern, place)]
    if len(found) + len(own) != 1:
        raise ValueError(f"{place}: {len(found) + len(own)} entries of docs/schema_words.py fit; one must")
    return found[0] if found else None
