"""A track of a plan as a line of the regimen, so that rules and reminders can be asked about it."""

from __future__ import annotations

from fractions import Fraction

from medsteward.model.amount import Amount
from medsteward.model.product import Component, Product
from medsteward.model.regimen import Line, Regimen
from medsteward.model.sig import Dose, Sig, Span, Taking
from medsteward.model.unit import Unit
from medsteward.schedules.supply import Track


def line_of(track: Track) -> Line:
    """The drug of a track as a line of the regimen, at its doses."""
    supply = track.supplies[0] if track.supplies else None
    strength = None
    if supply is not None and track.unit in (Unit.MG, Unit.MCG):
        strength = Amount(supply.strength, Unit.MG_PER_ML if supply.is_liquid else track.unit)
    takings = []
    if track.unit in (Unit.MG, Unit.MCG):
        once = Span(Fraction(1), Fraction(1))
        for _, amount in track.doses:
            dose = Amount(amount, track.unit)
            takings.append(Taking(Dose(dose, dose), once))
    product = Product(
        components=(Component(track.drug, strength),),
        form=track.form,
        route=track.route,
        release=track.release,
        unit=supply.unit if supply is not None else None,
    )
    return Line(written=track.written or track.drug, regimen=Regimen(product, Sig(tuple(takings))))
