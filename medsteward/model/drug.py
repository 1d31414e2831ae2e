"""What a drug is: its names, class, mechanisms and schedule; what products of it exist."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from attrs import field, frozen
from attrs.validators import instance_of

from medsteward.model.product import Product
from medsteward.model.property import Property
from medsteward.model.source import Standing


class DrugClass(Enum):
    """The class of a drug, one for each drug."""

    OPIOID_FULL_AGONIST = "opioid, full agonist"
    OPIOID_PARTIAL_AGONIST = "opioid, partial agonist"
    OPIOID_MIXED = "opioid, mixed agonist-antagonist"
    OPIOID_ANTAGONIST = "opioid antagonist"
    PAMORA = "peripherally acting mu-opioid antagonist"
    BENZODIAZEPINE = "benzodiazepine"
    Z_DRUG = "Z-drug"
    OREXIN_ANTAGONIST = "orexin antagonist"
    MELATONIN_AGONIST = "melatonin agonist"
    BARBITURATE = "barbiturate"
    SEDATIVE_OTHER = "other sedative"
    ALCOHOL = "alcohol"
    SNRI = "SNRI"
    SSRI = "SSRI"
    TCA = "tricyclic antidepressant"
    ATYPICAL_ANTIDEPRESSANT = "atypical antidepressant"
    MAOI = "monoamine oxidase inhibitor"
    ANTIPSYCHOTIC = "antipsychotic"
    MOOD_STABILIZER = "mood stabilizer"
    ANXIOLYTIC_OTHER = "other anxiolytic"
    STIMULANT = "stimulant"
    ANORECTIC_STIMULANT = "appetite-suppressing stimulant"
    STIMULANT_OTHER = "other stimulant"
    NSAID_ORAL = "NSAID"
    NSAID_TOPICAL = "topical NSAID"
    ACETAMINOPHEN = "acetaminophen"
    ANALGESIC_OTHER = "other analgesic"
    NMDA_ANTAGONIST = "NMDA antagonist"
    NAV18_BLOCKER = "NaV1.8 blocker"
    N_TYPE_CA_BLOCKER = "N-type calcium channel blocker"
    CANNABINOID = "cannabinoid"
    GABAPENTINOID = "gabapentinoid"
    ANTICONVULSANT = "anticonvulsant"
    MUSCLE_RELAXANT = "muscle relaxant"
    ALPHA2_AGONIST = "alpha-2 agonist"
    TRIPTAN = "triptan"
    DITAN = "ditan"
    GEPANT = "gepant"
    CGRP_MAB = "CGRP antibody"
    ERGOT = "ergot"
    NEUROTOXIN = "neurotoxin"
    TOPICAL_ANESTHETIC = "topical or local anesthetic"
    COUNTERIRRITANT_TOPICAL = "topical counterirritant"
    CORTICOSTEROID = "corticosteroid"
    VISCOSUPPLEMENT = "viscosupplement"
    BIOLOGIC_INJECTION = "biologic injection"
    PROCEDURE_DRUG = "drug of a procedure"
    LAXATIVE_STIMULANT = "stimulant laxative"
    LAXATIVE_OSMOTIC = "osmotic laxative"
    LAXATIVE_BULK = "bulk laxative"
    STOOL_SOFTENER = "stool softener"
    SECRETAGOGUE = "secretagogue"
    PROKINETIC_5HT4 = "5-HT4 prokinetic"
    PERIPHERAL_OPIOID_ANTIDIARRHOEAL = "peripheral opioid antidiarrheal"
    ADSORBENT = "adsorbent"
    ANTIEMETIC = "antiemetic"
    ANTIEMETIC_5HT3 = "5-HT3 antiemetic"
    ANTIEMETIC_PHENOTHIAZINE = "phenothiazine antiemetic"
    H2RA = "H2 blocker"
    PPI = "proton pump inhibitor"
    PROSTAGLANDIN_ANALOGUE = "prostaglandin analogue"
    ACEI = "ACE inhibitor"
    ARB = "angiotensin receptor blocker"
    BETA_BLOCKER = "beta blocker"
    CCB = "calcium channel blocker"
    ANTIARRHYTHMIC = "antiarrhythmic"
    DIURETIC_THIAZIDE = "thiazide diuretic"
    DIURETIC_LOOP = "loop diuretic"
    DIURETIC_K_SPARING = "potassium-sparing diuretic"
    ANTICOAGULANT = "anticoagulant"
    ANTIPLATELET = "antiplatelet"
    STATIN = "statin"
    ANTIBIOTIC = "antibiotic"
    ANTIFUNGAL = "antifungal"
    ANTIRETROVIRAL = "antiretroviral"
    ANTIVIRAL = "antiviral"
    ANTIHISTAMINE_SEDATING = "sedating antihistamine"
    ANTIHISTAMINE_NONSEDATING = "non-sedating antihistamine"
    EXPECTORANT = "expectorant"
    DECONGESTANT = "decongestant"
    BRONCHODILATOR = "bronchodilator"
    ANTICHOLINERGIC = "anticholinergic"
    SUPPLEMENT = "supplement"
    DMARD = "disease-modifying antirheumatic drug"
    ANTIDIABETIC = "antidiabetic"
    THYROID = "thyroid hormone"
    HORMONAL_CONTRACEPTIVE = "hormonal contraceptive"
    URICOSURIC = "uricosuric"
    HEMORHEOLOGIC = "blood viscosity agent"
    OPIOID_LIKE_SUPPLEMENT = "opioid-like supplement"

    @property
    def is_opioid_agonist(self) -> bool:
        """Whether the class counts as an opioid in a day's MME: full, partial and mixed agonists."""
        return self in _OPIOID_AGONISTS

    @property
    def is_sedating(self) -> bool:
        """Whether every drug of the class sedates: opioids, benzodiazepines, gabapentinoids and the like."""
        return self.is_opioid_agonist or self in _SEDATING

    @property
    def asks_for(self) -> frozenset[Property]:
        """The properties that a declaration of the class has to answer: has it, or is without it."""
        if self.is_opioid_agonist:
            return _ASKED_OF_OPIOIDS
        return _ASKED_OF_SEDATIVES if self.is_sedating else frozenset()


_OPIOID_AGONISTS = frozenset({DrugClass.OPIOID_FULL_AGONIST, DrugClass.OPIOID_PARTIAL_AGONIST, DrugClass.OPIOID_MIXED})
_SEDATING = frozenset(
    {
        DrugClass.BENZODIAZEPINE,
        DrugClass.Z_DRUG,
        DrugClass.OREXIN_ANTAGONIST,
        DrugClass.BARBITURATE,
        DrugClass.SEDATIVE_OTHER,
        DrugClass.ALCOHOL,
        DrugClass.GABAPENTINOID,
        DrugClass.MUSCLE_RELAXANT,
        DrugClass.ALPHA2_AGONIST,
        DrugClass.ANTIPSYCHOTIC,
        DrugClass.TCA,
        DrugClass.ANTIHISTAMINE_SEDATING,
    }
)
_ASKED_OF_SEDATIVES = frozenset({Property.CNS_DEPRESSANT, Property.ANTICHOLINERGIC})
_ASKED_OF_OPIOIDS = _ASKED_OF_SEDATIVES | {Property.SEROTONERGIC, Property.LOWERS_SEIZURE_THRESHOLD}


def _as_set(properties: Iterable[Property]) -> frozenset[Property]:
    return frozenset(properties)


@frozen
class Drug:
    """One ingredient.

    ``brands`` hold this ingredient alone; combination brands are ``Combination`` declarations. ``route_scope`` says
    where the entry applies (``topical`` diclofenac is another entry than oral). ``rxcui`` is the RxNorm ingredient
    code, empty where none was seen. ``identifiers`` and ``clinical`` are the standing of the codes and of class,
    mechanism and schedule; names, brands and properties are recalled throughout. ``uses`` says of a dose form how it
    is used, in words for a label.

    ``properties`` are what the drug does beyond its class, as far as rules ask for it. What its class asks for
    (``DrugClass.asks_for``) is answered: it is among ``properties``, or among ``without``, which says that no source
    of ours lists the drug for it. A drug of a sedating class is sedative. Raises ``ValueError`` for anything else, so
    that an opioid or a sedative cannot be declared while the rules about it stay silent.
    """

    name: str = field(validator=instance_of(str))
    drug_class: DrugClass = field(validator=instance_of(DrugClass))
    mechanisms: tuple[str, ...] = ()
    properties: frozenset[Property] = field(default=frozenset(), converter=_as_set)
    without: frozenset[Property] = field(default=frozenset(), converter=_as_set)
    synonyms: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    salts: tuple[str, ...] = ()
    schedule: str = ""
    rxcui: str = ""
    route_scope: str = "systemic"
    identifiers: Standing = Standing.VERIFIED
    clinical: Standing = Standing.RECALLED
    sources: tuple[str, ...] = ()
    uses: tuple[tuple[str, str], ...] = ()

    def use_of(self, form: str) -> str:
        """How a dose form of it is used, in words for a label; empty: nothing beyond its directions."""
        return dict(self.uses).get(form, "")

    def __attrs_post_init__(self) -> None:
        said = f'drug "{self.name}" ({self.drug_class.value})'
        if unanswered := self.drug_class.asks_for - self.properties - self.without:
            raise ValueError(
                f"{said} does not say: {_listed(unanswered)}. Put each into properties=(...) or without=(...)"
            )
        if both := self.properties & self.without:
            raise ValueError(f"{said} says both: {_listed(both)}. Take each out of properties or out of without")
        if self.drug_class.is_sedating and Property.CNS_DEPRESSANT in self.without:
            raise ValueError(
                f"{said} is of a sedating class. Put Property.CNS_DEPRESSANT into properties, or choose another class"
            )


def _listed(properties: Iterable[Property]) -> str:
    return ", ".join(f"Property.{one.name}" for one in Property if one in set(properties))


@frozen
class Combination:
    """A brand that holds several ingredients, named in the order of its label."""

    brand: str
    ingredients: tuple[str, ...]
    release: str | None = None
    synonyms: tuple[str, ...] = ()
    note: str = ""
    standing: Standing = Standing.RECALLED


@frozen(cache_hash=True)
class ListedProduct:
    """A product that exists: what it is, its brands, whether it can be split, its labelled interval in hours as text.

    ``splittable`` is yes, no or unknown; unknown counts as no in plans. ``standing`` is about the strength existing;
    splitting, intervals, brands and schedules are recalled unless the note says otherwise. ``remark`` is a warning
    that goes with every use of the product, under the code ``remark_code``; both are empty for most. ``few_makers``:
    hardly any pharmacy has it: one or two packages are listed, or it is a brand beside the generics of other makers.
    """

    product: Product
    brands: tuple[str, ...]
    splittable: str
    interval: str
    schedule: str
    rxcui_ingredient: str
    source: str
    standing: Standing
    in_fda_ndc_2025: str
    note: str
    few_makers: bool = False
    remark_code: str = ""
    remark: str = ""
