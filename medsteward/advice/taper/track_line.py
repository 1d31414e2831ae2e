"""A track of a plan as a line of the regimen: rules and reminders are asked about it, and commands name it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from medsteward.model.amount import Amount
from medsteward.model.number import decimal_text
from medsteward.model.product import Component, Product
from medsteward.model.regimen import Line, Regimen
from medsteward.model.sig import Dose, Sig, Span, Taking
from medsteward.model.unit import Unit
from medsteward.schedules.moment import MOST_TIMES, Moment, clock_words, moments_for
from medsteward.schedules.supply import Track


def line_of(track: Track, *, anew: bool = False) -> Line:
    """The drug of a track as a line of the regimen, at its doses.

    ``anew``: nobody wrote it so, and its words are made from the track; they read back as this track.
    """
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
    written = _words(track) if anew else track.written or track.drug
    return Line(written=written, regimen=Regimen(product, Sig(tuple(takings))))


def _words(track: Track) -> str:
    """Directions in words that read back as this track."""
    supply = track.supplies[0]
    if supply.is_liquid:
        head = f"{track.drug} {supply.strength_words(track.unit)} {track.form}"
        amounts = [f"{decimal_text(amount / supply.strength)} mL" for _, amount in track.doses]
    else:
        release = "ER" if track.release == "ER" else "IR"
        head = f"{track.drug} {release} {track.form}"
        amounts = [f"{decimal_text(amount)} mg" for _, amount in track.doses]
    times = tuple(time for time, _ in track.doses)
    usual = len(times) <= MOST_TIMES and times == moments_for(len(times))
    if len(set(amounts)) == 1 and usual and (len(times) > 1 or times[0] is Moment.MORNING):
        often = "once daily in the morning" if len(times) == 1 else f"{len(times)} times daily"
        return f"{head}, {amounts[0]} {often}"
    return f"{head}, " + ", ".join(f"{text} {when}" for text, when in zip(amounts, _whens(times), strict=True))


_BY_NAME = {Moment.MORNING, Moment.NOON, Moment.EVENING, Moment.BEDTIME}
"""Times that read back by their name; "afternoon" is read as noon, and "night" as bedtime."""


def _whens(times: Sequence[Moment]) -> list[str]:
    if all(time in _BY_NAME for time in times):
        return [time.value for time in times]
    return [f"at {clock_words(time)}" for time in times]
