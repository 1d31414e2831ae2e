"""A regimen of another drug, route or form, as a prescriber states it: its lines, and how they are lowered on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from fractions import Fraction

from attrs import evolve

from medsteward.advice.plan.crisis import answers_of_plan, case_of_plan
from medsteward.advice.saved.another_form import spread
from medsteward.advice.saved.replan import AskedAnew
from medsteward.advice.taper.courses import PlanningStops, courses_of
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.other_forms import listed_strength, times_by_label
from medsteward.advice.taper.plan import WITHOUT_REASON
from medsteward.advice.taper.track_line import line_of
from medsteward.advice.taper.track_supplies import Making
from medsteward.advice.taper.tracks import tracks_of
from medsteward.advice.taper.verdict import Asks, Refused, Urgent
from medsteward.advice.taper.who import who_tapers
from medsteward.drugs.matching import products_of
from medsteward.model.amount import Amount
from medsteward.model.drug import ListedProduct
from medsteward.model.problem import Problem
from medsteward.model.product import Component, Product
from medsteward.model.regimen import Case, Line, Regimen
from medsteward.model.sig import Dose, Sig, Span, Taking
from medsteward.model.unit import Dimension, Unit
from medsteward.schedules.dispensable import levels_below
from medsteward.schedules.drafting import present_level
from medsteward.schedules.event import Present, StatedDose
from medsteward.schedules.moment import Moment, moments_for
from medsteward.schedules.naming import line_names
from medsteward.schedules.plan import Plan
from medsteward.schedules.supply import Track
from medsteward.tables.table import FactorTable

_FIRST = ("tablet", "capsule", "patch", "film", "solution")
"""Forms in the order in which one is taken to be meant, where only the drug is named (ours)."""
_RELEASES = ("IR", "ER")
_ONCE = Span(Fraction(1), Fraction(1))


def stated_dose(
    plan: Plan, day: date, doses: tuple[StatedDose, ...], asked: AskedAnew, *, why: str, table: FactorTable
) -> Present:
    """A dose that was stated: of the lines of the plan, or a new regimen where one is of another drug, route or form.

    Raises ``PlanningStops`` with what is to be asked about a new regimen first.
    """
    if not any(_is_new(plan, dose) for dose in doses):
        return Present(day, doses)
    used = {name for each in plan.requests for names in line_names(each.courses) for name in names}
    tracks = [_track(dose, used) for dose in doses if dose.amount.value]
    if not tracks:
        raise _stops("TAPER-024", "a new regimen has a dose above 0")
    _refuse_left(plan, doses, tracks)
    options = TaperOptions(
        day,
        policy=asked.policy,
        percent=asked.percent,
        every=asked.every,
        basis=asked.basis,
        ceiling=asked.ceiling,
        target=asked.target,
        because=asked.because,
        reason=why,
    )
    courses, _ = courses_of(tracks, options, table)
    stated = evolve(plan.request.stated, answers=answers_of_plan(plan))
    verdict = who_tapers(
        with_lines(case_of_plan(plan), _lines(plan), tracks),
        drugs=dict.fromkeys(track.drug for track in tracks),
        stated=stated,
        first=courses[0].tracks[0].drug,
        policies=[course.policy for course in courses],
    )
    found = verdict.problems if isinstance(verdict, Refused | Urgent | Asks) else ()
    for problem in found:
        if problem.code != WITHOUT_REASON:
            raise PlanningStops(problem)
    return Present(day, doses, courses)


def with_lines(case: Case, old: Sequence[Track], now: Sequence[Track]) -> Case:
    """A case in which the lines of the plan are those that are lowered now."""
    drugs = {track.drug for track in (*old, *now)}
    kept = [line for line in case.lines if line.regimen is None or line.regimen.product.lead not in drugs]
    return evolve(case, lines=(*kept, *(line_of(track, anew=True) for track in now)))


def case_now(plan: Plan, case: Case) -> Case:
    """A case with what a plan that was planned anew lowers now in place of what it lowered first."""
    if not plan.stages:
        return case
    old = [track for request in plan.requests for course in request.courses for track in course.tracks]
    return with_lines(case, old, _lines(plan))


def _lines(plan: Plan) -> list[Track]:
    return [track for course in plan.request.courses for track in course.tracks]


def _is_new(plan: Plan, dose: StatedDose) -> bool:
    """Whether a dose is of a drug that the plan does not lower, or of another form of one."""
    own = [track for track in _lines(plan) if track.drug == dose.drug]
    if not dose.amount.value:
        return False
    if not own or all(track.unit.dimension is not _dose_dimension(dose) for track in own):
        return True
    words = set(dose.told.casefold().split())
    form, release = _form_in(words), _release_in(words)
    if form is None and release is None:
        return False
    return not any(form in (None, track.form) and release in (None, track.release) for track in own)


def _dose_dimension(dose: StatedDose) -> Dimension:
    return Dimension.RATE if dose.amount.unit.dimension is Dimension.RATE else Dimension.MASS


def _form_in(words: Collection[str]) -> str | None:
    forms = sorted({form for form in _forms() if set(form.split()) <= set(words)}, key=len)
    return forms[-1] if forms else None


def _forms() -> tuple[str, ...]:
    return (*_FIRST, "orally disintegrating tablet", "suppository", "suspension", "lozenge", "spray")


def _release_in(words: Collection[str]) -> str | None:
    return next((each for each in _RELEASES if each.casefold() in words), None)


def _refuse_left(plan: Plan, doses: Sequence[StatedDose], tracks: Sequence[Track]) -> None:
    """Refuse to leave open what becomes of a line of another class: a benzodiazepine does not end by a rotation."""
    classes = {track.drug_class.is_opioid_agonist for track in tracks}
    named = {dose.drug for dose in doses}
    step = plan.steps[-1] if plan.steps else None
    for track in _lines(plan):
        if track.drug in named or track.drug_class.is_opioid_agonist in classes:
            continue
        taken = step is None or any(day.drug == track.drug for day in step.daily)
        if taken:
            raise _stops(
                "TAPER-024", f'state {track.drug} as well, or that it has ended: --present "{track.drug}=0 mg"'
            )


def _track(stated: StatedDose, used: set[str]) -> Track:
    """The line of a stated dose. Raises ``PlanningStops`` where its form, release or doses are not clear."""
    product = _product(stated)
    patch = product.form == "patch"
    if patch:
        takings: tuple[Taking, ...] = (Taking(_dose(Amount(Fraction(1), Unit.PATCH)), _ONCE),)
    else:
        times = stated.times or ((Moment.MORNING, Amount(stated.amount.value, _mass_unit(stated.amount))),)
        takings = tuple(Taking(_dose(amount), _ONCE, (time.value,)) for time, amount in times)
    line = Line(written=_words(stated), regimen=Regimen(product, Sig(takings)))
    made, problems = tracks_of([(1, line)], Making())
    if problems:
        raise PlanningStops(evolve(problems[0], where="present"))
    track = made[0]
    if not patch and not stated.times:
        hours = [each.interval for each in _alike(product)]
        often = times_by_label(hours[0]) if hours else len(moments_for(1))
        track = evolve(track, doses=spread(track.daily, often, track.supplies))
        fewest = 1 if track.release != "ER" else min(often, len(track.doses))
        track = evolve(track, fewest_times=fewest)
    wanted = made[0].daily
    if track.daily != wanted or present_level(track) is None:
        more = evolve(track, doses=tuple((time, amount * 2 or wanted) for time, amount in track.doses))
        lower = next((each.daily for each in levels_below(more) if 0 < each.daily < wanted), None)
        instead = "" if lower is None else f"; the next lower dose that they make is {track.daily_amount(lower)}"
        raise _stops("TAPER-024", f"no product makes {stated.amount} of {_words(stated)}{instead}")
    kind = " ".join(filter(None, ("" if patch else track.release, track.form)))
    ways = ("", kind, *(f"{kind} {number}" for number in range(2, 100)))
    told = next(each for each in ways if f"{track.drug} {each}".strip() not in used)
    used.add(f"{track.drug} {told}".strip())
    return evolve(track, told=told)


def _product(stated: StatedDose) -> Product:
    words = set(stated.told.casefold().split())
    sold = [each for each in products_of(frozenset({stated.drug})) if each.in_fda_ndc_2025 != "not found"]
    rate = stated.amount.unit.dimension is Dimension.RATE
    sold = [each for each in sold if (each.product.form == "patch") is rate]
    form = _form_in(words) or next((form for form in _FIRST if any(each.product.form == form for each in sold)), None)
    of_form = [each for each in sold if each.product.form == form]
    if form is None or not of_form:
        raise _stops("DIR-010", f"the form of {stated.drug} decides what can be dispensed; {_say(stated, sold)}")
    routes = list(dict.fromkeys(each.product.route for each in of_form))
    route = "oral" if "oral" in routes else routes[0]
    here = [each for each in of_form if each.product.route == route]
    releases = {each.product.release for each in here}
    release = _release_in(words) or (next(iter(releases)) if len(releases) == 1 else None)
    if not rate and (release is None or (len(routes) > 1 and route != "oral")):
        raise _stops("DIR-010", f"{stated.drug} {form}s are IR or ER, or of several routes; {_say(stated, sold)}")
    strength = stated.amount if rate else None
    if form == "solution":
        strength = min(here, key=listed_strength).product.components[0].strength
    wear = here[0].product.wear_hours if rate else None
    return Product(
        (Component(stated.drug, strength),),
        form=form,
        route=route,
        release=here[0].product.release if rate else release,
        unit=here[0].product.unit,
        wear_hours=wear,
    )


def _alike(product: Product) -> list[ListedProduct]:
    return [
        each
        for each in products_of(frozenset({product.lead}))
        if (each.product.form, each.product.route, each.product.release)
        == (product.form, product.route, product.release)
    ]


def _say(stated: StatedDose, sold: Sequence[ListedProduct]) -> str:
    kinds = dict.fromkeys(
        " ".join(filter(None, (each.product.release if each.product.form != "patch" else "", each.product.form)))
        for each in sold
    )
    example = next(iter(kinds), "tablet")
    return f'write it, as in --present "{stated.drug} {example}={stated.amount}" ({", ".join(kinds)})'


def _dose(amount: Amount) -> Dose:
    return Dose(amount, amount)


def _mass_unit(amount: Amount) -> Unit:
    return Unit.MCG if amount.unit in (Unit.MCG, Unit.MCG_PER_D) else Unit.MG


def _words(stated: StatedDose) -> str:
    return f"{stated.drug} {stated.told}".strip()


def _stops(code: str, text: str) -> PlanningStops:
    return PlanningStops(Problem(code, "present", text))
