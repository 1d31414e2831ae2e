"""Lines of directions with what a pharmacist reads in each, from the text files of tests/spec."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from attrs import frozen

from medsteward.doses.daily import daily_doses
from medsteward.drugs.matching import leading_ingredient
from medsteward.model.regimen import Line
from medsteward.model.unit import Unit
from medsteward.readers.directions.line import read_line

SPEC = Path(__file__).parent / "spec"


@frozen
class Said:
    """A line, and its figures a day or the code under which it is asked about."""

    line: str
    scheduled: Fraction | None = None
    maximum: Fraction | None = None
    code: str = ""


def said_in(name: str) -> list[Said]:
    """The lines of a text file of tests/spec: ``scheduled maximum | line``, or ``CODE | line``."""
    found = []
    for row in (SPEC / name).read_text(encoding="utf-8").splitlines():
        if not row.strip() or row.startswith("#"):
            continue
        before, line = row.split(" | ", 1)
        line = line.encode("latin-1", "backslashreplace").decode("unicode_escape")
        if before[:1].isdigit():
            scheduled, maximum = map(Fraction, before.split())
            found.append(Said(line, scheduled, maximum))
        else:
            found.append(Said(line, code=before))
    return found


def figures_of(line: Line) -> tuple[Fraction, Fraction] | None:
    """Scheduled and maximum of the opioid of a line a day, mg or mcg/h; None: it is refused, or gives no figure."""
    if line.problems or line.regimen is None:
        return None
    lead = leading_ingredient(tuple(c.ingredient for c in line.regimen.product.components))
    daily = next(each for each in daily_doses(line.regimen).ingredients if each.ingredient == lead).daily
    if daily is None:
        return None
    scale = 1000 if daily.maximum.unit in (Unit.MG_PER_H, Unit.G_PER_D) else 1
    return daily.scheduled.value * scale, daily.maximum.value * scale


def read(text: str) -> tuple[Fraction, Fraction] | None:
    """The figures of a line of text."""
    return figures_of(read_line(text))


def milligrams(text: str) -> tuple[Fraction, Fraction] | None:
    """The figures of a line in mg a day or mcg/h, whichever unit the line is counted in: 20,000 mcg are 20."""
    line = read_line(text)
    figures = figures_of(line)
    if figures is None or line.regimen is None:
        return None
    daily = daily_doses(line.regimen).ingredients
    in_mcg = any(each.daily is not None and each.daily.unit is Unit.MCG_PER_D for each in daily)
    return (figures[0] / 1000, figures[1] / 1000) if in_mcg else figures
