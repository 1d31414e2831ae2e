"""Numbers typed without a unit that are strengths in which a drug is sold: what could be meant, each tried first.

"oxycontin 20 bid" may be OxyContin 20 mg, and "hydrocodone 10/325" hydrocodone with acetaminophen. Every such line is
read, only those that are understood whole are offered, and none is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from medsteward.drugs.matching import Description, combinations_with, match
from medsteward.errors import NotANumber
from medsteward.model.amount import Amount
from medsteward.model.drug import ListedProduct
from medsteward.model.number import decimal_text, exact
from medsteward.model.product import Component, Product, Role
from medsteward.model.regimen import Candidate, Line
from medsteward.model.unit import Dimension, Unit
from medsteward.readers.directions.kinds import (
    BareNumber,
    Joined,
    MeasurePhrase,
    NamePhrase,
    Often,
    Pair,
    Phrase,
    Strengths,
)
from medsteward.readers.directions.offers import in_words

_MOST_TRIED, _MOST_OFFERED = 12, 3
"""Lines that are tried for one line, and those that are offered. Ours."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_SOLD_BY = (Dimension.MASS, Dimension.RATE)


def sold_strengths(
    folded: str, found: Sequence[Phrase], product: Product, read: Callable[[str], Line]
) -> tuple[Candidate, ...]:
    """The lines that would be meant if a number of ``folded`` were a sold strength, for a line that states none.

    Each is named by what would stand in place of the number.
    """
    offered: dict[tuple[Component, ...], tuple[Candidate, bool]] = {}
    for tried, (name, corrected, sold) in enumerate(_tries(folded, found, product)):
        if tried >= _MOST_TRIED or len(offered) >= _MOST_OFFERED:
            break
        if sold not in offered and (line := read(corrected)).regimen is not None and not line.problems:
            offered[sold] = Candidate(name, corrected, line.regimen), bool(line.cautions)
    plain = tuple(candidate for candidate, warned in offered.values() if not warned)
    return plain or tuple(candidate for candidate, _ in offered.values())


_Try = tuple[str, str, tuple[Component, ...]]
"""What could stand in place of a number, the line with it, and what is sold so."""


def _tries(folded: str, found: Sequence[Phrase], product: Product) -> Iterator[_Try]:
    """What could be meant by the numbers of a line, the likeliest first."""
    names = [phrase for phrase in found if isinstance(phrase, NamePhrase)]
    often = any(isinstance(phrase, Often) and phrase.times.high > 1 for phrase in found)
    for phrase in found:
        numbers = _numbers(phrase)
        if not numbers:
            continue
        if len(numbers) == 2 and len(product.components) == 1 and product.brand is None and len(names) == 1:
            yield from _combinations(folded, phrase, numbers, names[0], product)
        if len(numbers) == 1 or isinstance(phrase, Joined):
            yield from _alone(folded, phrase.text, numbers[0], product, often=often)
        elif isinstance(phrase, Pair) and numbers[0] < numbers[1]:
            yield from _range(folded, phrase.text, numbers[0], product)


def _numbers(phrase: Phrase) -> tuple[Fraction, ...]:
    """The numbers without a unit that a phrase may have typed for strengths."""
    match phrase:
        case BareNumber() | Joined() | Pair() | Strengths():
            pass
        case MeasurePhrase(low=low) if low.unit.is_count:
            pass
        case _:
            return ()
    try:
        return tuple(exact(f"0{each}" if each.startswith(".") else each) for each in _NUMBER.findall(phrase.text))
    except NotANumber:
        return ()


def _range(folded: str, said: str, low: Fraction, product: Product) -> Iterator[_Try]:
    """Two numbers as a range whose low end is a sold strength."""
    for listed, strength in _sold(product):
        if strength.unit.dimension is Dimension.MASS and strength.value == low:
            written = f"{said} {strength.unit.value}"
            yield written, folded.replace(said, written, 1), _key(listed, strength)


def _alone(folded: str, said: str, number: Fraction, product: Product, *, often: bool) -> Iterator[_Try]:
    """One number as a sold strength of the drug, in the unit in which it is sold.

    ``often``: several times a day, as no patch is put on.
    """
    typed = _NUMBER.search(said)
    if typed is None:
        return
    before, after = r"(?<![\d.,/-])", r"(?![\d.,/-]*\d)(?!\s?%)"
    pattern = f"{before}{re.escape(typed.group())}{after}"
    for listed, strength in _sold(product):
        if strength.value != number or (often and strength.unit.dimension is Dimension.RATE):
            continue
        for written in _written(strength, listed, product):
            corrected, made = re.subn(pattern, lambda _, new=written: new, folded, count=1)  # type: ignore[misc]
            if made:
                yield written, corrected, _key(listed, strength)


def _sold(product: Product) -> Iterator[tuple[Product, Amount]]:
    """The products that a line may mean, each with the strength of the leading ingredient."""
    for listed in _alike(product):
        strength = next((c.strength for c in listed.product.components if c.ingredient == product.lead), None)
        if strength is not None and strength.unit.dimension in _SOLD_BY:
            yield listed.product, strength


def _key(sold: Product, strength: Amount) -> tuple[Component, ...]:
    """What tells one offer from another: the strengths, not the salt or the maker."""
    if len(sold.components) == 1:
        return (Component(sold.lead, strength),)
    return tuple(Component(c.ingredient, c.strength) for c in sold.components)


def _alike(product: Product) -> tuple[ListedProduct, ...]:
    said = Description(
        tuple(c.ingredient for c in product.components), product.brand, product.form, product.route, product.release
    )
    return match(said).alike


def _written(strength: Amount, sold: Product, product: Product) -> Iterator[str]:
    """The strength as a line writes it: of a combination all of them, and with the form where that is not said."""
    partners = [c.strength for c in sold.components if c.ingredient != product.lead and c.role is Role.ACTIVE]
    if partners and len(product.components) > 1:
        by_name = {c.ingredient: c.strength for c in sold.components}
        each = [by_name.get(c.ingredient) for c in product.components]
        if all(a is not None and a.unit is strength.unit for a in each):
            yield f"{'/'.join(_plain(a.value) for a in each if a is not None)} {strength.unit.value}"
    alone = f"{_plain(strength.value)} {strength.unit.value}"
    yield alone
    if product.form is None:
        yield f"{alone} {sold.form}"


def _plain(number: Fraction) -> str:
    return decimal_text(number).replace(",", "")


def _combinations(
    folded: str, phrase: Phrase, numbers: tuple[Fraction, ...], name: NamePhrase, product: Product
) -> Iterator[_Try]:
    """Two numbers behind one drug as the strengths of a combination in which it is sold."""
    for partner, own, others in combinations_with(product.lead, frozenset(numbers)):
        pair = f"{_plain(own)}/{_plain(others)}"
        both, named = re.subn(in_words(name.text), lambda m, p=partner: f"{m[0]}/{p}", folded, count=1)  # type: ignore[misc]
        corrected, made = re.subn(re.escape(phrase.text), lambda _, new=pair: new, both, count=1)  # type: ignore[misc]
        if named and made:
            yield f"{name.text}/{partner} {pair}", corrected, (Component(partner, Amount(others, Unit.MG)),)
