"""Ways out of medicines against seizures that are taken for pain, of muscle relaxants, and of guanfacine."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.source import Standing
from medsteward.schedules.dates import Interval
from medsteward.schedules.policies import places
from medsteward.schedules.policy import Basis, FollowUp, Phase, Policy, Range, StepCeiling

_SMALLEST = "The last steps are the smallest that the products allow; the last dose is planned for."
_FOLLOW_UP = FollowUp(
    words="A contact before each step, and 1 and 4 weeks after the last dose (medsteward's own rule).",
    after_stop_days=(7, 28),
    standing=Standing.OURS,
)
_HELD = "With pain attacks or withdrawal the dose is held and the prescriber asked; after a seizure, emergency care."
_FOR_PAIN = ("Adults who take it for pain or migraine, never against seizures or for mood.",)
_NEVER = ("Epilepsy, any seizure ever, bipolar disorder: whoever treats that decides.",)
_AGAINST = frozenset({"seizure disorder", "bipolar disorder"})
_NO_STANDARD = "No published standard way to end it in pain was found (review of 1990 to 2013); never at once."

POLICIES: tuple[Policy, ...] = (
    Policy(
        id="carbamazepine_exit",
        title="Carbamazepine for pain (practice): 100 mg every 2 weeks",
        year=2026,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=14),
                amounts=(("carbamazepine", Fraction(100)),),
                days=Range(Fraction(7), Fraction(14)),
                standing=Standing.RECALLED,
                note="100 to 200 mg every 1 to 2 weeks is practice; the gentle end is our choice.",
            ),
        ),
        ceiling=StepCeiling(
            amounts=(("carbamazepine", Fraction(200)),), standing=Standing.RECALLED, note="The upper end of practice."
        ),
        pauses=_HELD,
        bottom=_SMALLEST,
        follow_up=_FOLLOW_UP,
        for_whom=_FOR_PAIN,
        not_for=_NEVER,
        sources=(places.ANTICONVULSANT_PRACTICE, places.NO_STANDARD_WAY, places.OURS),
        drugs=frozenset({"carbamazepine"}),
        route="oral",
        conditions_against=_AGAINST,
        notes=(
            _NO_STANDARD,
            "As it is lowered its induction of CYP3A4 fades over about 2 to 3 weeks (needs a second source): opioids, "
            "benzodiazepines, oral anticoagulants and contraceptives act more.",
            "In trigeminal neuralgia: after weeks to months without pain.",
        ),
    ),
    Policy(
        id="oxcarbazepine_exit",
        title="Oxcarbazepine for pain (practice): 300 mg every 2 weeks",
        year=2026,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=14),
                amounts=(("oxcarbazepine", Fraction(300)),),
                days=Range(Fraction(7), Fraction(14)),
                standing=Standing.RECALLED,
                note="300 mg every week is practice; 2 weeks are our choice.",
            ),
        ),
        ceiling=StepCeiling(
            amounts=(("oxcarbazepine", Fraction(300)),), standing=Standing.RECALLED, note="The step of practice."
        ),
        pauses=_HELD,
        bottom=_SMALLEST,
        follow_up=_FOLLOW_UP,
        for_whom=_FOR_PAIN,
        not_for=_NEVER,
        sources=(places.ANTICONVULSANT_PRACTICE, places.NO_STANDARD_WAY, places.OURS),
        drugs=frozenset({"oxcarbazepine"}),
        route="oral",
        conditions_against=_AGAINST,
        notes=(_NO_STANDARD, "It induces less than carbamazepine; sodium rises again as it is lowered."),
    ),
    Policy(
        id="lamotrigine_exit",
        title="Lamotrigine for pain (label): half of the dose before, every 2 weeks",
        year=2026,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=14),
                percent=Fraction(50),
                basis=Basis.CURRENT,
                days=Range(Fraction(7), None),
                standing=Standing.SECONDARY,
                note="The label asks for at least 2 weeks in all, about 50 % a week; 2 weeks a step are our choice.",
            ),
        ),
        ceiling=StepCeiling(percent=Fraction(50), standing=Standing.SECONDARY, note="The step of the label."),
        pauses=f"{_HELD} After about 5 days without it, it is begun anew by its label (rash), never at the old dose.",
        bottom=_SMALLEST,
        follow_up=_FOLLOW_UP,
        for_whom=_FOR_PAIN,
        not_for=_NEVER,
        sources=(places.LAMOTRIGINE_LABEL, places.NO_STANDARD_WAY, places.OURS),
        drugs=frozenset({"lamotrigine"}),
        route="oral",
        conditions_against=_AGAINST,
        notes=(_NO_STANDARD,),
    ),
    Policy(
        id="topiramate_exit",
        title="Topiramate for migraine or pain (label trials): 25 mg a week",
        year=2026,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=7),
                amounts=(("topiramate", Fraction(25)),),
                days=Range(Fraction(7), None),
                standing=Standing.RECALLED,
                note="In migraine trials 25 to 50 mg a day less each week.",
            ),
        ),
        ceiling=StepCeiling(
            amounts=(("topiramate", Fraction(50)),), standing=Standing.RECALLED, note="The upper end of those trials."
        ),
        pauses=_HELD,
        bottom=_SMALLEST,
        follow_up=_FOLLOW_UP,
        for_whom=_FOR_PAIN,
        not_for=_NEVER,
        sources=(places.TOPIRAMATE_LABEL, places.NO_STANDARD_WAY, places.OURS),
        drugs=frozenset({"topiramate"}),
        route="oral",
        conditions_against=frozenset({"seizure disorder"}),
        notes=(_NO_STANDARD,),
    ),
    Policy(
        id="enacarbil_exit",
        title="Gabapentin enacarbil (label): half for a week, then none",
        year=2026,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=7),
                percent=Fraction(50),
                basis=Basis.CURRENT,
                days=Range(Fraction(7), None),
                standing=Standing.RECALLED,
                note="From 1,200 mg a day: 600 mg once daily in the morning for 1 week.",
            ),
        ),
        ceiling=StepCeiling(percent=Fraction(50), standing=Standing.RECALLED, note="The step of the label."),
        pauses="With withdrawal symptoms the dose is held.",
        bottom="600 mg a day may be stopped (label).",
        follow_up=_FOLLOW_UP,
        for_whom=("Adults who take it for restless legs or for pain after shingles.",),
        not_for=("Use against seizures. It is not exchanged with gabapentin.",),
        sources=(places.ENACARBIL_LABEL, places.OURS),
        drugs=frozenset({"gabapentin enacarbil"}),
        route="oral",
        conditions_against=frozenset({"seizure disorder"}),
    ),
    Policy(
        id="tizanidine_exit",
        title="Tizanidine: 2 mg a week (medsteward's own rule), slower than its label",
        year=2026,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=7),
                amounts=(("tizanidine", Fraction(2)),),
                days=Range(Fraction(1), None),
                standing=Standing.OURS,
                note="The label lowers 20 mg a day or more, after 9 weeks or more, by 2 to 4 mg a day; a week "
                "is medsteward's own rule.",
            ),
        ),
        ceiling=StepCeiling(
            amounts=(("tizanidine", Fraction(4)),), standing=Standing.SECONDARY, note="The label's largest step."
        ),
        pauses="With a rise of blood pressure or a fast pulse the dose is held and the prescriber asked.",
        bottom=_SMALLEST,
        follow_up=FollowUp(
            words="Blood pressure and pulse during the taper and after the last dose (the days are medsteward's "
            "own rule).",
            after_days=(1,),
            after_stop_days=(1, 3),
            standing=Standing.OURS,
        ),
        for_whom=("Adults who take it for spasticity or pain.",),
        not_for=(
            "A beta blocker beside it, coronary disease, blood pressure over 180/110: a specialist is asked first.",
            "Tablets and capsules are never exchanged; with or without food is kept the same. Never with clonidine.",
        ),
        sources=(places.TIZANIDINE_LABEL, places.OURS),
        drugs=frozenset({"tizanidine"}),
        route="oral",
    ),
    Policy(
        id="carisoprodol_exit",
        title="Carisoprodol: one tablet fewer every week (medsteward's own rule), slower than what is published",
        year=2026,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=7),
                amounts=(("carisoprodol", Fraction(350)),),
                days=Range(Fraction(1), None),
                standing=Standing.OURS,
                note="One tablet fewer every 1 to 2 weeks after months or years of use is medsteward's own rule.",
            ),
        ),
        ceiling=StepCeiling(
            amounts=(("carisoprodol", Fraction(350)),),
            standing=Standing.OURS,
            note="One tablet (medsteward's own rule).",
        ),
        pauses="With tremor, sleeplessness or anxiety the dose is held; a seizure or confusion is an emergency.",
        bottom="The last dose is 350 mg at bedtime.",
        follow_up=_FOLLOW_UP,
        for_whom=("Adults who took it every day for months or years; its label limits it to 3 weeks.",),
        not_for=(
            "An opioid and a benzodiazepine beside it, more than 4 tablets a day, seizures, alcohol: a specialist.",
        ),
        sources=(places.CARISOPRODOL_PRACTICE, places.OURS),
        drugs=frozenset({"carisoprodol"}),
        route="oral",
        conditions_against=frozenset({"seizure disorder", "alcohol use", "alcohol use disorder"}),
        notes=(
            "A conflict: a published schedule (Portland VA, needs a second source) ends it within 9 days, or 4; faster "
            "than this, and no preset.",
            "Meprobamate is made of it in the body.",
        ),
    ),
    Policy(
        id="guanfacine_exit",
        title="Guanfacine (label of ER): 1 mg a week",
        year=2026,
        phases=(
            Phase(
                share=Fraction(1),
                every=Interval(days=7),
                amounts=(("guanfacine", Fraction(1)),),
                days=Range(Fraction(3), Fraction(7)),
                standing=Standing.RECALLED,
                note="No more than 1 mg every 3 to 7 days.",
            ),
        ),
        ceiling=StepCeiling(
            amounts=(("guanfacine", Fraction(1)),), standing=Standing.RECALLED, note="No more than the label's step."
        ),
        pauses="With a rise of blood pressure or agitation the dose is held and the prescriber asked.",
        bottom=_SMALLEST,
        follow_up=FollowUp(
            words="Blood pressure and pulse during the taper and after the last dose (the days are medsteward's "
            "own rule).",
            after_days=(3,),
            after_stop_days=(2, 4),
            standing=Standing.OURS,
        ),
        for_whom=("Adults who take it for attention, pain or withdrawal.",),
        not_for=("A beta blocker beside it: its prescriber is asked first.",),
        sources=(places.GUANFACINE_LABEL, places.OURS),
        drugs=frozenset({"guanfacine"}),
        route="oral",
    ),
)
