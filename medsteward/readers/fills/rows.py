"""One row of a dispensing record to a fill, or to what is wrong with it. What rows share is read once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from operator import itemgetter

from attrs import evolve, frozen

from medsteward.caches import remembered
from medsteward.drugs.oud import is_oud_treatment
from medsteward.model.code import Resolver
from medsteward.model.fill import (
    Dispensed,
    ExcludedRow,
    ExclusionKind,
    FailedRow,
    Fill,
    QuantityUnit,
    Reported,
    WhyExcluded,
)
from medsteward.model.problem import Caution, Problem
from medsteward.readers.fills.cells import DecimalMark, Habits, day, number, places
from medsteward.readers.fills.header import Header
from medsteward.readers.fills.kinds_of_rows import RowChecks
from medsteward.readers.fills.product import NotUnderstood, ProductCells, ProductReader, UnderstoodProduct

MOST_DAYS = 366
"""Days' supply of one fill beyond which it is taken for a slip. Ours."""
MOST_UNITS = 100_000
"""Quantity of one fill beyond which it is taken for a slip. Ours."""
KEPT = 20_000

_WHAT = (
    "drug_name",
    "strength",
    "strength_unit",
    "form",
    "route",
    "rxcui",
    "ndc",
    "quantity",
    "quantity_unit",
    "days_supply",
    "treatment_type",
)
_OF_FILL = ("filled_date", "prescriber_key", "pharmacy_key", "reported_mme", "rx_number", "refill_number")
_FLAGS = {
    "hospice": ExclusionKind.HOSPICE,
    "cancer": ExclusionKind.CANCER,
    "sickle_cell": ExclusionKind.SICKLE_CELL,
    "palliative": ExclusionKind.PALLIATIVE,
}
_YES = frozenset({"y", "yes", "true", "t", "1"})
_NO = frozenset({"", "n", "no", "false", "f", "0"})
_NOTHING = frozenset({"", "none", "n/a", "na", "null", "unknown", "not applicable", "other", "not used"})
_HUMAN = frozenset({"", "human", "person", "h", "n/a", "na"})
_NO_ANIMAL = frozenset({"", "n/a", "na", "none", "null", "not applicable"})

_UNITS = {
    QuantityUnit.EACH: "ea|each|unit|units|tablet|tablets|tab|tabs|capsule|capsules|cap|caps|patch|patches|film|films|"
    "lozenge|lozenges|spray|sprays|suppository|suppositories|un",
    QuantityUnit.ML: "ml|mls|milliliter|milliliters|millilitre|millilitres|cc",
    QuantityUnit.GRAM: "g|gm|gms|gram|grams|gr",
    QuantityUnit.BOTTLE: "bottle|bottles|btl|bot",
}
_UNIT_NAMED = {name: unit for unit, names in _UNITS.items() for name in names.split("|")}

Row = Fill | FailedRow | ExcludedRow
Cells = list[str]


@frozen
class RowFault:
    """What is wrong with what a row says, before its place is known: the column at fault, and the problem.

    ``written`` are the words of its drug.
    """

    column: str
    problem: Problem
    written: str = ""


class RowReader:
    """Reads the rows of one file."""

    def __init__(self, header: Header, habits: Habits, resolver: Resolver) -> None:
        self._products = ProductReader(resolver)
        self._header, self._habits = header, habits
        self._what = _getter([header.cell(column) for column in _WHAT])
        self._patient, self._one = header.cell("patient_key"), header.patient
        self._sold = header.cell("sold_date")
        self._of_fill = _getter([header.cell(column) for column in _OF_FILL])
        self._animal, self._species = header.cell("animal_name"), header.cell("species")
        self._is_animal = "animal_name" in header.at or "species" in header.at
        care = ("treatment_type", *_FLAGS)
        self._has_care = any(column in header.at for column in care)
        self._care = _getter([header.cell(column) for column in care])
        self._other = _getter([place for place, _ in header.other]) if header.other else None
        self.stated_person = _getter([header.cell("birth_date"), header.cell("age")])
        self._dispensed: dict[tuple[str, ...], Dispensed | RowFault | WhyExcluded] = {}
        self._order = habits.order
        layout = header.layout
        self._checks = RowChecks.of(header)
        are_orders = layout is not None and (layout.orders or (header.orders and layout.kinds is not None))
        self.cautions = (_ORDERS,) if are_orders else ()
        self._units = {} if layout is None else layout.units
        self._rxcui_in_words = layout is not None and header.places.get(layout.rxcui_in) == header.at.get(
            "drug_name", -2
        )

    def patient(self, cells: Cells) -> str:
        """The patient's key, empty where there is none."""
        if self._one is not None:
            return self._one
        return cells[self._patient].strip() if len(cells) > self._patient else ""

    def read(self, row: int, cells: Cells) -> Row:
        """Read one row."""
        if len(cells) != self._header.width:
            text = f"the row has {len(cells)} cells, the header {self._header.width}; check quotes and commas"
            return FailedRow(row, "row", Problem("FILL-004", "", text))
        cells.append("")  # where columns that the file does not have are found
        if self._is_animal:
            animal = _is_veterinary(cells[self._animal], cells[self._species])
            if animal is None:
                text = "a species given as a code is not read; write human, or the animal"
                return FailedRow(row, "species", Problem("FILL-007", "", text))
            if animal:
                return ExcludedRow(row, WhyExcluded.VETERINARY)
        if self._checks is not None:
            found = self._checks.judged(row, cells)
            if found is not None:
                return found
        if self._one is None and not cells[self._patient].strip():
            return FailedRow(row, "patient_key", Problem("FILL-001", "", "the row has no patient key"))
        what = self._what(cells)
        dispensed = self._dispensed.get(what)
        if dispensed is None:
            if len(self._dispensed) >= KEPT:
                self._dispensed.clear()
            dispensed = self._dispensed[what] = self._read_dispensed(what)
        if type(dispensed) is not Dispensed:
            if isinstance(dispensed, WhyExcluded):
                return ExcludedRow(row, dispensed)
            assert isinstance(dispensed, RowFault)
            problem = self._with_reported(dispensed.problem, cells)
            return FailedRow(row, dispensed.column, problem, dispensed.written)
        return self._fill(row, cells, dispensed)

    def _with_reported(self, problem: Problem, cells: Cells) -> Problem:
        """What is wrong with a row that a file cannot give in full, with the MME that the record itself states."""
        stated = cells[self._header.cell("reported_mme")].strip()
        layout = self._header.layout
        if not stated or layout is None or not layout.may_lack:
            return problem
        return evolve(
            problem, text=f'{problem.text}; the record itself states "{stated[:20]}" a day, which is not ours'
        )

    def _fill(self, row: int, cells: Cells, dispensed: Dispensed) -> Row:
        text, prescriber, pharmacy, stated, prescription, refill = map(str.strip, self._of_fill(cells))
        found = self.filled_on(text, "" if text else cells[self._sold].strip())
        if isinstance(found, RowFault):
            return FailedRow(row, found.column, found.problem, dispensed.written)
        filled, by_sold = found
        reported = None
        exclusions: tuple[ExclusionKind, ...] = ()
        cautions: tuple[Caution, ...] = ()
        if self._has_care:
            care = _care(self._care(cells))
            exclusions, cautions = care
        if stated:
            compared = _reported(stated, self._habits.mark)
            if isinstance(compared, Caution):
                cautions = (*cautions, compared)
            else:
                reported = compared
        if by_sold:
            cautions = (*cautions, _BY_SOLD)
        fill = Fill(
            row,
            filled,
            dispensed,
            prescriber or None,
            pharmacy or None,
            reported,
            exclusions,
            by_sold,
            f"{prescription} {refill}" if prescription else None,
            cautions,
            self._other(cells) if self._other is not None else (),
        )
        if dispensed.indication is not None and is_oud_treatment(dispensed.product, dispensed.indication):
            return ExcludedRow(row, WhyExcluded.OPIOID_USE_DISORDER, fill)
        return fill

    def filled_on(self, filled: str, sold: str) -> tuple[date, bool] | RowFault:
        """The day that drives supply, and whether it is that of sale because no day of filling is stated."""
        column, text = ("filled_date", filled) if filled else ("sold_date", sold)
        if not text:
            return RowFault("filled_date", Problem("FILL-001", "", "the row has no day of filling"))
        found = day(text, self._order.get(column))
        return RowFault(column, found) if isinstance(found, Problem) else (found, not filled)

    def _read_dispensed(self, what: tuple[str, ...]) -> Dispensed | RowFault | WhyExcluded:
        drug, strength, strength_unit, form, route, rxcui, ndc, quantity_text, unit_text, days_text, treatment = (
            text.strip() for text in what
        )
        unit_text = self._units.get(unit_text, unit_text)
        if self._rxcui_in_words and not rxcui and _RXCUI.fullmatch(drug):
            drug, rxcui = "", drug
        said = ProductCells(drug, strength, strength_unit, form, route, rxcui, ndc)
        found = self._read_product(said, quantity_text, unit_text, days_text, treatment)
        return evolve(found, written=said.words[:_LONGEST_NAME]) if isinstance(found, RowFault) else found

    def _read_product(
        self, said: ProductCells, quantity_text: str, unit_text: str, days_text: str, treatment: str
    ) -> Dispensed | RowFault | WhyExcluded:
        product = self._products.read(said)
        if isinstance(product, WhyExcluded):
            return product
        if isinstance(product, NotUnderstood):
            return RowFault(product.column, product.problem)
        if not unit_text and (counted := _COUNTED.fullmatch(quantity_text)):
            quantity_text, unit_text = counted[1], counted[2]
        quantity = self._number("quantity", quantity_text, MOST_UNITS)
        if isinstance(quantity, RowFault):
            return quantity
        days = self._number("days_supply", _IN_DAYS.sub("", days_text), MOST_DAYS)
        if isinstance(days, RowFault):
            return days
        if days.denominator != 1:
            return RowFault(
                "days_supply", Problem("FILL-003", "", f'"{days_text[:30]}": days\' supply is in whole days')
            )
        unit = _UNIT_NAMED.get(unit_text.casefold()) if unit_text else None
        if unit_text and unit is None:
            text = f'"{unit_text[:30]}" is no unit of quantity this program reads; write each, mL, g or bottle'
            return RowFault("quantity_unit", Problem("FILL-007", "", text))
        assert isinstance(product, UnderstoodProduct)
        return Dispensed(
            said.words, product.product, quantity, unit, int(days), product.cautions, _indication(treatment)
        )

    def _number(self, column: str, text: str, most: int) -> Fraction | RowFault:
        if not text and column not in self._header.at:
            return RowFault(column, Problem("FILL-001", "", f"the file has no column of {column.replace('_', ' ')}"))
        if not text:
            say = "days' supply" if column == "days_supply" else column
            return RowFault(column, Problem("FILL-001", "", f"the row has no {say}; none is put in its place"))
        found = number(text, self._habits.mark)
        if isinstance(found, Problem):
            return RowFault(column, found)
        if found <= 0 or found > most:
            low = "is more than 0" if found <= 0 else f"cannot be more than {most:,}"
            return RowFault(column, Problem("FILL-003", "", f'"{text[:30]}": {column.replace("_", " ")} {low}'))
        return found

    def person(self, stated: tuple[str, ...]) -> tuple[date | None, int | None, bool]:
        """The birth date and the age that a row states, and whether one is there that cannot be read."""
        birth_text, age_text = (text.strip() for text in stated)
        birth = age = None
        bad = False
        if birth_text:
            found = day(birth_text, self._order.get("birth_date"))
            bad = isinstance(found, Problem)
            birth = None if isinstance(found, Problem) else found
        if age_text:
            years = number(age_text, self._habits.mark)
            fine = isinstance(years, Fraction) and years <= _OLDEST
            bad = bad or not fine
            age = int(years) if fine and isinstance(years, Fraction) else None
        return birth, age, bad


_OLDEST = 130
_LONGEST_NAME = 60
_COUNTED = re.compile(r"([\d.,]{1,20}) ?([A-Za-z]{1,20})", re.ASCII)
"""A quantity with its unit in one cell: 120 tablets."""
_IN_DAYS = re.compile(r"(?<=\d) ?(?:days?|d)$", re.IGNORECASE | re.ASCII)
_ORDERS = Caution("FILL-111", "rows are orders, not dispensings: whether they were filled is not known")
_BY_SOLD = Caution("FILL-103", "no day of filling is stated, so supply is counted from the day of sale")


def _getter(places_: Sequence[int]) -> Callable[[Cells], tuple[str, ...]]:
    """The cells at these places as a tuple, also where there is just one."""
    if len(places_) == 1:
        only = places_[0]
        return lambda cells: (cells[only],)
    return itemgetter(*places_)


def said_yes(text: str) -> bool | None:
    """Whether a cell says yes; an empty one says no. None: neither."""
    plain = text.strip().casefold()
    return True if plain in _YES else False if plain in _NO else None


@remembered(KEPT)
def _is_veterinary(animal: str, species: str) -> bool | None:
    """Whether a row is of an animal; None: a code, which could mean either."""
    if animal.strip().casefold() not in _NO_ANIMAL:
        return True
    if species.strip().isdigit():
        return None
    return species.strip().casefold() not in _HUMAN


@remembered(KEPT)
def _reported(text: str, mark: DecimalMark) -> Reported | Caution | None:
    """The MME a record states. One that cannot be read is not compared; it decides nothing."""
    if text.strip().casefold() in _NOTHING:
        return None
    measure = _MEASURED.fullmatch(text)
    if measure is not None and measure[2].casefold() not in _OF_MORPHINE:
        return None  # lorazepam equivalents, or milligrams of the drug itself: never MME
    found = number(text if measure is None else measure[1], mark)
    if isinstance(found, Problem):
        return Caution("FILL-108", f"reported MME {found.text}; it was not compared")
    return Reported(found, places(text if measure is None else measure[1]))


_MEASURED = re.compile(r"\s*([\d.,]{1,20})\s*(MME|MED|MEDD|LME|mg|mcg)(?:/(?:d|day))?\s*", re.IGNORECASE | re.ASCII)
"""A daily dose as reports of PDMPs print it: 60.00 MME, 4.00 LME, 16.00 mg."""
_OF_MORPHINE = frozenset({"mme", "med", "medd"})
_RXCUI = re.compile(r"\d{2,8}", re.ASCII)


_CARE_WORDS = (
    (re.compile(r"hospice"), ExclusionKind.HOSPICE),
    (re.compile(r"palliat|end[- ]of[- ]life|comfort care"), ExclusionKind.PALLIATIVE),
    (re.compile(r"sickle"), ExclusionKind.SICKLE_CELL),
    (re.compile(r"cancer|malignan|oncolog|metasta|tumou?r"), ExclusionKind.CANCER),
)
_DENIED = re.compile(r"\bnon[- ]?cancer\w*|\b(?:no|not|without)[ -]+(?:for )?(?:\w+ ){0,2}?\w+")
_NOT_FOR = re.compile(r"\bnot (?:\w+ ){0,2}for\b.*")
_CODE = re.compile(r"[\d\W]*[a-z]?\d*")

Care = tuple[tuple[ExclusionKind, ...], tuple[Caution, ...]]


def _indication(treatment: str) -> str | None:
    """The treatment type as words; None: it states none, or is a code."""
    plain = treatment.casefold()
    return None if plain in _NOTHING or _CODE.fullmatch(plain) else treatment


@remembered(KEPT)
def _care(cells: tuple[str, ...]) -> Care:
    """What the columns about the kind of care say: exclusions, and a word of warning where a cell cannot be read."""
    treatment, *flags = (text.strip().casefold() for text in cells)
    found: list[ExclusionKind] = []
    cautions: list[Caution] = []
    for (column, kind), flag in zip(_FLAGS.items(), flags, strict=True):
        if flag in _YES:
            found.append(kind)
        elif flag not in _NO:
            cautions.append(Caution("FILL-105", f'{column} "{flag[:30]}" was not read; write yes or no'))
    stated = _DENIED.sub(" ", _NOT_FOR.sub(" ", treatment))
    kinds = [kind for pattern, kind in _CARE_WORDS if pattern.search(stated)]
    if not kinds and treatment not in _NOTHING and _CODE.fullmatch(treatment):
        text = f'treatment type "{treatment[:20]}" is a code, which is not read; write hospice, cancer, sickle cell ...'
        cautions.append(Caution("FILL-105", text))
    return tuple(dict.fromkeys(found + kinds)), tuple(cautions)
