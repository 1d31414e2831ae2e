"""Doses in words for patients: the time, the count and the amount, each a whole sentence in the catalogue."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.step import Item
from medsteward.writers.language import Language, noted

MOMENTS = {
    Moment.EARLY_MORNING: noted("Early morning"),
    Moment.MORNING: noted("Morning"),
    Moment.MIDMORNING: noted("Midmorning"),
    Moment.NOON: noted("Noon"),
    Moment.AFTERNOON: noted("Afternoon"),
    Moment.EVENING: noted("Evening"),
    Moment.BEDTIME: noted("Bedtime"),
    Moment.NIGHT: noted("Night"),
    Moment.BEFORE_THERAPY: noted("30 to 60 minutes before therapy"),
    Moment.WORN: noted("All day"),
}
"""The times of the day."""

_ONE_AND_MANY = {
    Unit.TABLET: (noted("take {count} tablet ({amount})"), noted("take {count} tablets ({amount})")),
    Unit.CAPSULE: (noted("take {count} capsule ({amount})"), noted("take {count} capsules ({amount})")),
    Unit.PATCH: (noted("wear {count} patch ({amount})"), noted("wear {count} patches ({amount})")),
    Unit.FILM: (noted("use {count} film ({amount})"), noted("use {count} films ({amount})")),
    Unit.LOZENGE: (noted("use {count} lozenge ({amount})"), noted("use {count} lozenges ({amount})")),
    Unit.SPRAY: (noted("use {count} spray ({amount})"), noted("use {count} sprays ({amount})")),
    Unit.ACTUATION: (noted("use {count} puff ({amount})"), noted("use {count} puffs ({amount})")),
    Unit.SUPPOSITORY: (noted("use {count} suppository ({amount})"), noted("use {count} suppositories ({amount})")),
    Unit.PACKET: (noted("take {count} packet ({amount})"), noted("take {count} packets ({amount})")),
    Unit.SYRINGE: (noted("use {count} syringe ({amount})"), noted("use {count} syringes ({amount})")),
    Unit.VIAL: (noted("use {count} vial ({amount})"), noted("use {count} vials ({amount})")),
    Unit.AUTO_INJECTOR: (noted("use {count} injector ({amount})"), noted("use {count} injectors ({amount})")),
}

_HALF = Fraction(1, 2)


def dose_words(item: Item, words: Language) -> str:
    """What is taken of one product: ``take 2 tablets (10 mg)``. Halves are words, so that no stroke is overlooked."""
    amount = unit_words(item.strength.value * item.count, item.strength.unit, words)
    if item.unit is Unit.TABLET and item.count % 1 == _HALF:
        whole = int(item.count)
        if whole == 0:
            return words.say("take half a tablet ({amount})", amount=amount)
        return words.count(
            "take {count} and a half tablets ({amount})",
            "take {count} and a half tablets ({amount})",
            whole,
            count=str(whole),
            amount=amount,
        )
    count = words.number(item.count)
    if item.unit in _ONE_AND_MANY:
        one, many = _ONE_AND_MANY[item.unit]
        return words.count(one, many, 1 if item.count == 1 else 2, count=count, amount=amount)
    return words.say("take {count} {unit} ({amount})", count=count, unit=item.unit.value, amount=amount)


def unit_words(value: Fraction, unit: Unit, words: Language) -> str:
    """An amount of one dose: ``10 mg``, ``25 mcg per hour``."""
    if unit is Unit.MCG_PER_H:
        return words.say("{amount} mcg per hour", amount=words.number(value))
    return f"{words.number(value)} {unit.value}"


def amount_words(value: Fraction, unit: Unit, words: Language) -> str:
    """A day's amount: ``30 mg a day``, ``25 mcg per hour``."""
    number = words.number(value)
    if unit is Unit.MCG_PER_H:
        return words.say("{amount} mcg per hour", amount=number)
    if unit is Unit.MCG_PER_D:
        return words.say("{amount} mcg a day", amount=number)
    if unit is Unit.MG_PER_D:
        return words.say("{amount} mg a day", amount=number)
    return f"{number} {unit.value}"
