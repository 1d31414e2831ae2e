"""The closed list of units. Outside spellings are mapped to it in ``medsteward.units`` by pint."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction


class Dimension(Enum):
    """What a unit measures. Counts of different things are different dimensions: a tablet is not a patch."""

    MASS = "mass"
    VOLUME = "volume"
    TIME = "time"
    CONCENTRATION = "mass per volume"
    RATE = "mass per hour, as released by a patch"
    MASS_PER_DAY = "mass per day"
    VOLUME_PER_DAY = "volume per day"
    SHARE = "percent by mass"
    ACTIVITY = "international units"
    CHARGE = "milliequivalents"
    MME = "morphine milligram equivalents"
    MME_PER_DAY = "morphine milligram equivalents per day"
    TABLET = "tablets"
    CAPSULE = "capsules"
    PATCH = "patches"
    FILM = "films"
    LOZENGE = "lozenges"
    SPRAY = "sprays"
    ACTUATION = "actuations"
    SUPPOSITORY = "suppositories"
    PACKET = "packets"
    SYRINGE = "syringes"
    VIAL = "vials"
    AUTO_INJECTOR = "auto-injectors"


_COUNTED = frozenset(
    {
        Dimension.TABLET,
        Dimension.CAPSULE,
        Dimension.PATCH,
        Dimension.FILM,
        Dimension.LOZENGE,
        Dimension.SPRAY,
        Dimension.ACTUATION,
        Dimension.SUPPOSITORY,
        Dimension.PACKET,
        Dimension.SYRINGE,
        Dimension.VIAL,
        Dimension.AUTO_INJECTOR,
    }
)


class Unit(Enum):
    """A unit, by the way it is printed.

    ``dimension`` says what it measures and ``scale`` how many of the dimension's first unit it is, exactly; a test
    holds every scale against pint.
    """

    dimension: Dimension
    scale: Fraction
    is_count: bool
    """Whether the unit counts things a person takes, such as tablets or sprays."""

    __hash__ = object.__hash__  # there is one object of each; that of an enumeration asks for its name every time

    def __new__(cls, text: str, dimension: Dimension, scale: Fraction = Fraction(1)) -> Unit:
        """Make a unit known by its printed text."""
        unit = object.__new__(cls)
        unit._value_ = text
        unit.dimension = dimension
        unit.scale = scale
        unit.is_count = dimension in _COUNTED
        return unit

    MG = "mg", Dimension.MASS
    MCG = "mcg", Dimension.MASS, Fraction(1, 1000)
    G = "g", Dimension.MASS, Fraction(1000)
    ML = "mL", Dimension.VOLUME
    L = "L", Dimension.VOLUME, Fraction(1000)
    H = "h", Dimension.TIME
    MIN = "min", Dimension.TIME, Fraction(1, 60)
    D = "d", Dimension.TIME, Fraction(24)
    WEEK = "week", Dimension.TIME, Fraction(168)
    MG_PER_ML = "mg/mL", Dimension.CONCENTRATION
    MCG_PER_ML = "mcg/mL", Dimension.CONCENTRATION, Fraction(1, 1000)
    MCG_PER_H = "mcg/h", Dimension.RATE
    MG_PER_H = "mg/h", Dimension.RATE, Fraction(1000)
    MG_PER_D = "mg/d", Dimension.MASS_PER_DAY
    MCG_PER_D = "mcg/d", Dimension.MASS_PER_DAY, Fraction(1, 1000)
    G_PER_D = "g/d", Dimension.MASS_PER_DAY, Fraction(1000)
    ML_PER_D = "mL/d", Dimension.VOLUME_PER_DAY
    PERCENT = "%", Dimension.SHARE
    IU = "units", Dimension.ACTIVITY
    MEQ = "mEq", Dimension.CHARGE
    MME = "MME", Dimension.MME
    MME_PER_D = "MME/d", Dimension.MME_PER_DAY
    TABLET = "tablet", Dimension.TABLET
    CAPSULE = "capsule", Dimension.CAPSULE
    PATCH = "patch", Dimension.PATCH
    FILM = "film", Dimension.FILM
    LOZENGE = "lozenge", Dimension.LOZENGE
    SPRAY = "spray", Dimension.SPRAY
    ACTUATION = "actuation", Dimension.ACTUATION
    SUPPOSITORY = "suppository", Dimension.SUPPOSITORY
    PACKET = "packet", Dimension.PACKET
    SYRINGE = "syringe", Dimension.SYRINGE
    VIAL = "vial", Dimension.VIAL
    AUTO_INJECTOR = "auto-injector", Dimension.AUTO_INJECTOR

    def counted(self, number: Fraction) -> str:
        """The unit's name after a number: ``1 tablet``, ``2 tablets``, ``5 mg``."""
        name: str = self.value
        if not self.is_count or number == 1:
            return name
        return _PLURALS.get(self, f"{name}s")


COUNTS = frozenset(unit for unit in Unit if unit.is_count)
"""Units that count things a person takes."""

_PLURALS = {Unit.PATCH: "patches", Unit.SUPPOSITORY: "suppositories"}
