"""One medication line as people write it, to a regimen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from medsteward.caches import remembered
from medsteward.drugs.matching import Match, is_listed_strengths, match
from medsteward.model.codes import CODES
from medsteward.model.number import decimal_text
from medsteward.model.problem import Problem
from medsteward.model.product import Product
from medsteward.model.regimen import Candidate, Line, Regimen
from medsteward.model.sig import Dose
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.directions.brand_numbers import with_strengths
from medsteward.readers.directions.found import Phrases
from medsteward.readers.directions.grammar import phrases
from medsteward.readers.directions.heads import without_fill_day, without_head
from medsteward.readers.directions.kinds import (
    AsNeeded,
    AtTimes,
    Change,
    Duration,
    FormPhrase,
    GivenAt,
    International,
    Limit,
    MayRepeat,
    Meals,
    NamePhrase,
    Often,
    Quantity,
    Route,
    SupplyPhrase,
    UnitAlone,
    UnknownWord,
    Wear,
    WornInPart,
)
from medsteward.readers.directions.list_numbers import Glued, glued_amount, without_list_number
from medsteward.readers.directions.loose import (
    check_loose,
    check_spaced_words,
    with_most_times,
    with_quantity,
    without_outer_brackets,
)
from medsteward.readers.directions.naming import Naming, is_opioid, naming, report_unknown, settles, unread_words
from medsteward.readers.directions.notes import Notes, Say
from medsteward.readers.directions.offers import in_words, keep_those_that_hold
from medsteward.readers.directions.plausible import MOST_PATCHES, check_doses
from medsteward.readers.directions.refused import (
    NumberOfThem,
    Once,
    RefusedPhrase,
    StepPhrase,
    Total,
    Unsafe,
    Untimed,
    complaints,
)
from medsteward.readers.directions.release_or_route import with_release_or_route
from medsteward.readers.directions.set_aside import check_set_aside
from medsteward.readers.directions.sold_strengths import sold_strengths
from medsteward.readers.directions.stated_product import (
    brand_strengths,
    check_match,
    check_number_of_brand,
    description,
    order_of_brand,
    with_volume,
)
from medsteward.readers.directions.stated_sig import sig_of, supply_of
from medsteward.readers.directions.tokens import MAX_LENGTH, Token, tokens_of
from medsteward.readers.directions.two_ways import check_dash, check_glued, check_numbered, strengths_of_others
from medsteward.readers.directions.understand import understand
from medsteward.readers.directions.understood import Understood
from medsteward.readers.directions.writing import fold

REMEMBERED = 50_000
"""How many different lines are kept read. Prescriptions repeat; the same words always mean the same."""

_OF_A_PATCH = (FormPhrase, UnitAlone, Route, Wear, Change, Often, AtTimes)
"""Kinds of phrases that say, beside a rate, that it is not that of an infusion."""
_SWALLOWED = (Unit.TABLET, Unit.CAPSULE)
_WHERE_LISTS_ARE_NUMBERED = 6
"""How many words at the head of a line may hold its number in a list."""
_PRODUCT_CODES = ("PROD", "DIR-1")


def read_line(text: str) -> Line:
    """Read one medication line: drug, strength, dose, how often, limits, supply, reason.

    Never raises for what a person may write. What is wrong is in ``Line.problems``, what deserves a word in
    ``Line.cautions``; a missing frequency, dose or strength is not reported here, because only some uses need it.
    """
    return _kept(text) if len(text) <= MAX_LENGTH else _read(text, offers=True)


@remembered(REMEMBERED)
def _kept(text: str) -> Line:
    return _read(text, offers=True)


def _read(text: str, *, offers: bool) -> Line:
    notes = Notes()
    if len(text) > MAX_LENGTH:
        notes.problem("DIR-009", f"this line has {len(text):,} characters; directions have at most {MAX_LENGTH:,}")
        return Line(text[:80], None, tuple(notes.problems))
    folded, filled = without_fill_day(fold(text))
    folded, dated = without_head(folded)
    if filled:
        notes.caution("DIR-111", f'"{filled}" is when it may be filled; give start and end if they count')
    if dated:
        notes.caution("DIR-111", f'"{dated}" was read as the date of the line; give start and end if they count')
    found_tokens, odd = tokens_of(folded)
    found_tokens = _without_list_number(folded, found_tokens, notes)
    for oddity in odd:
        if oddity.instead:
            notes.offer(oddity.code, in_words(oddity.said), (oddity.instead,), _to_write(oddity.text))
        elif CODES[oddity.code].exit_code:
            notes.problem(oddity.code, oddity.text)
        else:
            notes.caution(oddity.code, oddity.text)
    found = Phrases(
        without_outer_brackets(with_most_times(with_quantity(with_strengths(phrases(found_tokens), folded))))
    )
    if found.has(RefusedPhrase):
        _refuse(found, notes)
    given = found.first(GivenAt)
    if given is not None and found.has(AtTimes):
        notes.problem("DIR-008", f'"{given.text}" beside another time: was it given, or is it taken then each day?')
    if len(found.all(Duration)) > 1:
        notes.problem("DIR-008", "several durations in one line; write one line per dose, with dates")
    check_spaced_words(found, folded, notes)
    check_set_aside(found, notes)
    is_named = found.has(NamePhrase)
    report_unknown(found, found.has(NamePhrase, Unsafe), notes, offers=offers)
    named = naming(found, notes) if is_named else None
    if named is None:
        return _finished(text, None, found, notes, offers=offers)
    # once a number or a word is wrong, what would follow from it is not worth saying
    already = bool(notes.problems)
    found = with_release_or_route(found, named, Notes() if already else notes)
    regimen = _regimen(found, named, glued_amount(found_tokens), Notes() if already else notes)
    if notes.problems:
        # nothing was counted, so what is said about counting would mislead
        notes.cautions = [c for c in notes.cautions if not c.code.startswith(_PRODUCT_CODES)]
    if regimen.sig.as_needed:
        # as needed counts as none when scheduled, whatever the low end
        notes.cautions = [caution for caution in notes.cautions if caution.code != "DIR-104"]
    return _finished(text, regimen, found, notes, offers=offers)


def _refuse(found: Phrases, notes: Notes) -> None:
    """Note what is refused wherever it stands."""
    lost = found.has(UnknownWord)
    changing = found.has(StepPhrase)
    refused = (p for p in found.all(RefusedPhrase) if not (isinstance(p, Unsafe) and settles(found, p)))
    # a total in brackets is a check of the dose; a word that was not understood may be the time of what lacks one; how
    # many times belongs to what changes; what may be repeated is one dose each time
    said = (
        p
        for p in refused
        if not (isinstance(p, Total) and p.bracketed)
        and not (lost and isinstance(p, Untimed))
        and not (changing and isinstance(p, NumberOfThem))
        and not (isinstance(p, Once) and found.has(MayRepeat))
    )
    for code, text in complaints(said):
        notes.problem(code, text)


def _without_list_number(folded: str, found: tuple[Token, ...], notes: Notes) -> tuple[Token, ...]:
    if not found or found[0].kind == "NAME" or all(t.kind != "NUM" for t in found[:_WHERE_LISTS_ARE_NUMBERED]):
        return found
    rest, number = without_list_number(found, folded)
    if number:
        notes.caution("DIR-108", f'"{number}" was read as the number of the line in a list, not as a dose')
    return rest


def _to_write(text: str) -> Say:
    return lambda held: f'{text}; write "{held[0]}"' if held else f"{text}; write the number another way"


def _finished(text: str, regimen: Regimen | None, found: Phrases, notes: Notes, *, offers: bool) -> Line:
    """The line, with what could be written instead and the words that may name another drug."""
    candidates: tuple[Candidate, ...] = ()
    if offers and notes.offers:
        keep_those_that_hold(fold(text), notes, lambda corrected: _read(corrected, offers=False))
        candidates = _candidates(fold(text), notes)
    if offers and regimen is not None and regimen.product.lead_component.strength is None and not candidates:
        candidates = sold_strengths(fold(text), found, regimen.product, _corrected)
        if candidates and notes.problems:
            notes.problems = [_for_a_unit(notes.problems[0], regimen.product, candidates)]
            # the number may be no count at all, so no amount of it is held against anything
            regimen = evolve(regimen, sig=evolve(regimen.sig, takings=()))
    unread = unread_words(found) if notes.problems else ()
    if notes.problems and regimen is not None:
        unread += strengths_of_others(found, regimen.product)
    return Line(text, regimen, tuple(notes.problems), tuple(notes.cautions), candidates, unread=unread)


@remembered(4096)
def _corrected(text: str) -> Line:
    return _read(text, offers=False)


def _for_a_unit(first: Problem, product: Product, candidates: Sequence[Candidate]) -> Problem:
    """One problem in place of all, as a number with its unit, or the other drug of a combination, would settle them."""
    names = tuple(each.name for each in candidates)
    written = " or ".join(f'"{each}"' for each in names)
    if all(len(each.regimen.product.components) > len(product.components) for each in candidates):
        text = f"one drug is named beside two strengths; if it is this combination, write {written}"
    else:
        text = f"a number without a unit may be a strength or a count; for a strength write {written}"
    return Problem(first.code, first.where, text, names)


def _candidates(folded: str, notes: Notes) -> tuple[Candidate, ...]:
    """The lines that would be meant if an unknown word were each of the names that are offered for it."""
    found = []
    offered = [
        (offer.said, name) for offer in notes.offers if offer.problem.code == "DRUG-001" for name in offer.instead
    ]
    for said, name in offered[:3]:
        corrected = re.sub(said, lambda _, name=name: name, folded, count=1)  # type: ignore[misc]
        line = _read(corrected, offers=False)
        if line.regimen is not None and not line.problems:
            found.append(Candidate(name, corrected, line.regimen))
    return tuple(found)


def _regimen(found: Phrases, named: Naming, glued: Glued | None, notes: Notes) -> Regimen:
    def listed(pair: tuple[Fraction, Fraction]) -> bool:
        if is_listed_strengths(named.ingredients, pair):
            return True
        from medsteward.drugs.sold_elsewhere import are_sold_elsewhere  # a list that few lines need

        return are_sold_elsewhere(named.ingredients, pair)

    understood = understand(found, named.ingredients, listed, notes)
    said = description(found, named, understood, notes)
    matched = match(said)
    if named.by_brand and not matched.fits and (order := order_of_brand(said)):
        understood.strengths = order
        said = evolve(said, strengths=order)
        matched = match(said)
    _check_context(found, understood, matched, notes)
    if glued is not None:
        check_glued(glued, matched.product, matched, notes)
    _check_rate(found, named, understood, notes)
    check_match(said, matched, understood, notes)
    check_number_of_brand(said, matched, named, notes)
    if named.apart and not matched.fits:
        notes.problem("DRUG-003", "no listed product holds these strengths together; give each drug a line of its own")
    if named.brand is not None and not understood.strengths and any(c.isdigit() for c in named.brand):
        # Tylenol #3: the number in the brand is the strength
        matched = match(evolve(said, strengths=brand_strengths(named, matched)))
    product = with_volume(matched.product, found)
    sig = sig_of(found, understood, product, matched, notes)
    check_doses(understood, product, sig, matched, notes)
    check_loose(found, sig, product, notes)
    quantity, days = supply_of(found, product, notes)
    return Regimen(product, sig, quantity, days, indication=sig.reason)


def _check_context(found: Phrases, understood: Understood, matched: Match, notes: Notes) -> None:
    """Words that only fit some products or schedules."""
    product = matched.product
    changed = found.first(Change)
    if changed is not None and product.form != "patch":
        notes.problem("DIR-008", f'"{changed.text}": write only what is taken now')
    units_said = found.first(International)
    if units_said is not None and product.is_opioid:
        notes.problem("UNIT-001", f'"{units_said.text}" is no dose of an opioid; write mg, mcg or a count')
    again = found.first(MayRepeat)
    if again is not None and any(taking.times_per_day is not None for taking in understood.takings):
        notes.problem(StepPhrase.code, StepPhrase(again.text).complaint)
    in_part = found.first(WornInPart)
    if in_part is not None and product.is_opioid and product.form == "patch":
        notes.problem("DIR-008", f'"{in_part.text}": a patch of an opioid is worn all the time; write what is worn')
    elif in_part is not None and (product.is_opioid or product.unit in _SWALLOWED):
        notes.problem("DIR-005", f'"{in_part.text}" is said of patches; write how often it is taken')
    check_numbered(found, product, notes)
    check_dash(found, product, matched, notes)
    meals = found.first(Meals)
    if meals is not None and any(t.moments or t.times_per_day is None for t in understood.takings):
        notes.problem("DIR-001", f'"{meals.text}": how many times a day? Write it, as in "3 times daily with meals"')
    _check_patches(found, understood, matched, notes)
    if len(understood.takings) > 1 and found.has(AsNeeded):
        notes.problem("DIR-007", "which of these doses is as needed? Give each one a line of its own")


def _check_rate(found: Phrases, named: Naming, understood: Understood, notes: Notes) -> None:
    """A rate alone may be that of an infusion: a form, a route, a brand or an interval makes it a patch."""
    rate = next((each for each in understood.strengths if each.unit.dimension is Dimension.RATE), None)
    if rate is None or named.brand is not None or not is_opioid(named.ingredients):
        return
    if not found.has(*_OF_A_PATCH):
        name = " with ".join(named.ingredients)
        notes.problem("DIR-010", f"{name} {rate}: a patch or an infusion? Add the form, as in `patch`")


def _check_patches(found: Phrases, understood: Understood, matched: Match, notes: Notes) -> None:
    """Several patches are worn at once only where the line says so; otherwise they may be what was dispensed."""
    if matched.product.form != "patch":
        return
    wear, change = found.first(Wear), found.first(Change)
    supply, quantity = found.first(SupplyPhrase), found.first(Quantity)
    if matched.product.is_opioid:
        _check_worn(found, understood, notes)
    for planned in understood.takings:
        if planned.dose is None:
            continue
        number = planned.dose.high.value if isinstance(planned.dose, Dose) else planned.dose.high
        labelled = matched.product.wear_hours
        used_up = (
            wear is None
            and planned.wear is not None
            and labelled is not None
            and planned.wear.high >= number * labelled
        )
        unsaid = wear is None and quantity is None and (planned.times_per_day is None or (change or supply) is not None)
        if 1 < number <= MOST_PATCHES and (used_up or unsaid):
            notes.problem(
                "DIR-007",
                f"{decimal_text(number)} patches: worn at once or dispensed? Write how many are worn at once, "
                'and "qty" before the number dispensed',
            )


def _check_worn(found: Phrases, understood: Understood, notes: Notes) -> None:
    """What is worn of an opioid is a number of patches: no mass, no volume, and no limit a day says it."""
    amounts = [each.dose for each in understood.takings] + [understood.daily_total]
    measured = next((each for each in amounts if isinstance(each, Dose) and not each.low.unit.is_count), None)
    if measured is not None:
        text = f'{measured}: patches are counted; write how many are worn, as in "1 patch every 72 hours"'
        notes.problem("DIR-007", text)
    limit = found.first(Limit)
    if limit is not None:
        notes.problem(
            "DIR-007",
            f'"{limit.text}" does not say how many patches are worn; write that, as in "1 patch every 72 hours"',
        )
