"""One medication line as people write it, to a regimen."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from attrs import evolve

from medsteward.drugs.matching import Match, is_listed_strengths, match
from medsteward.model.codes import CODES
from medsteward.model.number import decimal_text
from medsteward.model.regimen import Candidate, Line, Regimen
from medsteward.model.sig import Dose
from medsteward.readers.directions import Understood, understand
from medsteward.readers.grammar import parts
from medsteward.readers.meanings import Part
from medsteward.readers.naming import Naming, is_opioid, naming, report_unknown
from medsteward.readers.notes import Notes
from medsteward.readers.plausible import check_doses
from medsteward.readers.stated_product import brand_strengths, check_match, description
from medsteward.readers.stated_sig import sig_of, supply_of
from medsteward.readers.tokens import MAX_LENGTH, fold, tokens

REMEMBERED = 50_000
"""How many different lines are kept read. Prescriptions repeat; the same words always mean the same."""

_REFUSED = {
    "unsafe": ("DRUG-002", '"{}" could be {}; write the drug\'s name in full'),
    "step": ("DIR-008", '"{}": directions or orders that change are not one line; write what is taken now, with dates'),
    "few_doses": ("DIR-008", '"{}" is a number of doses, not a daily schedule; write the days it is taken'),
    "infusion": ("DIR-011", '"{}": infusions and pumps are not read; this program is for doses people take at home'),
    "month": ("DIR-005", '"{}": a month has no fixed length; write "every 28 days" or "every 30 days"'),
    "once": ("DIR-005", '"{}" alone could be a single dose or once a day; write "once daily" if that is meant'),
    "household": ("DIR-003", '"{}" is a household measure; write the volume in mL, as in "5 mL"'),
    "untimed_limit": ("DIR-001", '"{}" in what time? Write it as in "max 6 per day"'),
    "other_limit": ("DIR-007", '"{}": only a limit per day is counted; write it as in "max 6 per day"'),
    "untimed_every": ("DIR-001", '"{}" of what? Write the unit, as in "every 6 hours"'),
    "per_kg": ("DIR-011", '"{}": doses by body weight are not read; write the dose that is taken'),
    "vague_clock": ("DIR-005", '"{}": write the time with am or pm, as in "at 8 am"'),
    "vague_moments": ("DIR-007", '"{}": one dose or two? Write "once daily", or join the times with "and"'),
    "total": ("DIR-005", 'not understood: "{}"; write a limit as in "max 8 per day"'),
}
_PRODUCT_CODES = ("PROD", "DIR-1")


def read_line(text: str) -> Line:
    """Read one medication line: drug, strength, dose, how often, limits, supply, reason.

    Never raises for what a person may write. What is wrong is in ``Line.problems``, what deserves a word in
    ``Line.cautions``; a missing frequency, dose or strength is not reported here, because only some uses need it.
    """
    return _kept(text) if len(text) <= MAX_LENGTH else _read(text, offers=True)


@lru_cache(maxsize=REMEMBERED)
def _kept(text: str) -> Line:
    return _read(text, offers=True)


def _read(text: str, *, offers: bool) -> Line:
    notes = Notes()
    if len(text) > MAX_LENGTH:
        notes.problem("DIR-009", f"this line has {len(text):,} characters; directions have at most {MAX_LENGTH:,}")
        return Line(text[:80], None, tuple(notes.problems))
    found_tokens, odd = tokens(text)
    for oddity in odd:
        if CODES[oddity.code].exit_code:
            notes.problem(oddity.code, oddity.text)
        else:
            notes.caution(oddity.code, oddity.text)
    found = parts(found_tokens)
    lost = any(part.kind == "unknown" for part in found)
    for part in found:
        if part.kind in _REFUSED and not (part.kind == "total" and part.bracketed):
            if lost and part.kind.startswith("untimed"):
                continue  # the word that was not understood is the time
            code, sentence = _REFUSED[part.kind]
            notes.problem(code, sentence.format(part.text, part.low))
    if sum(part.kind == "duration" for part in found) > 1:
        notes.problem("DIR-008", "several durations in one line; write one line per dose, with dates")
    named_or_refused = any(part.kind in ("name", "unsafe") for part in found)
    offered = report_unknown(found, named_or_refused, notes) if offers else ()
    if not offers and any(part.kind == "unknown" for part in found):
        notes.problem("DIR-005", "words not understood")
    named = naming(found, notes) if any(part.kind == "name" for part in found) else None
    if named is None:
        candidates = _candidates(text, offered)
        return Line(text, None, tuple(notes.problems), tuple(notes.cautions), candidates)
    # once a number or a word is wrong, what would follow from it is not worth saying
    already = bool(notes.problems)
    regimen = _regimen(found, named, Notes() if already else notes)
    if notes.problems:
        # nothing was counted, so what is said about counting would mislead
        notes.cautions = [c for c in notes.cautions if not c.code.startswith(_PRODUCT_CODES)]
    if regimen.sig.as_needed:
        # as needed counts as none when scheduled, whatever the low end
        notes.cautions = [caution for caution in notes.cautions if caution.code != "DIR-104"]
    return Line(text, regimen, tuple(notes.problems), tuple(notes.cautions), _candidates(text, offered))


def _candidates(text: str, offered: Sequence[tuple[str, str]]) -> tuple[Candidate, ...]:
    """The lines that would be meant if the unknown word were each of the offered names."""
    found = []
    folded = fold(text)
    for word, name in offered[:3]:
        corrected = folded.replace(word, name, 1)
        line = _read(corrected, offers=False)
        if line.regimen is not None and not line.problems:
            found.append(Candidate(name, corrected, line.regimen))
    return tuple(found)


def _regimen(found: Sequence[Part], named: Naming, notes: Notes) -> Regimen:
    nostrils = any(part.kind == "twice" for part in found)

    def listed(pair: tuple[Fraction, Fraction]) -> bool:
        return is_listed_strengths(named.ingredients, pair)

    understood = understand(found, named.ingredients, listed, notes)
    said = description(found, named, understood, notes)
    matched = match(said)
    _check_context(found, understood, matched, notes)
    check_match(said, matched, understood, notes)
    if named.apart and not matched.fits:
        notes.problem("DRUG-003", "no listed product holds these strengths together; give each drug a line of its own")
    if named.brand is not None and not understood.strengths and any(c.isdigit() for c in named.brand):
        # Tylenol #3: the number in the brand is the strength
        matched = match(evolve(said, strengths=brand_strengths(named, matched)))
    product = matched.product
    sig = sig_of(found, understood, product, matched, notes, twice=nostrils)
    check_doses(understood, product, sig, matched, notes)
    quantity, days = supply_of(found, product, notes)
    return Regimen(product, sig, quantity, days, indication=sig.reason)


def _check_context(found: Sequence[Part], understood: Understood, matched: Match, notes: Notes) -> None:
    """Words that only fit some products or schedules."""
    is_patch = matched.product.form == "patch"
    changed = next((part for part in found if part.kind == "change"), None)
    if changed is not None and not is_patch:
        notes.problem("DIR-008", f'"{changed.text}": write only what is taken now')
    units_said = next((part for part in found if part.kind == "international"), None)
    if units_said is not None and is_opioid(tuple(c.ingredient for c in matched.product.components)):
        notes.problem("UNIT-001", f'"{units_said.text}" is no dose of an opioid; write mg, mcg or a count')
    meals = next((part for part in found if part.kind == "meals"), None)
    if meals is not None and any(t.moments or t.times_per_day is None for t in understood.takings):
        notes.problem("DIR-001", f'"{meals.text}": how many times a day? Write it, as in "3 times daily with meals"')
    _check_patches(found, understood, matched, notes)
    if any(part.kind == "as_needed" for part in found) and len(understood.takings) > 1:
        notes.problem("DIR-007", "which of these doses is as needed? Give each one a line of its own")


def _check_patches(found: Sequence[Part], understood: Understood, matched: Match, notes: Notes) -> None:
    """Several patches are worn at once only where the line says so; otherwise they may be what was dispensed."""
    if matched.product.form != "patch":
        return
    kinds = {part.kind for part in found}
    if is_opioid(tuple(component.ingredient for component in matched.product.components)):
        _check_worn(found, understood, notes)
    for planned in understood.takings:
        if planned.dose is None:
            continue
        number = planned.dose.high.value if isinstance(planned.dose, Dose) else planned.dose.high
        labelled = matched.product.wear_hours
        used_up = (
            "wear" not in kinds
            and planned.wear is not None
            and labelled is not None
            and planned.wear.high >= number * labelled
        )
        unsaid = not kinds & {"wear", "quantity"} and (planned.times_per_day is None or kinds & {"change", "supply"})
        if number > 1 and (used_up or unsaid):
            notes.problem(
                "DIR-007",
                f'{decimal_text(number)} patches: worn at once or dispensed? Write "apply 2 patches every 72 hours" '
                'or "qty 10"',
            )


def _check_worn(found: Sequence[Part], understood: Understood, notes: Notes) -> None:
    """What is worn of an opioid is a number of patches: no mass, no volume, and no limit a day says it."""
    amounts = [each.dose for each in understood.takings] + [understood.daily_total]
    measured = next((each for each in amounts if isinstance(each, Dose) and not each.low.unit.is_count), None)
    if measured is not None:
        text = f'{measured}: patches are counted; write how many are worn, as in "1 patch every 72 hours"'
        notes.problem("DIR-007", text)
    limit = next((part for part in found if part.kind == "limit"), None)
    if limit is not None:
        notes.problem(
            "DIR-007",
            f'"{limit.text}" does not say how many patches are worn; write that, as in "1 patch every 72 hours"',
        )
