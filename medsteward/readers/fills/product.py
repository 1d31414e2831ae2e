"""What a dispensing record says of its product, through the same reader as every medication line."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from attrs import evolve, frozen

from medsteward.caches import made_once
from medsteward.drugs.index import opioids_in
from medsteward.model.code import Coded, Resolver
from medsteward.model.fill import WhyExcluded
from medsteward.model.ndc import read_ndc
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Product
from medsteward.model.regimen import Line
from medsteward.model.unit import Dimension
from medsteward.readers.case.medication import Medication, read_medication
from medsteward.readers.codes.coded import product_of_code
from medsteward.readers.codes.rxnorm_name import product_of, read_rxnorm_name

KEPT = 20_000
_WORDS = Path(__file__).with_name("words.csv")
_FORMS = Path(__file__).with_name("forms.csv")

_INJECTED_ROUTES = frozenset({"parenteral", "epidural"})
_INJECTED_FORMS = frozenset({"injection", "vial", "syringe", "auto-injector"})
_INJECTED = re.compile(
    r"\b(?:inj|injection|injectable|vials?|ampules?|ampuls?|ampoules?|syringes?|carpuject|intravenous|intramuscular|"
    r"subcutaneous|subcut|iv|im|infusion|pca|implant)\b"
)
_ORAL = re.compile(r"\b(?:oral|po)\b")
_FORM_LACKS = frozenset({"DIR-010"})
_QUIET = frozenset({"NUM-101", "UNIT-101"})
"""Warnings about how people write, which say nothing about what a program wrote."""


@frozen(cache_hash=True)
class ProductCells:
    """The cells of a row that say what the product is, as written."""

    drug: str = ""
    strength: str = ""
    strength_unit: str = ""
    form: str = ""
    route: str = ""
    rxcui: str = ""
    ndc: str = ""

    @property
    def words(self) -> str:
        """What is shown of it."""
        parts = (self.drug, self.strength, self.strength_unit, self.form)
        said = " ".join(part for part in parts if part)
        return said or (f"rxcui {self.rxcui}" if self.rxcui else f"ndc {self.ndc}" if self.ndc else "")


@frozen
class UnderstoodProduct:
    """A product, with what deserves a word."""

    product: Product
    cautions: tuple[Caution, ...] = ()


@frozen
class NotUnderstood:
    """The column at fault and the problem; ``named`` are the ingredients that were made out all the same."""

    column: str
    problem: Problem
    named: tuple[str, ...] = ()


Outcome = UnderstoodProduct | NotUnderstood | WhyExcluded


class ProductReader:
    """Reads what rows say of their products: words first, codes beside them through a resolver."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._kept: dict[ProductCells, Outcome] = {}

    def read(self, said: ProductCells) -> Outcome:
        """The product of a row, or the problem, or why it is set aside.

        A drug that is no opioid needs only its name. Words are used before a code, and what they leave open is taken
        from it; words and a code that name different drugs or strengths are a problem.
        """
        found = self._kept.get(said)
        if found is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            found = self._kept[said] = self._read(said)
        return found

    def _read(self, said: ProductCells) -> Outcome:
        words = " ".join((said.drug, said.strength_unit, said.form, said.route)).casefold()
        if _INJECTED.search(words) and not _ORAL.search(words):
            return WhyExcluded.INJECTABLE
        by_code = self._by_code(said)
        if not said.drug:
            return by_code or NotUnderstood("drug_name", Problem("DRUG-004", "", "the row names no drug"))
        by_words = _by_words(said)
        if by_code is None or isinstance(by_words, WhyExcluded):
            return by_words
        if isinstance(by_code, NotUnderstood):
            if isinstance(by_words, UnderstoodProduct) and by_code.column == "rxcui":
                beside = Caution("PROD-105", f"the code {said.rxcui[:20]} is not known here; the words were used")
                return evolve(by_words, cautions=(*by_words.cautions, beside))
            return by_words
        if isinstance(by_words, NotUnderstood) or isinstance(by_code, WhyExcluded):
            # the code says what the words did not, unless the words may name another drug
            if isinstance(by_words, NotUnderstood) and isinstance(by_code, UnderstoodProduct):
                theirs = {component.ingredient for component in by_code.product.components}
                if by_words.named and not theirs.issuperset(by_words.named):
                    return _contradicted(by_words.named, theirs, said)
            unknown = isinstance(by_words, NotUnderstood) and by_words.problem.code == "DRUG-003"
            return by_words if unknown else by_code
        return _agreed(by_words, by_code, said)

    def _by_code(self, said: ProductCells) -> Outcome | None:
        """What the codes of a row say; None where it has none, or has an NDC that nothing here holds beside words."""
        if said.rxcui:
            found = self._resolver.rxcui(said.rxcui)
            if found is not None:
                return _coded(found, "rxcui")
        if said.ndc:
            ndc = read_ndc(said.ndc)
            found = self._resolver.ndc(ndc.code) if ndc.code is not None else None
            if found is not None:
                return _coded(found, "ndc")
            if not said.rxcui and not said.drug:
                if ndc.code is None:
                    text = f'"{ndc.written}": {ndc.wrong}'
                    code = "NDC-002" if ndc.candidates else "NDC-001"
                    return NotUnderstood("ndc", Problem(code, "", text, ndc.candidates))
                text = f"the NDC {ndc.code} is not in the code index; load one that holds it, or add the drug's name"
                return NotUnderstood("ndc", Problem("DRUG-001", "", text))
        if said.rxcui:
            text = f"the code {said.rxcui[:20]} is not known here; load an RxNorm release, or add the drug's name"
            return NotUnderstood("rxcui", Problem("DRUG-001", "", text))
        return None


def _coded(found: Coded, column: str) -> Outcome:
    meant = product_of_code(found)
    product = meant.product
    if product is not None and (product.route in _INJECTED_ROUTES or product.form in _INJECTED_FORMS):
        return WhyExcluded.INJECTABLE
    if product is None or meant.problems:
        if product is not None and not product.is_opioid:
            return UnderstoodProduct(product)
        first = meant.problems[0] if meant.problems else Problem("DRUG-001", "", "no drug could be made out")
        return NotUnderstood(column, first)
    return UnderstoodProduct(product, meant.cautions)


def _agreed(words: UnderstoodProduct, code: UnderstoodProduct, said: ProductCells) -> Outcome:
    """The words with what only the code says, or the contradiction."""
    mine = {c.ingredient: c.strength for c in words.product.components}
    theirs = {c.ingredient: c.strength for c in code.product.components}
    column = "rxcui" if said.rxcui else "ndc"
    opioids = set(opioids_in(words.product)) | set(opioids_in(code.product))
    differ = [
        name
        for name in opioids
        if name in mine and name in theirs and None not in (mine[name], theirs[name]) and mine[name] != theirs[name]
    ]
    if set(opioids_in(words.product)) != set(opioids_in(code.product)) or (not opioids and not set(mine) & set(theirs)):
        return _contradicted(mine, theirs, said)
    if differ:
        name = differ[0]
        text = f"the words say {name} {mine[name]}, the code beside them {theirs[name]}; check which is right"
        return NotUnderstood(column, Problem("CASE-003", "", text))
    if any(mine[name] is None for name in opioids) or words.product.route is None:
        return UnderstoodProduct(code.product, words.cautions + code.cautions)
    return words


def _contradicted(words: Iterable[str], code: Iterable[str], said: ProductCells) -> NotUnderstood:
    text = f"the words say {' / '.join(words)}, the code beside them {' / '.join(code)}; check which is right"
    return NotUnderstood("rxcui" if said.rxcui else "ndc", Problem("CASE-003", "", text))


def _by_words(said: ProductCells) -> Outcome:
    words = Medication(
        drug=_spelled_out(said.drug) or None,
        strength=_strength(said.strength, said.strength_unit) or None,
        form=_form(said.form) or None,
        route=said.route or None,
    )
    line = read_medication(words)
    if line.problems:
        words, line = _in_another_way(words, line)
    mass = _only_mass(line)
    if words.form is None and {problem.code for problem in line.problems} == _FORM_LACKS:
        # what is dispensed by its rate is a patch
        words = evolve(words, form="patch")
        line = read_medication(words)
    if mass is not None and words.strength is None:
        # beside a drug's name a record states what was dispensed, not a dose
        line = read_medication(evolve(words, strength=mass))
    found = _judged(line, said)
    if isinstance(found, NotUnderstood) and not said.strength:
        # exports also hold names as RxNorm writes them
        meant = product_of(read_rxnorm_name(said.drug))
        if meant.product is not None and not meant.problems and not _leaves_a_name(meant.cautions):
            return UnderstoodProduct(meant.product, meant.cautions)
    return found


def _leaves_a_name(cautions: Sequence[Caution]) -> bool:
    """Whether a name of RxNorm's kind holds an ingredient that is not known: cut off, it may be an opioid."""
    return any(caution.code == "RXN-102" for caution in cautions)


_TWO = re.compile(r"(\d{1,4}(?:\.\d{1,3})?) ?[-/] ?(\d{1,4}(?:\.\d{1,3})?)", re.ASCII)


def _in_another_way(words: Medication, line: Line) -> tuple[Medication, Line]:
    """The words as records also mean them, where just one of these ways is understood; else as they stand.

    Two strengths in the other order of the ingredients; two numbers within a name as its strengths; and the strength
    of the opioid alone beside a name that states all of them.
    """
    ways: list[tuple[Medication, Line]] = _in_one_volume(words)
    both = None if words.strength is None else _TWO.match(words.strength)
    if both is not None and words.strength is not None:
        turned = f"{both[2]}-{both[1]}{words.strength[both.end() :]}"
        ways.append(_read_as(evolve(words, strength=turned)))
    within = None if words.drug is None else _TWO.search(words.drug)
    if words.drug is not None and within is not None:
        name = f"{words.drug[: within.start()]} {words.drug[within.end() :]}".strip()
        apart = _read_as(evolve(words, drug=name, strength=f"{within[1]}-{within[2]} mg"))
        if words.strength is None or (both is None and _is_of_lead(words.strength, apart[1])):
            ways.append(apart)
    understood = [way for way in ways if way[1].regimen is not None and not way[1].problems]
    return understood[0] if len(understood) == 1 else (words, line)


_IN_ONE_VOLUME = re.compile(
    r"(\d+(?:\.\d+)?) ?(mg|mcg) ?[-/;] ?(\d+(?:\.\d+)?) ?\2 ?/ ?(\d+(?:\.\d+)?)? ?ml", re.IGNORECASE
)


def _in_one_volume(words: Medication) -> list[tuple[Medication, Line]]:
    """Two strengths in one volume (``325 MG-7.5 MG/15 ML``), in each order that is that of a listed product.

    Nothing else tells which is whose: 10 MG-100 MG/5 ML is a tenth of it or ten times as much.
    """
    match = None if words.strength is None else _IN_ONE_VOLUME.fullmatch(words.strength)
    if match is None:
        return []
    first, unit, other, volume = match.groups()
    orders = dict.fromkeys([(first, other), (other, first)])
    read = [_read_as(evolve(words, strength=f"{a}-{b} {unit}/{volume or 1} mL")) for a, b in orders]
    return [way for way in read if way[1].regimen is not None and way[1].regimen.product.listed is not None]


def _read_as(words: Medication) -> tuple[Medication, Line]:
    return words, read_medication(words)


def _is_of_lead(strength: str, line: Line) -> bool:
    """Whether a strength is that of the opioid of a line, or of its only ingredient."""
    if line.regimen is None:
        return False
    lead = line.regimen.product.lead_component.strength
    return lead is not None and str(lead).replace(" ", "") == strength.casefold().replace(" ", "")


@made_once
def _form_codes() -> Mapping[str, str]:
    """Codes of dose forms as PDMPs write them, and their words."""
    with _FORMS.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["means"] for row in csv.DictReader(file)}


def _form(text: str) -> str:
    """A form in the words of lines: its code spelled out, coats left out, and the hours that a release is made for."""
    plain = _form_codes().get(text.strip().casefold(), text)
    return _HOURS.sub(r"\1", _COATED.sub(" ", plain)).strip(" ,")


_HOURS = re.compile(r"\b((?:extended|sustained)[ -]release)\W{1,3}(?:8|12|24)(?: ?h\w{0,4})?$", re.IGNORECASE)
_COATED = re.compile(r",? ?\b(?:film|sugar|enteric)?[ -]?coated\b", re.IGNORECASE)


def _only_mass(line: Line) -> str | None:
    """The one mass that a line without a strength states as its dose."""
    if line.regimen is None or line.problems:
        return None
    doses = [taking.dose for taking in line.regimen.sig.takings if taking.dose is not None]
    lacks = all(component.strength is None for component in line.regimen.product.components)
    if not lacks or len(doses) != 1 or doses[0].low != doses[0].high:
        return None
    return str(doses[0].low) if doses[0].low.unit.dimension is Dimension.MASS else None


def _judged(line: Line, said: ProductCells) -> Outcome:
    product = line.regimen.product if line.regimen is not None else None
    if product is not None and (product.route in _INJECTED_ROUTES or product.form in _INJECTED_FORMS):
        return WhyExcluded.INJECTABLE
    cautions = tuple(evolve(each, where="") for each in line.cautions if each.code not in _QUIET)
    if product is None or line.problems:
        if product is not None and not line.may_hide_a_drug and not product.is_opioid:
            return UnderstoodProduct(product, cautions)
        first = line.problems[0] if line.problems else Problem("DRUG-001", "", "no drug could be made out")
        if first.code == "DIR-005" and line.unread:
            first = _cut_off(line.unread)
        named = () if product is None else tuple(component.ingredient for component in product.components)
        return NotUnderstood(_column(first, said), first, named)
    return UnderstoodProduct(product, cautions)


def _cut_off(words: Sequence[str]) -> Problem:
    shown = ", ".join(f'"{word[:30]}"' for word in words[:8])
    return Problem(
        "DRUG-005", "", f"{shown} in the drug's name is not known, so another drug may be meant; write it in full"
    )


def _column(problem: Problem, said: ProductCells) -> str:
    if problem.code.startswith(("UNIT", "NUM")) and said.strength:
        return "strength"
    return "drug_name" if said.drug else "rxcui"


# --- cells as pharmacy programs write them ----------------------------------------------------------------------


@made_once
def _meanings() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Cut-off words and what they stand for: anywhere, and only before the other drug of a combination.

    A drug's own name that is cut off and stands alone is a misspelling like any other.
    """
    with _WORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    joined = {row["word"]: row["means"] for row in rows if row["only before a join"]}
    return {row["word"]: row["means"] for row in rows if row["word"] not in joined}, joined


def _spelled_out(drug: str) -> str:
    """A name with the cut-off words of pharmacy programs written in full."""
    anywhere, joined = _meanings()

    def meant(match: re.Match[str]) -> str:
        word = match[0].casefold()
        if drug[match.end() : match.end() + 1] in ("-", "/") and word in joined:
            return joined[word]
        return anywhere.get(word, match[0])

    return re.sub(r"[A-Za-z][A-Za-z0-9]*", meant, drug).strip()


_NAKED = re.compile(r"(?<![\d.,])\.(?=\d)")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
_PER_HOUR = re.compile(r"/ ?1 ?h(?:(?:ou)?rs?)?\b", re.IGNORECASE)
_PER_ONE = re.compile(r"/ ?1(?![\d.])(?: ?(?:tablet|capsule|patch|film|each))?", re.IGNORECASE)
_PER_UNIT = re.compile(
    r"/ ?(?:tablets?|tabs?|capsules?|caps?|patch|film|spray|actuation|lozenge|suppository|each|ea)\b", re.I
)
_EACH_WITH_UNIT = re.compile(
    r"\d+(?:\.\d+)? ?(mg|mcg)(?: ?(?:[-/;,&+]|and) ?\d+(?:\.\d+)? ?\1){1,4}(?![\w/])", re.IGNORECASE
)
"""Each of several strengths with its unit."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BARE = re.compile(r"[\d.,]+(?: ?[-/] ?[\d.,]+)*")


def _strength(text: str, unit: str) -> str:
    """A strength as lines state it: ``.5 MG`` is 0.5 mg, ``10 mg/1`` 10 mg, ``10 mg-325 mg`` 10-325 mg."""
    plain = _DECIMAL_COMMA.sub(".", text.strip())
    if unit and _BARE.fullmatch(plain):
        plain = f"{plain} {unit.strip()}"
    plain = _NAKED.sub("0.", plain)
    plain = _PER_UNIT.sub("", _PER_ONE.sub("", _PER_HOUR.sub("/h", plain)))
    return _EACH_WITH_UNIT.sub(lambda match: f"{'-'.join(_NUMBER.findall(match[0]))} {match[1]}", plain).strip()
