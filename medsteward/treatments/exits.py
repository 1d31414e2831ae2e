"""The way out of a trial that needs no taper."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.drug import DrugClass
from medsteward.schedules.dates import Interval
from medsteward.schedules.policy import Basis, FollowUp, Phase, Policy, StepCeiling
from medsteward.schedules.trial import ENDS_WITHOUT_STEPS
from medsteward.treatments import trial_places as s

STOPS = Policy(
    id=ENDS_WITHOUT_STEPS,
    title="Ends without steps: a course that needs no taper",
    year=2026,
    phases=(Phase(Fraction(1), Interval(days=1), percent=Fraction(100), basis=Basis.CURRENT),),
    ceiling=StepCeiling(percent=Fraction(100), note="the whole dose ends at once"),
    pauses="There is nothing to pause.",
    bottom="The last dose is the day before the decision.",
    follow_up=FollowUp("A contact within 2 weeks of the end (medsteward's own rule).", after_stop_days=(14,)),
    for_whom=("Short or topical courses whose facts name no taper.",),
    not_for=("Opioids, benzodiazepines, antidepressants, gabapentinoids: those are lowered step by step.",),
    sources=(s.ESSAY.at("exit set first"), s.OURS),
    classes=frozenset(
        {
            DrugClass.NSAID_ORAL,
            DrugClass.NSAID_TOPICAL,
            DrugClass.ACETAMINOPHEN,
            DrugClass.MUSCLE_RELAXANT,
            DrugClass.TOPICAL_ANESTHETIC,
            DrugClass.OPIOID_ANTAGONIST,
        }
    ),
)
"""The way out where no taper is needed. Not among the policies: nothing else ends so."""
