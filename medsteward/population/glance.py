"""The first table of a report: what a director asks first, each answered in one row."""

from __future__ import annotations

from medsteward.advice.population.report import CountTable
from medsteward.fills.definitions import DEFINITIONS, Definition, Denominator
from medsteward.fills.report import MARKS
from medsteward.fills.supply import SEDATIVES
from medsteward.population.columns import overlap_columns
from medsteward.population.counting import COUNTED, DAYS, NOTHING, CountDesk, day_bins, everybody, mme_bins

INCOMPLETE = "NOT complete"
UNKNOWN = "maximum_day IS NULL"
_FEWER = "Some of these patients may belong in the counts above."
_DIVIDED = {
    Denominator.DAYS_SUPPLIED: "All MME, divided by the days' supply of all fills. Overlapping days count twice.",
    Denominator.DAYS_COVERED: "All MME, divided by the calendar days with supply. Each day counts once.",
    Denominator.WINDOW: "MME of the {window} days from the first day with supply, divided by {window}.",
    Denominator.WORST_DAY: "MME of the patient's highest calendar day, not an average.",
}


def divided(definition: Definition, window: int) -> str:
    """How a definition comes to MME a day, for one who reads no more than the report."""
    return _DIVIDED[definition.denominator].format(window=window)


def glance(desk: CountDesk, window: int) -> CountTable:
    """Who is at or above the highest mark by each definition, who has a sedative for long, and who was not read whole.

    Each is a count of a table further down, so that it is hidden where that is.
    """
    total = everybody(desk)
    (counted,) = desk.counts([COUNTED])
    desk.small.whole(total, [counted, *desk.counts([NOTHING.test])])
    asked = [("with an opioid whose MME was counted", COUNTED, "At least one fill.")]
    for each in DEFINITIONS:
        name = f"{MARKS[-1]} MME a day or more, by {each.title}"
        asked.append((name, mme_bins(each.name)[-1].test, divided(each, window)))
    for kind in SEDATIVES:
        name = f"opioid and {kind.value} on {DAYS[1]} days or more"
        words = "Days with supply of both, over all records. They need not follow one another."
        asked.append((name, day_bins(overlap_columns(kind)[0])[-1].test, words))
    words = f"A row failed, or an opioid has no factor. Their MME is at least what is counted, or not known. {_FEWER}"
    asked.append(("not counted whole", INCOMPLETE, words))
    words = f"No opioid could be counted, although one was dispensed or a row failed. {_FEWER}"
    asked.append(("MME not known", UNKNOWN, words))
    for count in (total, *desk.counts([NOTHING.test, *(test for _, test, _ in asked)])):
        count.asked_first = True
    return CountTable(
        "glance",
        "At a glance",
        "Patients: everyone with a row that was used or failed. The definitions divide the same MME by different days, "
        "so their answers differ. Say which one you quote.",
        ("who", "patients", "of these"),
        tuple((name, (total, *desk.counts([test]))) for name, test, _ in asked),
        meanings={name: words for name, _, words in asked},
    )
