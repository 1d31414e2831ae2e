"""The reminders of a case: bowel regimen, naloxone, monitoring."""

from __future__ import annotations

from collections.abc import Mapping

from medsteward.interactions.check import asked_about_oud
from medsteward.model.amount import Amount
from medsteward.model.missing import AGE, CONDITIONS, KIDNEY, MME, Missing
from medsteward.model.oud import open_fact
from medsteward.model.problem import Problem
from medsteward.model.regimen import Case
from medsteward.patient.picture import Picture
from medsteward.reminders.bowel import bowel
from medsteward.reminders.done import read_done
from medsteward.reminders.monitoring import monitoring
from medsteward.reminders.naloxone import naloxone
from medsteward.reminders.reminder import Kind, RemindReport
from medsteward.reminders.risks import HIGH_MME, REWEIGH_MME, Risk, risks_of, stratum_of


def remind(
    case: Case, *, mme: Amount | None = None, mme_complete: bool = True, mme_if_all: Amount | None = None
) -> RemindReport:
    """What to offer or do for a case on its day, when, and why.

    ``mme`` is the day's MME in MME/d (None: not known), as counted elsewhere; ``mme_complete`` False means that it is
    this or more. Where lines may be one prescription it counts each once, and ``mme_if_all`` all of them: what only
    the higher figure reaches is not known. Never refuses: what is not known is listed. Raises ``TypeError`` for an
    amount of another unit.
    """
    picture = Picture(case, mme=mme, mme_complete=mme_complete, mme_if_all=mme_if_all)
    return remind_picture(picture, risks_of(picture))


_ORDER = {kind: place for place, kind in enumerate(Kind)}


def remind_picture(picture: Picture, risks: Mapping[Risk, str]) -> RemindReport:
    """The same where the picture of the case and its ``risks`` are ready."""
    case = picture.case
    done = read_done(case)
    stratum = stratum_of(risks) if picture.opioids_for_pain else None
    gut = bowel(picture, done)
    watch = monitoring(picture, done, risks, stratum)
    found = (*gut.reminders, *naloxone(picture, done, risks), *watch.reminders)
    return RemindReport(
        case_id=case.id,
        as_of=case.as_of,
        reminders=tuple(sorted(found, key=lambda each: _ORDER[each.kind])),
        stratum=stratum,
        left_out=(*gut.left_out, *watch.left_out),
        missing=tuple(dict.fromkeys((*_missing(picture, risks), *gut.missing, *watch.missing))),
        problems=(*case_problems(case), *done.problems),
        cautions=(*case.cautions, *done.cautions, *asked_about_oud(picture)),
    )


def _missing(picture: Picture, risks: Mapping[Risk, str]) -> list[Missing]:
    """What is not known and would change an answer."""
    found = [
        Missing(f"line {number}: no drug could be made out for certain", lines=(number,)) for number in picture.unread
    ]
    if not picture.opioids:
        return found
    found += [Missing(open_fact(name)) for name in picture.unclear]
    if picture.mme is None and picture.opioids_for_pain:
        found.append(_mme("the day's MME: reasons of dose (50 and 90 MME/d) were not looked at"))
    elif picture.mme_if_all is not None and None in (picture.reaches(REWEIGH_MME), picture.reaches(HIGH_MME)):
        said = f"the day's MME: {picture.mme_words}; which lines are taken decides reasons of dose (50 and 90)"
        found.append(_mme(said))
    elif picture.mme is not None and not picture.mme_complete and not picture.reaches(HIGH_MME):
        found.append(_mme("the day's MME is incomplete: it may be above 50 or 90 MME/d"))
    if picture.patient.age is None:
        found.append(Missing(AGE.name, (AGE,)))
    if not picture.patient.conditions:
        found.append(Missing(CONDITIONS.name, (CONDITIONS,)))
    if Risk.ORGANS not in risks and picture.kidney is None:
        found.append(Missing(KIDNEY.name, (KIDNEY,)))
    if not picture.patient.household:
        found.append(Missing("who lives in the household"))
    return found


def _mme(text: str) -> Missing:
    return Missing(text, (MME,))


def case_problems(case: Case) -> tuple[Problem, ...]:
    """The case's problems, and those of its lines, which are named by number."""
    found = list(case.problems)
    for number, line in enumerate(case.lines, start=1):
        found += [problem.on_line(number) for problem in line.problems]
    return tuple(found)
