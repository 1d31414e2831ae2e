"""The sentences of a checked schedule, the same in every format."""

from __future__ import annotations

from medsteward.advice.plan.held import ScheduleCheck
from medsteward.schedules.held_schedule import Bound, HeldStep, Irregular, Irregularity, TotalChange, exceeding_words
from medsteward.schedules.policy import Basis
from medsteward.writers.plan.policy import percent, range_words

NOT_FOR = (
    "deciding that a taper is right for a patient, or how fast it is bearable",
    "emergencies: withdrawal with confusion, seizures or thoughts of suicide needs help at once",
)
_CHANGES = {
    TotalChange.START: "present dose",
    TotalChange.REDUCE: "lower",
    TotalChange.SAME: "other drugs, same total",
    TotalChange.RISE: "higher",
    TotalChange.STOP: "stop",
}
_IRREGULAR = {
    Irregularity.GAP: "days without a row",
    Irregularity.OVERLAP: "days with two rows",
    Irregularity.RISE: "a rise",
    Irregularity.SWITCH: "a switch",
    Irregularity.TOGETHER: "two at once",
}


def headline(report: ScheduleCheck) -> str:
    """The answer in one line."""
    name = report.policy.id
    if report.held is None:
        return f"NOT HELD against {name}: see the problems"
    unread = f"{_several(len(report.problems), 'problem')} first; of the rest: " if report.problems else ""
    reductions = [step for step in report.held.steps if step.phase is not None]
    said = exceeding_words(report.held)
    if not said:
        said = f"no step exceeds {name}" if reductions else f"no step to check against {name}: the dose is not lowered"
    strange = (
        f"; {_several(len(report.irregular), 'irregularity', 'irregularities')} of days" if report.irregular else ""
    )
    return f"{unread}{said}{strange}"


def change_words(change: TotalChange) -> str:
    """What a step does, in words."""
    return _CHANGES[change]


def daily_words(step: HeldStep) -> str:
    """The day's amounts by drug."""
    return ", ".join(f"{day.drug} {day.amount}" for day in step.daily)


def gentler_words(step: HeldStep) -> str:
    """What is smaller or slower than the range asks, with both figures: allowed."""
    said = " and ".join(_gentler(step, bound) for bound in step.gentler)
    return f"{said}, which is allowed" if said else ""


def _gentler(step: HeldStep, bound: Bound) -> str:
    phase = step.phase
    assert phase is not None  # a step that is held against a range is held against that of a phase
    if bound is Bound.INTERVAL:
        given = "" if phase.days is None else f" of {range_words(phase.days, 'days')}"
        return f"slower than the range{given}"
    taken = step.percent_of_original if phase.basis is Basis.ORIGINAL else step.percent_of_current
    given = "" if phase.percents is None else f" of {range_words(phase.percents, '%')}"
    return f"{percent(taken)} of the {(phase.basis or Basis.CURRENT).value} dose, smaller than the range{given}"


def irregular_words(each: Irregular) -> str:
    """Days that are missing, doubled or higher, and what to consider."""
    days = str(each.first_day) if each.first_day == each.last_day else f"{each.first_day} to {each.last_day}"
    return f"{_IRREGULAR[each.kind]}, {days}: {each.because}. {each.consider}"


def total_words(report: ScheduleCheck) -> str:
    """What percentages are of."""
    if report.held is None:
        return ""
    of = f"MME under {report.table.id}" if report.table is not None else "the drug's own amount"
    return f"from {report.held.original}; percentages are of {of}"


def _several(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
