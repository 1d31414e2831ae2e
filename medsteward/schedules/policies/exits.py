"""Ways out of medicines other than opioids and sedatives that are not ended at once."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.drug import DrugClass
from medsteward.model.source import Standing
from medsteward.schedules.dates import Interval
from medsteward.schedules.policies import places
from medsteward.schedules.policy import Basis, FollowUp, Phase, Policy, Range, StepCeiling

_SMALLEST = "The last steps are the smallest that the products allow; the last dose is planned for."

POLICIES: tuple[Policy, ...] = (
    Policy(
        id="gabapentinoid_exit",
        title="Gabapentinoids (NHS Fife 2025): gabapentin 300 mg a week, pregabalin 75 mg a week",
        year=2025,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=7),
                amounts=(("gabapentin", Fraction(300)), ("pregabalin", Fraction(75))),
                days=Range(Fraction(7), None),
                note="Fixed amounts of the daily dose, not a percentage.",
            ),
        ),
        ceiling=StepCeiling(
            amounts=(("gabapentin", Fraction(300)), ("pregabalin", Fraction(75))),
            standing=Standing.OURS,
            note="The source's own step; as a limit, medsteward's own rule.",
        ),
        pauses="With withdrawal symptoms the dose is held.",
        bottom=_SMALLEST,
        follow_up=FollowUp(
            words="A contact before each step and a week after the last dose (medsteward's own rule).",
            after_stop_days=(7,),
            standing=Standing.OURS,
        ),
        for_whom=(
            "Adults who take gabapentin or pregabalin for pain; withdrawal is likelier after 6 weeks or high doses.",
        ),
        not_for=("Use against seizures: with whoever treats the epilepsy.",),
        sources=(places.NHS_FIFE_2025, places.GABAPENTINOID_LABELS, places.OURS),
        drugs=frozenset({"gabapentin", "pregabalin"}),
        route="oral",
        conditions_against=frozenset({"seizure disorder"}),
        notes=("Labels ask for at least 1 week in all. Smaller steps may be offered.",),
    ),
    Policy(
        id="snri_exit",
        title="SNRIs (NICE NG222): half of the dose before, then a quarter of it, every 4 weeks",
        year=2022,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=28),
                percent=Fraction(50),
                basis=Basis.CURRENT,
                percents=Range(None, Fraction(50)),
                days=Range(Fraction(7), Fraction(28)),
                note="A proportion of the dose before, 50 % as an example.",
            ),
            Phase(
                share=Fraction(1, 2),
                every=Interval(days=28),
                percent=Fraction(25),
                basis=Basis.CURRENT,
                percents=Range(None, Fraction(25)),
                days=Range(Fraction(7), Fraction(28)),
                note="Smaller, 25 % as an example, as the dose becomes lower; from one half of the first "
                "dose is our choice.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(50),
            standing=Standing.OURS,
            note="The source's largest example; as a limit, medsteward's own rule.",
        ),
        pauses="Symptoms of withdrawal settle or are bearable before the next step.",
        bottom=f"{_SMALLEST} Liquids may help at very small doses. Capsules are not opened unless the label says so.",
        follow_up=FollowUp(
            words="As the person needs; before each step, and 2 weeks after the last dose, are medsteward's own rule.",
            after_stop_days=(14,),
            standing=Standing.OURS,
        ),
        for_whom=("Adults who take an SNRI, for pain too; the guideline is for depression. The person sets the pace.",),
        not_for=("A switch to another antidepressant, or serious harm from the medicine: it may go faster.",),
        sources=(places.NICE_NG222, places.SCOTLAND_2024, places.OURS),
        classes=frozenset({DrugClass.SNRI}),
        notes=(
            "US labels ask for a gradual reduction without a figure (needs a second source).",
            "Venlafaxine is more likely to bring withdrawal symptoms: particular care, slower steps.",
            "A trial drug that helped may be stepped down to the lowest dose that keeps the gain.",
        ),
    ),
    Policy(
        id="tca_exit",
        title="Tricyclics (NICE NG222): half of the dose before, then a quarter of it, every 2 weeks",
        year=2022,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=14),
                percent=Fraction(50),
                basis=Basis.CURRENT,
                percents=Range(None, Fraction(50)),
                days=Range(Fraction(7), Fraction(28)),
                note="A proportion of the dose before, 50 % as an example.",
            ),
            Phase(
                share=Fraction(1, 2),
                every=Interval(days=14),
                percent=Fraction(25),
                basis=Basis.CURRENT,
                percents=Range(None, Fraction(25)),
                days=Range(Fraction(7), Fraction(28)),
                note="Smaller, 25 % as an example, as the dose becomes lower; from one half of the first "
                "dose is our choice.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(50),
            standing=Standing.OURS,
            note="The source's largest example; as a limit, medsteward's own rule.",
        ),
        pauses="Symptoms of withdrawal settle or are bearable before the next step.",
        bottom=_SMALLEST,
        follow_up=FollowUp(
            words="As the person needs; before each step, and 2 weeks after the last dose, are medsteward's own rule.",
            after_stop_days=(14,),
            standing=Standing.OURS,
        ),
        for_whom=(
            "Adults who take a tricyclic, for pain too; the guideline is for depression. The person sets the pace.",
        ),
        not_for=("A switch to another antidepressant, or serious harm from the medicine: it may go faster.",),
        sources=(places.NICE_NG222, places.SCOTLAND_2024, places.TCA_PRACTICE, places.OURS),
        classes=frozenset({DrugClass.TCA}),
        notes=("About 4 weeks in all is common practice (needs a second source); 2 weeks a step takes longer.",),
    ),
    Policy(
        id="clonidine_ir_exit",
        title="Clonidine tablets, immediate release: 0.1 mg every 2 days",
        year=2026,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=2),
                amounts=(("clonidine", Fraction(1, 10)),),
                days=Range(Fraction(1), None),
                standing=Standing.RECALLED,
                note="The label says gradually; over 2 to 4 days stands in secondary texts, the step is "
                "common practice.",
            ),
        ),
        ceiling=StepCeiling(
            amounts=(("clonidine", Fraction(1, 5)),),
            standing=Standing.RECALLED,
            note="The upper end of common practice, 0.2 mg.",
        ),
        pauses="With a rise of blood pressure or agitation the dose is held and the prescriber asked.",
        bottom=_SMALLEST,
        follow_up=FollowUp(
            words="Blood pressure and pulse during the taper and after the last dose (the days are medsteward's "
            "own rule).",
            after_days=(1,),
            before_each_step=False,
            after_stop_days=(1, 3),
            standing=Standing.OURS,
        ),
        for_whom=("Adults who took clonidine tablets for withdrawal symptoms or blood pressure.",),
        not_for=(
            "Extended-release tablets: `clonidine_er_exit`. Patches: `clonidine_patch_exit`.",
            "A beta blocker beside it: the label asks that it is ended several days before, so its prescriber is "
            "asked first; ended abruptly it is dangerous itself.",
        ),
        sources=(
            places.CLONIDINE_LABEL,
            places.CLONIDINE_TWO_TO_FOUR_DAYS,
            places.CLONIDINE_PRACTICE,
            places.OURS,
        ),
        drugs=frozenset({"clonidine"}),
        release="IR",
        route="oral",
        notes=("Rebound of blood pressure is likelier after higher doses and with a beta blocker.",),
    ),
    Policy(
        id="clonidine_er_exit",
        title="Clonidine tablets, extended release (label): 0.1 mg every 3 to 7 days",
        year=2026,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=7),
                amounts=(("clonidine", Fraction(1, 10)),),
                days=Range(Fraction(3), Fraction(7)),
                note="7 days within the label's 3 to 7 is our choice.",
            ),
        ),
        ceiling=StepCeiling(
            amounts=(("clonidine", Fraction(1, 10)),),
            standing=Standing.VERIFIED,
            note="No more than the label's step.",
        ),
        pauses="With a rise of blood pressure or agitation the dose is held and the prescriber asked.",
        bottom=_SMALLEST,
        follow_up=FollowUp(
            words="Blood pressure and pulse during the taper and after the last dose (the days are medsteward's "
            "own rule).",
            after_days=(3,),
            after_stop_days=(1, 3),
            standing=Standing.OURS,
        ),
        for_whom=("People who take extended-release clonidine tablets.",),
        not_for=(
            "Immediate-release tablets: `clonidine_ir_exit`. Patches: `clonidine_patch_exit`.",
            "A beta blocker beside it: the label of the tablets asks that it is ended several days before, so its "
            "prescriber is asked first; ended abruptly it is dangerous itself.",
        ),
        sources=(places.CLONIDINE_ER_LABEL, places.CLONIDINE_LABEL, places.OURS),
        drugs=frozenset({"clonidine"}),
        release="ER",
        route="oral",
    ),
    Policy(
        id="clonidine_patch_exit",
        title="Clonidine patches: the next lower patch each week",
        year=2026,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=7),
                amounts=(("clonidine", Fraction(1, 10)),),
                days=Range(Fraction(7), None),
                standing=Standing.RECALLED,
                note="0.1 mg/24 h fewer with each new patch.",
            ),
        ),
        ceiling=StepCeiling(
            amounts=(("clonidine", Fraction(1, 10)),), standing=Standing.RECALLED, note="One strength a week."
        ),
        pauses="With a rise of blood pressure or agitation the dose is held and the prescriber asked.",
        bottom="0.1 mg/24 h for a week, then the patch is taken off; rebound comes later than after tablets.",
        follow_up=FollowUp(
            words="Blood pressure and pulse during the taper and after the last patch (the days are "
            "medsteward's own rule).",
            after_days=(3,),
            after_stop_days=(3, 5),
            standing=Standing.OURS,
        ),
        for_whom=("Adults who use clonidine patches.",),
        not_for=(
            "A lower patch with tablets beside it: its prescriber plans that.",
            "A beta blocker beside it: the label of the tablets asks that it is ended several days before, so its "
            "prescriber is asked first; ended abruptly it is dangerous itself.",
        ),
        sources=(places.CLONIDINE_PATCH, places.CLONIDINE_LABEL, places.OURS),
        drugs=frozenset({"clonidine"}),
        route="transdermal",
    ),
    Policy(
        id="lofexidine_exit",
        title="Lofexidine (label): 1 tablet fewer in each dose every 1 to 2 days",
        year=2020,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=2),
                amounts=(("lofexidine", Fraction(72, 100)),),
                days=Range(Fraction(1), Fraction(2)),
                note="1 tablet of 0.18 mg in each of 4 doses a day is 0.72 mg a day. With fewer doses a "
                "day the step is "
                "smaller.",
            ),
        ),
        ceiling=StepCeiling(
            amounts=(("lofexidine", Fraction(72, 100)),),
            standing=Standing.VERIFIED,
            note="No more than the label's step at 4 doses a day.",
        ),
        pauses="With low blood pressure or a slow pulse a dose may be reduced, delayed or left out.",
        bottom="The step after 1 tablet in each dose is the stop.",
        follow_up=FollowUp(
            words="Blood pressure and pulse before each dose; a rise after the last dose is looked for "
            "(the days are medsteward's own rule).",
            after_days=(1,),
            before_each_step=False,
            after_stop_days=(1, 3),
            standing=Standing.OURS,
        ),
        for_whom=("Adults who took lofexidine for opioid withdrawal, up to 14 days in all.",),
        not_for=("Use beyond 14 days in all: the label does not go further.",),
        sources=(places.LOFEXIDINE_LABEL, places.OURS),
        drugs=frozenset({"lofexidine"}),
        route="oral",
        notes=("The label asks for 2 to 4 days in all: 2 days a step from 3 tablets a dose, 1 day a step from 4.",),
    ),
    Policy(
        id="baclofen_exit",
        title="Baclofen by mouth: 5 mg a week (medsteward's own rule)",
        year=2026,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=7),
                amounts=(("baclofen", Fraction(5)),),
                days=Range(Fraction(7), None),
                standing=Standing.OURS,
                note="The sources read give no step; the smallest tablet a week is our choice and slower "
                "than practice.",
            ),
        ),
        ceiling=StepCeiling(
            amounts=(("baclofen", Fraction(10)),),
            standing=Standing.OURS,
            note="Two of the smallest tablets (medsteward's own rule).",
        ),
        pauses="With spasms, confusion, fever or agitation the dose is held or raised and help sought the same day.",
        bottom=_SMALLEST,
        follow_up=FollowUp(
            words="A contact before each step and a week after the last dose (medsteward's own rule).",
            after_stop_days=(7,),
            standing=Standing.OURS,
        ),
        for_whom=("Adults who take baclofen by mouth.",),
        not_for=(
            "Baclofen by pump: a sudden end is an emergency, and its team plans any change.",
            "A history of seizures, unless a specialist is asked first: withdrawal can bring them.",
        ),
        sources=(places.VA_BACLOFEN, places.BACLOFEN_PRACTICE, places.OURS),
        drugs=frozenset({"baclofen"}),
        route="oral",
        notes=("Over 1 to 2 weeks or slower is common practice (needs a second source).",),
    ),
)
