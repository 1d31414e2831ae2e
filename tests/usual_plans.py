"""Usual regimens as plans, one line each: what a prescriber gets at the first command.

The regimens are this project's own choice of usual ones. Each is planned from the same day, because of a risk, with
nothing else asked for. ``make plans`` prints the table and writes it to ``tests/golden/plans.txt``.
"""

from __future__ import annotations

import csv
import json
import shlex
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from attrs import frozen
from click.testing import CliRunner

from medsteward.cli import _group
from medsteward.drugs.products import listed_products
from medsteward.model.number import exact

REGIMENS = Path(__file__).parent / "data" / "regimens.csv"
GOLDEN = Path(__file__).parent / "golden" / "plans.txt"
ASKED = (
    *("--start", "2027-01-04", "--as-of", "2027-01-04", "--age", "58", "--because", "risk"),
    *("--supervised-by", "pain-medicine:Dr. Okafor", "--answer", "oud=no", "--requested-by", "patient"),
)
LONGEST_FILL, LONGEST_OF_PATCHES = 28, 30
"""Days of one dispensing at most; patches of 3 days come in cartons of 5, so that two last for 30 days."""
MANY = 4
LONG_MONTHS = 24


@frozen
class Regimen:
    """A usual regimen: its medication lines, and what is asked beside them."""

    name: str
    lines: tuple[str, ...]
    options: tuple[str, ...]


@frozen
class Measured:
    """A plan in figures. ``largest`` leaves the last stop out; ``doses`` are the units of every dose of the plan.

    ``changes`` are the steps whose strengths of a line are others than those of the step before, the present ones
    included; the end of a line is none. ``halves`` are tablets halved although their half is sold whole.
    ``says_long``: its first line says in words that it takes more than 24 months.
    """

    name: str
    exit_code: int
    is_whole: bool
    steps: int
    months: Fraction
    largest: Fraction
    forced: int
    changes: int
    returns: int
    doses: tuple[Fraction, ...]
    units_a_day: Fraction
    halves: int
    bottles: int
    long_fills: int
    says_long: bool
    problems: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Whether it takes more than 24 months."""
        return self.months > LONG_MONTHS


def regimens() -> Iterator[Regimen]:
    """The list, in its order."""
    with REGIMENS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Regimen(row["name"], tuple(row["lines"].split(" + ")), tuple(shlex.split(row["options"])))


def document(regimen: Regimen, *more: str) -> tuple[int, dict[str, Any]]:
    """What the first command answers, as JSON, and its exit code."""
    words = ["taper", *regimen.lines, *ASKED, *regimen.options, *more, "--format", "json"]
    result = CliRunner().invoke(_group, words, standalone_mode=False)
    assert result.exception is None, (regimen.name, result.exception, result.stderr)
    return int(result.return_value or 0), json.loads(result.stdout)


def measured(regimen: Regimen) -> Measured:
    """A regimen planned and looked at."""
    code, found = document(regimen)
    steps = found["steps"]
    taken = [_strengths(step) for step in steps]
    before = _present(regimen, found)
    changes, returns = _changes([before, *taken])
    units = [sum(map(_count, dose["items"]), Fraction(0)) for step in steps for dose in step["doses"] if dose["items"]]
    liquid = any(item.get("counted") == "mL" for step in steps for dose in step["doses"] for item in dose["items"])
    return Measured(
        name=regimen.name,
        exit_code=code,
        is_whole=bool(steps) and steps[-1]["kind"] == "stop",
        steps=len(steps),
        months=_months(steps),
        largest=max((exact(str(s["percent_of_current"])) for s in steps if _is_lower(s)), default=Fraction(0)),
        forced=sum(step["forced"] for step in steps),
        changes=changes,
        returns=returns,
        doses=() if liquid else tuple(units),
        units_a_day=Fraction(0) if liquid else max((_a_day(step) for step in steps), default=Fraction(0)),
        halves=_halves(steps),
        bottles=sum(len(step["dispense"]) for step in steps),
        long_fills=sum(_is_long(fill) for fill in found.get("fills") or []),
        says_long=_months(steps) > LONG_MONTHS and f"more than {LONG_MONTHS} months" in first_line(regimen),
        problems=tuple(each["code"] for each in found["problems"]),
    )


def first_line(regimen: Regimen) -> str:
    """What the printed plan says first: its first lines, up to an empty one."""
    words = ["taper", *regimen.lines, *ASKED, *regimen.options]
    result = CliRunner().invoke(_group, words, standalone_mode=False)
    return " ".join(result.stdout.partition("\n\n")[0].split())


def _present(regimen: Regimen, found: dict[str, Any]) -> frozenset[tuple[str, str]]:
    """The strengths that are taken now: each line's own."""
    request = (found.get("base") or {}).get("request") or {}
    return frozenset(
        (track["drug"], track["present"]["product"])
        for course in request.get("courses", [])
        for track in course["tracks"]
        if track.get("present")
    )


def _changes(taken: list[frozenset[tuple[str, str]]]) -> tuple[int, int]:
    changes = returns = 0
    left: set[tuple[str, str]] = set()
    for old, new in pairwise(taken):
        names = {name for name, _ in new}
        kept = {each for each in old if each[0] in names}
        changes += bool(kept != new)
        returns += bool((new - old) & left)
        left |= old - new
    return changes, returns


def _strengths(step: dict[str, Any]) -> frozenset[tuple[str, str]]:
    return frozenset((dose["drug"], item["product"]) for dose in step["doses"] for item in dose["items"])


def _count(item: dict[str, Any]) -> Fraction:
    return exact(str(item["count"]))


def _a_day(step: dict[str, Any]) -> Fraction:
    return sum((_count(item) for dose in step["doses"] for item in dose["items"]), Fraction(0))


def _is_lower(step: dict[str, Any]) -> bool:
    return step["percent_of_current"] is not None and step["kind"] != "stop"


def _months(steps: list[dict[str, Any]]) -> Fraction:
    return Fraction(sum(step["days"] for step in steps) * 12 * 10 // 365, 10)


def _is_long(fill: dict[str, Any]) -> bool:
    """Whether a dispensing lasts longer than usual: 28 days, of patches changed every 3 days 30."""
    usual = LONGEST_OF_PATCHES if fill["product"].startswith("fentanyl") else LONGEST_FILL
    return int(fill["days_supply"]) > usual


def _halves(steps: list[dict[str, Any]]) -> int:
    whole = {
        (each.product.listed or "", component.strength.value)
        for each in listed_products()
        for component in each.product.components[:1]
        if component.strength is not None
    }
    names = {(name.split()[0], value) for name, value in whole}
    return sum(
        _count(item).denominator == 2 and (item["product"].split()[0], exact(str(item["strength"])) / 2) in names
        for step in steps
        for dose in step["doses"]
        for item in dose["items"]
        if item["counted"] != "mL"
    )


_HEAD = ("regimen", "exit", "whole", "steps", "months", "largest", "forced", "changes", "returns", "units", "a day")
_MORE = ("halves", "bottles", "long fills")


def lines(found: Iterable[Measured]) -> Iterator[str]:
    """The table and, under it, the whole list in figures."""
    everyone = list(found)
    yield f"{_HEAD[0]:<40}" + "".join(f"{word:>9}" for word in _HEAD[1:]) + "".join(f"{word:>12}" for word in _MORE)
    for each in everyone:
        figures = (
            each.exit_code,
            "yes" if each.is_whole else "no",
            each.steps,
            _text(each.months),
            f"{_text(each.largest)} %",
            each.forced,
            each.changes,
            each.returns,
            _text(max(each.doses, default=Fraction(0))),
            _text(each.units_a_day),
        )
        more = (each.halves, each.bottles, each.long_fills)
        yield f"{each.name:<40}" + "".join(f"{x!s:>9}" for x in figures) + "".join(f"{x!s:>12}" for x in more)
    yield ""
    doses = [units for each in everyone for units in each.doses]
    few = sum(units <= MANY for units in doses)
    yield f"whole at the first command: {sum(each.is_whole for each in everyone)} of {len(everyone)}"
    yield f"median strength changes: {_text(Fraction(median([each.changes for each in everyone])))}"
    yield f"plans that go back to an earlier strength: {sum(bool(each.returns) for each in everyone)}"
    yield f"doses of at most {MANY} units: {few * 1000 // max(len(doses), 1) / 10} %"
    yield f"halves that are sold whole: {sum(each.halves for each in everyone)}"
    long_fills = sum(each.long_fills for each in everyone)
    yield f"dispensings of more than {LONGEST_FILL} days (patches of 3 days: {LONGEST_OF_PATCHES}): {long_fills}"
    long = [each for each in everyone if each.is_long]
    yield f"longer than {LONG_MONTHS} months: {len(long)}, of them without a word: {sum(not e.says_long for e in long)}"


def _text(value: Fraction) -> str:
    return f"{float(value):.1f}".removesuffix(".0")


if __name__ == "__main__":
    told = []
    for line in lines(map(measured, regimens())):
        told.append(line.rstrip())
        print(line, flush=True)
    GOLDEN.write_text("\n".join([*told, ""]), encoding="utf-8")
