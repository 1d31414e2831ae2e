"""What was understood of one text or code about conditions."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve, frozen


@frozen
class Reading:
    """What a phrase or a code says of the patient.

    ``conditions`` count, by our names. ``asks`` are questions, each whole; what they are about counts only where it is
    among the conditions. ``refused`` says why something does not count: it was denied, of the family, over. The rest
    belongs to other fields of the patient. ``kept`` are qualifiers that were understood and change nothing.
    ``understood`` False: nothing of it was read, or not all. ``in_remission`` are those of the conditions that stay and
    are not active now.
    """

    conditions: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    indications: tuple[str, ...] = ()
    child_pugh: str | None = None
    gestational_weeks: int | None = None
    kept: tuple[str, ...] = ()
    is_event: bool = False
    understood: bool = True
    in_remission: tuple[str, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Whether it was understood and adds nothing."""
        return self.understood and not (
            self.conditions
            or self.asks
            or self.refused
            or self.contexts
            or self.indications
            or self.child_pugh
            or self.gestational_weeks
        )

    def asking(self, *questions: str) -> Reading:
        """The same with further questions."""
        return evolve(self, asks=_once((*self.asks, *questions)))

    def keeping(self, *qualifiers: str) -> Reading:
        """The same with further qualifiers."""
        return evolve(self, kept=_once((*self.kept, *qualifiers)))


UNREAD = Reading(understood=False)
"""Nothing was understood."""
NOTHING = Reading()
"""Known, and it matters to no rule."""


def joined(readings: Iterable[Reading]) -> Reading:
    """Everything that several readings say."""
    found = tuple(readings)
    return Reading(
        conditions=_once(each for one in found for each in one.conditions),
        asks=_once(each for one in found for each in one.asks),
        refused=_once(each for one in found for each in one.refused),
        contexts=_once(each for one in found for each in one.contexts),
        indications=_once(each for one in found for each in one.indications),
        child_pugh=next((one.child_pugh for one in found if one.child_pugh is not None), None),
        gestational_weeks=next((one.gestational_weeks for one in found if one.gestational_weeks is not None), None),
        kept=_once(each for one in found for each in one.kept),
        is_event=any(one.is_event for one in found),
        understood=all(one.understood for one in found),
        in_remission=_remitted(found),
    )


REMITS = frozenset({"alcohol use disorder"})
"""Conditions that stay in remission under their own name, and of which a rule asks whether they are active."""


def _remitted(found: tuple[Reading, ...]) -> tuple[str, ...]:
    """What is in remission wherever it is stated: once stated as active, it is active."""
    active = {name for one in found for name in one.conditions if name not in one.in_remission}
    return _once(name for one in found for name in one.in_remission if name not in active)


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
