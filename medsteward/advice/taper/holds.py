"""Who keeps the present dose for now: pregnancy, suicidality, unstable disease; what goes beside it."""

from __future__ import annotations

from medsteward.advice.plan.crisis import BEHAVIORAL_NOW, CRISIS, SHORT_SUPPLIES, SHORT_SUPPLY_DAYS, SUICIDALITY
from medsteward.advice.plan.report import Support
from medsteward.advice.taper.asked import TaperAsked
from medsteward.advice.taper.verdict import Holds
from medsteward.model.problem import Caution
from medsteward.model.source import Source
from medsteward.model.stated import Role
from medsteward.reminders import places as s
from medsteward.treatments import taper_places as t

UNSTABLE = (
    "uncontrolled hypertension",
    "recent myocardial infarction",
    "unstable heart disease",
    "unstable bipolar disorder",
    "acute psychosis",
    "unstable psychiatric disease",
    "unstable disease",
)
"""Conditions taken as unstable disease by our names: severe hypertension, unstable heart and psychiatric disease."""
FOR_PREGNANCY = (Role.OBSTETRICS, Role.MATERNAL_FETAL_MEDICINE, Role.ADDICTION_MEDICINE)
"""Whose supervision lets a taper in pregnancy be planned. Ours: the sources say expertise."""

_NEWBORN = Support(
    "newborn_planning",
    "Plan for the newborn with the obstetric and newborn teams: a birth where withdrawal of the newborn is recognized "
    "and treated.",
    sources=(s.recalled(s.CDC_2022, "pregnancy: care of the newborn"),),
)
NALOXONE = Support(
    "naloxone",
    "Offer naloxone, and teach patient and household how to use it.",
    sources=(s.VA_2016.at("naloxone and overdose education"), s.FDA_2020.at("discuss with everyone")),
)


def held(asked: TaperAsked) -> Holds | None:
    """Why the present dose stays for now, every reason; None: nothing holds it. Conditions and fields decide alone."""
    cautions: list[Caution] = []
    grounds: list[str] = []
    supports: list[Support] = []
    sources: list[Source] = []
    if asked.picture.has("pregnancy") and asked.stated.supervised_from(*FOR_PREGNANCY) is None:
        why = (t.CDC_PREGNANCY, t.CDC_POCKET, t.CANADA_LABOUR) if asked.opioids else (s.OURS,)
        because = (
            "acute withdrawal is linked to premature labor and loss of the pregnancy"
            if asked.opioids
            else "what lowering means for mother and child is for somebody with experience to weigh"
        )
        roles = ", ".join(each.value for each in FOR_PREGNANCY)
        grounds.append(f"Pregnancy: {because}. The present dose stays until a specialist supervises it.")
        how = f"--supervised-by ROLE:NAME (in a case: [taper] supervised_by), the role one of {roles}"
        cautions.append(Caution("TAPER-101", f"{grounds[-1]} Name who supervises: {how}.", "taper.supervised_by"))
        supports.append(
            Support(
                "expertise",
                "Ask obstetric and, where it fits, addiction or pain expertise before any change of dose.",
                sources=why,
            )
        )
        if asked.takes_opioids:
            supports.append(_NEWBORN)
        sources += why
    if asked.picture.has(SUICIDALITY):
        grounds.append(
            "Suicidality: safety comes first and the present dose stays for now, in supplies of at most "
            f"{SHORT_SUPPLY_DAYS} days. Plan again once behavioral health is involved and the crisis has passed."
        )
        how = "The condition (--condition; in a case: [patient] conditions) then goes."
        cautions.append(Caution("TAPER-102", f"{grounds[-1]} {how}", "patient.conditions"))
        supports += [CRISIS, BEHAVIORAL_NOW, SHORT_SUPPLIES]
        sources += [t.VA_CONSULT, t.VA_DOD_SUICIDE, s.OURS.at(f"supplies of at most {SHORT_SUPPLY_DAYS} days")]
    unstable = asked.picture.has(*UNSTABLE)
    if unstable:
        why = (t.CANADA_UNSTABLE, t.CEP, s.OURS) if asked.opioids else (s.OURS,)
        grounds.append(
            f"Unstable disease ({', '.join(unstable)}): withdrawal and its anxiety can make it worse. The present dose "
            "stays until it is stable."
        )
        how = "The condition (--condition; in a case: [patient] conditions) then goes."
        cautions.append(Caution("TAPER-103", f"{grounds[-1]} {how}", "patient.conditions"))
        supports.append(
            Support(
                "stabilize", "Treat what is unstable first; ask those who treat it when to plan again.", sources=why
            )
        )
        supports += [CRISIS, BEHAVIORAL_NOW, SHORT_SUPPLIES]
        sources += why
    if not cautions:
        return None
    if asked.takes_opioids:
        supports.append(NALOXONE)
    unique = {each.kind: each for each in supports}
    return Holds(tuple(cautions), tuple(unique.values()), tuple(dict.fromkeys(sources)), tuple(grounds))
