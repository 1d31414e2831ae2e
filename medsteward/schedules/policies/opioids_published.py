"""Policies for opioids taken for pain, as one agency or program published each."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.source import Standing
from medsteward.schedules.dates import Interval
from medsteward.schedules.policies import places
from medsteward.schedules.policies.opioids import AFTER_STOP, BOTTOM, LONG_OR_SHORT, NOT_FOR, OPIOIDS
from medsteward.schedules.policy import Basis, FollowUp, Phase, Policy, PolicyStatus, Range, StepCeiling

POLICIES: tuple[Policy, ...] = (
    Policy(
        id="hhs_2019",
        title="HHS 2019: commonly 5 to 20 % every 4 weeks",
        year=2019,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=28),
                percent=Fraction(10),
                basis=Basis.CURRENT,
                percents=Range(Fraction(5), Fraction(20)),
                days=Range(Fraction(28), None),
                standing=Standing.RECALLED,
                note="The guide does not say of which dose; the current dose is our choice. VA 2016 and "
                "Arizona 2018 give "
                "the same figures, read there.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(20),
            standing=Standing.OURS,
            note="The upper end of the source's range; as a limit, medsteward's own rule.",
        ),
        pauses="Pauses are normal and may be planned (needs a second source; Arizona 2018 says so too).",
        bottom=BOTTOM,
        follow_up=FollowUp(
            words=f"Before each step (medsteward's own rule). {AFTER_STOP}",
            after_stop_days=(7, 28),
            standing=Standing.OURS,
        ),
        for_whom=("Adults on long-term opioids for pain.", LONG_OR_SHORT),
        not_for=NOT_FOR,
        sources=(
            places.HHS_2019,
            places.HHS_2019_ABRUPT,
            places.ARIZONA_2018,
            places.VA_2016,
            places.VA_DOD_2017,
            places.OURS,
        ),
        classes=OPIOIDS,
        notes=("After more than a year of use the guide's figure is 10 % a month or slower (needs a second source).",),
    ),
    Policy(
        id="va_slowest",
        title="VA 2016, slowest: 2 to 10 % every 4 to 8 weeks",
        year=2016,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=56),
                percent=Fraction(5),
                basis=Basis.ORIGINAL,
                percents=Range(Fraction(2), Fraction(10)),
                days=Range(Fraction(28), Fraction(56)),
                note="Not stated of which dose; the tool's worked examples take the same mg each time, so "
                "the original one.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(10),
            standing=Standing.OURS,
            note="The upper end of the source's range; as a limit, medsteward's own rule.",
        ),
        pauses="Pauses at any step are part of it; the whole may take years.",
        bottom=BOTTOM,
        follow_up=FollowUp(
            words=f"1 to 4 weeks after the start, then monthly before each step. {AFTER_STOP}",
            after_start_days=(14,),
            after_stop_days=(7, 28),
        ),
        for_whom=("Adults who have taken high doses of long-acting opioids for many years.",),
        not_for=NOT_FOR,
        sources=(places.VA_2016, places.VA_DOD_2017, places.OURS),
        classes=OPIOIDS,
        notes=("5 % every 8 weeks within the source's ranges is our choice.",),
    ),
    Policy(
        id="va_slower",
        title="VA 2016, slower: 5 to 20 % every 4 weeks",
        year=2016,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=28),
                percent=Fraction(10),
                basis=Basis.ORIGINAL,
                percents=Range(Fraction(5), Fraction(20)),
                days=Range(Fraction(28), None),
                note="Not stated of which dose; the tool's worked examples take the same mg each time, so "
                "the original one.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(20),
            standing=Standing.OURS,
            note="The upper end of the source's range; as a limit, medsteward's own rule, and the tool's own "
            "example goes over it.",
        ),
        pauses="Pauses at any step are part of it; the whole may take months to years.",
        bottom=BOTTOM,
        follow_up=FollowUp(
            words=f"1 to 4 weeks after the start, then monthly before each step. {AFTER_STOP}",
            after_start_days=(14,),
            after_stop_days=(7, 28),
        ),
        for_whom=("Adults on long-term opioids; the tool calls it the most common taper.", LONG_OR_SHORT),
        not_for=NOT_FOR,
        sources=(places.VA_2016, places.VA_DOD_2017, places.OURS),
        classes=OPIOIDS,
        notes=(
            "10 % within the source's range is our choice.",
            "The tool's worked example lowers morphine 270 mg/d by 45 mg a month: 16.7 % of the original dose each "
            "time, but 25, 33 and 50 % of the current one from the third step on. Its dose-reduction plan, 15 mg "
            "every 10 days, is faster than every 4 weeks.",
        ),
    ),
    Policy(
        id="va_faster",
        title="VA 2016, faster: 10 to 20 % a week",
        year=2016,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=7),
                percent=Fraction(10),
                basis=Basis.ORIGINAL,
                percents=Range(Fraction(10), Fraction(20)),
                days=Range(Fraction(7), None),
                note="Not stated of which dose; the tool's worked examples take the same mg each time, so "
                "the original one.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(20),
            standing=Standing.OURS,
            note="The upper end of the source's range; as a limit, medsteward's own rule.",
        ),
        pauses="Pauses at any step are part of it; the whole takes weeks.",
        bottom=BOTTOM,
        follow_up=FollowUp(words=f"Weekly, before each step. {AFTER_STOP}", after_days=(7,), after_stop_days=(7, 28)),
        for_whom=("Adults for whom the risk of going on at the present dose is higher than that of a fast taper.",),
        not_for=("Use for a year or more without such a risk: a slower policy.", *NOT_FOR),
        sources=(places.VA_2016, places.VA_DOD_2017, places.OURS),
        classes=OPIOIDS,
        notes=("10 % within the source's range is our choice.",),
    ),
    Policy(
        id="fda_label_ceiling",
        title="FDA labels: no more than 10 to 25 % every 2 to 4 weeks",
        year=2019,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=28),
                percent=Fraction(10),
                basis=Basis.CURRENT,
                percents=Range(None, Fraction(25)),
                days=Range(Fraction(14), Fraction(28)),
                standing=Standing.SECONDARY,
                note="Labels say of the total daily dose, not of which; the current dose is the gentler reading.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(25),
            standing=Standing.SECONDARY,
            note="The upper figure of the labels, applied to the current dose at every step.",
        ),
        pauses="A pause may be needed when withdrawal or pain is hard to bear (needs a second source).",
        bottom=BOTTOM,
        follow_up=FollowUp(
            words=f"Before each step (medsteward's own rule). {AFTER_STOP}",
            after_stop_days=(7, 28),
            standing=Standing.OURS,
        ),
        for_whom=("Adults who are physically dependent on an opioid analgesic.",),
        not_for=NOT_FOR,
        sources=(places.FDA_LABELS, places.FDA_2019, places.VA_DOD_2017, places.OURS),
        classes=OPIOIDS,
        notes=(
            "A bound more than a plan: asking for 10 % every 4 weeks within it is our choice.",
            "No standard schedule suits everybody (FDA 2019).",
        ),
    ),
    Policy(
        id="rxfiles_2018",
        title="RxFiles 2018: 5 to 10 % every 2 to 4 weeks, from one third on 5 % or less every 4 to 8 weeks",
        year=2018,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=28),
                percent=Fraction(10),
                basis=Basis.CURRENT,
                percents=Range(Fraction(5), Fraction(10)),
                days=Range(Fraction(14), Fraction(28)),
                note="Not stated of which dose; the current dose is the gentler reading and our choice.",
            ),
            Phase(
                share=Fraction(1, 3),
                every=Interval(days=56),
                percent=Fraction(5),
                basis=Basis.CURRENT,
                percents=Range(None, Fraction(5)),
                days=Range(Fraction(28), Fraction(56)),
                note="Not stated of which dose; the current dose is the gentler reading and our choice.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(10),
            standing=Standing.OURS,
            note="The upper end of the source's range; as a limit, medsteward's own rule.",
        ),
        pauses="A pause may be offered at any step (medsteward's own rule).",
        bottom=BOTTOM + " Long-acting forms in small strengths help at the low end.",
        follow_up=FollowUp(
            words=f"Before each step (medsteward's own rule). {AFTER_STOP}",
            after_stop_days=(7, 28),
            standing=Standing.OURS,
        ),
        for_whom=("Adults on long-term opioids; 1 to 6 months, for some 18 to 24 months.", LONG_OR_SHORT),
        not_for=NOT_FOR,
        sources=(places.RXFILES_2018, places.VA_DOD_2017, places.OURS),
        classes=OPIOIDS,
        notes=("10 % every 4 weeks, then 5 % every 8 weeks, within the source's ranges is our choice.",),
    ),
    Policy(
        id="canada_2010",
        title="Canada 2010: 10 % of the original dose every 1 to 2 weeks, half of that from one third on",
        year=2010,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=14),
                percent=Fraction(10),
                basis=Basis.ORIGINAL,
                percents=Range(None, Fraction(10)),
                days=Range(Fraction(7), Fraction(14)),
                note="Of the total daily dose; with the rule of one third that is the original one.",
            ),
            Phase(
                share=Fraction(1, 3),
                every=Interval(days=14),
                percent=Fraction(5),
                basis=Basis.ORIGINAL,
                percents=Range(None, Fraction(5)),
                days=Range(Fraction(14), None),
                note="Half the former rate or less: half the step, or twice the interval.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(25),
            standing=Standing.OURS,
            note="The source gives no ceiling; its own step just above one third is 25 % of the current dose.",
        ),
        pauses="Severe withdrawal, marked worsening of pain or mood, or lost function: the dose is held or raised.",
        bottom="The same number of doses a day is kept as long as possible, then doses are left out.",
        follow_up=FollowUp(
            words=f"Before each step (medsteward's own rule). {AFTER_STOP}",
            after_stop_days=(7, 28),
            standing=Standing.OURS,
        ),
        for_whom=(
            "Comparison with the guideline of 2010; newer Canadian advice names the goal and leaves the pace open.",
        ),
        not_for=NOT_FOR,
        sources=(places.CANADA_2010, places.CANADA_2017, places.VA_DOD_2017, places.OURS),
        classes=OPIOIDS,
        status=PolicyStatus.SUPERSEDED,
        intervals_only=Range(Fraction(7), Fraction(14)),
        notes=("The guideline also allowed steps every day; those are not offered.",),
    ),
    Policy(
        id="methadone_label",
        title="Methadone label, withdrawal from treatment: less than 10 % of the established dose, 10 to 14 days apart",
        year=2026,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=14),
                percent=Fraction(5),
                basis=Basis.ORIGINAL,
                percents=Range(None, Fraction(10), under=True),
                days=Range(Fraction(10), None),
                standing=Standing.SECONDARY,
                note="Of the established or maintenance dose, so the original one; exactly 10 % is not less than 10 %.",
            ),
        ),
        ceiling=StepCeiling(
            percent=Fraction(25),
            standing=Standing.OURS,
            note="The label gives none of the current dose; the upper end of the opioid labels; as a limit, "
            "medsteward's own rule.",
        ),
        pauses="A pause may be offered at any step (medsteward's own rule).",
        bottom=BOTTOM,
        follow_up=FollowUp(
            words=f"Before each step (medsteward's own rule). {AFTER_STOP}",
            after_stop_days=(7, 28),
            standing=Standing.OURS,
        ),
        for_whom=("Checking a schedule that a program supervises; continuing treatment is what is recommended.",),
        not_for=NOT_FOR,
        sources=(places.METHADONE_LABEL, places.VA_DOD_2017, places.OURS),
        drugs=frozenset({"methadone"}),
        notes=("5 % every 14 days, within the label's figures, is our choice.",),
    ),
)
