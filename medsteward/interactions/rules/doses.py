"""Rules about doses. Which dose is too much stands in the dose limits; here stands what to say of it."""

from __future__ import annotations

from medsteward.bibliography import OURS
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.limits.clauses import PassesLimit
from medsteward.patient.clauses import OpioidTolerance, takes
from medsteward.patient.groups import METHADONE, OPIOID
from medsteward.patient.picture import Tolerance

_LIMITS = OURS.at("held against the dose limits: `medsteward doses list`")

TOO_MUCH_WITHOUT_TOLERANCE = Rule(
    id="HAZ-350",
    name="opioid dose too high without tolerance",
    when=(
        takes(OPIOID),
        OpioidTolerance(Tolerance.NAIVE),
        PassesLimit(without_tolerance=True),
    ),
    severity=Severity.MAJOR,
    tier=1,
    hazard=Hazard.BREATHING,
    because="This dose or product is too strong for someone without opioid tolerance: it can be fatal.",
    consider=(
        "Consider the lowest labelled dose of a short-acting opioid, and reassess within days. If it was already "
        "given: remove every patch, watch breathing, have naloxone at hand and call for help."
    ),
    sources=(_LIMITS,),
)
METHADONE_START = Rule(
    id="HAZ-351",
    name="methadone start above its first dose",
    when=(
        takes(METHADONE),
        PassesLimit(without_tolerance=True),
    ),
    severity=Severity.MAJOR,
    tier=1,
    hazard=Hazard.BREATHING,
    because="Methadone builds up for days, so breathing can fail on day three after a high first-day dose.",
    consider=(
        "Use the first-day limit named here, and see the patient every 2 to 3 days in the first week. If it was "
        "already given: watch breathing for 36 hours, keep naloxone at hand, and ask before the next dose. Treatment "
        "goes on; a short-acting opioid is not started instead."
    ),
    sources=(_LIMITS,),
)
ABOVE_A_LIMIT = Rule(
    id="HAZ-358",
    name="dose above a limit",
    when=(PassesLimit(),),
    severity=Severity.MODERATE,
    tier=2,
    hazard=Hazard.OVERDOSE,
    because="The stated dose is above its limit.",
    consider=(
        "Check the directions for an error first. If the dose is real, consider agreeing on a lower one; a medicine "
        "that causes dependence or withdrawal is reduced gradually."
    ),
    sources=(_LIMITS,),
    absorbs=("DDC-207", "HAZ-308", "HAZ-341"),
)
RULES = (TOO_MUCH_WITHOUT_TOLERANCE, METHADONE_START, ABOVE_A_LIMIT)
"""The rules about doses, in the order of their ids."""
