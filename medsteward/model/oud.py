"""One answer to "is this opioid treatment of opioid use disorder?", for every command.

The rule, in order; the first that fits answers:

1. The line's own words decide. For opioid use disorder: methadone and buprenorphine are treatment, and another opioid
   is unclear, because it is no treatment of it that we know. For opioid use disorder and pain: methadone and
   buprenorphine are both. For anything else (pain, cough): not treatment. Words that may mean either ("maintenance",
   "withdrawal", a disorder in remission): methadone and buprenorphine are unclear.
2. Only methadone and buprenorphine are looked at further; every other opioid is not treatment.
3. The patient's indication is opioid use disorder: treatment. A product that is made for pain (a patch, a buccal film):
   unclear.
4. The patient's indication is something else: unclear where the product, a condition or the context speaks of opioid
   use disorder, else not treatment. A disorder in remission is no such sign.
5. No indication: a product labelled for opioid use disorder, or care in an opioid treatment program, is treatment.
   Where only the disorder is on the list of conditions, present or in remission, or the product is mostly used for it,
   it is unclear. Else it is not treatment.

A reason given for a plan never decides, and neither does a dose. What is unclear is asked about: its MME is shown, and
nothing that is said of opioids for pain is said of it until its line states what it is for.
"""

from __future__ import annotations

import re
from enum import Enum

from attrs import frozen

from medsteward.caches import remembered
from medsteward.model.conditions import OUD_WORDS, context_named, indication_of, stated_words
from medsteward.model.drug import DrugClass
from medsteward.model.problem import Caution
from medsteward.model.product import Product
from medsteward.model.regimen import Patient, Regimen

TREATMENTS = frozenset({"methadone", "buprenorphine", "levomethadyl"})
"""Opioids that are given as treatment of opioid use disorder (CDC 2022, Recommendation 12; levomethadyl is no longer
sold)."""
LABELLED_FOR_OUD = frozenset({"Suboxone", "Subutex", "Zubsolv", "Bunavail", "Sublocade", "Brixadi"})
"""Brands of buprenorphine that are labelled for opioid use disorder."""
DISORDER = "opioid use disorder"
IN_REMISSION = "opioid use disorder in remission"
PROGRAM = "opioid treatment program"


class OudTreatment(Enum):
    """Whether an opioid is treatment of opioid use disorder."""

    __hash__ = object.__hash__  # its members are single objects, and this is asked for in every case

    YES = "treatment of opioid use disorder"
    AND_PAIN = "treatment of opioid use disorder and of pain"
    UNCLEAR = "not clear: for pain or for opioid use disorder"
    NO = "not for opioid use disorder"

    @property
    def goes_on(self) -> bool:
        """Whether it is treatment, alone or beside pain: it is not withheld, and not tapered here."""
        return self in (OudTreatment.YES, OudTreatment.AND_PAIN)

    @property
    def is_for_pain_alone(self) -> bool:
        """Whether what is said of opioids for pain (thresholds, intervals, tapers) may be said of it."""
        return self is OudTreatment.NO


class _Says(Enum):
    """What words about an indication say."""

    NOTHING = "nothing"
    OUD = "opioid use disorder"
    BOTH = "opioid use disorder and pain"
    OPEN = "words that may mean either"
    OTHER = "something else"


class _Made(Enum):
    """What a product is made for."""

    OUD = "labelled for opioid use disorder"
    MOSTLY_OUD = "mostly used for opioid use disorder"
    PAIN = "labelled for pain"
    EITHER = "either"


@frozen(eq=False)
class LineSigns:
    """What one ingredient of a line says by itself, whoever the patient is. Compared by identity, which is quick."""

    is_opioid: bool
    can_treat: bool
    says: _Says
    made: _Made


@frozen(eq=False)
class PatientSigns:
    """What is known of the patient: the indication, and whether the disorder or its treatment is stated.

    Compared by identity, which is quick: patients of whom the same is known share one.
    """

    indication: _Says
    has_disorder: bool
    in_remission: bool
    in_program: bool


def oud_treatment(ingredient: str, drug_class: DrugClass, regimen: Regimen | None, patient: Patient) -> OudTreatment:
    """Whether one ingredient is treatment of opioid use disorder in this patient. ``regimen`` None: no line states it.

    ``ingredient`` is our name of an active ingredient; what is no opioid agonist is never treatment here.
    """
    if regimen is None:
        return decide(line_signs(ingredient, drug_class, None, None), patient_signs(patient))
    return decide(line_signs(ingredient, drug_class, regimen.product, regimen.indication), patient_signs(patient))


@remembered(1024)
def decide(line: LineSigns, patient: PatientSigns) -> OudTreatment:
    """The rule of this module."""
    if not line.is_opioid or line.says is _Says.OTHER:
        return OudTreatment.NO
    if not line.can_treat:
        return OudTreatment.UNCLEAR if line.says is _Says.OUD else OudTreatment.NO
    by_words = {
        _Says.OUD: OudTreatment.YES,
        _Says.BOTH: OudTreatment.AND_PAIN,
        _Says.OPEN: OudTreatment.UNCLEAR,
    }
    if line.says in by_words:
        return by_words[line.says]
    for_pain = line.made is _Made.PAIN
    if patient.indication is _Says.OUD:
        return OudTreatment.UNCLEAR if for_pain else OudTreatment.YES
    signs = line.made in (_Made.OUD, _Made.MOSTLY_OUD) or patient.has_disorder or patient.in_program
    if patient.indication is _Says.OTHER:
        return OudTreatment.UNCLEAR if signs else OudTreatment.NO
    if patient.indication is not _Says.NOTHING:
        return OudTreatment.UNCLEAR
    if line.made is _Made.OUD or (patient.in_program and not for_pain):
        return OudTreatment.YES
    return OudTreatment.UNCLEAR if signs or (patient.in_remission and not for_pain) else OudTreatment.NO


def line_signs(ingredient: str, drug_class: DrugClass, product: Product | None, indication: str | None) -> LineSigns:
    """What a line says of one ingredient by itself: by its product and its own indication, each None where unknown."""
    if not drug_class.is_opioid_agonist:
        return NO_OPIOID
    made = _Made.EITHER if product is None else _made(ingredient, product)
    return _line(True, ingredient in TREATMENTS, _says(indication or ""), made)


NO_OPIOID = LineSigns(False, False, _Says.NOTHING, _Made.EITHER)
"""What an ingredient that is no opioid says."""


def patient_signs(patient: Patient) -> PatientSigns:
    """What is known of the patient."""
    if not (patient.indication or patient.conditions or patient.context):
        return NOTHING_KNOWN
    return _signs(patient.indication or "", patient.conditions, patient.context)


@remembered(4096)
def _signs(indication: str, conditions: tuple[str, ...], context: tuple[str, ...]) -> PatientSigns:
    """The same signs are the same object, so that what follows from them is found again."""
    in_program = any(context_named(each) == PROGRAM for each in context)
    return _patient(_says(indication), DISORDER in conditions, IN_REMISSION in conditions, in_program)


_patient = remembered(256)(PatientSigns)
_line = remembered(256)(LineSigns)
NOTHING_KNOWN = _patient(_Says.NOTHING, False, False, False)
"""A patient of whom nothing is known that would decide."""


# --- words ------------------------------------------------------------------------------------------------------

_PAIN = re.compile(r"pain|ache|\bcough|algia|neuropath|arthr|sciatica|spasm|breath|dyspn")
_PAST = re.compile(r"\bhistory of\b|\bh/o\b|\bremission\b|\brecovery\b|\bpast\b|\bformer\b|\bprior\b|\bprevious\b")
_OPEN = re.compile(
    r"mainten|withdraw|detox|addict|dependen|substitut|agonist|substance|heroin|\botp\b|(?:methadone|treatment) "
    r"(?:program|clinic)|\bopi(?:oid|ate)s? (?:use|misuse|abuse)"
)


@remembered(4096)
def _says(text: str) -> _Says:
    """What an indication says of opioid use disorder. Text that denies it does not state it."""
    if not text.strip():
        return _Says.NOTHING
    plain = stated_words(text, past=True)
    disorder = OUD_WORDS.search(plain) is not None
    rest = OUD_WORDS.sub(" ", plain)
    beside = _PAIN.search(rest) is not None or indication_of(rest) is not None
    if disorder and not _PAST.search(plain):
        return _Says.BOTH if beside else _Says.OUD
    if not beside and (disorder or _OPEN.search(plain)):
        return _Says.OPEN
    return _Says.OTHER


# --- products ---------------------------------------------------------------------------------------------------

_PAIN_BRANDS = frozenset({"Butrans", "Belbuca", "Buprenex"})
_OUD_FORMS = {"methadone": frozenset({"tablet for oral suspension"})}
"""Forms that are mostly used for opioid use disorder. From general knowledge: they make us ask, never decide."""


def _made(ingredient: str, product: Product) -> _Made:
    """What a product of methadone or buprenorphine is made for."""
    if ingredient == "levomethadyl":
        return _Made.MOSTLY_OUD
    if ingredient == "methadone":
        mostly = product.form in _OUD_FORMS["methadone"] or product.brand == "Diskets"
        return _Made.MOSTLY_OUD if mostly else _Made.EITHER
    if ingredient != "buprenorphine":
        return _Made.EITHER
    if product.brand in LABELLED_FOR_OUD or any(each.ingredient == "naloxone" for each in product.components):
        return _Made.OUD
    if product.brand in _PAIN_BRANDS or product.form == "patch" or product.route in ("transdermal", "buccal"):
        return _Made.PAIN
    return _Made.MOSTLY_OUD if product.route == "sublingual" else _Made.EITHER


# --- what is said -----------------------------------------------------------------------------------------------


TREATMENT = "for opioid use disorder: MME is not meant for its treatment, which should go on"
"""Why there is no MME of it."""


def open_fact(name: str) -> str:
    """The fact of an unclear opioid that is not known, in words."""
    return f"whether {name} is for pain or for opioid use disorder"


def question(name: str, place: str = "on its line") -> str:
    """What is asked about an unclear opioid. ``place`` is where the answer is written."""
    if name in TREATMENTS:
        return (
            f"{name} may be treatment of opioid use disorder, which is continued. Ask, and write {place} what it is "
            'for: "for pain" or "for opioid use disorder"'
        )
    return (
        f"{name} is written for opioid use disorder, but its known treatments are methadone and buprenorphine. Ask, "
        f'and write {place} what it is for, as in "for pain"'
    )


def beside_pain(name: str, where: str) -> Caution:
    """What is said of an opioid that treats opioid use disorder and pain."""
    text = (
        f"{name} treats opioid use disorder as well as pain: its MME is shown, thresholds and advice about pain leave "
        "it out, and the treatment goes on"
    )
    return Caution("OUD-102", text, where)


def asked(name: str, where: str) -> Caution:
    """The question as a warning, for answers that go on without it. ``where`` names the line."""
    until = "Until then thresholds and advice about pain leave it out; naloxone and follow-up reminders count it"
    return Caution("OUD-101", f"{question(name)}. {until}", where)
