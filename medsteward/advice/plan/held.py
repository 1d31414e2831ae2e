"""Any schedule held against a policy: the weight of a day chosen, what the policy is not for left out and named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import frozen

from medsteward.drugs.index import drug_of, find
from medsteward.mme.reckon import Bands, NoFactor, bands_for, times
from medsteward.model.amount import Amount
from medsteward.model.dated import DatedAmount
from medsteward.model.drug import DrugClass
from medsteward.model.problem import Caution, Problem
from medsteward.model.unit import Dimension, Unit
from medsteward.schedules.against import Weight, dated_amounts, days_lowered, held_against, label_shares, present_doses
from medsteward.schedules.held_schedule import HeldSchedule, Irregular, Irregularity
from medsteward.schedules.plan import Plan
from medsteward.schedules.policies import policies_for
from medsteward.schedules.policy import Policy
from medsteward.schedules.step import DrugDay
from medsteward.tables.table import FactorTable, factor_for

_SEDATIVES = frozenset({DrugClass.BENZODIAZEPINE, DrugClass.Z_DRUG, DrugClass.BARBITURATE})
Key = tuple[str, Dimension]
"""A drug and what its amount measures: a day's mass, or the rate of patches."""
Use = tuple[str, str | None]
"""A route and form, as factor tables know them."""


@frozen
class ScheduleCheck:
    """A schedule held against a policy.

    ``held`` is None where there is no total to hold. ``table`` is the factor table of the total, None where the total
    is the drug's own amount. ``together`` are days on which an opioid and a sedative are lowered at once.
    """

    as_of: date
    policy: Policy
    held: HeldSchedule | None
    table: FactorTable | None = None
    together: tuple[Irregular, ...] = ()
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def irregular(self) -> tuple[Irregular, ...]:
        """Days that are missing, doubled or higher than before, and drugs lowered at once."""
        return (*(self.held.irregular if self.held is not None else ()), *self.together)

    @property
    def is_within(self) -> bool:
        """Whether the whole schedule was held and nothing exceeds the policy or is irregular."""
        return self.held is not None and self.held.is_within and not self.together and not self.problems

    @property
    def exit_code(self) -> int:
        """0 within all bounds; 3 a bound exceeded, irregular days, or a row not understood; 4 no total."""
        needs_confirmation = 3 if self.held is not None and (self.held.exceeding or self.irregular) else 0
        return max(needs_confirmation, *(problem.exit_code for problem in self.problems), 0)


def check_schedule(
    rows: Sequence[DatedAmount],
    *,
    policy: Policy,
    table: FactorTable,
    as_of: date,
    present: Sequence[DrugDay] = (),
    uses: Mapping[Key, Use] | None = None,
    problems: Iterable[Problem] = (),
    cautions: Iterable[Caution] = (),
) -> ScheduleCheck:
    """A schedule held against a policy.

    ``present`` is what is taken before the first row; empty: the first dose of the schedule is the present one. The
    total is the drug's own amount for one drug, MME per day under ``table`` for several opioids. Drugs that the policy
    is not for are left out and named. ``uses`` are routes and forms where they are known; others are taken by mouth,
    mcg/h as patches. ``problems`` and ``cautions`` are those of reading it, and go with the answer.
    """
    found, known = list(problems), list(cautions)

    def end(held: HeldSchedule | None = None, used: FactorTable | None = None) -> ScheduleCheck:
        together = _together(rows, present)
        return ScheduleCheck(as_of, policy, held, used, together, tuple(found), tuple(known))

    if not rows:
        if not found:
            found.append(Problem("SCHED-003", "", "the schedule has no row; nothing was checked against the policy"))
        return end()
    ours = [row for row in rows if _is_for(policy, row.drug)]
    others = sorted({row.drug for row in rows} - {row.drug for row in ours})
    if not ours:
        offers = _offers(others)
        hint = f"; policies for it: {', '.join(offers)}" if offers else ""
        found.append(Problem("SCHED-003", "", f"{policy.id} is not for {' or '.join(others)}{hint}", offers))
        return end()
    if others:
        known.append(
            Caution("SCHED-102", f"{policy.id} is not for {' or '.join(others)}: left out of totals and steps")
        )
    before = tuple(day for day in present if _is_for(policy, day.drug))
    keys = sorted(
        {(row.drug, row.amount.unit.dimension) for row in ours}
        | {(day.drug, day.amount.unit.dimension) for day in before},
        key=lambda key: (key[0], key[1].value),
    )
    weight, used = _weight(keys, ours, table, uses or {}, found, known)
    if weight is None:
        return end()
    if not _starts_above_zero(ours, before):
        found.append(Problem("SCHED-003", "", "the schedule starts at 0; write the present dose in its first row"))
        return end()
    return end(held_against(ours, policy, weight, present=before), used)


def check_plan(plan: Plan, *, policy: Policy, table: FactorTable, as_of: date) -> ScheduleCheck:
    """A plan of ours held against a policy, from the doses taken before its first step."""
    tracks = [track for request in plan.requests for course in request.courses for track in course.tracks]
    return check_schedule(
        dated_amounts(plan),
        policy=policy,
        table=table,
        as_of=as_of,
        present=present_doses(plan),
        uses={(track.drug, track.daily_unit.dimension): (track.route, track.form) for track in tracks},
        cautions=[
            Caution("SCHED-104", f"from step {number} on the mg are those of the label at the beginning of the plan")
            for number, share in label_shares(plan)
            if share != 1
        ][:1],
    )


def _is_for(policy: Policy, drug: str) -> bool:
    return find(drug) is not None and policy.is_for(drug, drug_of(drug).drug_class)


def _offers(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            each.id for name in names if find(name) is not None for each in policies_for(name, drug_of(name).drug_class)
        )
    )


def _starts_above_zero(rows: Sequence[DatedAmount], before: Sequence[DrugDay]) -> bool:
    first = min(row.first_day for row in rows)
    start = [day.amount for day in before] or [row.amount for row in rows if row.first_day == first]
    return any(amount.value for amount in start)


# --- the total of a day ---


def _weight(
    keys: Sequence[Key],
    rows: Sequence[DatedAmount],
    table: FactorTable,
    uses: Mapping[Key, Use],
    problems: list[Problem],
    cautions: list[Caution],
) -> tuple[Weight | None, FactorTable | None]:
    """What a day weighs, and the table it takes; None, with a problem, where it has no total."""
    if len(keys) == 1:
        unit = next(row.amount.unit for row in rows)

        def own(daily: tuple[DrugDay, ...]) -> Amount:
            return Amount(sum((day.amount.to(unit).value for day in daily), Fraction(0)), unit)

        return own, None
    named = list(dict.fromkeys(drug for drug, _ in keys))
    if not all(drug_of(name).drug_class.is_opioid_agonist for name in named):
        text = f"{' and '.join(named)} have no total in common; check them one at a time"
        problems.append(Problem("SCHED-004", "", text))
        return None, None
    bands: dict[Key, Bands] = {}
    for drug, dimension in keys:
        guess: Use = ("transdermal", "patch") if dimension is Dimension.RATE else ("oral", None)
        rated = bands_for(table, drug, *uses.get((drug, dimension), guess), dimension)
        if isinstance(rated, NoFactor):
            text = f"no total over {' and '.join(named)}: {rated.reason}"
            problems.append(Problem("MME-001", drug, text))
            continue
        bands[drug, dimension] = rated
    if len(bands) < len(keys):
        return None, None
    if not all(key in uses for key in keys):
        text = "amounts a day are taken as by mouth, mcg/h as patches, to choose the factor of each opioid"
        cautions.append(Caution("SCHED-103", text))

    def mme(daily: tuple[DrugDay, ...]) -> Amount:
        total = Amount(Fraction(0), Unit.MME_PER_D)
        for day in daily:
            own_bands = bands[day.drug, day.amount.unit.dimension]
            total += times(day.amount, factor_for(own_bands, day.amount))
        return total

    return mme, table


# --- opioid and sedative at once ---


def _together(rows: Sequence[DatedAmount], present: Sequence[DrugDay]) -> tuple[Irregular, ...]:
    lowered = days_lowered(rows, present) if rows else {}
    opioids = _of(lowered, lambda drug_class: drug_class.is_opioid_agonist)
    sedatives = _of(lowered, lambda drug_class: drug_class in _SEDATIVES)
    return tuple(
        Irregular(
            Irregularity.TOGETHER,
            day,
            day,
            (*sorted(opioids[day]), *sorted(sedatives[day])),
            "an opioid and a sedative are lowered on the same day",
            "Consider lowering one at a time, in an order agreed with all who prescribe; withdrawal is "
            "then easier to read.",
        )
        for day in sorted(opioids.keys() & sedatives.keys())
    )


def _of(lowered: Mapping[date, frozenset[str]], belongs: Callable[[DrugClass], bool]) -> dict[date, set[str]]:
    found: dict[date, set[str]] = {}
    for day, named in lowered.items():
        fitting = {name for name in named if find(name) is not None and belongs(drug_of(name).drug_class)}
        if fitting:
            found[day] = fitting
    return found
