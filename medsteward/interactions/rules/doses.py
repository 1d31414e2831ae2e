"""Rules about doses. Which dose is too much stands in the dose limits; here stands what to say of it."""

from __future__ import annotations

from medsteward.bibliography import OURS
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.limits.clauses import IsForbidden, PassesLimit
from medsteward.patient.clauses import OpioidTolerance, takes
from medsteward.patient.groups import KETOROLAC, METHADONE, OPIOID
from medsteward.patient.groups_of_conditions import METHOTREXATE_BY_MOUTH
from medsteward.patient.picture import Tolerance

_LIMITS = OURS.at("checked against the dose limits: `medsteward doses list`")

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
        "given: remove every patch, watch breathing, have naloxone within reach and call for help."
    ),
    sources=(_LIMITS,),
    absorbs=("DDC-266", "DDC-274"),
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
        "already given: watch breathing for 36 hours, keep naloxone within reach, and ask before the next dose. "
        "Treatment "
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
    absorbs=("DDC-207", "DDI-110", "HAZ-308", "HAZ-341"),
)
KETOROLAC_COURSE = Rule(
    id="HAZ-352",
    name="ketorolac for longer than its course",
    when=(
        takes(KETOROLAC),
        PassesLimit(),
    ),
    severity=Severity.CONTRAINDICATED,
    tier=1,
    hazard=Hazard.BLEEDING,
    because="A longer course of ketorolac, by mouth and by injection together, causes bleeding and kidney injury.",
    consider=(
        "Consider ending ketorolac now and changing to acetaminophen. Check creatinine and look for bleeding first; no "
        "other NSAID until both are clear."
    ),
    sources=(_LIMITS,),
)
METHOTREXATE_DAILY = Rule(
    id="HAZ-359",
    name="methotrexate more often than once a week",
    when=(
        takes(METHOTREXATE_BY_MOUTH),
        PassesLimit(),
    ),
    severity=Severity.MAJOR,
    tier=1,
    hazard=Hazard.TOXICITY,
    because=(
        "Methotrexate for arthritis or psoriasis is taken once a WEEK; daily use has killed through failure of the "
        "bone marrow."
    ),
    consider=(
        "Confirm the day of the week now. If it was taken daily, give no more, and ask for a blood count and for "
        "advice on folinic acid today."
    ),
    sources=(_LIMITS,),
)
FORBIDDEN_HERE = Rule(
    id="HAZ-360",
    name="medicine that its label advises against here",
    when=(IsForbidden(),),
    severity=Severity.MAJOR,
    tier=2,
    hazard=Hazard.TOXICITY,
    because="The label forbids this medicine, or advises against it, for this patient.",
    consider=(
        "Consider another medicine. If it is already taken, ask the prescriber and the pharmacist what replaces it; a "
        "medicine that causes dependence or withdrawal is reduced gradually, never at once."
    ),
    sources=(_LIMITS,),
)
RULES = (
    TOO_MUCH_WITHOUT_TOLERANCE,
    METHADONE_START,
    KETOROLAC_COURSE,
    ABOVE_A_LIMIT,
    METHOTREXATE_DAILY,
    FORBIDDEN_HERE,
)
"""The rules about doses, in the order of their ids."""
