"""A saved plan back to a plan. What it follows from is read and held against its digest; the rest is made anew."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from attrs import evolve, frozen

from medsteward.errors import UnreadableInput
from medsteward.model.problem import Problem
from medsteward.readers.shared.exact_json import NotAsWritten, built
from medsteward.readers.shared.json_text import json_of, text_of
from medsteward.readers.shared.kinds import A_PLAN, HEAD, refuse_other
from medsteward.schedules.dates import FIRST_DAY, LAST_DAY
from medsteward.schedules.event import Event
from medsteward.schedules.moment import Moment
from medsteward.schedules.plan import NeedsChoice, Outcome, Plan, Request, SentEntry
from medsteward.schedules.saved import MAX_BYTES, SCHEMA, digest
from medsteward.schedules.step import Step
from medsteward.schedules.supply import Track

_NAME, _, _VERSION = SCHEMA.rpartition("/")
_SCHEMA = re.compile(rf"{re.escape(_NAME)}/([1-9]\d{{0,5}})", re.ASCII)
_KINDS = ("taper", "trial")


@frozen
class SavedPlan:
    """What a plan file holds. ``kind`` is taper or trial; ``as_of`` the day it was written for.

    ``is_attached`` where a FHIR Bundle carries it: such a file is not written over by a plan.

    The plan's ``steps`` and ``outcome`` are still those of its base, and it has no ``fills``: its events are to be
    replayed.
    """

    kind: str
    case_id: str | None
    as_of: date
    plan: Plan
    is_attached: bool = False


def read_plan(data: bytes, name: str) -> tuple[SavedPlan | None, tuple[Problem, ...]]:
    """The plan in the bytes of a file, or one problem that says why there is none.

    Refuses (``UnreadableInput``) what is no plan file at all: not UTF-8, not JSON, too large, or another document. A
    newer schema, a digest that does not fit, and parts that are missing or wrong are problems (``PLAN-001`` to
    ``PLAN-003``).
    """
    if len(data) > MAX_BYTES:
        raise UnreadableInput(name, f"a plan file has at most {MAX_BYTES:,} bytes")
    if not data.strip():
        raise UnreadableInput(name, "it is empty; give the file that --save wrote")
    refuse_other(data[:HEAD], name, A_PLAN)
    table = _parsed(data, name)
    is_attached = isinstance(table, Mapping) and table.get("resourceType") == "Bundle"
    if is_attached:
        table = _attached(table, name)
    found = _schema(table, name)
    if found > int(_VERSION):
        text = f"it is {_NAME}/{found}, and this version reads up to {SCHEMA}; install the medsteward that wrote it"
        return None, (Problem("PLAN-001", name, text),)
    try:
        return evolve(_read(table), is_attached=is_attached), ()
    except RecursionError:
        raise UnreadableInput(name, "it is nested too deeply") from None
    except _Changed:
        text = "it was changed after it was saved: its digest does not fit; take the file as saved, and revise that"
        return None, (Problem("PLAN-002", name, text),)
    except NotAsWritten as error:
        return None, (Problem("PLAN-003", name, f"{error.where} {error.what}{_writer(table)}"),)


def _parsed(data: bytes, name: str) -> Any:
    text = text_of(data, name, MAX_BYTES)
    if not text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        raise UnreadableInput(name, "this is not a saved plan; a plan is saved with --save plan.json")
    return json_of(text, name)


def _attached(bundle: Mapping[str, Any], name: str) -> Any:
    """The plan file that a FHIR Bundle of ours carries. Refuses (``UnreadableInput``) a Bundle without one."""
    entries = bundle.get("entry")
    for entry in entries if isinstance(entries, list) else []:
        resource = entry.get("resource") if isinstance(entry, Mapping) else None
        if not isinstance(resource, Mapping) or resource.get("resourceType") != "DocumentReference":
            continue
        contents = resource.get("content")
        for content in contents if isinstance(contents, list) else []:
            attachment = content.get("attachment") if isinstance(content, Mapping) else None
            data = attachment.get("data") if isinstance(attachment, Mapping) else None
            if isinstance(data, str):
                try:
                    return _parsed(base64.b64decode(data, validate=True), name)
                except ValueError:
                    raise UnreadableInput(name, "the plan attached to it was cut off") from None
    raise UnreadableInput(name, "this FHIR Bundle carries no plan of medsteward; give the file that --save wrote")


class _Changed(Exception):
    """The digest does not fit what it is the digest of."""


def _schema(table: Any, name: str) -> int:
    said = table.get("schema") if isinstance(table, Mapping) else None
    match = _SCHEMA.fullmatch(said) if isinstance(said, str) else None
    if match is None:
        other = f"it is a {said[:40]!r}, not" if isinstance(said, str) else "it is not"
        raise UnreadableInput(name, f"{other} a plan; give the file that --save wrote")
    return int(match[1])


def _writer(table: Mapping[str, Any]) -> str:
    """Which version wrote the file: a part that we do not know may come from a later one."""
    said = table.get("medsteward")
    return f" (written by medsteward {said})" if isinstance(said, str) and re.fullmatch(r"[\w.+-]{1,20}", said) else ""


def _read(table: Mapping[str, Any]) -> SavedPlan:
    for key in ("id", "as_of", "kind", "base", "events", "steps", "digest"):
        if key not in table:
            raise NotAsWritten(key, "is missing")
    if table["base"] is None:
        raise NotAsWritten("base", "is empty: the document is a refusal, which holds no plan")
    if table["digest"] != digest(table):
        raise _Changed
    if table["kind"] not in _KINDS:
        raise NotAsWritten("kind", f"is {' or '.join(_KINDS)}")
    base = table["base"]
    if not isinstance(base, Mapping) or set(base) != {"request", "steps", "outcome"}:
        raise NotAsWritten("base", "is an object with request, steps and outcome")
    request = built(base["request"], Request, "base.request")
    steps = built(base["steps"], tuple[Step, ...], "base.steps")
    _in_years(
        [
            ("base.request.start", request.start),
            *((f"base.steps[{n}].first_day", step.first_day) for n, step in enumerate(steps)),
            *((f"base.steps[{n}].last_day", step.last_day) for n, step in enumerate(steps)),
        ]
    )
    _in_order(steps)
    _of_request(steps, request)
    _of_products(steps, request)
    outcome = built(base["outcome"], Outcome, "base.outcome")
    _of_base(steps, outcome, request)
    events = built(table["events"], tuple[Event, ...], "events")
    replaced = built(table.get("replaced", []), tuple[SentEntry, ...], "replaced")
    # Releases before this part wrote an entry of the calendar for each dose.
    single_until = built(table["single_until"], int | None, "single_until") if "single_until" in table else len(events)
    if single_until is not None and not 0 <= single_until <= len(events):
        raise NotAsWritten("single_until", "is null or a number of its events")
    return SavedPlan(
        kind=table["kind"],
        case_id=built(table["id"], str | None, "id"),
        as_of=built(table["as_of"], date, "as_of"),
        plan=Plan(
            request=request,
            base=steps,
            base_outcome=outcome,
            steps=steps,
            outcome=outcome,
            events=events,
            replaced=replaced,
            single_until=single_until,
        ),
    )


def _in_years(days: Iterable[tuple[str, date]]) -> None:
    for where, day in days:
        if not FIRST_DAY <= day <= LAST_DAY:
            raise NotAsWritten(where, f"is a day as 2027-01-04, from {FIRST_DAY.year} to {LAST_DAY.year}")


def _in_order(steps: tuple[Step, ...]) -> None:
    for number, step in enumerate(steps, start=1):
        if step.number != number:
            raise NotAsWritten(f"base.steps[{number - 1}].number", f"is {number}: steps are numbered from 1")
        if step.last_day < step.first_day:
            raise NotAsWritten(f"base.steps[{number - 1}].last_day", "is not before the first day")
    for number, (one, other) in enumerate(pairwise(steps), start=1):
        if other.first_day != one.last_day + timedelta(days=1):
            raise NotAsWritten(f"base.steps[{number}].first_day", "is the day after the step before it")


def _of_base(steps: tuple[Step, ...], outcome: Outcome, request: Request) -> None:
    """A trial has steps, and so has a plan that reaches its target."""
    if not steps and (request.trial is not None or not isinstance(outcome, NeedsChoice)):
        raise NotAsWritten("base.steps", "is not empty: only a taper that needs a choice has no step")


def _of_products(steps: tuple[Step, ...], request: Request) -> None:
    """Each dose is in the unit of its drug and made of its products, and its units add up to its amount."""
    tracks: dict[str, list[Track]] = {}
    for course in request.courses:
        for track in course.tracks:
            tracks.setdefault(track.drug, []).append(track)
    known = {
        (track.drug, supply.product, supply.strength, supply.unit)
        for of_drug in tracks.values()
        for track in of_drug
        for supply in (track.present, *track.supplies)
        if supply is not None
    }
    for place, step in enumerate(steps):
        for number, dose in enumerate(step.doses):
            where = f"base.steps[{place}].doses[{number}]"
            if dose.drug not in tracks:
                continue  # a day of other drugs does not add up, which is found where it is recounted
            if dose.amount.unit not in {track.unit for track in tracks[dose.drug]}:
                raise NotAsWritten(f"{where}.amount", "is in the unit of its drug in the request")
            for item in dose.items:
                if item.strength.unit is not dose.amount.unit:
                    raise NotAsWritten(f"{where}.items", "have strengths in the unit of the dose")
                if not item.count:
                    raise NotAsWritten(f"{where}.items", "are counted: more than 0 of each")
                if (dose.drug, item.product, item.strength.value, item.unit) not in known:
                    raise NotAsWritten(
                        f"{where}.items", "are products of the request, with the strength they have there"
                    )
            if dose.items and dose.amount.value != sum((i.strength.value * i.count for i in dose.items), Fraction(0)):
                raise NotAsWritten(f"{where}.amount", "is what its items add up to")


def _of_request(steps: tuple[Step, ...], request: Request) -> None:
    """What the parts ask of one another.

    A trial has one course; each step belongs to a course, and each patch has a track
    that says how long it stays on. A dose of a trial is more than nothing.
    """
    if request.trial is not None and len(request.courses) != 1:
        raise NotAsWritten("base.request.courses", "is one: a trial has one course")
    for place, line in enumerate(request.case.lines if request.case is not None else ()):
        regimens = [line.regimen, *(each.regimen for each in line.candidates)]
        if any(each is not None and not each.product.components for each in regimens):
            raise NotAsWritten(f"base.request.case.lines[{place}]", "names a product of no ingredient")
    for place, course in enumerate(request.courses):
        for track in course.tracks:
            where = f"base.request.courses[{place}].tracks"
            if request.trial is not None and not track.daily:
                raise NotAsWritten(where, "hold a drug of which nothing is taken")
    known = {track.drug for course in request.courses for track in course.tracks if track.wear_days}
    for place, step in enumerate(steps):
        if step.course >= len(request.courses):
            raise NotAsWritten(f"base.steps[{place}].course", "is that of a course of the request, from 0")
        for dose in step.doses:
            if request.trial is not None and not dose.amount.value:
                raise NotAsWritten(f"base.steps[{place}].doses", "hold a dose of nothing")
            if dose.time is Moment.WORN and dose.drug not in known:
                raise NotAsWritten(f"base.steps[{place}].doses", "hold a patch without its days of wear")
