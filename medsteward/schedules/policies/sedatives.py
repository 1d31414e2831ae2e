"""Policies for benzodiazepines and Z-drugs."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.drug import DrugClass
from medsteward.model.source import Standing
from medsteward.schedules.dates import Interval
from medsteward.schedules.policies import places
from medsteward.schedules.policy import Basis, FollowUp, Phase, Policy, Range, StepCeiling

POLICIES: tuple[Policy, ...] = (
    Policy(
        id="asam_2025_benzodiazepine",
        title="Joint guideline 2025 (ASAM): 5 to 10 % every 2 to 4 weeks, later 5 to 10 % every 6 to 8 weeks",
        year=2025,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=28),
                percent=Fraction(10),
                basis=Basis.CURRENT,
                percents=Range(Fraction(5), Fraction(10)),
                days=Range(Fraction(14), Fraction(28)),
                note="Not stated of which dose; clinicians read the current one, the gentler reading.",
            ),
            Phase(
                share=Fraction(1, 3),
                every=Interval(days=42),
                percent=Fraction(5),
                basis=Basis.CURRENT,
                percents=Range(Fraction(5), Fraction(10)),
                days=Range(Fraction(42), None),
                standing=Standing.SECONDARY,
                note="The source says later steps without a threshold; one third is our choice.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(25),
            standing=Standing.VERIFIED,
            note="Typically not above 25 % every 2 weeks; applied to the current dose.",
        ),
        pauses="With marked signs of withdrawal the taper may be slowed or paused; each step is assessed first.",
        bottom="At the smallest dose the steps are the smallest that the products allow; the last dose is planned for.",
        follow_up=FollowUp(
            words="Assessed before each step; a call a week after it, and 1 and 4 weeks after the last dose, "
            "are medsteward's own rule.",
            after_days=(7,),
            after_stop_days=(7, 28),
        ),
        for_whom=(
            "Adults who have taken a benzodiazepine every day for longer than a month; the goal may be a lower dose.",
            "After less than 3 months at a low dose it may go faster.",
        ),
        not_for=(
            "Palliative care and the end of life.",
            "Imminent harm, complicating disease, or severe or complicated withdrawal: an inpatient "
            "setting is considered.",
        ),
        sources=(places.ASAM_2025, places.ASAM_2025_LATER, places.OURS),
        classes=frozenset({DrugClass.BENZODIAZEPINE}),
        conditions_against=frozenset({"palliative care", "end of life"}),
        notes=(
            "10 % every 4 weeks, later 5 % every 6 weeks, within the source's ranges is our choice.",
            "The formal recommendation gives 5 to 10 % without the interval; the key takeaways give 2 to 4 weeks.",
            "A conflict: the labels' paces for panic are faster than this guideline and are no preset. They are "
            "alprazolam at most 0.5 mg every 3 days and clonazepam 0.125 mg twice daily every 3 days (both secondary).",
        ),
    ),
    Policy(
        id="deprescribing_bzra",
        title="Deprescribing guideline 2018, for insomnia: 25 % every 2 weeks, 12.5 % near the end",
        year=2018,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=14),
                percent=Fraction(25),
                basis=Basis.CURRENT,
                percents=Range(None, Fraction(25)),
                days=Range(Fraction(14), None),
                note="Not stated of which dose; the current dose is the gentler reading and our choice.",
            ),
            Phase(
                share=Fraction(1, 3),
                every=Interval(days=14),
                percent=Fraction(25, 2),
                basis=Basis.CURRENT,
                percents=Range(None, Fraction(25)),
                days=Range(Fraction(14), None),
                note="The source says near the end without a threshold; one third is our choice.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(25),
            standing=Standing.OURS,
            note="The source's own step; as a limit, medsteward's own rule. Summaries of it allow 50 % with "
            "drug-free days where 25 % "
            "cannot be dispensed.",
        ),
        pauses="When sleeplessness comes back: 1 to 2 weeks at the same dose, then on more slowly.",
        bottom="At the lowest dose of a Z-drug, planned nights without it, one more each step, then the last dose. A "
        "benzodiazepine is taken every day until then (medsteward's own rule).",
        follow_up=FollowUp(
            words="Every 1 to 2 weeks during the taper and a visit before each step (medsteward's own rule).",
            after_days=(7,),
            after_stop_days=(7, 28),
            standing=Standing.OURS,
        ),
        for_whom=(
            "Insomnia only: from 65 years at any duration of use, from 18 to 64 years after more than 4 weeks.",
            "Withdrawal is usually mild and lasts days to a few weeks.",
        ),
        not_for=(
            "A history of seizures, or of harmful alcohol use: a slower policy with specialist advice.",
            "Use for anxiety, epilepsy or anything but sleep.",
        ),
        sources=(places.BZRA_2018, places.BZRA_HALVES, places.OURS),
        classes=frozenset({DrugClass.BENZODIAZEPINE, DrugClass.Z_DRUG}),
        conditions_against=frozenset({"seizure disorder", "alcohol use", "alcohol use disorder"}),
        conditions_only=frozenset({"insomnia"}),
    ),
)
