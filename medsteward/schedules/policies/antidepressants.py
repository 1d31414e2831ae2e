"""Ways out of antidepressants other than SNRIs and tricyclics, whose policies are beside those of other medicines."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.drug import DrugClass
from medsteward.model.source import Standing
from medsteward.schedules.dates import Interval
from medsteward.schedules.policies import places
from medsteward.schedules.policy import Basis, FollowUp, Phase, Policy, Range, StepCeiling

_HALF = StepCeiling(
    percent=Fraction(50),
    standing=Standing.OURS,
    note="Never more than half of the dose before; as a limit, medsteward's own rule.",
)
_PAUSES = (
    "Symptoms of withdrawal settle or are bearable before the next step; with severe ones the dose before returns."
)
_BOTTOM = "The last steps are the smallest that the products allow; liquids help at very small doses."
_FOLLOW_UP = FollowUp(
    words="As the person needs; before each step, and 2 weeks after the last dose, are medsteward's own rule.",
    after_stop_days=(14,),
    standing=Standing.OURS,
)
_ADULTS = "Adults who take it for depression, anxiety or pain. The person sets the pace."
_SWITCH = "A switch to another antidepressant, or serious harm from the medicine: it may go faster."
_WEEKS = Range(Fraction(7), Fraction(28))

POLICIES: tuple[Policy, ...] = (
    Policy(
        id="ssri_exit",
        title="SSRIs (Scotland 2024): the published steps, for example 40, 30, 20, 10 mg of citalopram, every 4 weeks",
        year=2024,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=28),
                amounts=(
                    ("citalopram", Fraction(10)),
                    ("escitalopram", Fraction(5)),
                    ("fluvoxamine", Fraction(100)),
                    ("paroxetine", Fraction(10)),
                    ("sertraline", Fraction(50)),
                ),
                days=_WEEKS,
                note="The published examples as amounts a step. Every 1 to 4 weeks; 4 weeks is more practical.",
            ),
        ),
        ceiling=_HALF,
        pauses=_PAUSES,
        bottom=_BOTTOM,
        follow_up=_FOLLOW_UP,
        for_whom=(_ADULTS, "No past distressing withdrawal, and no fear of it: a step every week may do."),
        not_for=(_SWITCH,),
        sources=(places.SCOTLAND_2024, places.NICE_NG222, places.OURS),
        drugs=frozenset({"citalopram", "escitalopram", "fluvoxamine", "paroxetine", "sertraline"}),
        route="oral",
        notes=(
            "Citalopram may be stopped from 20 mg, escitalopram from 10 mg, sertraline from 50 mg; slower if wished.",
            "Withdrawal is likelier with paroxetine and fluvoxamine: smaller and slower steps (`ng222_exit`).",
            "A conflict: the paroxetine label stops from 20 mg after steps of 10 mg a week (secondary), faster than "
            "both guidelines; it is no preset.",
            "When fluvoxamine ends, levels of tizanidine, clozapine, theophylline and duloxetine change.",
        ),
    ),
    Policy(
        id="fluoxetine_exit",
        title="Fluoxetine (Scotland 2024): 40, 30, 20, 10 mg, every 2 weeks",
        year=2024,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=14),
                amounts=(("fluoxetine", Fraction(10)),),
                days=_WEEKS,
                note="1 to 2 weeks show the effect of a step, as it stays in the body for weeks.",
            ),
        ),
        ceiling=_HALF,
        pauses=_PAUSES,
        bottom="20 mg on alternate days is a published way to 10 mg a day, of this medicine alone.",
        follow_up=FollowUp(
            words="As the person needs; symptoms may come only 1 to 5 weeks after a step (the days are "
            "medsteward's own rule).",
            after_stop_days=(14, 35),
            standing=Standing.OURS,
        ),
        for_whom=(_ADULTS,),
        not_for=(_SWITCH,),
        sources=(places.SCOTLAND_2024, places.NICE_NG222, places.OURS),
        drugs=frozenset({"fluoxetine"}),
        route="oral",
        notes=(
            "It may be stopped from 20 mg.",
            "Its inhibition of CYP2D6 lasts for about 5 weeks after the last dose (needs a second source).",
        ),
    ),
    Policy(
        id="vortioxetine_exit",
        title="Vortioxetine (label): half for a week, then none",
        year=2024,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=7),
                percent=Fraction(50),
                basis=Basis.CURRENT,
                days=Range(Fraction(7), None),
                standing=Standing.SECONDARY,
                note="The label goes from 15 or 20 mg to 10 mg for 1 week.",
            ),
        ),
        ceiling=_HALF,
        pauses=_PAUSES,
        bottom="From 10 mg or less the label lets it be stopped.",
        follow_up=_FOLLOW_UP,
        for_whom=(_ADULTS, "Slower where the person wishes it: `ng222_exit`."),
        not_for=(_SWITCH,),
        sources=(places.VORTIOXETINE_LABEL, places.NICE_NG222, places.OURS),
        drugs=frozenset({"vortioxetine"}),
        route="oral",
    ),
    Policy(
        id="bupropion_exit",
        title="Bupropion (label): half of the dose before the last one, 2 weeks a step",
        year=2024,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=14),
                percent=Fraction(50),
                basis=Basis.CURRENT,
                days=Range(Fraction(7), None),
                standing=Standing.SECONDARY,
                note="The label of XL goes from 300 mg to 150 mg before the end, without a time; 2 weeks are "
                "medsteward's own rule.",
            ),
        ),
        ceiling=_HALF,
        pauses=_PAUSES,
        bottom="The last dose is 150 mg XL once daily, or the smallest of the other forms. Forms are not exchanged.",
        follow_up=_FOLLOW_UP,
        for_whom=("Adults who take it for depression, to stop smoking, or for pain.",),
        not_for=(_SWITCH,),
        sources=(places.BUPROPION_LABEL, places.OURS),
        drugs=frozenset({"bupropion"}),
        route="oral",
        notes=(
            "When it ends, its inhibition of CYP2D6 ends: tramadol and codeine act more, levels of tricyclics fall.",
        ),
    ),
    Policy(
        id="ng222_exit",
        title="Other antidepressants (NICE NG222): half of the dose before, then a quarter of it, every 4 weeks",
        year=2022,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=28),
                percent=Fraction(50),
                basis=Basis.CURRENT,
                percents=Range(None, Fraction(50)),
                days=_WEEKS,
                note="A proportion of the dose before, 50 % as an example; the interval is that of Scotland 2024.",
            ),
            Phase(
                share=Fraction(1, 2),
                every=Interval(days=28),
                percent=Fraction(25),
                basis=Basis.CURRENT,
                percents=Range(None, Fraction(25)),
                days=_WEEKS,
                note="Smaller, 25 % as an example, as the dose becomes lower; from half of the first dose is "
                "medsteward's own rule.",
            ),
        ),
        ceiling=_HALF,
        pauses=_PAUSES,
        bottom=_BOTTOM,
        follow_up=_FOLLOW_UP,
        for_whom=(_ADULTS, "Those who had distressing withdrawal before, or fear it."),
        not_for=(_SWITCH,),
        sources=(places.NICE_NG222, places.SCOTLAND_2024, places.OURS),
        classes=frozenset({DrugClass.SSRI, DrugClass.ATYPICAL_ANTIDEPRESSANT}),
        route="oral",
        notes=(
            "Trazodone at bedtime for sleep, for less than 4 weeks, may be stopped (needs a second source).",
            "A medicine that supports an opioid taper ends after the opioid, not with it.",
            "A conflict: the vilazodone label goes from 40 to 20 to 10 mg in a week (needs a second source); slower "
            "steps come first here.",
        ),
    ),
)
