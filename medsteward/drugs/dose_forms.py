"""The dose forms of RxNorm and what each means in the words of our products.

Those marked VERIFIED were counted in an RxNorm extract of October 2020 (opioids), the others are from general knowledge
of RxNorm's list: a form that is not here is a problem, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from medsteward.model.source import Standing
from medsteward.model.unit import Unit


@frozen
class DoseForm:
    """One dose form: RxNorm's name, and our form, route, release and the unit that is counted.

    ``form`` None: it fits several of ours. ``route`` and ``release`` None: the form does not say. ``older`` are names
    that it went by.
    """

    name: str
    form: str | None
    route: str | None
    release: str | None = "IR"
    unit: Unit | None = None
    older: tuple[str, ...] = ()
    standing: Standing = Standing.RECALLED


_V = Standing.VERIFIED

DOSE_FORMS = (
    DoseForm("Oral Tablet", "tablet", "oral", unit=Unit.TABLET, standing=_V),
    DoseForm("Oral Capsule", "capsule", "oral", unit=Unit.CAPSULE, standing=_V),
    DoseForm("Oral Solution", "solution", "oral", unit=Unit.ML, standing=_V),
    DoseForm("Oral Suspension", "suspension", "oral", unit=Unit.ML, standing=_V),
    DoseForm("Extended Release Oral Tablet", "tablet", "oral", "ER", Unit.TABLET, ("Extended Release Tablet",), _V),
    DoseForm("Extended Release Oral Capsule", "capsule", "oral", "ER", Unit.CAPSULE, ("Extended Release Capsule",), _V),
    DoseForm(
        "Extended Release Suspension", "suspension", "oral", "ER", Unit.ML, ("Extended Release Oral Suspension",), _V
    ),
    DoseForm("Tablet for Oral Suspension", "tablet for oral suspension", "oral", unit=Unit.TABLET, standing=_V),
    DoseForm("Effervescent Oral Tablet", "effervescent tablet", "oral", unit=Unit.TABLET, standing=_V),
    DoseForm(
        "Disintegrating Oral Tablet",
        "orally disintegrating tablet",
        "oral",
        unit=Unit.TABLET,
        older=("Orally Disintegrating Tablet", "Disintegrating Tablet"),
        standing=_V,
    ),
    DoseForm("Sublingual Tablet", "sublingual tablet", "sublingual", unit=Unit.TABLET, standing=_V),
    DoseForm("Sublingual Film", "sublingual film", "sublingual", unit=Unit.FILM, older=("Oral Strip",), standing=_V),
    DoseForm("Buccal Tablet", "buccal tablet", "buccal", unit=Unit.TABLET, standing=_V),
    DoseForm("Buccal Film", "buccal film", "buccal", None, Unit.FILM, standing=_V),
    DoseForm("Oral Lozenge", "lozenge", "transmucosal oral", unit=Unit.LOZENGE, standing=_V),
    DoseForm("Mucosal Spray", "mucosal spray", "sublingual", unit=Unit.SPRAY, standing=_V),
    DoseForm("Metered Dose Nasal Spray", "nasal spray", "nasal", unit=Unit.SPRAY, older=("Nasal Spray",), standing=_V),
    DoseForm("Transdermal System", "patch", "transdermal", "ER", Unit.PATCH, ("Transdermal Patch",), _V),
    DoseForm("Rectal Suppository", "suppository", "rectal", unit=Unit.SUPPOSITORY, standing=_V),
    DoseForm("Injection", "injection", "parenteral", None, Unit.ML, standing=_V),
    DoseForm("Injectable Solution", "injection", "parenteral", None, Unit.ML, standing=_V),
    DoseForm("Injectable Suspension", "injection", "parenteral", None, Unit.ML, standing=_V),
    DoseForm("Prefilled Syringe", "prefilled syringe", "parenteral", None, Unit.ML, standing=_V),
    DoseForm("Cartridge", "cartridge", "parenteral", None, Unit.ML, standing=_V),
    DoseForm("Auto-Injector", "auto-injector", "parenteral", None, Unit.ML, standing=_V),
    DoseForm("Drug Implant", "implant", "implant", None, standing=_V),
    DoseForm("Topical Solution", "solution", "topical", None, Unit.ML, standing=_V),
    DoseForm("Pack", None, None, None, standing=_V),
    # beyond the extract
    DoseForm("Chewable Tablet", "chewable tablet", "oral", unit=Unit.TABLET, older=("Chewable Oral Tablet",)),
    DoseForm("Chewable Extended Release Oral Tablet", "chewable tablet", "oral", "ER", Unit.TABLET),
    DoseForm("Chewable Bar", "chewable bar", "oral"),
    DoseForm("Chewing Gum", "gum", "oral"),
    DoseForm("Delayed Release Oral Tablet", "tablet", "oral", "DR", Unit.TABLET, ("Enteric Coated Tablet",)),
    DoseForm("Delayed Release Oral Capsule", "capsule", "oral", "DR", Unit.CAPSULE, ("Enteric Coated Capsule",)),
    DoseForm("Disintegrating Extended Release Oral Tablet", "orally disintegrating tablet", "oral", "ER", Unit.TABLET),
    DoseForm("Disintegrating Delayed Release Oral Tablet", "orally disintegrating tablet", "oral", "DR", Unit.TABLET),
    DoseForm("Granules for Oral Suspension", "suspension", "oral", unit=Unit.ML),
    DoseForm("Granules for Oral Solution", "solution", "oral", unit=Unit.ML),
    DoseForm("Extended Release Granules for Oral Suspension", "suspension", "oral", "ER", Unit.ML),
    DoseForm("Delayed Release Granules for Oral Suspension", "suspension", "oral", "DR", Unit.ML),
    DoseForm("Powder for Oral Suspension", "suspension", "oral", unit=Unit.ML),
    DoseForm("Powder for Oral Solution", "powder", "oral"),
    DoseForm("Effervescent Granules", "granules", "oral"),
    DoseForm("Oral Powder", "powder", "oral"),
    DoseForm("Oral Granules", "granules", "oral"),
    DoseForm("Oral Pellet", "pellet", "oral"),
    DoseForm("Oral Gel", "gel", "oral"),
    DoseForm("Oral Paste", "paste", "oral"),
    DoseForm("Oral Cream", "cream", "oral"),
    DoseForm("Oral Ointment", "ointment", "oral"),
    DoseForm("Oral Foam", "foam", "oral"),
    DoseForm("Oral Spray", "oral spray", "oral", unit=Unit.SPRAY),
    DoseForm("Oral Film", "oral film", "oral", unit=Unit.FILM),
    DoseForm("Oral Wafer", "wafer", "oral"),
    DoseForm("Wafer", "wafer", "oral"),
    DoseForm("Sustained Release Buccal Tablet", "buccal tablet", "buccal", "ER", Unit.TABLET),
    DoseForm("Extended Release Buccal Tablet", "buccal tablet", "buccal", "ER", Unit.TABLET),
    DoseForm("Lozenge", "lozenge", "oral", unit=Unit.LOZENGE),
    DoseForm("Mouthwash", "mouthwash", "oral", None),
    DoseForm("Toothpaste", "toothpaste", "dental", None),
    DoseForm("Mucous Membrane Topical Solution", "solution", "topical", None, Unit.ML),
    DoseForm("Topical Cream", "cream", "topical", None, Unit.G),
    DoseForm("Topical Gel", "gel", "topical", None, Unit.G),
    DoseForm("Topical Ointment", "ointment", "topical", None, Unit.G),
    DoseForm("Topical Lotion", "lotion", "topical", None),
    DoseForm("Topical Oil", "oil", "topical", None),
    DoseForm("Topical Foam", "foam", "topical", None),
    DoseForm("Topical Spray", "spray", "topical", None),
    DoseForm("Topical Powder", "powder", "topical", None),
    DoseForm("Topical Suspension", "suspension", "topical", None),
    DoseForm("Topical Cake", "cake", "topical", None),
    DoseForm("Medicated Patch", "patch", "topical", None, Unit.PATCH),
    DoseForm("Medicated Pad", "pad", "topical", None),
    DoseForm("Medicated Tape", "tape", "topical", None),
    DoseForm("Medicated Shampoo", "shampoo", "topical", None),
    DoseForm("Medicated Liquid Soap", "soap", "topical", None),
    DoseForm("Medicated Bar Soap", "soap", "topical", None),
    DoseForm("Paste", "paste", "topical", None),
    DoseForm("Rectal Cream", "cream", "rectal", None),
    DoseForm("Rectal Foam", "foam", "rectal", None),
    DoseForm("Rectal Gel", "gel", "rectal", None),
    DoseForm("Rectal Ointment", "ointment", "rectal", None),
    DoseForm("Rectal Solution", "solution", "rectal", None),
    DoseForm("Rectal Suspension", "suspension", "rectal", None),
    DoseForm("Enema", "enema", "rectal", None),
    DoseForm("Vaginal Cream", "cream", "vaginal", None),
    DoseForm("Vaginal Gel", "gel", "vaginal", None),
    DoseForm("Vaginal Insert", "insert", "vaginal", None),
    DoseForm("Vaginal Suppository", "suppository", "vaginal", None),
    DoseForm("Vaginal Tablet", "tablet", "vaginal", None),
    DoseForm("Vaginal System", "vaginal system", "vaginal", None, older=("Vaginal Ring",)),
    DoseForm("Nasal Solution", "nasal solution", "nasal", None),
    DoseForm("Nasal Suspension", "nasal suspension", "nasal", None),
    DoseForm("Nasal Inhaler", "nasal inhaler", "nasal", None),
    DoseForm("Nasal Inhalant", "nasal inhaler", "nasal", None),
    DoseForm("Nasal Gel", "gel", "nasal", None),
    DoseForm("Nasal Ointment", "ointment", "nasal", None),
    DoseForm("Nasal Powder", "nasal powder", "nasal", None),
    DoseForm("Metered Dose Inhaler", "inhaler", "inhaled", None),
    DoseForm("Dry Powder Inhaler", "inhaler", "inhaled", None),
    DoseForm("Breath-Actuated Metered Dose Inhaler", "inhaler", "inhaled", None),
    DoseForm("Inhalation Spray", "inhaler", "inhaled", None),
    DoseForm("Inhalation Solution", "inhalation solution", "inhaled", None),
    DoseForm("Inhalation Suspension", "inhalation suspension", "inhaled", None),
    DoseForm("Inhalation Powder", "inhalation powder", "inhaled", None),
    DoseForm("Gas for Inhalation", "gas", "inhaled", None),
    DoseForm("Ophthalmic Solution", "ophthalmic solution", "ophthalmic", None),
    DoseForm("Ophthalmic Suspension", "ophthalmic suspension", "ophthalmic", None),
    DoseForm("Ophthalmic Ointment", "ophthalmic ointment", "ophthalmic", None),
    DoseForm("Ophthalmic Gel", "ophthalmic gel", "ophthalmic", None),
    DoseForm("Otic Solution", "otic solution", "otic", None),
    DoseForm("Otic Suspension", "otic suspension", "otic", None),
    DoseForm("Pen Injector", "pen injector", "parenteral", None, Unit.ML),
    DoseForm("Jet Injector", "jet injector", "parenteral", None, Unit.ML),
    DoseForm("Extended Release Injectable Suspension", "injection", "parenteral", "ER", Unit.ML),
    DoseForm("Injectable Foam", "injection", "parenteral", None, Unit.ML),
    DoseForm("Injectable Emulsion", "injection", "parenteral", None, Unit.ML),
    DoseForm("Intravenous Solution", "injection", "parenteral", None, Unit.ML),
    DoseForm("Intravenous Suspension", "injection", "parenteral", None, Unit.ML),
    DoseForm("Intramuscular Solution", "injection", "parenteral", None, Unit.ML),
    DoseForm("Intramuscular Suspension", "injection", "parenteral", None, Unit.ML),
    DoseForm("Intrathecal Solution", "injection", "epidural", None, Unit.ML),
    DoseForm("Intrathecal Suspension", "injection", "epidural", None, Unit.ML),
    DoseForm("Intraperitoneal Solution", "solution", "intraperitoneal", None, Unit.ML),
    DoseForm("Intraarticular Suspension", "injection", "intra-articular", None, Unit.ML),
    DoseForm("Intravitreal Solution", "injection", "intravitreal", None, Unit.ML),
    DoseForm("Irrigation Solution", "irrigation", "irrigation", None, Unit.ML),
    DoseForm("Urethral Suppository", "suppository", "urethral", None),
    DoseForm("Urethral Gel", "gel", "urethral", None),
    DoseForm("Intrauterine System", "intrauterine system", "intrauterine", None),
    DoseForm("Prefilled Applicator", "applicator", None, None),
    DoseForm("Crystals", "crystals", None, None),
)


BY_NAME: Mapping[str, tuple[str, DoseForm]] = MappingProxyType(
    {name.casefold(): (name, form) for form in DOSE_FORMS for name in (form.name, *form.older)}
)
"""Every form by each of its names in lower case, with that name as RxNorm writes it."""
