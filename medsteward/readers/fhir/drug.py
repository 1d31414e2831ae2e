"""The drug of a FHIR resource: a CodeableConcept or a Medication, by code and by the words beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, frozen

from medsteward.caches import remembered
from medsteward.drugs.matching import Description, Match, match, same_strength
from medsteward.model.amount import Amount
from medsteward.model.code import Coded, Resolver
from medsteward.model.ndc import read_ndc
from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Product
from medsteward.model.regimen import Candidate
from medsteward.model.unit import Dimension
from medsteward.readers.codes.coded import product_of_code
from medsteward.readers.codes.rxnorm_name import product_of, read_rxnorm_name
from medsteward.readers.directions.line import read_line
from medsteward.readers.fhir.element import (
    MAX_TEXT,
    Remarks,
    Table,
    codings,
    known_elements,
    object_of,
    objects_of,
    shown,
    text_of,
    without_tag,
    words_of,
)
from medsteward.readers.fhir.kept import KEPT, Kept, Text, key_of
from medsteward.readers.fhir.quantity import ratio_of

RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
NDC = "http://hl7.org/fhir/sid/ndc"
_MEDICATION = frozenset(
    {
        "resourceType",
        "meta",
        "implicitRules",
        "language",
        "text",
        "contained",
        "identifier",
        "code",
        "status",
        "manufacturer",
        "form",
        "amount",
        "ingredient",
        "batch",
    }
)


@frozen(cache_hash=True)
class ResourceDrug:
    """The product of a resource (None: no drug could be made out), the words for it, and what is wrong.

    ``is_coded``: a code gave the product, not the words.
    """

    words: str
    product: Product | None = None
    matched: Match | None = None
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    is_coded: bool = False


@frozen
class _Known:
    """One code that a resolver knows: as written, and the product it means."""

    code: str
    product: Product


class Drugs:
    """Reads drugs with one resolver, and keeps what it read: the same concept always gives the same drug."""

    def __init__(self, resolver: Resolver) -> None:
        """``resolver`` looks codes up."""
        self._resolver = resolver
        self._kept: Kept[ResourceDrug] = Kept()

    def of_concept(self, concept: Table, at: str) -> ResourceDrug:
        """The drug of a CodeableConcept."""
        text = key_of(concept)
        return self._kept.get((at, text)) or self._keep(at, text, self._concept(concept, at))

    def of_medication(self, medication: Table, at: str) -> ResourceDrug:
        """The drug of a Medication resource: its code, or else its ingredients."""
        text = key_of(said_of(medication))
        return self._kept.get((at, text)) or self._keep(at, text, self._medication(medication, at))

    def _keep(self, at: str, text: Text | None, drug: ResourceDrug) -> ResourceDrug:
        return drug if text is None else self._kept.keep((at, text), drug)

    def _concept(self, concept: Table, at: str) -> ResourceDrug:
        remarks = Remarks()
        known_elements(concept, frozenset({"coding", "text"}), at, "CodeableConcept", remarks)
        listed = codings(concept, at, remarks)
        known, unknown, strange = self._by_code(listed, at, remarks)
        words = without_tag(words_of(concept, at, remarks) or "")
        coded = _agreed(known, at, remarks)
        if coded is None:
            return _of_words(words, listed, unknown, strange, at, remarks)
        return _held_against(coded, words, listed, at, remarks)

    def _by_code(self, listed: Sequence[Table], at: str, remarks: Remarks) -> tuple[list[_Known], list[str], list[str]]:
        """The codes that are known, those that are not, and the code systems that are not read."""
        known: list[_Known] = []
        unknown: list[str] = []
        strange: list[str] = []
        for number, coding in enumerate(listed):
            place = f"{at}.coding[{number}]"
            code, system = text_of(coding, "code", place, remarks), text_of(coding, "system", place, remarks)
            if code is None:
                continue
            if system not in (RXNORM, NDC):
                strange.append(system or "a code without a system")
                continue
            found = self._resolver.rxcui(code.strip()) if system == RXNORM else self._by_ndc(code, place, remarks)
            if found is None:
                unknown.append(f"{'RxNorm' if system == RXNORM else 'NDC'} {shown(code)}")
                continue
            meant = product_of_code(found)
            remarks.problems += [evolve(problem, where=place) for problem in meant.problems]
            remarks.cautions += meant.cautions
            if meant.product is not None:
                known.append(_Known(f"{'RxNorm' if system == RXNORM else 'NDC'} {shown(code)}", meant.product))
        return known, unknown, strange

    def _by_ndc(self, code: str, place: str, remarks: Remarks) -> Coded | None:
        ndc = read_ndc(code)
        if ndc.code is None:
            remarks.problem("NDC-002" if ndc.candidates else "NDC-001", place, ndc.wrong, *ndc.candidates)
            return None
        if ndc.filled:
            remarks.caution("NDC-101", f"{shown(code)} was read as {ndc.code}", place)
        return self._resolver.ndc(ndc.code)

    def _medication(self, medication: Table, at: str) -> ResourceDrug:
        remarks = Remarks()
        known_elements(medication, _MEDICATION, at, "Medication", remarks)
        status = text_of(medication, "status", at, remarks)
        if status == "entered-in-error":
            remarks.problem(
                "FHIR-003", f"{at}.status", "this Medication was entered in error; who orders it means another"
            )
        concept = object_of(medication, "code", at, remarks)
        drug = ResourceDrug("") if concept is None else self._concept(concept, f"{at}.code")
        if (drug.product is None and not drug.problems) or (drug.product is None and medication.get("ingredient")):
            drug = _of_ingredients(medication, at, remarks) or drug
        elif drug.product is not None and drug.product.form is None:
            form = object_of(medication, "form", at, remarks)
            words = None if form is None else words_of(form, f"{at}.form", remarks)
            formed = None if words is None else _read(f"{drug.words} {words}")
            if formed is not None and _against(drug.product, formed) is None:
                drug = evolve(drug, product=formed, matched=_matched(formed))
        return evolve(drug, problems=(*remarks.problems, *drug.problems), cautions=(*remarks.cautions, *drug.cautions))


_APART = frozenset({"id", "meta", "language", "text", "identifier", "manufacturer", "batch"})


def said_of(medication: Table) -> Table:
    """What a Medication says of a drug, apart from which one it is and who made it."""
    return {name: value for name, value in medication.items() if name not in _APART}


def _agreed(known: Sequence[_Known], at: str, remarks: Remarks) -> _Known | None:
    """The one product that several codes mean: the fullest of them. Codes of different drugs are a problem."""
    if not known:
        return None
    best = max(known, key=lambda each: sum(c.strength is not None for c in each.product.components))
    for each in known:
        against = _against(best.product, each.product)
        if against is not None:
            text = f"the codes {best.code} and {each.code} contradict each other: {against}; keep the one that is meant"
            remarks.problem("CASE-003", at, text)
    return best


def _held_against(coded: _Known, words: str, listed: Sequence[Table], at: str, remarks: Remarks) -> ResourceDrug:
    """The product of a code; the words beside it must not say another, and may say more."""
    product = coded.product
    said = _in_words(words, listed)
    name = str(product.listed or _name(product))
    if said is None:
        if words and not any(c.ingredient.partition(" ")[0] in words.casefold() for c in product.components):
            text = f'the words "{shown(words)}" beside the code {coded.code} were not understood; {name} was used'
            remarks.caution("FHIR-104", text, at)
    else:
        against = _against(product, said)
        if against is not None:
            text = f"the code {coded.code} is {name}, but the words say otherwise: {against}; make them agree"
            remarks.problem("CASE-003", at, text)
        elif _says_more(said, product) or _says_exactly(said, product):
            product = evolve(said, rxcui=product.rxcui or said.rxcui)
    return ResourceDrug(
        words or name, product, _matched(product), tuple(remarks.problems), tuple(remarks.cautions), is_coded=True
    )


def _of_words(
    words: str, listed: Sequence[Table], unknown: Sequence[str], strange: Sequence[str], at: str, remarks: Remarks
) -> ResourceDrug:
    """The drug of words alone, where no code is known."""
    product = _in_words(words, listed)
    if product is not None:
        for code in unknown:
            remarks.caution("PROD-105", f"the code {code} is not known here; the words beside it were used", at)
        return ResourceDrug(words, product, _matched(product), tuple(remarks.problems), tuple(remarks.cautions))
    if unknown:
        text = (
            f"the code {unknown[0]} is not one of those we bring; load NLM's release of RxNorm "
            "(`medsteward codes load RXNCONSO.RRF`), or add the drug in words"
        )
        if unknown[0].startswith("NDC"):
            text = text.replace("RXNCONSO.RRF", "RXNCONSO.RRF RXNREL.RRF RXNSAT.RRF")
        remarks.problem("DRUG-001", at, text)
    line = read_line(words) if words else None
    if line is not None:
        remarks.problems += [evolve(problem, where=at) for problem in line.problems if not unknown]
    elif not unknown and not remarks.problems:
        what = f" ({shown(strange[0])} is not read)" if strange else ""
        remarks.problem("DRUG-004", at, f"no drug is named in words, by RxNorm or by NDC{what}")
    candidates = () if line is None or unknown else line.candidates
    return ResourceDrug(words, None, None, tuple(remarks.problems), tuple(remarks.cautions), candidates)


@remembered(KEPT)
def _read(words: str) -> Product | None:
    """The product that words mean: a name of RxNorm, or a line as people write it. None: not understood."""
    named = read_rxnorm_name(words)
    if not named.problems:
        meant = product_of(named)
        whole = not any(caution.code == "RXN-102" for caution in meant.cautions)
        if meant.product is not None and not meant.problems and whole:
            return meant.product
    line = read_line(words)
    if line.regimen is None or line.problems:
        return _named_twice(words)
    return line.regimen.product


_NAMED_TWICE = re.compile(r"([^()]{3,80}) \(([^()]{3,120})\)")


def _named_twice(words: str) -> Product | None:
    """The product in brackets after the names of its ingredients, whose order its strengths need not have.

    As in ``acetaminophen-oxycodone (Percocet 5/325 oral tablet)``; None where the names are not those of the product.
    """
    match = _NAMED_TWICE.fullmatch(words.strip())
    if match is None:
        return None
    inside, names = read_line(match[2]), read_line(match[1]).regimen
    if inside.regimen is None or inside.problems or names is None:
        return None
    said = {component.ingredient for component in names.product.components}
    product = inside.regimen.product
    return product if said == {component.ingredient for component in product.components} else None


def _in_words(words: str, listed: Sequence[Table]) -> Product | None:
    """The product that the words of a concept mean: its text, or else the displays of its codings."""
    if words and (product := _read(words)) is not None:
        return product
    for coding in listed:
        display = coding.get("display")
        if isinstance(display, str) and display != words and len(display) <= MAX_TEXT:
            product = _read(without_tag(display))
            if product is not None:
                return product
    return None


def _of_ingredients(medication: Table, at: str, remarks: Remarks) -> ResourceDrug | None:
    """A product put together from the ingredients of a Medication, with their strengths and the form."""
    found: list[tuple[str, str]] = []
    for number, entry in enumerate(objects_of(medication, "ingredient", at, remarks, 30)):
        place = f"{at}.ingredient[{number}]"
        concept = object_of(entry, "itemCodeableConcept", place, remarks)
        name = None if concept is None else words_of(concept, place, remarks)
        if name is None:
            remarks.problem("DRUG-004", place, "an ingredient is not named in words")
            return None
        ratio = object_of(entry, "strength", place, remarks)
        strength = None if ratio is None else ratio_of(ratio, f"{place}.strength", remarks)
        found.append((name, "" if strength is None else _strength_text(strength)))
    if not found:
        return None
    form = object_of(medication, "form", at, remarks)
    shape = None if form is None else words_of(form, f"{at}.form", remarks)
    words = f"{' / '.join(' '.join(filter(None, each)) for each in found)} {shape or ''}".strip()
    line = read_line(words)
    product = None if line.regimen is None or line.problems else line.regimen.product
    problems = [*remarks.problems, *(evolve(problem, where=f"{at}.ingredient") for problem in line.problems)]
    remarks.problems.clear()
    matched = None if product is None else _matched(product)
    return ResourceDrug(words, product, matched, tuple(problems), (), line.candidates)


def _strength_text(ratio: tuple[Amount | Fraction, Amount]) -> str:
    """``5 mg`` of 5 mg in 1 tablet, ``10 mg/5 mL`` of 10 mg in 5 mL, ``75 mcg/h`` of 75 mcg in 1 h."""
    above, below = ratio
    if below.unit.is_count and isinstance(above, Amount):
        return f"{decimal_text(above.value / below.value)} {above.unit.value}"
    number = "" if below.value == 1 else f"{decimal_text(below.value)} "
    return f"{above}/{number}{below.unit.value}"


def with_route(drug: ResourceDrug, route: str | None, at: str) -> ResourceDrug:
    """The drug by the route that the directions name. A product whose route is known otherwise is a problem."""
    if route is None or drug.product is None or drug.product.route == route or drug.problems:
        return drug
    return _routed(drug, drug.product, route, at)


@remembered(KEPT)
def _routed(drug: ResourceDrug, product: Product, route: str, at: str) -> ResourceDrug:
    if route == "topical" and product.form == "patch":
        return drug
    if not drug.is_coded:
        routed = _read(f"{drug.words} {route}") if route != "parenteral" else _read(f"{drug.words} injection")
        if routed is not None and routed.route == route:
            return evolve(drug, product=routed, matched=_matched(routed))
    if product.route is None:
        routed = evolve(product, route=route)
        return evolve(drug, product=routed, matched=_matched(routed))
    if route == "oral" and product.route in _IN_THE_MOUTH:
        text = f"the route says by mouth, the product is {product.route}; it was counted as {product.route}"
        return evolve(drug, cautions=(*drug.cautions, Caution("DIR-107", text, at)))
    text = f"the route is {route}, but {product.listed or _name(product)} is {product.route}; make them agree"
    return evolve(drug, problems=(*drug.problems, Problem("DIR-007", f"{at}.route", text)))


_IN_THE_MOUTH = frozenset({"sublingual", "buccal", "transmucosal oral"})


@remembered(KEPT)
def _matched(product: Product) -> Match:
    """The listed products that a product can be."""
    strengths = tuple(component.strength for component in product.components if component.strength is not None)
    return match(
        Description(
            tuple(component.ingredient for component in product.components),
            product.brand,
            product.form,
            product.route,
            product.release,
            strengths if len(strengths) in (1, len(product.components)) else (),
        )
    )


def _name(product: Product) -> str:
    return " / ".join(component.ingredient for component in product.components)


def _against(one: Product, other: Product) -> str | None:
    """What two products contradict each other in: ingredients, strengths, form or release. None: nothing."""
    mine = {component.ingredient: component for component in one.components}
    theirs = {component.ingredient: component for component in other.components}
    if set(mine) != set(theirs):
        return f"{_name(one)} and {_name(other)}"
    for name, component in mine.items():
        here, there = component.strength, theirs[name].strength
        if here is None or there is None:
            continue
        same = here.unit.dimension is there.unit.dimension
        if not same and {here.unit.dimension, there.unit.dimension} & _NO_STRENGTH:
            continue
        if not same or not same_strength(here, there):
            return f"{name} {here} and {there}"
    if one.release and other.release and one.release != other.release and "patch" not in (one.form, other.form):
        return f"{one.release} and {other.release}"
    if one.form and other.form and not _forms_agree(one.form, other.form):
        return f"{one.form} and {other.form}"
    return None


_NO_STRENGTH = frozenset({Dimension.SHARE})
_LIQUID = frozenset({"solution", "suspension"})


def _forms_agree(one: str, other: str) -> bool:
    return one == other or one.split()[-1] == other.split()[-1] or {one, other} <= _LIQUID


def _says_more(one: Product, other: Product) -> bool:
    """Whether the words name a strength or a form that the code leaves open."""
    return any(c.strength is not None for c in one.components) and all(c.strength is None for c in other.components)


def _says_exactly(one: Product, other: Product) -> bool:
    """Whether the words state the very strengths that the code gives rounded, as 325 mg/15 mL and 21.7 mg/mL."""
    mine, theirs = ({c.ingredient: c.strength for c in product.components} for product in (one, other))
    return None not in mine.values() and mine != theirs and one.listed == other.listed
