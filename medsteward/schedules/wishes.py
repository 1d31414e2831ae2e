"""What a plan is chosen by, in order. This is the one place of it: the search adds up these costs, and nothing else.

The hard rules come first and bound what is looked at; each later wish decides only between plans that are equal in all
wishes before it. ``--explain`` prints ``WISHES``.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil

Count = int | Fraction
"""A total in units so small that nearly every one is whole: comparing integers is much quicker, and as exact."""

LEAST_SHARE = Fraction(1, 4)
"""A step takes off at least this share of what is asked, where the ceiling allows a larger one. Ours."""

WISHES = (
    "Always: no total and no line rises; no step is above the ceiling unless it is marked; every dose is made of whole "
    "products, or of halves where the patient's tablets are scored; labels are kept.",
    "The plan ends at its target, or as near to it as the products allow.",
    "As few steps beyond the ceiling as can be, and those as small as can be. The last dose is left from the smallest.",
    "No single dose rises on a step down, and no time of the day that was left comes back, unless the step could not "
    "be made otherwise. Such a step is marked.",
    "No step is beyond the pace of the source where a smaller one can be made.",
    "Pace: a step within a quarter of the one asked for counts as equal. Each further quarter counts.",
    "At most four units in a dose and eight a day, where two strengths allow that; no half of a tablet whose half is "
    "sold whole; no two of a strength that few make, where more sell both as one.",
    "As few steps with other strengths than the step before as can be; going back to an earlier strength counts twice. "
    "The patient's own strengths are the first ones.",
    "As few products with fewer makers than others as can be. They are named.",
    "Doses of a day as even as can be, then few strengths, then few units.",
)
"""The wishes in their order, in words. The limits of four and eight, of a quarter, and the order are ours."""


_FIELDS = ("forced", "excess", "rises", "beyond", "off", "changes", "rare", "uneven", "strengths", "units")
_BITS = 32
"""Bits for each field. None of their sums over a plan comes near to what that holds."""
_PLACES = {name: _BITS * place for place, name in enumerate(reversed(_FIELDS))}
SHARES = 1_000_000
"""Shares of a dose are counted in millionths."""


def cost(**counts: int) -> int:
    """What a step costs, as one number in which an earlier wish always outweighs those after it.

    ``forced``: steps beyond the ceiling that the end of the policy does not plan for; ``excess`` the shares of the dose
    that they take off, in millionths. ``rises``: steps on which a single dose rises. ``beyond``: quarters of the
    source's pace by which a step goes beyond it, begun ones counted. ``off``: whole quarters of the asked step by which
    a step differs from it. ``changes``: other strengths than on the step before, an earlier one again counted twice.
    ``rare``: products with fewer makers than their siblings. ``uneven`` and ``units`` are thousandths. Raises
    ``KeyError`` for another name.
    """
    return sum(count << _PLACES[name] for name, count in counts.items())


def parts(found: int) -> dict[str, int]:
    """The counts of each wish in a number, by name, in their order."""
    return {name: found >> _PLACES[name] & (1 << _BITS) - 1 for name in _FIELDS}


CHANGE = cost(changes=1)
RISE = cost(rises=1)


def quarters(apart: Count, of: Count) -> int:
    """By how many quarters one amount is away from another, a begun one counted; nothing where there is no other."""
    if not of:
        return 0
    if isinstance(of, Fraction) or isinstance(apart, Fraction):
        return ceil(Fraction(apart * 4) / of)
    return -(-apart * 4 // of)


def quarters_off(apart: Count, asked: Count) -> int:
    """By how many quarters beyond the first a step differs from what is asked."""
    return max(0, quarters(apart if apart > 0 else -apart, asked) - 1)
