"""FHIR quantities to amounts: by UCUM code where the system says so, by dose form, or by the words beside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from medsteward import units
from medsteward.errors import MedstewardError
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.readers.fhir.element import Remarks, Table, known_elements, number_of, shown, text_of
from medsteward.readers.fhir.kept import kept

UCUM = "http://unitsofmeasure.org"
FORM_SYSTEMS = frozenset(
    {"http://terminology.hl7.org/CodeSystem/v3-orderableDrugForm", "http://hl7.org/fhir/v3/orderableDrugForm"}
)

_TABLETS = "TAB ORTAB CAPLET CHEWTAB DISINTAB DRTAB ECTAB ERECTAB ERTAB ERTAB12 ERTAB24 CPTAB BUCTAB SRBUCTAB SLTAB"
_CAPSULES = "CAP ORCAP ENTCAP ERCAP ERCAP12 ERCAP24 ERECCAP ERENTCAP"
_PATCHES = "PATCH TPATCH TPATH16 TPATH24 TPATH72 TPATH2WK TPATHWK"
FORMS: Mapping[str, Unit] = MappingProxyType(
    {
        **dict.fromkeys(_TABLETS.split(), Unit.TABLET),
        **dict.fromkeys(_CAPSULES.split(), Unit.CAPSULE),
        **dict.fromkeys(_PATCHES.split(), Unit.PATCH),
        **dict.fromkeys(("SPRY", "NASSPRY"), Unit.SPRAY),
        **dict.fromkeys(("PUFF",), Unit.ACTUATION),
        **dict.fromkeys(("SUPP", "RECSUPP"), Unit.SUPPOSITORY),
        "ORTROCHE": Unit.LOZENGE,
    }
)
"""HL7 codes of dose forms that count what is taken (orderableDrugForm, HL7 terminology)."""

_ELEMENTS = frozenset({"value", "unit", "system", "code", "comparator"})
_HOUSEHOLD = re.compile(r"\[(?:tsp|tbs|cup|fdr)[_a-z]*\]|\b(?:tea|table)spoon", re.IGNORECASE)
_DROPS = re.compile(r"\[drp\]|\bdrops?\b|\bgtts?\b", re.IGNORECASE)
_ANNOTATION = re.compile(r"\{([^{}]*)\}")
_NOTHING = frozenset(
    {
        *("1", "{unit}", "{units}", "{each}", "{count}", "unit(s)", "each", "ea"),
        *("pill", "pills", "pill(s)", "{pill}", "{pills}", "dose", "doses", "dose(s)", "{dose}", "{doses}"),
    }
)
"""What names no unit of its own: the number counts units of the product."""
_SHORT = {"tbl": "tablet", "tbls": "tablets", "tabl": "tablet"}

Measured = Amount | Fraction
"""An amount, or a bare number that counts units of the product."""


@kept
def quantity_of(table: Table, at: str, remarks: Remarks) -> Measured | None:
    """A Quantity as an amount, or as a bare number where it has no unit. None, with a problem noted: neither."""
    known_elements(table, _ELEMENTS, at, "Quantity", remarks)
    value = number_of(table, "value", at, remarks)
    if value is None:
        if table.get("value") is None:
            remarks.problem("FHIR-001", f"{at}.value", "a quantity without a value says nothing")
        return None
    comparator = text_of(table, "comparator", at, remarks)
    if comparator is not None:
        remarks.problem(
            "FHIR-001", f"{at}.comparator", f'"{shown(comparator)}" before a dose leaves open how much it is'
        )
        return None
    unit = _unit_of(table, at, remarks)
    if unit is None or isinstance(unit, Bare):
        return None if unit is None else value
    return Amount(value * unit.value, unit.unit)


class Bare:
    """No unit: the number counts units of the product."""


class UnitFactor:
    """A number of a unit of the closed list: 1 mg, or 1,000 mg/mL for g/mL."""

    __slots__ = ("unit", "value")

    def __init__(self, value: Fraction, unit: Unit) -> None:
        self.value, self.unit = value, unit

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UnitFactor) and self.unit is other.unit and self.value == other.value

    __hash__ = None  # type: ignore[assignment]


def _unit_of(table: Table, at: str, remarks: Remarks) -> UnitFactor | Bare | None:
    code, unit = text_of(table, "code", at, remarks), text_of(table, "unit", at, remarks)
    system = text_of(table, "system", at, remarks)
    for text in (code, unit):
        if text is not None and (_HOUSEHOLD.search(text) or _DROPS.search(text)):
            kind = "drops have no fixed volume" if _DROPS.search(text) else "a household spoon is no measure"
            remarks.problem(
                "DIR-003", f"{at}.code" if text is code else f"{at}.unit", f"{kind}; write the volume in mL"
            )
            return None
    said = None if unit is None else _spelled(unit)
    if code is None:
        if unit is None:
            return Bare()
        if said is None and unit.strip().casefold() in _NOTHING:
            return Bare()
        if said is None:
            remarks.problem("UNIT-001", f"{at}.unit", f'"{shown(unit)}" is not a unit this program reads')
        return said
    found = _coded(code, system, said, at, remarks)
    if found is None or said is None or isinstance(found, Bare):
        return found if said is None or not isinstance(found, Bare) else said
    if found != said and not _same(found, said):
        text = f'the code "{shown(code)}" and the unit "{shown(unit)}" are not the same; correct one of them'
        remarks.problem("UNIT-001", at, text)
        return None
    return found


def _coded(
    code: str, system: str | None, said: UnitFactor | None, at: str, remarks: Remarks
) -> UnitFactor | Bare | None:
    if system in FORM_SYSTEMS:
        form = FORMS.get(code.strip().upper())
        if form is None:
            remarks.problem("UNIT-001", f"{at}.code", f'"{shown(code)}" is no dose form that can be counted')
            return None
        return UnitFactor(Fraction(1), form)
    if system == UCUM:
        return _ucum(code, at, remarks)
    if system is None:
        found = Bare() if code.casefold() in _NOTHING else _spelled(code)
        if found is None:
            remarks.problem("UNIT-001", f"{at}.code", f'"{shown(code)}" has no system that says what it means')
        else:
            remarks.caution("FHIR-104", f'the code "{shown(code)}" names no system; it was read as its words say', at)
        return found
    if said is not None:
        remarks.caution(
            "FHIR-104", f'the unit "{said.unit.value}" was read by its words; its code system is not known', at
        )
        return said
    text = f'"{shown(code)}" is of a code system this program does not know; add the unit in words, or use UCUM'
    remarks.problem("UNIT-001", f"{at}.system", text)
    return None


def _ucum(code: str, at: str, remarks: Remarks) -> UnitFactor | Bare | None:
    unit = units.UCUM.get(code)
    if unit is not None:
        return UnitFactor(Fraction(1), unit)
    if code.casefold() in _NOTHING:
        return Bare()
    found = _spelled(_ANNOTATION.sub(r"\1", code)) if _ANNOTATION.fullmatch(code) else None
    if found is not None and found.unit.is_count:
        return found
    near = _spelled(code)
    if near is not None and near.value == 1:
        right = next((each for each, unit in units.UCUM.items() if unit is near.unit), None)
        if right is not None:
            text = f'"{shown(code)}" is no UCUM code for {near.unit.value}, which is "{right}"; it was read so'
            remarks.caution("FHIR-104", text, at)
            return near
    remarks.problem("UNIT-001", f"{at}.code", f'"{shown(code)}" is not a UCUM code this program reads')
    return None


def _spelled(text: str) -> UnitFactor | None:
    """A unit in words: ``mg``, ``tablet(s)``, ``mcg/hr``, ``mg per 5 mL`` is none."""
    plain = text.strip().replace("(s)", "").replace("(es)", "")
    plain = _SHORT.get(plain.casefold(), plain)
    try:
        amount = units.amount(f"1 {plain}")
    except MedstewardError:
        return None
    return UnitFactor(amount.value, amount.unit)


def _same(one: UnitFactor, other: UnitFactor) -> bool:
    """Whether two units are the same amount: 1 g/d and 1,000 mg/d."""
    if one.unit.dimension is not other.unit.dimension:
        return {one.unit, other.unit} == {Unit.SPRAY, Unit.ACTUATION}
    return one.value * one.unit.scale == other.value * other.unit.scale


def ratio_of(table: Table, at: str, remarks: Remarks) -> tuple[Measured, Amount] | None:
    """A Ratio of an amount and a time or another amount: 75 mcg in 1 h, 8 tablets in 24 h."""
    known_elements(table, frozenset({"numerator", "denominator"}), at, "Ratio", remarks)
    parts = []
    for key in ("numerator", "denominator"):
        part = table.get(key)
        if not isinstance(part, dict):
            remarks.problem("FHIR-001", f"{at}.{key}", f"a ratio has a {key}, which is a quantity")
            return None
        parts.append(quantity_of(part, f"{at}.{key}", remarks))
    above, below = parts
    if above is None or below is None:
        return None
    if not isinstance(below, Amount) or below.value == 0:
        remarks.problem("FHIR-001", f"{at}.denominator", "how long, or in how much? The denominator needs a unit")
        return None
    return above, below
