"""What a card is made of: the plan on page 1, curves, blocks of words, sheets to tick, labels."""

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
class NowBox:
    """What is taken now: a sentence that says of which day, the doses, their limits, and when they change next."""

    lead: str
    rows: tuple[CardRow, ...]
    notes: tuple[str, ...]
    next_change: str


@frozen
class CardStepLine:
    """One product of a step: its short name, how many at each time of the table, and the mark of new tablets."""

    medicine: str
    counts: tuple[str, ...]
    mark: str


@frozen
class CardStep:
    """A step in the table. ``state`` is past, now or empty; a past step is one line, ``note``, without doses.

    ``note`` of any other says what is no longer taken.
    """

    step: str
    day: str
    state: str
    mark: str
    lines: tuple[CardStepLine, ...]
    note: str


@frozen
class StepTable:
    """The plan on one table. ``times`` head the columns of counts, in the order of the day."""

    times: tuple[str, ...]
    rows: tuple[CardStep, ...]
    caption: str


@frozen
class Cell:
    """One day. ``name`` is the day in words; ``change`` is the word on a change day, else empty.

    ``boxes`` says for each row of boxes whether there is one to tick on this day; ``none`` what stands there instead
    where the plan has no dose of it on that day.
    """

    day: date
    number: str
    name: str
    change: str
    boxes: tuple[bool, ...]
    none: tuple[str, ...] = ()


@frozen
class BoxRow:
    """A row of boxes: whose and when. ``timed``: beside each box is a place for the time of the dose.

    ``lines`` is how many lines its name takes on paper.
    """

    name: str
    timed: bool = False
    lines: int = 1


@frozen
class PatchDay:
    """A day on which a patch is changed."""

    day: date
    name: str
    patch: str


@frozen
class SheetPart:
    """The days of one step on a sheet.

    ``weeks`` have seven places each, from the first day of the part on, None after its last; ``week`` are the names of
    their days. ``new`` lines stand first, in a frame. ``patches`` are lines to fill in on days of a change.
    """

    step: int
    title: str
    when: str
    new: tuple[str, ...]
    change_day: str
    changes: tuple[str, ...]
    rows: tuple[CardRow, ...]
    totals: tuple[str, ...]
    notes: tuple[str, ...]
    boxes: tuple[BoxRow, ...]
    week: tuple[str, ...]
    weeks: tuple[tuple[Cell | None, ...], ...]
    patches: tuple[PatchDay, ...]


@frozen
class TickSheet:
    """A sheet to tick: a step, a fill of one, or short steps together. ``checks`` are days of talks.

    ``height`` is that of a row of boxes in letters of the text, so that the sheet fits on its paper. ``notes`` is
    how many rows of lines for notes it has: three, one where more would not fit, or none.
    """

    id: str
    title: str
    parts: tuple[SheetPart, ...] = field(validator=min_len(1))
    checks: tuple[str, ...]
    next_change: str
    height: float
    notes: int


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

    now: str
    steps: str
    from_day: str
    you_are_here: str
    chart: str
    contacts: str
    time: str
    medicine: str
    take: str
    in_one_day: str
    tick: str
    box: str
    notes: str
    prompts: tuple[str, ...]
    check_days: str
    approved: str
    clinic_phone: str
    page: str
    done: str
    patch_day: str
    patch_time: str
    patch_side: str
    patch_dated: str
    patch_old: str


@frozen
class Card:
    """The whole card. ``marks``, ``for_staff`` and ``footer`` stand on every page.

    ``about`` are lines about the plan: whom it is for, why, the goal and its measure; those without a value are filled
    in by hand. ``danger`` are the signs for which help is called. ``for_staff`` is for the clinic, in English whatever
    the language: that the words are not yet reviewed.
    """

    language: str
    title: str
    subtitle: str
    version: str
    made: date
    footer: str
    marks: tuple[str, ...]
    for_staff: str
    about: tuple[Contact, ...]
    now: NowBox | None
    danger: TextBlock | None
    contacts: tuple[Contact, ...]
    steps: StepTable | None
    ending: str
    curves: tuple[Curve, ...]
    blocks: tuple[TextBlock, ...]
    sheets: tuple[TickSheet, ...]
    phone: str
    labels: Labels
