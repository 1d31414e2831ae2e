"""Everyday drugs and all further names: CSV files in ``names/``, read once, when the first unknown name is met.

``everyday.csv`` holds drugs with class and properties; ``not_opioids.csv`` substances that are surely no opioid, of
which nothing else is known; the other files hold further names of drugs. ``docs/how_to_add_a_name.md`` says what each
column means. A blank property is not judged, and never means that a drug is without it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from attrs import evolve, field, frozen

from medsteward.caches import remembered
from medsteward.drugs.name import Name
from medsteward.model.drug import Drug, DrugClass
from medsteward.model.property import Property
from medsteward.model.source import Standing

FOLDER = Path(__file__).with_name("names")
DRUGS = "everyday.csv"
NOT_OPIOIDS = "not_opioids.csv"
COMMON_WORDS = "common_words.csv"
FURTHER = ("asks.csv", "opioids_and_sedatives.csv", "combinations.csv", "extra_names.csv", "brands_us.csv")

_ROUTES = {"patch": "transdermal", "injection": "parenteral", "depot": "parenteral"}
_ROUTES |= {each: each for each in ("sublingual", "nasal", "rectal", "epidural", "implant")}
_YES = {
    "serotonergic": Property.SEROTONERGIC,
    "anticholinergic": Property.ANTICHOLINERGIC,
    "lowers_seizure_threshold": Property.LOWERS_SEIZURE_THRESHOLD,
    "prolongs_qt_by_label": Property.QT_OTHER,
    "anticoagulant": Property.BLEEDING_RISK,
    "antiplatelet": Property.BLEEDING_RISK,
    "nsaid": Property.BLEEDING_RISK,
}
"""Columns that say yes, and the property that they state."""
_ENZYMES = {
    ("cyp3a4", "strong inhibitor"): Property.CYP3A4_STRONG_INHIBITOR,
    ("cyp3a4", "moderate inhibitor"): Property.CYP3A4_MODERATE_INHIBITOR,
    ("cyp3a4", "strong inducer"): Property.CYP3A4_STRONG_INDUCER,
    ("cyp3a4", "moderate inducer"): Property.CYP3A4_MODERATE_INDUCER,
    ("cyp2d6", "strong inhibitor"): Property.CYP2D6_STRONG_INHIBITOR,
    ("cyp2d6", "moderate inhibitor"): Property.CYP2D6_MODERATE_INHIBITOR,
    ("cyp1a2", "strong inhibitor"): Property.CYP1A2_STRONG_INHIBITOR,
    ("cyp2c9_2c19", "2C19 strong inhibitor"): Property.CYP2C19_STRONG_INHIBITOR,
    ("cyp2c9_2c19", "2C9 strong inhibitor"): Property.CYP2C9_INHIBITOR,
    ("cyp2c9_2c19", "2C9 moderate inhibitor"): Property.CYP2C9_INHIBITOR,
}
"""Columns of enzymes, what they say, and the property that is. Weak ones are no property of ours."""
_ENZYME_STANDING = {"cyp3a4": "3A4", "cyp2d6": "2D", "cyp1a2": "1A"}
_TOPICAL = frozenset({"topical", "eye", "ear", "eye;ear", "topical;eye", "oral rinse;topical", "vaginal;topical"})


@frozen
class Further:
    """One name as a row of the files has it.

    ``resolve`` is ``yes``; ``ask``: it is named in a question, and counts as ``ingredients`` only where they are
    given; ``suggest``: it is a misspelling that was seen; ``never``: it is no medicine, and only keeps others from
    being suggested for it. ``head`` says that it is a word of English too, so that it is a name only where a line
    begins with it. ``as_brand`` is the brand whose strengths it has, where the name is another spelling of that.
    """

    text: str
    ingredients: tuple[str, ...]
    kind: str
    resolve: str
    says: str = ""
    release: str = ""
    standing: Standing = Standing.RECALLED
    head: bool = False
    as_brand: str = ""
    file: str = ""

    @property
    def name(self) -> Name | None:
        """What it stands for; None for what is only asked about, suggested or never read."""
        if not self.ingredients or self.resolve not in ("yes", "ask"):
            return None
        return Name(
            self.text,
            self.ingredients,
            self.as_brand or (self.text if self.kind == "brand" else None),
            self.says,
            self.release if self.release in ("IR", "ER") else None,
            _ROUTES.get(self.release),
        )


@frozen(eq=False)
class Everyday:
    """All further names by their spelling in lower case, and the drugs that they need."""

    further: Mapping[str, Further]
    _drug_rows: Mapping[str, Mapping[str, str]] = field(repr=False)
    _plain: Mapping[str, bool] = field(repr=False)
    rxcuis: Mapping[str, str] = field(repr=False)
    _made: dict[str, Drug | None] = field(factory=dict, init=False, repr=False)

    def name(self, low: str) -> Name | None:
        """What a name in lower case stands for."""
        found = self.further.get(low)
        return None if found is None else found.name

    def drug(self, name: str) -> Drug | None:
        """The everyday drug of this name, or the substance of which only its being no opioid is known."""
        if name not in self._made:
            row = self._drug_rows.get(name)
            if row is not None:
                self._made[name] = _drug(row)
            else:
                self._made[name] = _plain_drug(name, self._plain[name]) if name in self._plain else None
        return self._made[name]

    def drugs(self) -> Iterator[Drug]:
        """Every everyday drug that has a class, in the order of the file."""
        for name in self._drug_rows:
            found = self.drug(name)
            assert found is not None
            yield found

    def ingredient_of(self, rxcui: str) -> str | None:
        """The ingredient of an RxNorm code, where one of the files has it."""
        return self.rxcuis.get(rxcui)


def read_everyday(declared: Mapping[str, Name], drugs: Mapping[str, Drug]) -> Everyday:
    """Read every file. Raises ``ValueError`` for a name that is declared too, or that stands in two rows."""
    further: dict[str, Further] = {}
    rows: dict[str, Mapping[str, str]] = {}
    plain: dict[str, bool] = {}
    rxcuis: dict[str, str] = {}

    common = frozenset(row["word"] for row in _rows(COMMON_WORDS))

    def add(each: Further) -> None:
        low = each.text.casefold()
        if low in common and not each.head:
            each = evolve(each, head=True)
        if low in declared or low in further:
            where = "a declaration" if low in declared else further[low].file
            raise ValueError(f'"{each.text}" stands in {each.file} and in {where}. Delete one')
        further[low] = each

    for row in _rows(DRUGS):
        name = row["name"]
        rows[name] = row
        head = row["common_word"] == "yes"
        add(Further(name, (name,), "generic", "yes", standing=_standing(row["standing_name"]), head=head, file=DRUGS))
        for kind, column in (("generic", "also_called"), ("brand", "brands")):
            for text in _listed(row[column]):
                add(Further(text, (name,), kind, "yes", file=DRUGS))
        if row["rxcui"]:
            rxcuis[row["rxcui"]] = name
    for file in FURTHER:
        for row in _rows(file):
            add(
                Further(
                    row["name"],
                    _listed(row["ingredients"]),
                    row["kind"],
                    row["resolve"],
                    row["says"],
                    row["release"],
                    _standing(row["standing"]),
                    row["common_word"] == "yes",
                    row["as_brand"],
                    file,
                )
            )
    for row in _rows(NOT_OPIOIDS):
        name, means = row["name"], row["means"]
        known = row["kind"] == "drug"
        if known and not means:
            plain[name] = row["sedative"] == "yes"
        add(
            Further(
                name,
                (means or name,) if known else (),
                "generic",
                "yes" if known else "never",
                standing=_standing(row["standing"]),
                head=row["common_word"] == "yes",
                file=NOT_OPIOIDS,
            )
        )
        if row["rxcui"] and known:
            rxcuis.setdefault(row["rxcui"], means or name)
    for each in further.values():
        for name in each.ingredients:
            if name not in drugs and name not in rows and name not in plain:
                raise ValueError(f'"{each.text}" in {each.file} stands for "{name}", which no file has')
    return Everyday(further, rows, plain, rxcuis)


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@remembered(8192)
def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


_STANDINGS = {each.value: each for each in Standing}


def _standing(text: str) -> Standing:
    return _STANDINGS[text]


def _drug(row: Mapping[str, str]) -> Drug:
    drug_class = DrugClass[row["class"].upper()]
    found = {meant for column, meant in _YES.items() if row[column] == "yes"}
    found |= {meant for (column, said), meant in _ENZYMES.items() if row[column] == said}
    if row["ssri_snri_tca_maoi"] or row["note"] == "bleeding risk":
        found.add(Property.BLEEDING_RISK)
    if drug_class.is_sedating or row["cns_depressant"] == "yes" or row["cns_depressant"].startswith("by route"):
        found.add(Property.CNS_DEPRESSANT)
    sure = {
        meant
        for (column, said), meant in _ENZYMES.items()
        if row[column] == said
        and f"{_ENZYME_STANDING.get(column, said.split()[0])} recalled" not in row["standing_cyp"]
    }
    return Drug(
        name=row["name"],
        drug_class=drug_class,
        properties=found,
        synonyms=_listed(row["also_called"]),
        brands=_listed(row["brands"]),
        schedule=row["schedule"],
        rxcui=row["rxcui"],
        route_scope="topical" if row["routes"] in _TOPICAL else "systemic",
        identifiers=_standing(row["standing_name"]),
        clinical=_standing(row["standing_class"]),
        not_judged=drug_class.asks_for - found,
        unsure=found - sure,
        unsure_class=row["standing_class"] == "recalled",
    )


def _plain_drug(name: str, sedative: bool) -> Drug:
    """A substance that is surely no opioid. One that is marked sedative counts as such, from memory."""
    properties = {Property.CNS_DEPRESSANT} if sedative else set()
    return Drug(name=name, drug_class=DrugClass.NOT_CLASSIFIED, properties=properties, unsure=properties)
