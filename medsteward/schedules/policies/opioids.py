"""Policies for opioids taken for pain. The first is used where none is asked for."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.drug import DrugClass
from medsteward.model.source import Standing
from medsteward.schedules.dates import Interval
from medsteward.schedules.policies import places
from medsteward.schedules.policy import Basis, FollowUp, Phase, Policy, Range, StepCeiling

OPIOIDS = frozenset({DrugClass.OPIOID_FULL_AGONIST, DrugClass.OPIOID_PARTIAL_AGONIST, DrugClass.OPIOID_MIXED})

NOT_FOR = (
    "Opioid use disorder: continuing treatment with methadone or buprenorphine is what is recommended.",
    "Pregnancy, unless a specialist who supervises the pregnancy is named: withdrawal can harm it.",
    "Cancer pain, palliative care and sickle cell disease, unless the patient asks for it or the dose does harm.",
)
BOTTOM = (
    "The number of doses a day is kept as long as tablets allow. At the smallest dose the time between doses may be "
    "lengthened; the last dose is planned for when it is taken less than once a day."
)
AFTER_STOP = "VA/DoD 2017: also 1 week to 1 month after the last dose."
LONG_OR_SHORT = (
    "Where opioids have been taken for weeks to months, less than a year, the shorter-use policy `cdc_2022_shorter` "
    "may be offered; where only for days up to a month, `brief_exposure`."
)

POLICIES: tuple[Policy, ...] = (
    Policy(
        id="humane",
        title="Humane: 10 % of the current dose every 4 weeks, 5 % from one third on",
        year=2026,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=28),
                percent=Fraction(10),
                basis=Basis.CURRENT,
                percents=Range(Fraction(5), Fraction(10)),
                days=Range(Fraction(7), Fraction(28)),
                standing=Standing.OURS,
                note="The ranges are the clinic essay's, which names no basis; the current dose is the "
                "gentler reading.",
            ),
            Phase(
                share=Fraction(1, 3),
                every=Interval(days=28),
                percent=Fraction(5),
                basis=Basis.CURRENT,
                percents=Range(None, Fraction(10)),
                days=Range(Fraction(7), None),
                standing=Standing.OURS,
                note="The essay asks for a slower end without a figure; one third and 5 % are those of RxFiles 2018.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(10),
            standing=Standing.OURS,
            note="The upper end of the clinic essay's range; as a limit, medsteward's own rule.",
        ),
        pauses="A pause may be offered at any step, for as long as it takes; a pause is part of the plan, not its end.",
        bottom=BOTTOM,
        follow_up=FollowUp(
            words=f"A call or visit a week after each step, and a visit before the next (medsteward's own "
            f"rule). {AFTER_STOP}",
            after_days=(7,),
            after_stop_days=(7, 28),
            standing=Standing.OURS,
        ),
        for_whom=("Adults who have taken opioids for pain every day, most of all for a year or more.", LONG_OR_SHORT),
        not_for=NOT_FOR,
        sources=(places.SEED, places.CDC_2022, places.RXFILES_2018, places.VA_DOD_2017, places.OURS),
        classes=OPIOIDS,
        notes=("10 % every 4 weeks is within the pace of CDC 2022 for use of a year or more.",),
    ),
    Policy(
        id="cdc_2022_long_term",
        title="CDC 2022, use for a year or more: about 10 % a month or slower",
        year=2022,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(months=1),
                percent=Fraction(10),
                basis=Basis.CURRENT,
                percents=Range(None, Fraction(10)),
                days=Range(Fraction(28), None),
                note="The guideline does not say of which dose; the current dose is the gentler reading "
                "and our choice.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(10),
            standing=Standing.OURS,
            note="The source gives no ceiling; its own pace is taken as one.",
        ),
        pauses="The taper may be slowed or paused when withdrawal or pain is hard to bear (needs a second source).",
        bottom=BOTTOM,
        follow_up=FollowUp(
            words=f"At least monthly during the taper (p. 16). {AFTER_STOP}",
            before_each_step=True,
            after_stop_days=(7, 28),
        ),
        for_whom=(
            "Adults who have taken opioids for pain for a year or more.",
            "Where it was less than a year, `cdc_2022_shorter` may be offered.",
        ),
        not_for=NOT_FOR,
        sources=(places.CDC_2022, places.CDC_2022_BOTTOM, places.VA_DOD_2017, places.OURS),
        classes=OPIOIDS,
        notes=("The guideline calls this pace likely to be better tolerated; it is not an order.",),
    ),
    Policy(
        id="cdc_2022_shorter",
        title="CDC 2022, use for weeks to months: 10 % of the original dose a week to 30 %, then 10 % of what remains",
        year=2022,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=7),
                percent=Fraction(10),
                basis=Basis.ORIGINAL,
                percents=Range(None, Fraction(10)),
                days=Range(Fraction(7), None),
            ),
            Phase(
                share=Fraction(3, 10),
                every=Interval(days=7),
                percent=Fraction(10),
                basis=Basis.CURRENT,
                percents=Range(None, Fraction(10)),
                days=Range(Fraction(7), None),
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(25),
            standing=Standing.OURS,
            note="The source gives no ceiling; from 40 to 30 % of the original dose its own step is 25 % "
            "of the current one.",
        ),
        pauses="The taper may be slowed or paused when withdrawal or pain is hard to bear (needs a second source).",
        bottom=BOTTOM,
        follow_up=FollowUp(
            words=f"At least monthly (p. 16); a contact before each weekly step is medsteward's own rule. {AFTER_STOP}",
            after_stop_days=(7, 28),
        ),
        for_whom=("Adults who have taken opioids for pain for weeks to months rather than years.",),
        not_for=("Use for a year or more: `cdc_2022_long_term` or `humane`.", *NOT_FOR),
        sources=(places.CDC_2022, places.CDC_2022_BOTTOM, places.VA_DOD_2017, places.OURS),
        classes=OPIOIDS,
    ),
    Policy(
        id="brief_exposure",
        title="After 1 week to a month of continuous use: about 20 % every 2 days",
        year=2022,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=2),
                percent=Fraction(20),
                basis=Basis.CURRENT,
                percents=Range(None, Fraction(20)),
                days=Range(Fraction(2), None),
                note="The guideline says of the daily dose, not of which; the current dose is the gentler reading.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(50),
            standing=Standing.OURS,
            note="The source gives no ceiling; with it fifths of the first dose, the other reading, stay "
            "possible to the end.",
        ),
        pauses="It may be slowed or held at any step (medsteward's own rule).",
        bottom="It ends with the smallest dose that the products allow.",
        follow_up=FollowUp(
            words="Evaluate at least every 2 weeks; a month or more of use is an intentional decision (p. 18).",
            after_start_days=(14,),
            before_each_step=False,
            after_stop_days=(7,),
        ),
        for_whom=("Adults who took opioids around the clock for at least a week and less than a month.",),
        not_for=("Use for a month or more: `cdc_2022_shorter`, `cdc_2022_long_term` or `humane`.", *NOT_FOR),
        sources=(places.CDC_2022_REC_6, places.OURS),
        classes=OPIOIDS,
    ),
    Policy(
        id="brief_exposure_days",
        title="After 4 to 6 days of continuous use: half the dose for 2 days, then stop",
        year=2022,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=2),
                percent=Fraction(50),
                basis=Basis.ORIGINAL,
                percents=Range(None, Fraction(50)),
                days=Range(Fraction(2), None),
                standing=Standing.RECALLED,
                note="Half the daily dose for 2 days is verified; that it then stops is not.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(50),
            standing=Standing.OURS,
            note="The source gives no ceiling; its own step is taken as one.",
        ),
        pauses="It may be held at the half dose (medsteward's own rule).",
        bottom="The step after the half dose is the stop.",
        follow_up=FollowUp(
            words="Evaluate at least every 2 weeks while opioids are taken (p. 18).",
            before_each_step=False,
            after_stop_days=(7,),
        ),
        for_whom=("Adults who took opioids around the clock for more than 3 days and less than a week.",),
        not_for=("Use for a week or more: `brief_exposure` or a slower policy.", *NOT_FOR),
        sources=(places.CDC_2022_REC_6, places.CDC_2022_REC_6_LAST_STEP, places.OURS),
        classes=OPIOIDS,
        bottom_share=Fraction(1, 2),
        stops_at_bottom=True,
    ),
)
