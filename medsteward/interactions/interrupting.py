"""When a finding interrupts, and when it is known: answered by a clinician, with nothing changed since.

Interrupting is a matter of the review, not of the rule. A finding of tier 1 interrupts until it is answered; then it
stays first, at its full severity, and rests. It interrupts again after 90 days, and at once when what was answered has
changed: a drug of the finding with its exact daily dose, route or release, a condition, the age or kidney band, the
prescriber, or a gap in supply. Some findings interrupt at each signing until their cause is changed; a named
clinician's answer lets them rest for seven days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve

from medsteward.interactions.result import Acknowledged, Finding, Returned
from medsteward.interactions.rule import Hazard, Severity
from medsteward.model.acknowledgement import NOT_RECORDED, Acknowledgement, AnsweredMedicine, AnsweredState
from medsteward.patient.overlaps import EVER
from medsteward.patient.picture import Picture
from medsteward.patient.taken import SUPPLY_GAP_DAYS, TakenDrug, begun

AT_EACH_SIGNING = frozenset(
    {
        "HAZ-324",  # tolerance not stated for a product that needs it: answered by stating it
        "HAZ-325",
        "HAZ-342",
        "HAZ-350",
        "HAZ-351",
        "HAZ-352",
        "HAZ-358",
        "HAZ-359",
        "DDC-266",
        "DDC-274",
    }
)
"""Dose and route errors, products for the tolerant, and methotrexate daily; beside what is contraindicated or harms an
unborn child."""

_AGE_BANDS = ((12, "under 12"), (18, "12 to 17"), (65, "18 to 64"), (75, "65 to 74"))
_OLDEST = "75 or older"
_KIDNEY_BANDS = ((15, "below 15"), (30, "15 to 29"), (60, "30 to 59"))
_HEALTHY = "60 or above"
NOT_STATED = "not stated"


def is_at_each_signing(finding: Finding) -> bool:
    """Whether the finding interrupts at each signing until its cause is changed."""
    return (
        finding.severity is Severity.CONTRAINDICATED
        or finding.hazard is Hazard.UNBORN
        or not AT_EACH_SIGNING.isdisjoint((finding.id, *finding.absorbed))
    )


def resting(
    findings: Iterable[Finding], answers: Sequence[Acknowledgement], picture: Picture
) -> tuple[list[Acknowledged], list[Returned]]:
    """The findings whose latest answer holds, and why the others that were answered do not rest."""
    known: list[Acknowledged] = []
    returned: list[Returned] = []
    if not answers:
        return known, returned
    for finding in findings:
        mine = [each for each in answers if each.rule == finding.id]
        if not mine:
            continue
        latest = max(mine, key=lambda each: each.on)
        why = _why_again(finding, latest, picture)
        if why is None:
            known.append(Acknowledged(finding, _carried_on(latest, finding, picture), _ends(finding, latest)))
        else:
            returned.append(Returned(finding.id, why))
    return known, returned


def state_of(finding: Finding, picture: Picture) -> AnsweredState:
    """What an answer to a finding answers: its key, to be kept with the answer."""
    items = _items(finding, picture)
    return AnsweredState(
        medicines=_medicines(items),
        conditions=tuple(sorted(picture.patient.conditions)),
        age_band=age_band(picture),
        kidney_band=kidney_band(picture),
        prescribers=tuple(sorted({item.prescriber for item in items if item.prescriber is not None})),
        severity=finding.severity.words,
        tier=finding.tier,
    )


def age_band(picture: Picture) -> str:
    """The patient's age as a band."""
    age = picture.patient.age
    if age is None:
        return NOT_STATED
    return next((words for below, words in _AGE_BANDS if age < below), _OLDEST)


def kidney_band(picture: Picture) -> str:
    """The kidney function as a band, or as two where a stage may lie in either."""
    kidney = picture.kidney
    if kidney is None:
        return NOT_STATED
    low, high = (_kidney_words(figure) for figure in (kidney.low, kidney.high))
    return low if low == high else f"{low}, or {high}"


def _kidney_words(figure: Fraction) -> str:
    return next((words for below, words in _KIDNEY_BANDS if figure < below), _HEALTHY)


def _ends(finding: Finding, said: Acknowledgement) -> date:
    return said.ends(at_each_signing=is_at_each_signing(finding))


def _why_again(finding: Finding, said: Acknowledgement, picture: Picture) -> str | None:
    """Why an answered finding interrupts all the same; None: it rests."""
    on, ends = picture.on, _ends(finding, said)
    if on < said.on:
        return f"it was answered only on {said.on}"
    if is_at_each_signing(finding) and not said.by:
        return "it is asked at each signing until its cause is changed; the answer of a named clinician lasts 7 days"
    if on >= ends:
        return f"the answer of {said.on} ended on {ends}"
    return _changed(finding, said, picture)


def _changed(finding: Finding, said: Acknowledgement, picture: Picture) -> str | None:
    then = said.state
    items = _items(finding, picture)
    for why in (
        _other_drugs(finding, then, items),
        _other_doses(then, items),
        _new_course(said, items, picture),
        _more_severe(finding, then),
    ):
        if why is not None:
            return why
    if then.conditions is not None:
        further = sorted(set(picture.patient.conditions) - set(then.conditions))
        if further:
            return f"a condition was added: {', '.join(further)}"
    for name, before, now in (
        ("age", then.age_band, age_band(picture)),
        ("kidney function", then.kidney_band, kidney_band(picture)),
    ):
        if before is not None and before != now:
            return f"the band of {name} has changed: {now}"
    if then.prescribers is not None:
        new = sorted({item.prescriber for item in items if item.prescriber is not None} - set(then.prescribers))
        if new:
            return f"another prescriber: {', '.join(new)}"
    return None


def _other_drugs(finding: Finding, then: AnsweredState, items: Sequence[TakenDrug]) -> str | None:
    names = then.drugs if then.medicines is None else tuple(each.drug for each in then.medicines)
    if names is None:
        return None
    added = sorted(set(finding.drugs) - set(names))
    if added:
        return f"new since it was answered: {', '.join(added)}"
    gone = sorted(set(names) - set(finding.drugs))
    return f"no longer among them: {', '.join(gone)}" if gone else None


def _other_doses(then: AnsweredState, items: Sequence[TakenDrug]) -> str | None:
    if then.medicines is None:
        return None
    before, now = _exact(then.medicines), _exact(_medicines(items))
    for key in sorted({*before, *now}, key=str):
        if before.get(key) != now.get(key):
            return f"the dose, route or release of {key[0]} has changed"
    return None


def _exact(medicines: Iterable[AnsweredMedicine]) -> dict[tuple[str, str | None, str | None, bool], Fraction | None]:
    return {(each.drug, each.route, each.release, each.is_rate): each.daily for each in medicines}


def _new_course(said: Acknowledgement, items: Sequence[TakenDrug], picture: Picture) -> str | None:
    """A gap in supply; of an answer without a recorded state, also whatever began after it."""
    last = {each.drug: each.last_day for each in said.state.medicines or ()}
    for item in items:
        first = begun(picture.every, item)
        if said.state.medicines is None:
            if first > said.on.toordinal() and said.on < picture.on:
                return f"{item.name} was started or raised after it was answered"
            continue
        before = last.get(item.name)
        if before is not None and first > before.toordinal() + SUPPLY_GAP_DAYS + 1:
            return f"the supply of {item.name} had a gap"
    return None


def _more_severe(finding: Finding, then: AnsweredState) -> str | None:
    severity = None if then.severity is None else Severity.__members__.get(then.severity.upper())
    if (severity is not None and finding.severity > severity) or (then.tier is not None and finding.tier < then.tier):
        return "it is more severe than what was answered"
    return None


def _items(finding: Finding, picture: Picture) -> list[TakenDrug]:
    return [each for each in picture.every if each.name in finding.drugs and each.until >= picture.today]


def _medicines(items: Iterable[TakenDrug]) -> tuple[AnsweredMedicine, ...]:
    """Each drug with its day's total by route and release; lines that may be one prescription count once."""
    found: dict[tuple[str, str | None, str | None, bool], AnsweredMedicine] = {}
    for item in items:
        part = item.part
        is_rate = part.daily_mg is None and part.rate_mcg_h is not None
        daily = part.rate_mcg_h if is_rate else part.daily_mg
        last = item.last if item.until < EVER else None
        key = part.ingredient, part.route, part.release, is_rate
        before = found.get(key)
        if before is None:
            found[key] = AnsweredMedicine(part.ingredient, daily, is_rate, part.route, part.release, last)
            continue
        total = before.daily if item.again else _sum(before.daily, daily)
        later = None if before.last_day is None or last is None else max(before.last_day, last)
        found[key] = evolve(before, daily=total, last_day=later)
    return tuple(found[key] for key in sorted(found, key=str))


def _sum(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one + other


def _carried_on(said: Acknowledgement, finding: Finding, picture: Picture) -> Acknowledgement:
    """The answer as it is kept: a state that was not recorded is that of today, and supply is followed on."""
    now = state_of(finding, picture)
    if said.state == NOT_RECORDED:
        return evolve(said, state=now)
    return said if said.state.medicines is None else evolve(said, state=evolve(said.state, medicines=now.medicines))
