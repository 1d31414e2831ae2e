"""Doses in words for patients: the time, the count and the amount, each a whole sentence in the catalogue."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.amount import Amount
from medsteward.model.labels import strength_words
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.step import Item, TimedDose
from medsteward.writers.card.language import Language, noted, noted_forms
from medsteward.writers.shared.cells import plain

MOMENTS = {
    # Translators: Times of the day, as on labels. No two may be mistaken for one another: evening is before bedtime,
    # night is when one wakes up in it.
    Moment.EARLY_MORNING: noted("Early morning"),
    Moment.MORNING: noted("Morning"),
    Moment.MIDMORNING: noted("Midmorning"),
    Moment.NOON: noted("Noon"),
    Moment.AFTERNOON: noted("Afternoon"),
    Moment.EVENING: noted("Evening"),
    Moment.BEDTIME: noted("Bedtime"),
    Moment.NIGHT: noted("Night"),
    Moment.BEFORE_THERAPY: noted("30 to 60 minutes before therapy"),
    Moment.AS_NEEDED: noted("Only if you need it"),
    Moment.WORN: noted("All day"),
}
"""The times of the day."""

_ONE_AND_MANY = {
    # Translators: A dose. {count} is a number of units and {amount} what they hold together, as in "take 2 tablets
    # (10 mg)"; each checks the other, so keep both, and numerals as they are.
    Unit.TABLET: noted_forms("take {count} tablet ({amount})", "take {count} tablets ({amount})"),
    Unit.CAPSULE: noted_forms("take {count} capsule ({amount})", "take {count} capsules ({amount})"),
    Unit.PATCH: noted_forms("wear {count} patch ({amount})", "wear {count} patches ({amount})"),
    # Translators: A thin film that melts under the tongue or in the cheek.
    Unit.FILM: noted_forms("use {count} film ({amount})", "use {count} films ({amount})"),
    # Translators: A medicine on a stick or in a tablet that is sucked, not swallowed.
    Unit.LOZENGE: noted_forms("use {count} lozenge ({amount})", "use {count} lozenges ({amount})"),
    Unit.SPRAY: noted_forms("use {count} spray ({amount})", "use {count} sprays ({amount})"),
    # Translators: One release of a metered inhaler or pump.
    Unit.ACTUATION: noted_forms("use {count} puff ({amount})", "use {count} puffs ({amount})"),
    Unit.SUPPOSITORY: noted_forms("use {count} suppository ({amount})", "use {count} suppositories ({amount})"),
    # Translators: A paper or foil packet of powder or granules.
    Unit.PACKET: noted_forms("take {count} packet ({amount})", "take {count} packets ({amount})"),
    Unit.SYRINGE: noted_forms("use {count} syringe ({amount})", "use {count} syringes ({amount})"),
    Unit.VIAL: noted_forms("use {count} vial ({amount})", "use {count} vials ({amount})"),
    Unit.AUTO_INJECTOR: noted_forms("use {count} injector ({amount})", "use {count} injectors ({amount})"),
}

_COUNTED = {
    # Translators: A patch that is counted, not measured, as one with lidocaine.
    Unit.PATCH: noted_forms("wear {count} patch", "wear {count} patches"),
    # Translators: Grams of a cream or gel for the skin.
    Unit.G: noted_forms("put on {count} g", "put on {count} g"),
}
"""Doses that are counted and not measured: an amount would only say the count again."""

_FORMS = {
    # Translators: A product. {medicine} is the name and strength on the label of the bottle, which stay as they are.
    "tablet": noted("{medicine} tablet"),
    "chewable tablet": noted("{medicine} chewable tablet"),
    "effervescent tablet": noted("{medicine} effervescent tablet"),
    "orally disintegrating tablet": noted("{medicine} orally disintegrating tablet"),
    # Translators: It is put under the tongue.
    "sublingual tablet": noted("{medicine} sublingual tablet"),
    # Translators: It is put between cheek and gum.
    "buccal tablet": noted("{medicine} buccal tablet"),
    # Translators: It is broken up in water before it is drunk.
    "tablet for oral suspension": noted("{medicine} tablet for oral suspension"),
    "tablet dose pack": noted("{medicine} tablet dose pack"),
    "capsule": noted("{medicine} capsule"),
    "solution": noted("{medicine} solution"),
    "suspension": noted("{medicine} suspension"),
    "patch": noted("{medicine} patch"),
    "film": noted("{medicine} film"),
    "sublingual film": noted("{medicine} sublingual film"),
    "buccal film": noted("{medicine} buccal film"),
    "lozenge": noted("{medicine} lozenge"),
    "nasal spray": noted("{medicine} nasal spray"),
    "mucosal spray": noted("{medicine} mucosal spray"),
    "suppository": noted("{medicine} suppository"),
    "powder": noted("{medicine} powder"),
    "powder packet": noted("{medicine} powder packet"),
    "granules packet": noted("{medicine} granules packet"),
    "cream": noted("{medicine} cream"),
    "gel": noted("{medicine} gel"),
    "ointment": noted("{medicine} ointment"),
    "vial": noted("{medicine} vial"),
    "prefilled syringe": noted("{medicine} prefilled syringe"),
    "auto-injector": noted("{medicine} auto-injector"),
}
"""Products by the words for their form at the end of their name."""

_LONGEST_FIRST = sorted(_FORMS, key=len, reverse=True)
_FOR_THE_SKIN = " topical"
_HALF = Fraction(1, 2)


def count_words(count: Fraction, words: Language) -> str:
    """A count, its figure beside the word: ``2 (two)``, so that each checks the other; ``2.5`` has its figure alone."""
    if count.denominator == 1 and 0 < count <= len(_NUMBERS):
        return words.say("{figure} ({word})", figure=words.number(count), word=words.say(_NUMBERS[int(count) - 1]))
    return words.number(count)


def cell_words(item: Item, words: Language) -> str:
    """How many of a product in a cell of a table: ``2 (two)``, ``half``, ``1 (one) and a half``, ``2.5 mL``."""
    if item.unit in (Unit.ML, Unit.G):
        return f"{words.number(item.count)} {item.unit.value}"
    if item.unit is Unit.TABLET and item.count % 1 == _HALF:
        if item.count < 1:
            return words.say("half")
        return words.say("{count} and a half", count=count_words(Fraction(int(item.count)), words))
    return count_words(item.count, words)


_NUMBERS = (
    # Translators: The number as a word beside its figure, as in "2 (two) tablets".
    noted("one"),
    noted("two"),
    noted("three"),
    noted("four"),
    noted("five"),
    noted("six"),
    noted("seven"),
    noted("eight"),
    noted("nine"),
    noted("ten"),
)


def dose_words(item: Item, words: Language) -> str:
    """What is taken of one product: ``take 2 (two) tablets (10 mg)``. Halves are words: no stroke is overlooked."""
    count, form = count_words(item.count, words), 1 if item.count == 1 else 2
    if item.unit in _COUNTED and item.strength == Amount(Fraction(1), item.unit):
        shown = words.number(item.count) if item.unit is Unit.G else count
        return words.count(*_COUNTED[item.unit], form, count=shown)
    amount = unit_words(item.strength.value * item.count, item.strength.unit, words)
    if item.unit is Unit.TABLET and item.count % 1 == _HALF:
        whole = int(item.count)
        if whole == 0:
            return words.say("take half a tablet ({amount})", amount=amount)
        # Translators: The form goes by the whole tablets: 1 and a half, 2 and a half. Keep "half" as a word.
        return words.count(
            "take {count} and a half tablets ({amount})",
            "take {count} and a half tablets ({amount})",
            whole,
            count=count_words(Fraction(whole), words),
            amount=amount,
        )
    if item.unit in _ONE_AND_MANY:
        return words.count(*_ONE_AND_MANY[item.unit], form, count=count, amount=amount)
    # Translators: A liquid, as in "take 10 mL (20 mg)". {unit} is a symbol such as mL and stays as it is.
    return words.say(
        "take {count} {unit} ({amount})", count=words.number(item.count), unit=item.unit.value, amount=amount
    )


def drug_words(drug: str, words: Language) -> str:
    """The name of a drug as on the labels of the United States, in any language; what is put on the skin says so."""
    name = plain(drug)
    if name.endswith(_FOR_THE_SKIN):
        # Translators: {drug} is the name on the label and stays as it is. The medicine is put on the skin.
        return words.say("{drug} topical", drug=name.removesuffix(_FOR_THE_SKIN))
    return name


def line_words(drug: str, told: str, words: Language) -> str:
    """A line of a drug: the drug, and what tells it from its other lines in words for patients."""
    if not told:
        return drug_words(drug, words)
    if told in _RELEASES:
        return words.say(_RELEASES[told], drug=drug_words(drug, words))
    return product_words(f"{drug} {told}", words)


_RELEASES = {
    # Translators: {drug} is a name on a label. ER (extended-release) and IR (immediate-release) stay as they are, as on
    # labels of the United States; the words in brackets say what they mean.
    "ER": noted("{drug} ER (long-acting)"),
    "IR": noted("{drug} IR (short-acting)"),
}


def named_product(item: Item, dose: TimedDose, words: Language) -> str:
    """The product of a dose; with its release where the drug has other lines and the label's name lacks it."""
    said = product_words(item.product, words)
    release = dose.release or ""
    is_said = not dose.told or release not in _RELEASES or release in item.product.split() or item.unit is Unit.PATCH
    return said if is_said else words.say(_RELEASES[release], drug=said)


NEW = {
    # Translators: A mark in capitals beside a product whose strength the patient did not take before.
    Unit.TABLET: noted("NEW TABLETS"),
    Unit.CAPSULE: noted("NEW CAPSULES"),
    Unit.PATCH: noted("NEW PATCHES"),
    Unit.FILM: noted("NEW FILMS"),
    Unit.ML: noted("NEW LIQUID"),
}
"""The mark of a new strength, by its unit."""
NEW_STRENGTH = noted("NEW STRENGTH")


def new_words(unit: Unit, words: Language) -> str:
    """The mark of a product that was not taken before: ``NEW TABLETS``."""
    return words.say(NEW.get(unit, NEW_STRENGTH))


def strength_words_of(item: Item, words: Language) -> str:
    """What one unit holds, as its label says it: ``15 mg``, ``25 mcg per hour``, ``10 mg/5 mL``."""
    if item.strength.unit is item.unit:
        return ""
    if item.unit is Unit.ML:
        return strength_words(item.strength, item.unit, item.per_ml)
    return unit_words(item.strength.value, item.strength.unit, words)


def product_words(product: str, words: Language) -> str:
    """A product: its name, release and strength as on the label, the words for its form in the language.

    A name that ends in no form that is known stays as it is: it is what the user's own list calls the product.
    """
    shown = plain(product)
    name, bracket, brand = shown.partition(" [")
    for form in _LONGEST_FIRST:
        medicine = name.removesuffix(f" {form}")
        if medicine != name:
            return words.say(_FORMS[form], medicine=medicine) + bracket + brand
    return shown


def unit_words(value: Fraction, unit: Unit, words: Language) -> str:
    """An amount of one dose: ``10 mg``, ``25 mcg per hour``."""
    if unit is Unit.MCG_PER_H:
        return words.say("{amount} mcg per hour", amount=words.number(value))
    return f"{words.number(value)} {unit.value}"


def amount_words(value: Fraction, unit: Unit, words: Language) -> str:
    """A day's amount: ``30 mg a day``, ``25 mcg per hour``, ``1 patch``."""
    number = words.number(value)
    if unit is Unit.MCG_PER_H:
        return words.say("{amount} mcg per hour", amount=number)
    if unit is Unit.MCG_PER_D:
        return words.say("{amount} mcg a day", amount=number)
    if unit is Unit.MG_PER_D:
        return words.say("{amount} mg a day", amount=number)
    if unit is Unit.G_PER_D:
        return words.say("{amount} g a day", amount=number)
    if unit is Unit.PATCH:
        return words.count("{count} patch", "{count} patches", 1 if value == 1 else 2, count=number)
    return f"{number} {unit.value}"
