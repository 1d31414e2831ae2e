"""The facts that the recommendations of CDC 2022 turn on: true, false, or not known and what would settle it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from attrs import frozen

from medsteward.caches import made_once, remembered
from medsteward.drugs.index import opioids
from medsteward.drugs.products import listed_products
from medsteward.model.amount import Amount
from medsteward.model.conditions import Indication
from medsteward.model.missing import CONDITIONS, MME, Ask, Missing
from medsteward.model.number import decimal_text
from medsteward.model.oud import DISORDER, TREATMENTS, OudTreatment, open_fact
from medsteward.patient.picture import Picture, Tolerance
from medsteward.reminders.days import before
from medsteward.reminders.done import Done
from medsteward.reminders.monitoring import Length, length_of
from medsteward.reminders.naloxone import has_naloxone
from medsteward.reminders.reminder import Kind
from medsteward.reminders.risks import Risk, reason, takes_cns_depressant
from medsteward.thresholds import whole

QUARTER_DAYS = 90
YEAR_DAYS = 365
SUPPLY_DAYS = 7
REWEIGH_MME = whole("mme_reweigh")


@frozen
class Fact:
    """A fact of the case: true, false or not known, in words; ``missing`` is what would settle it."""

    holds: bool | None
    text: str
    missing: Missing | None = None


@frozen
class View:
    """A case as the facts look at it."""

    picture: Picture
    done: Done
    risks: Mapping[Risk, str]
    mme_for_pain: Amount | None


@remembered(1024)
def _open(text: str, *about: Ask, done: str = "") -> Fact:
    """A fact that is not known, and what would settle it; ``done`` is its name in the case's ``[done]`` table."""
    return Fact(None, "", Missing(f"{text} (done.{done})" if done else text, about, done=done))


def _unread(view: View) -> Fact:
    lines = view.picture.unread
    said = ", ".join(f"line {number}" for number in lines)
    return Fact(None, "", Missing(f"the drug on {said}", lines=tuple(lines)))


def takes_opioid(view: View) -> Fact:
    """An opioid for pain is taken."""
    names = tuple(dict.fromkeys(each.ingredient for each in view.picture.opioids_for_pain))
    if names:
        return Fact(True, f"takes {', '.join(names)} for pain")
    if view.picture.unread:
        return _unread(view)
    if view.picture.unclear:
        return _open(open_fact(view.picture.unclear[0]))
    if any(each.oud is OudTreatment.YES for each in view.picture.opioids):
        return Fact(False, "the opioid is for opioid use disorder, not for pain")
    if view.picture.opioids:
        return Fact(False, "the opioid is treatment of opioid use disorder as well as of pain")
    return Fact(False, "no opioid for pain is on the list")


def is_acute(view: View) -> Fact:
    """The pain is acute."""
    length, missing = length_of(view.picture)
    if length is None:
        return Fact(None, "", missing[0])
    return Fact(length is Length.ACUTE, "acute pain" if length is Length.ACUTE else "subacute or chronic pain")


def is_longer(view: View) -> Fact:
    """The pain is subacute or chronic."""
    acute = is_acute(view)
    return Fact(None if acute.holds is None else not acute.holds, acute.text, acute.missing)


def is_naive(view: View) -> Fact:
    """No opioid in the 90 days before today's opioids."""
    picture = view.picture
    if picture.has("opioid naive"):
        return Fact(True, "opioid naive")
    if picture.tolerance is Tolerance.TOLERANT:
        return Fact(False, "takes opioids already")
    starts = [each.first for each in picture.opioids_for_pain if each.first is not None]
    first = min(starts, default=None)
    since = picture.patient.opioid_since
    if since is not None and since < (first or picture.on):
        return Fact(False, f"opioids since {since}")
    if first is not None:
        edge = before(first, QUARTER_DAYS)
        earlier = [each.last for each in picture.past if each.is_opioid and each.last is not None and each.last >= edge]
        if earlier:
            return Fact(False, f"an opioid until {max(earlier)}")
        if since is not None:
            return Fact(True, f"the first opioid began on {since}")
    return _open("whether opioids were taken in the 90 days before (opioid_since or opioid_tolerant)")


def is_already_on(view: View) -> Fact:
    """Opioids are taken already."""
    naive = is_naive(view)
    return Fact(None if naive.holds is None else not naive.holds, naive.text, naive.missing)


def is_long_acting(view: View) -> Fact:
    """An extended-release or long-acting opioid is taken."""
    names = [each.ingredient for each in view.picture.opioids_for_pain if each.is_long_acting]
    if names:
        return Fact(True, f"extended-release or long-acting: {', '.join(dict.fromkeys(names))}")
    open_ones = [
        each.ingredient
        for each in view.picture.opioids_for_pain
        if each.regimen.product.release is None and each.ingredient in _both_releases()
    ]
    if open_ones:
        return _open(f"whether {', '.join(dict.fromkeys(open_ones))} is extended-release (ER) or immediate (IR)")
    return Fact(False, "no extended-release or long-acting opioid")


@made_once
def _both_releases() -> frozenset[str]:
    """Opioids that exist as extended-release products by mouth."""
    er = {
        component.ingredient
        for listed in listed_products()
        if listed.product.release == "ER" and listed.product.route == "oral"
        for component in listed.product.components
    }
    return opioids() & er


def reaches_50(view: View) -> Fact:
    """The day's MME for pain reaches 50."""
    reaches, mme = view.picture.reaches(REWEIGH_MME), view.mme_for_pain
    if reaches and mme is not None and mme.value < REWEIGH_MME:  # only with what is not surely for pain
        if view.picture.unclear:
            return _open(open_fact(view.picture.unclear[0]))
        reaches = False if view.picture.mme_complete else None
    if reaches is None or mme is None:
        return _open(_the_mme(view), MME)
    is_all = mme == view.picture.mme
    shown = view.picture.mme_figures if is_all else f"{decimal_text(mme.value, 2)} MME/d"
    return Fact(reaches, f"{shown}, {'at or above' if reaches else 'below'} {REWEIGH_MME}")


def _the_mme(view: View) -> str:
    """The day's MME as a fact that is lacking; with both figures where lines may be one prescription."""
    return "the day's MME" if view.picture.mme_if_all is None else f"the day's MME: {view.picture.mme_words}"


def has_long_supply(view: View) -> Fact:
    """A supply is longer than 7 days."""
    supplies = [each.regimen.days_supply for each in view.picture.opioids_for_pain]
    known = [supply for supply in supplies if supply is not None]
    if any(supply > SUPPLY_DAYS for supply in known):
        return Fact(True, f"a supply of {decimal_text(max(known))} days")
    if len(known) < len(supplies):
        return _open("the days' supply of the opioid")
    return Fact(False, f"no supply above {SUPPLY_DAYS} days")


def _recorded(view: View, kind: Kind, days: int, what: str) -> Fact:
    """Whether something was NOT done in the last ``days`` days."""
    done = view.done.facts.get(kind)
    if done is False:
        return Fact(True, f"{what}: stated as not done")
    if done is True:
        return Fact(False, f"{what}: done")
    if isinstance(done, date):
        late = done < before(view.picture.on, days)
        return Fact(late, f"{what}: last on {done}")
    return _open(f"when {what} was last done", done=kind.value)


def not_assessed(view: View) -> Fact:
    """Benefit and risk were not weighed in the last 90 days, or since the opioid began."""
    what = "benefit and risk were weighed"
    start = view.picture.first_day(view.picture.opioids_for_pain)
    done = view.done.facts.get(Kind.REASSESS)
    if isinstance(done, date) and start is not None and done < start:
        return Fact(True, f"{what}: last on {done}, before the opioid began on {start}")
    found = _recorded(view, Kind.REASSESS, QUARTER_DAYS, what)
    if found.holds is None:
        return _open("when benefit and risk were last weighed", done=Kind.REASSESS.value)
    return found


def no_pdmp(view: View) -> Fact:
    """The PDMP was not checked in the last 90 days."""
    return _recorded(view, Kind.PDMP, QUARTER_DAYS, "the PDMP check")


def no_urine(view: View) -> Fact:
    """There was no urine drug test in the last year."""
    return _recorded(view, Kind.URINE_DRUG_TEST, YEAR_DAYS, "the urine drug test")


def without(name: str, days: int, what: str) -> Callable[[View], Fact]:
    """There was nothing of this name in the case's ``[done]`` table in so many days."""

    def fact(view: View) -> Fact:
        done = view.done.others.get(name)
        if isinstance(done, date):
            recent = done >= before(view.picture.on, days)
            return Fact(not recent, f"{what} on {done}")
        if done is None:
            return _open(f"whether there was {what} in the last {days} days", done=name)
        return Fact(not done, what if done else f"no {what}")

    return fact


def has_no_naloxone(view: View) -> Fact:
    """No naloxone is at hand."""
    if has_naloxone(view.picture, view.done):
        return Fact(False, "naloxone is on the list or in the house")
    if view.picture.unread:
        return _unread(view)
    return Fact(True, "no naloxone is on the list")


_HARM_RISKS = (
    Risk.DOSE_50,
    Risk.BENZODIAZEPINE,
    Risk.GABAPENTINOID,
    Risk.OTHER_SEDATIVE,
    Risk.SLEEP_DISORDERED_BREATHING,
    Risk.SUBSTANCE_USE,
    Risk.OPIOID_USE_DISORDER,
    Risk.PRIOR_OVERDOSE,
    Risk.LOST_TOLERANCE,
)


def has_harm_risk(view: View) -> Fact:
    """A reason for naloxone that the recommendation names."""
    found = [reason(risk, view.risks) for risk in _HARM_RISKS if risk in view.risks]
    if found:
        return Fact(True, "; ".join(found))
    asked: dict[Ask, str] = {}
    if view.picture.reaches(REWEIGH_MME) is None:
        asked[MME] = _the_mme(view)
    if not view.picture.patient.conditions and not view.done.of(Kind.SCREENING):
        asked[CONDITIONS] = "conditions (sleep apnea, substance use, prior overdose) or done.screening"
    if asked:
        return _open(" and ".join(asked.values()), *asked)
    return Fact(False, "none of the reasons it names is on the list")


def takes_depressant(view: View) -> Fact:
    """A benzodiazepine or other sedative is taken."""
    names = takes_cns_depressant(view.picture)
    if names:
        return Fact(True, f"takes {', '.join(names)} as well")
    if view.picture.unread:
        return _unread(view)
    return Fact(False, "no benzodiazepine or other sedative of that kind is on the list")


def has_oud(view: View) -> Fact:
    """There is opioid use disorder."""
    if view.picture.has(DISORDER) or Indication.OPIOID_USE_DISORDER in view.picture.indications:
        return Fact(True, DISORDER)
    if view.picture.patient.conditions or view.done.of(Kind.SCREENING):
        return Fact(False, "no opioid use disorder is on the list of conditions")
    return _open("whether there is opioid use disorder (conditions)", CONDITIONS)


def has_no_treatment(view: View) -> Fact:
    """No treatment of opioid use disorder; an opioid that is for pain is none."""
    names = [each.ingredient for each in view.picture.opioids if each.is_for_oud]
    if names:
        return Fact(False, f"takes {', '.join(dict.fromkeys(names))}")
    unclear = [name for name in view.picture.unclear if name in TREATMENTS]
    if unclear:
        return _open(open_fact(unclear[0]))
    if view.picture.unread:
        return _unread(view)
    return Fact(True, "no buprenorphine or methadone is on the list")
