"""Drugs for migraine: what raises and lowers them."""

from __future__ import annotations

from medsteward.interactions.places import (
    EXPERT_MEMORY,
    LABEL,
    LABEL_SECTIONS,
    NURTEC_LABEL,
    QULIPTA_LABEL,
    REYVOW_LABEL,
    UBRELVY_LABEL,
)
from medsteward.interactions.rule import Hazard, Rule, Severity
from medsteward.interactions.rules.context import CYP_OFFSET, INDUCER_OFFSET
from medsteward.limits.said import number, said
from medsteward.patient.clauses import has, takes
from medsteward.patient.groups import CYP3A4_INDUCER, CYP3A4_STRONG
from medsteward.patient.groups_of_levels import (
    ALMOTRIPTAN,
    ATOGEPANT,
    ATOGEPANT_RAISER,
    ERGOT,
    ERGOT_RAISER,
    OPIOID_OR_BUTALBITAL,
    ORAL_GEPANT,
    PULSE_DRUG_OR_DIGOXIN,
    RIMEGEPANT,
    RIMEGEPANT_RAISER,
    UBROGEPANT,
    UBROGEPANT_RAISER,
)
from medsteward.patient.groups_of_pairs import LASMIDITAN

RULES: tuple[Rule, ...] = (
    Rule(
        id="DDI-290",
        name="rimegepant with strong CYP3A4 inhibitor",
        when=(takes(RIMEGEPANT), takes(CYP3A4_STRONG, CYP_OFFSET)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="A strong CYP3A4 inhibitor raises rimegepant greatly; the label says avoid.",
        consider="Consider another migraine treatment until the inhibitor has worn off.",
        sources=(NURTEC_LABEL.at("7.1"),),
    ),
    Rule(
        id="DDI-291",
        name="rimegepant with a moderate inhibitor",
        when=(takes(RIMEGEPANT), takes(RIMEGEPANT_RAISER, CYP_OFFSET)),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor raises rimegepant somewhat.",
        consider="Leave 48 hours between two doses of rimegepant.",
        sources=(NURTEC_LABEL.at("7.1 and 7.3"),),
    ),
    Rule(
        id="DDI-292",
        name="gepant with CYP3A4 inducer",
        when=(takes(ORAL_GEPANT), takes(CYP3A4_INDUCER, INDUCER_OFFSET)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.LOST_EFFECT,
        because="The inducer lowers the migraine drug so far that it may not work.",
        consider="Consider a triptan, lasmiditan or another preventive.",
        sources=(
            NURTEC_LABEL.at("7.2 avoid"),
            QULIPTA_LABEL.at("avoid in chronic migraine"),
            UBRELVY_LABEL.at("avoid strong inducers"),
        ),
    ),
    Rule(
        id="DDI-293",
        name="atogepant with strong CYP3A4 or OATP inhibitor",
        when=(takes(ATOGEPANT), takes(ATOGEPANT_RAISER, CYP_OFFSET)),
        severity=Severity.MAJOR,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor raises atogepant; constipation and nausea follow.",
        consider=(
            f"Episodic migraine: {number('DL-ATOGEPANT-02')} mg daily with strong CYP3A4 inhibitors "
            "(10 or 30 mg with OATP inhibitors). Chronic migraine: avoid the pair."
        ),
        sources=(QULIPTA_LABEL.at("dosing table"),),
    ),
    Rule(
        id="DDI-294",
        name="ubrogepant with moderate CYP3A4 or P-glycoprotein inhibitor",
        when=(takes(UBROGEPANT), takes(UBROGEPANT_RAISER, CYP_OFFSET)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor raises ubrogepant; the label asks for a lower dose.",
        consider=f"Consider {said('DL-UBROGEPANT-03')}; with a moderate inhibitor no second dose within 24 hours.",
        sources=(UBRELVY_LABEL.at("dose modifications"), EXPERT_MEMORY.at("the 24 hours")),
    ),
    Rule(
        id="DDI-295",
        name="almotriptan with strong CYP3A4 inhibitor",
        when=(takes(ALMOTRIPTAN), takes(CYP3A4_STRONG, CYP_OFFSET)),
        severity=Severity.MODERATE,
        tier=2,
        hazard=Hazard.RAISED_LEVEL,
        because="The inhibitor raises almotriptan by more than half.",
        consider=f"Consider 6.25 mg, at most {said('DL-ALMOTRIPTAN-04')}; avoid the pair with liver or kidney disease.",
        sources=(LABEL.at("label"),),
    ),
    Rule(
        id="DDI-296",
        name="lasmiditan with a drug that slows the pulse, or digoxin",
        when=(takes(LASMIDITAN), takes(PULSE_DRUG_OR_DIGOXIN)),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.LOW_PRESSURE,
        because="Lasmiditan slows the pulse further, and it raises P-glycoprotein drugs such as digoxin.",
        consider="Check the pulse. With digoxin avoid the pair, or check its level.",
        sources=(REYVOW_LABEL.at("caution with drugs that lower heart rate; avoid P-gp and BCRP substrates"),),
    ),
    Rule(
        id="DDI-297",
        name="opioid or butalbital with migraine",
        when=(takes(OPIOID_OR_BUTALBITAL), has("migraine")),
        severity=Severity.MODERATE,
        tier=3,
        hazard=Hazard.HYPERALGESIA,
        because="Opioids or butalbital on 10 or more days a month can turn migraine into daily headache.",
        consider="Ask about days of use. Plan a preventive and a gradual withdrawal from the overused drug.",
        sources=(EXPERT_MEMORY.at("ICHD-3 threshold"),),
    ),
    Rule(
        id="DDI-298",
        name="ergot with erythromycin or a strong CYP3A4 inhibitor",
        when=(takes(ERGOT), takes(ERGOT_RAISER, CYP_OFFSET)),
        severity=Severity.CONTRAINDICATED,
        tier=1,
        hazard=Hazard.SPASM,
        because=(
            "The inhibitor raises the ergot so far that blood vessels can close; Cafergot forbids "
            "macrolides, protease inhibitors and azoles."
        ),
        consider="Do not combine. If both were taken, look for cold, painful fingers or toes and get help today.",
        sources=(LABEL_SECTIONS.at("Cafergot contraindications name erythromycin and clarithromycin"),),
        absorbs=("DDI-088",),
    ),
)
