"""The lines of a case that are lowered, and what of them has to be asked about first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve

from medsteward.advice.taper.no_steps import may_end_at_once
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.track_supplies import Making
from medsteward.advice.taper.tracks import over_directions, stated_for
from medsteward.doses.renewals import renewals
from medsteward.drugs.index import drug_of, find
from medsteward.limits.acetaminophen import ceilings
from medsteward.model.amount import Amount
from medsteward.model.answer import Answers, answer_to, how_to_answer
from medsteward.model.drug import DrugClass
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Case, Line
from medsteward.schedules.policies import policies_for
from medsteward.schedules.supply import day_amount

_SEDATIVES = frozenset({DrugClass.BENZODIAZEPINE, DrugClass.Z_DRUG})
MORE_TAKEN = "more-taken"
"""The name of the question that a larger stated intake asks."""


def above_directions(lines: Sequence[tuple[int, Line]], making: Making) -> Iterator[tuple[int, Line, Amount, Amount]]:
    """The lines of which more is stated as taken than directed: number, line, what is taken, the most it may be."""
    for number, line in lines:
        stated = stated_for(line, lines, making)
        most = over_directions(line, stated) if isinstance(stated, Amount) else None
        if most is not None and isinstance(stated, Amount):
            yield number, line, stated, most


def more_than_directed(
    lines: Sequence[tuple[int, Line]], making: Making, answers: Answers
) -> tuple[list[Problem], list[Caution]]:
    """More stated as taken than the directions allow: a problem, or a caution where that was answered."""
    problems, cautions = list[Problem](), list[Caution]()
    for number, line, stated, most in above_directions(lines, making):
        too_much = _acetaminophen(line, stated)
        if too_much:
            problems.append(Problem("TAPER-028", f"line {number}", too_much))
            continue
        said = (
            f"{lead_of(line)}: {day_amount(stated)} is stated as taken, and the directions allow at most {most}. It "
            "may be a slip of the pen, or relief that did not last"
        )
        why = answer_to(MORE_TAKEN, answers)
        if why:
            text = f"{said}. The plan starts from what is taken, spread over the day and planned as scheduled, "
            text += f"as was answered: {why}"
            cautions.append(Caution("TAPER-127", text, f"line {number}"))
        else:
            advice = f"ask, then correct one of the two, or answer that it is so: {how_to_answer(MORE_TAKEN)}"
            problems.append(Problem("TAPER-025", f"line {number}", f"{said}: {advice}"))
    return problems, cautions


def _acetaminophen(line: Line, stated: Amount) -> str:
    """What is said where a combination, taken so often, holds more acetaminophen than anyone's day may; else empty."""
    assert line.regimen is not None
    strengths = {each.ingredient: each.strength for each in line.regimen.product.components}
    own, partner = strengths.get(lead_of(line)), strengths.get("acetaminophen")
    if own is None or partner is None or not own.value or own.unit is not partner.unit:
        return ""
    most = ceilings()[0].at
    taken = Amount(day_amount(stated).to(most.unit).value * partner.value / own.value, most.unit)
    if taken.value <= most.value:
        return ""
    return (
        f"{lead_of(line)}: {day_amount(stated)} of this product holds {taken} of acetaminophen, above {most}: "
        "the liver is at risk. See the person today and check the liver; no plan begins above that"
    )


# --- which lines ------------------------------------------------------------------------------------------------


def tapered_lines(case: Case, first: str | None) -> tuple[tuple[tuple[int, Line], ...], tuple[tuple[int, Line], ...]]:
    """The lines that are lowered, and active ones of the same kinds of medicine that are left as they are.

    Opioids, benzodiazepines and Z-drugs where there are any; else every medicine that has a policy. A medicine named
    to come first is always among them.
    """
    possible = [
        (number, line)
        for number, line in enumerate(case.lines, start=1)
        if line.is_active_on(case.as_of)
        and line.regimen is not None
        and _has_policy(line)
        and not may_end_at_once(line)
    ]
    lead = [
        pair for pair in possible if class_of_line(pair[1]).is_opioid_agonist or class_of_line(pair[1]) in _SEDATIVES
    ]
    named = [pair for pair in possible if first and lead_of(pair[1]) == first.casefold()]
    chosen = [pair for pair in possible if pair in lead or pair in named] if lead else possible
    return tuple(chosen), tuple(pair for pair in possible if pair not in chosen)


def lead_of(line: Line) -> str:
    """The ingredient that a line is about."""
    assert line.regimen is not None
    return line.regimen.product.lead


def class_of_line(line: Line) -> DrugClass:
    """The class of a line's leading ingredient."""
    return drug_of(lead_of(line)).drug_class


def _has_policy(line: Line) -> bool:
    name = lead_of(line)
    return find(name) is not None and bool(policies_for(name, drug_of(name).drug_class))


def left_words(line: Line) -> str:
    """What is said of a line that is not lowered in this plan."""
    return f"{lead_of(line)} stays as it is in this plan; it can be planned by itself"


def unread_lines(case: Case) -> tuple[Problem, ...]:
    """Problems of the case and its lines: a plan on half of the medicines would be wrong."""
    found = list(case.problems)
    for number, line in enumerate(case.lines, start=1):
        if line.is_active_on(case.as_of):
            found += [evolve(problem, where=f"line {number}") for problem in line.problems]
    return tuple(found)


def not_known_to_be_taken(case: Case, lines: Sequence[tuple[int, Line]], options: TaperOptions) -> Iterator[Problem]:
    """Lines of which nobody can tell how much is taken: a plan would begin at a dose that the patient does not take."""
    numbers = {number for number, _ in lines}
    carried_on: set[int] = set()
    for group in renewals(case.lines, case.as_of):
        carried_on.update(group)
        if numbers.issuperset(group):
            listed = f"{', '.join(map(str, group[:-1]))} and {group[-1]}"
            text = (
                f"lines {listed} may be one prescription that was renewed or said again; give each that is taken once"
            )
            yield Problem("TAPER-021", f"line {group[-1]}", text)
    stated = {drug for drug, _ in options.taken_per_day}
    for number, line in lines:
        if line.lapsed is not None and number not in carried_on and lead_of(line) not in stated:
            text = f"its supply ended on {line.lapsed}, and the record calls it active; add --taken-per-day DRUG=DOSE"
            yield Problem("TAPER-021", f"line {number}", text)


def indication_of_lines(case: Case, lines: Sequence[tuple[int, Line]]) -> str:
    """What the lowered lines and the patient are treated for, in the words of the case."""
    own = [line.regimen.indication for _, line in lines if line.regimen is not None and line.regimen.indication]
    return "; ".join(dict.fromkeys([*own, *([case.patient.indication] if case.patient.indication else [])]))


def partners_left(lines: Sequence[tuple[int, Line]]) -> list[Caution]:
    """What else a combination holds: it is not part of the plan."""
    found = []
    for number, line in lines:
        assert line.regimen is not None
        others = [each.ingredient for each in line.regimen.product.components if each.ingredient != lead_of(line)]
        if others:
            text = (
                f"this product also holds {' and '.join(others)}: the plan counts {lead_of(line)} alone; "
                f"see which products its steps name, and ask what takes the place of {' and '.join(others)}"
            )
            found.append(Caution("TAPER-125", text, f"line {number}"))
    return found
