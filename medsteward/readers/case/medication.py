"""One medication of a case: as written, in parts, or both. Parts win over words; a contradiction is a problem."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from attrs import evolve, frozen

from medsteward.caches import remembered
from medsteward.drugs.codes import ListedCodes
from medsteward.model.amount import Amount
from medsteward.model.code import Coded, Resolver
from medsteward.model.conditions import indication_of
from medsteward.model.ndc import read_ndc
from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Component, Product
from medsteward.model.regimen import HowEnded, Line, Regimen
from medsteward.model.sig import Sig, Taking
from medsteward.model.unit import Unit
from medsteward.readers.codes.coded import product_of_code
from medsteward.readers.directions.line import REMEMBERED, read_line

PRODUCT_PARTS = ("drug", "release", "strength", "form", "route")
_FORM_LACKS = frozenset({"DIR-010"})
"""What words alone may lack and parts beside them state: the form or the route."""
DIRECTION_PARTS = ("dose", "frequency", "as_needed", "max_per_day")


@frozen(cache_hash=True)
class Medication:
    """The fields of one ``[[medications]]`` table that say what is taken and how. None: left out."""

    sig: str | None = None
    drug: str | None = None
    form: str | None = None
    release: str | None = None
    route: str | None = None
    strength: str | None = None
    dose: str | None = None
    frequency: str | None = None
    as_needed: bool | None = None
    max_per_day: str | None = None
    quantity: Fraction | None = None
    days_supply: Fraction | None = None
    indication: str | None = None
    rxcui: str | None = None
    ndc: str | None = None


def how_ended(text: str) -> HowEnded | None:
    """How a line ended, in one of the words for it; None for any other text."""
    return next((each for each in HowEnded if each.value == text.strip().casefold()), None)


LISTED = ListedCodes()
"""The codes that this program brings."""


@remembered(REMEMBERED)
def read_medication(said: Medication, resolver: Resolver = LISTED) -> Line:
    """Read one medication, its codes by ``resolver``. Never raises; what is wrong is in ``Line.problems``.

    Words beside a code are used; a code that is not known is then a warning, and one that says something else a
    problem.
    """
    coded = _looked_up(said, resolver)
    if isinstance(coded, Problem):
        return _unknown_code(said, coded)
    if coded is not None and said.drug is None:
        named = said.sig is not None and read_line(said.sig).regimen is not None
        said = said if named else evolve(said, **_product_parts(coded))
    line = _words_and_parts(said)
    line = _with_supply(line, said)
    line = _with_indication(line, said)
    if coded is not None:
        line = _with_code(line, coded, said)
    return line


def _looked_up(said: Medication, resolver: Resolver) -> Product | Problem | None:
    """The product of the codes: None without any, the problem where it cannot be told."""
    if said.rxcui is None and said.ndc is None:
        return None
    found: Coded | None = None
    if said.rxcui is not None:
        found = resolver.rxcui(said.rxcui)
        if found is None and said.ndc is None:
            text = (
                f"the code {said.rxcui[:20]} is not one of the products we list; load an RxNorm release with "
                "`medsteward codes load RXNCONSO.RRF`, or write the drug, strength and form as well"
            )
            return Problem("DRUG-001", "", text)
    if found is None and said.ndc is not None:
        ndc = read_ndc(said.ndc)
        if ndc.code is None:
            return Problem(
                "NDC-002" if ndc.candidates else "NDC-001", "", f'"{ndc.written}": {ndc.wrong}', ndc.candidates
            )
        found = resolver.ndc(ndc.code)
        if found is None:
            text = (
                f"the NDC {ndc.code} is in no index; load it with `medsteward codes load RXNCONSO.RRF RXNSAT.RRF` or "
                "`medsteward codes load-ndc FILE`, or write the drug, strength and form as well"
            )
            return Problem("DRUG-001", "", text)
    assert found is not None
    meant = product_of_code(found)
    if meant.product is None or meant.problems:
        return meant.problems[0] if meant.problems else Problem("DRUG-001", "", f"{found.name} is no drug we know")
    return meant.product


def _words_and_parts(said: Medication) -> Line:
    line = _joined(said)
    if said.as_needed is False and line.regimen is not None and line.regimen.sig.as_needed:
        return _contradicted(line, "as needed in the words, not as needed in the parts")
    return line


def _joined(said: Medication) -> Line:
    product_text, direction_text = _product_part_text(said), _direction_text(said)
    if said.sig is None:
        if not product_text:
            return Line("", None, (Problem("DRUG-004", "", "this medication has neither sig nor drug; add one"),))
        return read_line(", ".join(filter(None, (product_text, direction_text))))
    words = read_line(said.sig)
    if not product_text and not direction_text:
        return words
    if (said.form or said.route or said.frequency) and {p.code for p in words.problems} == _FORM_LACKS:
        words = evolve(words, problems=())  # the parts say what the words left open
    names_no_drug = words.regimen is None and any(problem.code == "DRUG-004" for problem in words.problems)
    if names_no_drug and product_text:
        words = read_line(f"{product_text}, {said.sig}")
    elif words.regimen is None:
        return words
    parts = read_line(", ".join(filter(None, (product_text or _drug_name(words), direction_text))))
    return _merged(words, parts, has_product=bool(product_text), has_directions=bool(direction_text))


def _drug_name(line: Line) -> str:
    assert line.regimen is not None
    return " / ".join(component.ingredient for component in line.regimen.product.components)


def _product_part_text(said: Medication) -> str:
    if said.drug is None:
        return ""
    name = " ".join(filter(None, (said.drug, said.release, said.route, said.form)))
    return f"{name}, strength {said.strength}" if said.strength else name


def _direction_text(said: Medication) -> str:
    taken = " ".join(filter(None, (said.dose, said.frequency)))
    limit = f"max {said.max_per_day} per day" if said.max_per_day else ""
    return ", ".join(filter(None, (taken, "as needed" if said.as_needed else "", limit)))


# --- words and parts together -----------------------------------------------------------------------------------


def _merged(words: Line, parts: Line, *, has_product: bool, has_directions: bool) -> Line:
    """The words completed by the parts. Where both state something, they must agree."""
    further = [p for p in parts.problems if p not in words.problems and p.code not in _FORM_LACKS]
    problems = (*words.problems, *further)
    unread = tuple(dict.fromkeys((*words.unread, *parts.unread)))
    if words.regimen is None or parts.regimen is None or problems:
        lost = ("drug",) if has_product and parts.regimen is None else ()
        return evolve(words, problems=problems, unread=(*unread, *lost))
    against: list[str] = []
    product = words.regimen.product
    if has_product:
        product = _merged_product(product, parts.regimen.product, against)
    sig = words.regimen.sig
    if has_directions:
        sig = _merged_sig(sig, parts.regimen.sig, against)
    if against:
        text = f"words and parts contradict each other: {'; '.join(against)}; make them agree"
        others = () if _same_drugs(words, parts.regimen) or not has_product else (_drug_name(parts),)
        return evolve(words, problems=(Problem("CASE-003", "", text),), unread=(*unread, *others))
    cautions = tuple(dict.fromkeys((*words.cautions, *parts.cautions)))
    return evolve(words, regimen=evolve(words.regimen, product=product, sig=sig), cautions=cautions)


def _same_drugs(line: Line, regimen: Regimen) -> bool:
    assert line.regimen is not None
    names = {component.ingredient for component in line.regimen.product.components}
    return names == {component.ingredient for component in regimen.product.components}


def _merged_product(words: Product, parts: Product, against: list[str]) -> Product:
    mine = {component.ingredient: component for component in words.components}
    theirs = {component.ingredient: component for component in parts.components}
    if set(mine) != set(theirs):
        against.append(f"the words say {' / '.join(mine)}, the parts {' / '.join(theirs)}")
        return words
    components = tuple(_merged_component(component, theirs[name], against) for name, component in mine.items())
    for what in ("form", "route", "release"):
        here, there = getattr(words, what), getattr(parts, what)
        if here is not None and there is not None and here != there and here.split()[-1] != there.split()[-1]:
            against.append(f"{what} {here} and {there}")
    known = parts if parts.listed is not None or words.listed is None else words
    stated = parts if any(component.strength is not None for component in parts.components) else words
    return evolve(
        known,
        components=components,
        form=parts.form or words.form,
        route=parts.route or words.route,
        release=parts.release or words.release,
        unit=parts.unit or words.unit,
        brand=parts.brand or words.brand,
        wear_hours=parts.wear_hours or words.wear_hours,
        per_ml=stated.per_ml,
    )


def _merged_component(words: Component, parts: Component, against: list[str]) -> Component:
    if words.strength is not None and parts.strength is not None:
        same = words.strength.unit.dimension is parts.strength.unit.dimension
        if not same or words.strength.to(parts.strength.unit) != parts.strength:
            against.append(f"{words.ingredient} {words.strength} and {parts.strength}")
    return evolve(parts, strength=parts.strength or words.strength)


def _merged_sig(words: Sig, parts: Sig, against: list[str]) -> Sig:
    takings = words.takings
    if parts.takings:
        takings = _merged_takings(words, parts, against)
    if words.limit is not None and parts.limit is not None and words.limit != parts.limit:
        against.append(f"at most {words.limit} and at most {parts.limit}")
    return evolve(
        words,
        takings=takings,
        as_needed=words.as_needed or parts.as_needed,
        limit=parts.limit or words.limit,
        limit_doses=parts.limit_doses or words.limit_doses,
        daily_total=parts.daily_total or words.daily_total,
        wear_hours=parts.wear_hours or words.wear_hours,
    )


def _merged_takings(words: Sig, parts: Sig, against: list[str]) -> tuple[Taking, ...]:
    if not words.takings:
        return parts.takings
    if len(words.takings) != len(parts.takings):
        against.append(f"{len(words.takings)} doses and {len(parts.takings)}")
        return words.takings
    merged = []
    for mine, theirs in zip(words.takings, parts.takings, strict=True):
        if mine.dose is not None and theirs.dose is not None and mine.dose != theirs.dose:
            against.append(f"{mine.dose} and {theirs.dose}")
        if mine.times_per_day is not None and theirs.times_per_day not in (None, mine.times_per_day):
            shown = [decimal_text(t.times_per_day.high, 3) for t in (mine, theirs) if t.times_per_day is not None]
            against.append(f"{' and '.join(shown)} times a day")
        merged.append(
            Taking(theirs.dose or mine.dose, theirs.times_per_day or mine.times_per_day, theirs.moments or mine.moments)
        )
    return tuple(merged)


# --- supply, indication, code -----------------------------------------------------------------------------------


def _with_supply(line: Line, said: Medication) -> Line:
    if line.regimen is None or (said.quantity is None and said.days_supply is None):
        return line
    regimen = line.regimen
    if said.quantity is not None:
        unit = regimen.quantity.unit if regimen.quantity is not None else _quantity_unit(regimen)
        quantity = Amount(said.quantity, unit)
        if regimen.quantity is not None and regimen.quantity != quantity:
            return _contradicted(line, f"quantity {regimen.quantity} in the words and {quantity} in the parts")
        regimen = evolve(regimen, quantity=quantity)
    if said.days_supply is not None:
        if regimen.days_supply is not None and regimen.days_supply != said.days_supply:
            days = f"{decimal_text(regimen.days_supply)} and {decimal_text(said.days_supply)}"
            return _contradicted(line, f"days' supply {days}")
        regimen = evolve(regimen, days_supply=said.days_supply)
    return evolve(line, regimen=regimen)


def _quantity_unit(regimen: Regimen) -> Unit:
    if regimen.product.unit is not None:
        return regimen.product.unit
    for taking in regimen.sig.takings:
        if taking.dose is not None and (taking.dose.high.unit.is_count or taking.dose.high.unit is Unit.ML):
            return taking.dose.high.unit
    return Unit.ML if regimen.product.form in ("solution", "suspension") else Unit.TABLET


def _with_indication(line: Line, said: Medication) -> Line:
    if line.regimen is None or said.indication is None:
        return line
    words = line.regimen.indication
    if words is not None:
        mine, theirs = indication_of(words), indication_of(said.indication)
        if mine is not None and theirs is not None and mine is not theirs:
            return _contradicted(line, f'"{words}" in the words and "{said.indication}" as indication')
    return evolve(line, regimen=evolve(line.regimen, indication=said.indication))


def _contradicted(line: Line, what: str) -> Line:
    text = f"words and parts contradict each other: {what}; make them agree"
    return evolve(line, problems=(*line.problems, Problem("CASE-003", "", text)))


def _product_parts(product: Product) -> dict[str, Any]:
    """A product as the parts of a medication."""
    strengths = [component.strength for component in product.components if component.strength is not None]
    if len(strengths) > 1:
        shown = "/".join(decimal_text(each.value) for each in strengths)
        strength = f"{shown} mg/mL" if strengths[0].unit is Unit.MG_PER_ML else shown
    else:
        strength = str(strengths[0]) if strengths else ""
    return {
        "drug": "/".join(component.ingredient for component in product.components),
        "release": product.release if product.release in ("ER", "DR") and product.form != "patch" else None,
        "strength": strength or None,
        "form": product.form,
    }


def _unknown_code(said: Medication, problem: Problem) -> Line:
    """A code that is not known: the words beside it are used and a warning says so; without words it is a problem."""
    shown = f"rxcui {said.rxcui}" if said.rxcui is not None else f"ndc {said.ndc}"
    plain = evolve(said, rxcui=None, ndc=None)
    line = _words_and_parts(plain) if said.drug or said.sig else Line(shown[:60], None)
    if line.regimen is not None:
        line = _with_indication(_with_supply(line, plain), plain)
        beside = Caution("PROD-105", f"the words were used: {problem.text}")
        return evolve(line, cautions=(*line.cautions, beside))
    return evolve(line, problems=(problem, *line.problems))


def _with_code(line: Line, coded: Product, said: Medication) -> Line:
    """Hold a code beside words against them: both must name the same ingredients and strengths."""
    if line.regimen is None:
        return line
    shown = f"the code {said.rxcui}" if said.rxcui is not None else f"the NDC {said.ndc}"
    mine = {c.ingredient: c.strength for c in line.regimen.product.components}
    theirs = {c.ingredient: c.strength for c in coded.components}
    agree = set(mine) == set(theirs) and all(
        None in (strength, theirs[name]) or strength == theirs[name] for name, strength in mine.items()
    )
    if not agree:
        other = () if set(mine) == set(theirs) else (shown,)
        return _contradicted(
            evolve(line, unread=(*line.unread, *other)), f"{shown} is {coded.listed or _coded_words(coded)}"
        )
    if coded.form is None:
        return line  # the code of an ingredient says no more than the words
    product = evolve(coded, brand=line.regimen.product.brand or coded.brand)
    strength = coded.components[0].strength
    cautions = line.cautions
    for taking in line.regimen.sig.takings:
        dose = taking.dose.low if taking.dose is not None else None
        if dose is None or strength is None or dose.unit is not strength.unit:
            continue
        if (dose.value / strength.value).denominator != 1:
            text = f"{dose} is no whole number of {coded.listed or _coded_words(coded)}, the product of {shown}"
            cautions = (*cautions, Caution("PROD-102", text))
    return evolve(line, regimen=evolve(line.regimen, product=product), cautions=cautions)


def _coded_words(product: Product) -> str:
    """A product that is not listed, in words."""
    parts = [f"{c.ingredient} {c.strength}" if c.strength is not None else c.ingredient for c in product.components]
    return " ".join(filter(None, (" / ".join(parts), product.release, product.form)))
