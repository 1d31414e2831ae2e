"""What a card is made of: stretches of days, rows, blocks of words, contacts, labels."""

from __future__ import annotations

from datetime import date

from attrs import field, frozen
from attrs.validators import min_len

from medsteward.writers.card.curve import Curve


@frozen
class CardRow:
    """What is taken of one product at one time of the day. ``time`` is empty where it is that of the row above."""

    time: str
    product: str
    take: str


@frozen
class Cell:
    """One day. ``name`` is the day in words; ``change`` is the word on a change day, else empty.

    ``boxes`` says for each row of boxes whether there is one to tick on this day.
    """

    day: date
    number: str
    name: str
    change: str
    boxes: tuple[bool, ...]


@frozen
class Stretch:
    """The days of one step that lie in one month. ``weeks`` have seven places each, None where no day of it stands.

    ``changes`` say what the step changes, in the month in which it begins. ``boxes`` name the rows of tick boxes.
    """

    step: int
    title: str
    when: str
    change_day: str
    changes: tuple[str, ...]
    rows: tuple[CardRow, ...]
    totals: tuple[str, ...]
    notes: tuple[str, ...]
    boxes: tuple[str, ...]
    weeks: tuple[tuple[Cell | None, ...], ...]


@frozen
class Month:
    """A month of the plan. ``checks`` are days on which something is talked about, ``next_change`` what comes after."""

    id: str
    title: str
    stretches: tuple[Stretch, ...] = field(validator=min_len(1))
    checks: tuple[str, ...]
    next_change: str


@frozen
class ChangeRow:
    """A step in the overview: its number, its first day, what changes, and what is taken in one day."""

    step: str
    day: str
    changes: tuple[str, ...]
    totals: tuple[str, ...]


@frozen
class TextBlock:
    """A titled block of paragraphs. ``loud`` ones stand in a thick frame."""

    id: str
    title: str
    lines: tuple[str, ...]
    loud: bool


@frozen
class Contact:
    """A line with a number, or to be filled in by hand (``value`` empty)."""

    label: str
    value: str


@frozen
class Labels:
    """The fixed words of the card in its language."""

    overview: str
    step: str
    from_day: str
    changes: str
    in_one_day: str
    chart: str
    contacts: str
    time: str
    medicine: str
    take: str
    tick: str
    box: str
    notes: str
    months: str
    check_days: str
    approved: str
    clinic_phone: str
    page: str


@frozen
class Card:
    """The whole card. ``marks``, ``for_staff`` and ``footer`` stand on every page.

    ``for_staff`` is for the clinic, in English whatever the language: that the words are not yet reviewed.
    """

    language: str
    title: str
    subtitle: str
    made: date
    footer: str
    marks: tuple[str, ...]
    for_staff: str
    overview: tuple[ChangeRow, ...]
    ending: str
    curves: tuple[Curve, ...]
    contacts: tuple[Contact, ...]
    blocks: tuple[TextBlock, ...]
    months: tuple[Month, ...]
    week: tuple[tuple[str, str], ...]
    labels: Labels
