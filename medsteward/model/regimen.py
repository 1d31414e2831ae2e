"""One product taken by one sig; the lines of a case and their days; the patient."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from functools import cached_property
from math import ceil

from attrs import field, frozen

from medsteward.errors import WrongArgument
from medsteward.model.acknowledgement import Acknowledgement
from medsteward.model.amount import Amount
from medsteward.model.kept import ADDED, DERIVED
from medsteward.model.problem import Caution, Problem
from medsteward.model.product import Product
from medsteward.model.sig import Sig
from medsteward.model.stated import Stated

MAX_LINES = 500
"""Medication lines that are read in one case."""


@frozen(cache_hash=True)
class Regimen:
    """One product taken by one sig.

    ``quantity`` is what was dispensed, in units of the product; ``days_supply`` the days it is meant for.
    ``indication`` is this line's own, in its own words, where it states one.
    """

    product: Product
    sig: Sig
    quantity: Amount | None = None
    days_supply: Fraction | None = None
    indication: str | None = None


@frozen
class Candidate:
    """A regimen that would follow if ``name`` stood in place of an unknown name, or of a number without a unit.

    Offered, never chosen.
    """

    name: str
    text: str
    regimen: Regimen


class Origin(Enum):
    """What a line comes from: typed or in a case, or which resource of a record."""

    STATED = "a line as stated"
    ORDER = "an order"
    REPORT = "an order that is reported"
    STATEMENT = "a statement"
    DISPENSING = "a dispensing"


class HowEnded(Enum):
    """How a medicine ended, where it is stated."""

    TAPER = "taper"
    SUDDENLY = "suddenly"


@frozen(cache_hash=True)
class Line:
    """One medication line: as written, what was understood of it, what was not, and its days.

    ``regimen`` is None when no drug could be made out. ``candidates`` are offered for an unknown name or a
    number without a unit, which may stand in a line without problems. ``start`` and ``end`` are the first and last
    day; both None: active on the day asked about. ``prescriber`` is an opaque key.
    ``unread`` are the words (or the codes) that may name another drug than the one that was understood.

    What a record says besides: ``origin`` is the kind of resource the line comes from; ``replaced`` says, in words, by
    which order it was replaced, so that it is not taken any more; ``lapsed`` is the day on which its supply, its number
    of doses or its bounds ended, although the record still calls it active: whether it is taken is not known. Lines
    with the same ``link`` are joined by the record, which does not say whether they are one medication. ``ended`` says
    how a line that has ended did so; None: not stated.
    """

    written: str
    regimen: Regimen | None
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    start: date | None = None
    end: date | None = None
    prescriber: str | None = None
    unread: tuple[str, ...] = ()
    origin: Origin = field(default=Origin.STATED, metadata=ADDED)
    replaced: str = field(default="", metadata=ADDED)
    lapsed: date | None = field(default=None, metadata=ADDED)
    link: str = field(default="", metadata=ADDED)
    ended: HowEnded | None = field(default=None, metadata=ADDED)

    @property
    def may_hide_a_drug(self) -> bool:
        """Whether a drug may stand here that was not understood: none is named, or a word that may be one is unread.

        Such a line is missing from every total, was not checked, and may be an opioid whatever else it names.
        """
        if self.regimen is None or self.unread:
            return True
        return bool(self.problems) and any(p.code.startswith("DRUG") for p in self.problems)

    @cached_property
    def last_day(self) -> date | None:
        """The last day: as stated, or the last one that the days' supply covers from the first day.

        None for a line that the record still calls active after its reckoned end: it may go on.
        """
        if self.lapsed is not None:
            return None
        if self.end is not None or self.start is None or self.regimen is None or self.regimen.days_supply is None:
            return self.end
        days = max(ceil(self.regimen.days_supply), 1) - 1
        return self.start + timedelta(days=min(days, (date.max - self.start).days))

    def is_active_on(self, day: date) -> bool:
        """Whether ``day`` lies between the first and the last day; an open side does not limit.

        Never for a line that was replaced. A line that the record calls active after its reckoned end is active.
        """
        if self.start is None and self.end is None and not self.replaced:
            return True  # the usual case, and this is asked for every line
        if self.replaced:
            return False
        last = self.last_day
        return (self.start is None or self.start <= day) and (last is None or day <= last)


@frozen
class Patient:
    """What is known of the patient. Everything may be None or empty: unknown.

    ``in_remission`` are those of the conditions that stay, but are not active now.
    """

    age: int | None = None
    sex: str | None = None
    conditions: tuple[str, ...] = ()
    egfr: Fraction | None = None
    crcl: Fraction | None = None
    weight_kg: Fraction | None = None
    creatinine_mg_dl: Fraction | None = None
    child_pugh: str | None = None
    qtc_ms: Fraction | None = None
    pregnant: bool | None = None
    gestational_weeks: Fraction | None = None
    opioid_tolerant: bool | None = None
    indication: str | None = None
    context: tuple[str, ...] = ()
    opioid_since: date | None = None
    household: tuple[str, ...] = ()
    scores: tuple[tuple[str, Fraction], ...] = ()
    in_remission: tuple[str, ...] = field(default=(), metadata=ADDED)


@frozen
class ProposedOrder:
    """A proposed order or line: what it would add to a case if it were signed. It counts in no total by itself.

    ``name`` is how answers call it. ``order`` are the names of the order in its record, ``replaces`` those of the order
    that it names as the one before it. ``not_counted`` says why it adds nothing, as for a cancelled order; empty: it
    counts. ``patient`` is the opaque key of whom it is for, where the record says so. ``where`` is its place in the
    input; ``problems``, ``cautions`` and ``unread`` are of the input it came in, as those of a case are.
    """

    name: str
    lines: tuple[Line, ...] = ()
    order: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    not_counted: str = ""
    patient: str | None = None
    where: str = ""
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()
    unread: tuple[str, ...] = ()


@frozen
class RecordedOrder:
    """An order of a record and the numbers, from 1, of the lines it gave.

    ``names`` are what others may call it, ``replaces`` the names of the order that it says was before it.
    """

    names: tuple[str, ...]
    lines: tuple[int, ...]
    replaces: tuple[str, ...] = ()


@frozen
class Case:
    """A patient and the medication lines, asked about on ``as_of``. ``id`` is opaque; no names of people.

    ``stated`` is what it says about why a dose is lowered; ``acknowledged`` are findings that were answered. ``unread``
    names parts of the input that may hold medications and could not be read: nothing is complete then. ``orders`` are
    those of the record, so that a proposed order can name one; ``drafts`` are proposed orders that came with it.
    """

    as_of: date
    lines: tuple[Line, ...] = ()
    patient: Patient = field(factory=Patient)
    id: str | None = None
    done: tuple[tuple[str, date | bool], ...] = ()
    problems: tuple[Problem, ...] = ()
    cautions: tuple[Caution, ...] = ()
    unread: tuple[str, ...] = ()
    stated: Stated = field(factory=Stated)
    acknowledged: tuple[Acknowledgement, ...] = field(default=(), metadata=ADDED)
    orders: tuple[RecordedOrder, ...] = field(default=(), eq=False, repr=False, metadata=DERIVED)
    drafts: tuple[ProposedOrder, ...] = field(default=(), eq=False, repr=False, metadata=DERIVED)


def a_case(case: Case) -> Case:
    """A case that a program gives. Raises ``WrongArgument`` for its words, its table, or several."""
    if isinstance(case, Case):
        return case
    raise WrongArgument(f"case is {type(case).__name__}; make one with medsteward.case_of or medsteward.read_case")
