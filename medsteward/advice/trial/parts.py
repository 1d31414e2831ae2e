"""What goes beside a trial's plan: checkpoints, stop rules, windows, measures, the way out, what is dispensed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction

from medsteward.advice.plan.report import Checkpoint, StopRule, Support, TrialBound
from medsteward.advice.trial.choice import Chosen
from medsteward.drugs.index import drug_of
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.reminders.places import SEED, SEED_B
from medsteward.schedules.plan import Plan, PlannedFill
from medsteward.schedules.sig_lines import count_words
from medsteward.schedules.trial import Trial
from medsteward.schedules.trial_make import decision_day, on_day
from medsteward.treatments import trial_places as s
from medsteward.treatments.index import TRIALS
from medsteward.treatments.trial import Note, TrialDrug, Undosed

SAFETY, FIRST, FAIR = "safety_check", "first_impression", "fair_trial"
REASSESS = "reassess"

DayOf = Callable[[int], date]
"""Days after the first one to a day."""


def checkpoints(trial: Trial | Undosed, day_of: DayOf, goal: str, *, opioid: bool = False) -> tuple[Checkpoint, ...]:
    """The three checkpoints of a trial; an opioid has a reassessment every week beside them."""
    spans = (
        (SAFETY, trial.safety, "Side effects, what else is taken, falls and mood: go on, wait, or go back a dose."),
        (
            FIRST,
            trial.first_impression,
            f"First impression: function first ({goal}), then pain. Adjust the dose within the ceiling, or go back "
            "a dose.",
        ),
        (
            FAIR,
            trial.fair_trial,
            "The fair-trial decision by the stop rules: keep the lowest dose that keeps the gain, change, or end it "
            "with the exit taper below.",
        ),
    )
    source = s.ESSAY if not opioid else s.CDC_7
    found = [Checkpoint(kind, day_of(low), day_of(high), decide, (source,)) for kind, (low, high), decide in spans]
    return tuple(found)


def reassessments(trial: Trial, day_of: DayOf) -> Iterator[Checkpoint]:
    """Every 4 weeks of an opioid trial that is longer than that."""
    for days in range(28, trial.days, 28):
        day = day_of(days)
        decide = "Reassess benefit against harm: function, side effects, MME, naloxone, bowels; decide together."
        yield Checkpoint(REASSESS, day, day, decide, (s.VA_DOD_2022,))


def plan_checkpoints(plan: Plan) -> tuple[Checkpoint, ...]:
    """The checkpoints of a trial as it stands."""
    trial = plan.request.trial
    assert trial is not None
    opioid = any(track.drug_class.is_opioid_agonist for course in plan.request.courses for track in course.tracks)

    def day_of(days: int) -> date:
        return on_day(plan, days)

    found = [*checkpoints(trial, day_of, trial.goal, opioid=opioid)]
    if opioid:
        found += reassessments(trial, day_of)
    return tuple(sorted(found, key=lambda each: (each.last_day, each.first_day)))


def undosed_checkpoints(declared: Undosed, start: date, goal: str) -> tuple[Checkpoint, ...]:
    """The checkpoints of a trial whose doses are not counted."""
    return checkpoints(declared, lambda days: start + timedelta(days=days), goal)


def stop_rules(trial: Trial, decided: date, *, leaves: bool) -> tuple[StopRule, ...]:
    """The rules set before the first dose; ``leaves``: there is a dated way out."""
    end = "stop with the exit taper below" if leaves else "end it"
    declared = TRIALS.get(trial.of)
    windows = declared.windows if isinstance(declared, TrialDrug) else ()
    found = [
        StopRule(
            "no_gain",
            f"on {decided}: less than 30 % better on PEG or pain, and no measure of function better by its minimal "
            f"important change: {end} and choose the next step",
            (s.ESSAY, s.OURS),
        ),
        StopRule("intolerable", "any day: an intolerable or serious side effect: call, and change or end it"),
        StopRule(
            "sedation",
            "any day: sedated without better function is not a response: change, reduce or end it",
            (SEED.at("sedation is not control"),),
        ),
        StopRule("contraindication", "any day: a new contraindication: stop, with the exit taper that fits"),
        StopRule(
            "goal_reached",
            f"the goal is reached ({trial.goal}): step to the lowest dose that keeps it",
            (SEED.at("after gains are held, a trial drug is stepped down"),),
        ),
        StopRule(
            "pain_alone",
            "pain alone does not fail a trial: it may lag behind function by months",
            (SEED_B.at("pain may lag behind function"),),
        ),
    ]
    found += [StopRule("window", f"until day {each.through_day}: {each.words}", (each.source,)) for each in windows]
    return tuple(found)


def bounds(chosen: Chosen, unit: Unit) -> tuple[TrialBound, ...]:
    """Every ceiling that fits the patient, the one that holds first.

    Where age, kidneys or liver set it, the figures for people without them are not this patient's, and are left out.
    """
    shown = [each for each in chosen.ceilings if each.of_some or not chosen.ceiling.of_some]
    return tuple(
        TrialBound(Amount(each.amount, unit), each.words, each.source, holds=number == 0)
        for number, each in enumerate(shown)
    )


def supports(
    plan: Plan, leaving: Plan | None, declared: TrialDrug | None, notes: Iterable[Note]
) -> tuple[Support, ...]:
    """What is said beside the plan: how it is used, windows, what to know, supply, coaching."""
    found: list[Support] = []
    use = "" if declared is None else drug_of(declared.drug).use_of(declared.form)
    if declared is not None and use:
        found.append(Support("use", f"How it is used: {use}.", sources=declared.ramps[0].sources))
    if declared is not None:
        for window in declared.windows:
            words = f"{window.words[0].upper()}{window.words[1:]}."
            last = on_day(plan, window.through_day)
            found.append(Support("side_effect_window", words, (f"until {last}",), (window.source,)))
    found += [Support("to_know", f"{note.text[0].upper()}{note.text[1:]}.", sources=(note.source,)) for note in notes]
    found.append(
        Support(
            "coaching",
            "A ramp, not a switch: ask to be told early when side effects add up; nobody has to wait for a visit.",
            sources=(SEED.at("ramp, not switch"),),
        )
    )
    trial = plan.request.trial
    if trial is not None and trial.sessions:
        words = (
            "30 to 60 minutes before each session, for two weeks, then half, then none: its way down is part of the "
            "plan. None is taken on other days. At 4 to 6 weeks look at function again."
        )
        found.append(Support("before_therapy", words, sources=(s.ESSAY_SESSIONS,)))
    found.append(Support("supply", supply_words(plan, leaving)))
    if plan.request.courses[0].tracks[0].is_as_needed:
        found.append(Support("as_needed", _as_needed_words(leaving), sources=(s.CDC_6,)))
    return tuple(found)


def _as_needed_words(leaving: Plan | None) -> str:
    if leaving is None:
        return (
            "Taken as needed for less than a week: no steps are planned at its end. After use round the clock for more "
            "than 3 days ask; a way down is then planned from what was really taken (`medsteward taper` with "
            "--taken-per-day)."
        )
    return (
        "The exit taper lowers the most that may be taken a day, from the most that was allowed. Who takes "
        "fewer begins "
        "at the first step that is not above what is then taken a day, and needs fewer steps; nobody takes more than "
        "before."
    )


def supply_words(plan: Plan, leaving: Plan | None) -> str:
    """What is dispensed for the trial, and what is kept ready for the way out."""
    before = decision_day(plan) - timedelta(days=1)
    last = max((fill.last_day for fill in plan.fills), default=before)
    when = "the day before the decision" if last <= before else "a week after the day of the decision"
    words = f"Dispensed to last until {max(last, before)}, {when}: {_counts(plan.fills)}."
    if leaving is not None and leaving.fills:
        until = max(fill.last_day for fill in leaving.fills)
        words += f" Kept ready from the day of the decision to {until}: {_counts(leaving.fills)}."
    return words


def _counts(fills: tuple[PlannedFill, ...]) -> str:
    totals: dict[str, tuple[Fraction, Unit]] = {}
    for fill in fills:
        before = totals.get(fill.product, (Fraction(0), fill.unit))[0]
        totals[fill.product] = before + fill.quantity, fill.unit
    return (
        ", ".join(f"{count_words(count, unit)} of {product}" for product, (count, unit) in totals.items()) or "nothing"
    )
