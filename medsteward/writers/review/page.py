"""What a page of a review shows, in its order and in words; text, markdown, HTML and the note are made from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import frozen

from medsteward.advice.case.mme_report import MmeReport, ThresholdCheck
from medsteward.advice.case.review import SHOWN_TIER, Lacking, MedicineNote, Pointer, Review, Said, harm_order
from medsteward.interactions.result import Acknowledged, Finding
from medsteward.mme.result import AtLeast, Entry, NoTotal
from medsteward.model.number import decimal_text
from medsteward.model.problem import Caution, Problem
from medsteward.model.regimen import Patient
from medsteward.model.source import Source, Standing
from medsteward.patient.overlaps import Overlap
from medsteward.reminders.days import in_words
from medsteward.reminders.reminder import Reminder, ReminderStatus
from medsteward.writers.check.table import known_words
from medsteward.writers.mme.table import headline as mme_headline
from medsteward.writers.review.document import not_for
from medsteward.writers.shared.amounts import amount_words, mme_figure
from medsteward.writers.shared.cells import plain
from medsteward.writers.shared.problems import facts_not_understood, problem_sentences

_NAMED_RULES = 3
_SEVERAL = frozenset({"condition"})
"""Facts of which a patient may have several."""


@frozen
class FindingBlock:
    """A finding in words. ``facts`` are what made it true, ``cites`` the numbers of its sources.

    ``known`` says how it was answered, where it rests.
    """

    rule: str
    severity: str
    title: str
    because: str
    facts: tuple[str, ...]
    consider: str
    standing: str
    cites: tuple[int, ...]
    known: str = ""


@frozen
class DueBlock:
    """A reminder in words. ``on`` is from which day, ``when`` also how often again."""

    what: str
    on: str
    status: str
    when: str
    because: tuple[str, ...]
    consider: str
    cites: tuple[int, ...]


@frozen
class MedicineRow:
    """A line of the case: what it is, the day's dose, the factor, the MME."""

    line: int
    written: str
    drug: str
    daily: str
    factor: str
    mme: str
    remark: str


@frozen
class Page:
    """The parts of a page in their order. An empty part is left out."""

    title: str
    made_by: str
    made_by_in_short: str
    patient: str
    summary: tuple[str, ...]
    begins_loud: bool
    problems: tuple[str, ...]
    first: tuple[FindingBlock, ...]
    mme: str
    mme_notes: tuple[str, ...]
    second: tuple[FindingBlock, ...]
    more: tuple[str, ...]
    due: tuple[DueBlock, ...]
    settled: str
    applying: tuple[str, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    medicines: tuple[MedicineRow, ...]
    lesser: str
    lesser_count: int
    acknowledged: tuple[str, ...]
    to_know: tuple[str, ...]
    sources: tuple[str, ...]
    not_for: tuple[str, ...]


class _Sources:
    """Sources numbered in the order in which they are cited; one citation is one source."""

    def __init__(self) -> None:
        self.found: dict[str, bool] = {}

    def numbers(self, sources: Iterable[Source]) -> tuple[int, ...]:
        numbers = []
        for source in sources:
            weak = source.standing is Standing.RECALLED
            self.found[source.citation] = self.found.get(source.citation, False) or weak
            numbers.append(list(self.found).index(source.citation) + 1)
        return tuple(sorted(set(numbers)))

    def lines(self) -> tuple[str, ...]:
        weak = f" ({Standing.RECALLED.words})"
        return tuple(f"{citation}{weak if recalled else ''}" for citation, recalled in self.found.items())


def page_of(review: Review) -> Page:
    """A review as a page: most important first. Nothing in it is left to decide for what prints it."""
    sources = _Sources()
    first, second = (
        tuple(
            _finding(said, review.check.answer(said.finding), sources)
            for said in review.shown
            if said.finding.tier in tiers
        )
        for tiers in ((1,), (2, 3))
    )
    open_ones = review.with_status(ReminderStatus.OVERDUE, ReminderStatus.DUE)
    coming = review.with_status(ReminderStatus.COMING)
    ordered = sorted((*open_ones, *sorted(coming, key=lambda each: each.due)), key=lambda each: harm_order(each.kind))
    due = tuple(_due(each, why, review, sources) for each, why in zip(ordered, _reasons(ordered, review), strict=True))
    return Page(
        title="Medication review",
        made_by=_made_by(review),
        made_by_in_short=_made_by_in_short(review),
        patient=_patient(review.patient, review.problems),
        summary=summary(review),
        begins_loud=bool(_not_understood(review)),
        problems=tuple(map(plain, problem_sentences(review.problems))),
        first=first,
        mme=plain(mme_headline(review.mme)).removeprefix("MME per day: "),
        mme_notes=_mme_notes(review),
        second=second,
        more=_more(review),
        due=due,
        settled=_settled(review.with_status(ReminderStatus.SETTLED)),
        applying=tuple(_pointer(each) for each in review.applying),
        unknown=tuple(_lacking(each) for each in questions(review)),
        missing=tuple(plain(each.fact) for each in questions(review)),
        medicines=tuple(row for each in review.medicines for row in _medicine(each)),
        lesser=_lesser(review),
        lesser_count=len(_of_lesser_weight(review)),
        acknowledged=_acknowledged(review),
        to_know=tuple(_caution(each) for each in review.cautions if each.code not in _SAID_ON_THE_PAGE),
        sources=tuple(plain(line) for line in sources.lines()),
        not_for=tuple(not_for(review)),
    )


_SAID_ON_THE_PAGE = frozenset({"MME-101"})
"""Warnings whose words the table of medicines has already."""


def summary(review: Review) -> tuple[str, ...]:
    """The answer in a few short parts: what was not understood, what to weigh first, the MME, what is due."""
    parts = []
    names = _not_understood(review)
    if names:
        parts.append(f"NOT UNDERSTOOD, SO NOT LOOKED AT: {plain(', '.join(names), 120)}")
    first, second = len(review.check.interrupting), len(review.tier(2))
    known = len(review.tier(1)) - first
    if first or known or second:
        count = first + known + second
        lead = [f"{count} finding{'' if count == 1 else 's'}"]
        lead += [f"{first} need{'s' if first == 1 else ''} a decision first"] if first else []
        lead += [f"{known} known and answered"] if known else []
        parts.append(", ".join(lead))
    elif review.check.drugs:
        parts.append(f"nothing found above minor by {review.check.rules} rules, of {counted(review)}")
    else:
        parts.append("no drug was left to look at")
    parts.append(_short_mme(review))
    late = len(review.with_status(ReminderStatus.OVERDUE, ReminderStatus.DUE))
    parts.append(f"{late} reminder{'' if late == 1 else 's'} due" if late else "no reminder due")
    return tuple(parts)


def _not_understood(review: Review) -> list[str]:
    return [*review.check.not_understood, *facts_not_understood(review.problems, review.cautions)]


def counted(review: Review) -> str:
    """How many drugs were looked at."""
    drugs = len(review.check.drugs)
    return f"{drugs} drug{'' if drugs == 1 else 's'}"


def _short_mme(review: Review) -> str:
    total = review.mme.total
    if isinstance(total, NoTotal):
        return "no MME figure"
    lead = "at least " if isinstance(total, AtLeast) else ""
    said = f"{lead}{mme_figure(total.maximum.value)} MME/d"
    if total.if_renewals is None:
        return said
    return f"{said} if all lines are taken, {lead}{amount_words(total.if_renewals)} if each prescription is taken once"


def _made_by(review: Review) -> str:
    case = f"case {plain(review.case_id, 60)}, " if review.case_id else ""
    table = review.mme.table
    checked = f"{counted(review)} against {review.check.rules} rules"
    return f"{case}as of {review.as_of}; {checked}; MME by {table.id} ({plain(table.publisher)}; {table.status})"


def _made_by_in_short(review: Review) -> str:
    case = f"case {plain(review.case_id, 40)}, " if review.case_id else ""
    return f"{case}as of {review.as_of}; {counted(review)}; MME by {review.mme.table.id} ({review.mme.table.status})"


def _patient(patient: Patient, problems: Iterable[Problem]) -> str:
    """What is known of the patient, as it was understood: a reader sees from what the answers were made.

    What was stated and not understood is counted: it is not the same as nothing stated.
    """
    found = []
    if patient.age is not None:
        found.append(f"age {patient.age}")
    if patient.sex:
        found.append(patient.sex)
    if patient.pregnant:
        found.append("pregnant")
    if patient.gestational_weeks is not None:
        found.append(f"week {decimal_text(patient.gestational_weeks)} of pregnancy")
    found += patient.conditions
    if patient.indication:
        found.append(f"opioid for: {patient.indication}")
    for name, value in (("eGFR", patient.egfr), ("CrCl", patient.crcl)):
        if value is not None:
            found.append(f"{name} {decimal_text(value)}")
    if patient.child_pugh:
        found.append(f"Child-Pugh {patient.child_pugh}")
    if patient.qtc_ms is not None:
        found.append(f"QTc {decimal_text(patient.qtc_ms)} ms")
    if patient.opioid_tolerant is not None:
        found.append("opioid tolerant" if patient.opioid_tolerant else "not opioid tolerant")
    if patient.opioid_since is not None:
        found.append(f"opioids since {patient.opioid_since}")
    found += patient.context
    if patient.household:
        found.append(f"household: {', '.join(patient.household)}")
    found += [f"{name} {decimal_text(value, 2)}" for name, value in patient.scores]
    for fact, many in Counter(each.fact for each in problems if each.fact).items():
        found.append(
            f"{many} {fact}{'' if many == 1 else 's'} not understood" if fact in _SEVERAL else f"{fact} not understood"
        )
    return plain("; ".join(found)) if found else "nothing stated about the patient"


# --- findings ---------------------------------------------------------------------------------------------------


def _finding(said: Said, answer: Acknowledged | None, sources: _Sources) -> FindingBlock:
    found = said.finding
    facts = []
    if found.conditions:
        facts.append(f"with {', '.join(found.conditions)}")
    facts += [_overlap(each) for each in found.overlaps]
    if found.undated:
        facts.append(f"without dates, counted as taken at the same time: {', '.join(found.undated)}")
    if found.beside:
        facts.append(f"also adding to sedation: {', '.join(found.beside)}")
    if found.absorbed:
        many = len(found.absorbed)
        facts.append(f"also covers {many} narrower rule{'' if many == 1 else 's'}")
    standing = found.rule.standing
    return FindingBlock(
        rule=found.id,
        severity=found.severity.words,
        title=plain(found.title),
        because=plain(found.because),
        facts=tuple(plain(fact) for fact in facts),
        consider=plain(said.consider),
        standing=standing.words if standing is Standing.RECALLED else "",
        cites=sources.numbers(found.rule.sources),
        known="" if answer is None else plain(known_words(answer)),
    )


def _overlap(found: Overlap) -> str:
    first = "an unknown day" if found.first_day is None else str(found.first_day)
    pair = f"{found.drugs[0]} and {found.drugs[1]}"
    if found.last_day is None:
        return f"{pair} overlap from {first} on"
    days = "" if found.days is None else f", {found.days} day{'' if found.days == 1 else 's'}"
    return f"{pair} overlap from {first} to {found.last_day}{days}"


def _more(review: Review) -> tuple[str, ...]:
    """The findings beyond those that are shown in full, each in a line."""
    return tuple(
        plain(
            f"{said.finding.severity.words.upper()}: {said.finding.title} [{said.finding.id}]"
            f"{' (known, answered)' if review.check.answer(said.finding) is not None else ''}"
        )
        for said in review.more
    )


def _of_lesser_weight(review: Review) -> list[Finding]:
    return [said.finding for said in review.findings if said.finding.tier > SHOWN_TIER and not review.everything]


def _lesser(review: Review) -> str:
    hidden = _of_lesser_weight(review)
    if not hidden:
        return ""
    names = "; ".join(f"{each.rule.name} [{each.id}]" for each in hidden)
    return f"{len(hidden)} minor: {names}"


def _acknowledged(review: Review) -> tuple[str, ...]:
    check = review.check
    lines = [f"{each.rule} was answered before and is asked again: {each.why}" for each in check.returned]
    lines += [
        f"{each.finding.title} [{each.finding.id}]: {known_words(each)}"
        for each in check.acknowledged
        if each.finding.tier > SHOWN_TIER and not review.everything
    ]
    if check.known:
        lines.append(f"already so before: {', '.join(each.id for each in check.known)}")
    return tuple(plain(line) for line in lines)


# --- MME and medicines ------------------------------------------------------------------------------------------


def _mme_notes(review: Review) -> tuple[str, ...]:
    words = {True: "at or above", False: "below", None: "not known to be below"}
    report = review.mme
    notes = [
        f"{words[check.maximum]} {decimal_text(check.threshold.at)} MME/d{_once(check, report)}: {check.text}"
        for check in report.thresholds
        if check.maximum is not False
    ]
    marks = [decimal_text(check.threshold.at) for check in report.thresholds if check.maximum is False]
    if marks:
        notes.append(f"below {' and '.join(marks)} MME/d, marks of {report.table.id}: context, not a limit")
    if report.acetaminophen is not None:
        daily = report.acetaminophen.daily
        lead = "at least " if report.acetaminophen.missing else ""
        notes.append(f"acetaminophen {lead}{decimal_text(daily.maximum.value, thousands=True)} mg/d over all products")
    return tuple(plain(note) for note in notes)


def _once(check: ThresholdCheck, report: MmeReport) -> str:
    """How the lower figure stands to a threshold, where lines may be one prescription."""
    if not report.is_said_twice:
        return ""
    word = {True: "at or above it", False: "below it", None: "not known to be below it"}[check.if_renewals]
    return f" if all lines are taken, {word} if each prescription is taken once"


def _medicine(found: MedicineNote) -> list[MedicineRow]:
    written = plain(found.written, 90)
    notes = [_drug(each.name, each.drug_class, each.mechanisms, each.role) for each in found.drugs]
    drug = "; ".join(notes) or "not understood"
    rows = []
    for entry in found.entries:
        rows.append(_medicine_row(found, entry, written, drug))
        written, drug = "", entry.drug or ""
    return rows or [MedicineRow(found.line, written, drug, "", "", "", "")]


def _drug(name: str, drug_class: str, mechanisms: Sequence[str], role: str) -> str:
    how = ", ".join(mechanisms) or "mechanism not recorded"
    return f"{name}: {drug_class}; {how}{f' ({role})' if role else ''}"


def _medicine_row(found: MedicineNote, entry: Entry, written: str, drug: str) -> MedicineRow:
    daily = f"{decimal_text(entry.daily.maximum.value, thousands=True)} {entry.daily.unit.value}" if entry.daily else ""
    factor = mme = ""
    if entry.mme is not None and entry.applied is not None and entry.applied.maximum.value is not None:
        factor = f"{decimal_text(entry.applied.maximum.value)} per {entry.applied.maximum.per.value}"
        mme = mme_figure(entry.mme.maximum.value)
    remark = ""
    if entry.status.value == "no_factor":
        remark = "no factor in this table: not counted"
    elif entry.status.value in ("excluded", "inactive"):
        remark = plain(entry.reason or entry.status.value)
    elif entry.status.value == "problem":
        remark = "not counted: see what was not understood"
    return MedicineRow(found.line, written, plain(drug), daily, factor, mme, remark)


# --- reminders, recommendations, what is unknown ------------------------------------------------------------------


def _reasons(reminders: Sequence[Reminder], review: Review) -> list[tuple[str, ...]]:
    """The reasons of each reminder; what several give is said at the first of them."""
    stratum = review.remind.stratum
    because = "" if stratum is None else f" ({'; '.join(stratum.because)})"
    said: set[str] = set()
    found = []
    for each in reminders:
        found.append(tuple(why.replace(because, "") for why in each.because if why not in said))
        said.update(each.because)
    return found


def _due(each: Reminder, because: Sequence[str], review: Review, sources: _Sources) -> DueBlock:
    status = each.status(review.as_of)
    words = {ReminderStatus.OVERDUE: "since", ReminderStatus.COMING: "on"}
    when = "today" if status is ReminderStatus.DUE else f"{words[status]} {each.due}"
    if each.repeat:
        when += f", then {in_words(each.repeat)}"
    return DueBlock(
        what=each.kind.words,
        on="today" if status is ReminderStatus.DUE else f"{words[status]} {each.due}",
        status=status.value,
        when=when,
        because=tuple(plain(why) for why in because),
        consider=plain(each.consider),
        cites=sources.numbers(each.sources),
    )


def _settled(settled: Sequence[Reminder]) -> str:
    """What needs nothing now, with what settles it."""
    return plain("; ".join(f"{each.kind.words} ({each.because[-1]})" for each in settled))


def _pointer(found: Pointer) -> str:
    each = found.recommendation
    rest = f"see {found.see}" if found.see else each.asks
    return f"{each.number}: {each.about} ({each.category}, evidence {each.evidence}): {rest}"


def questions(review: Review) -> tuple[Lacking, ...]:
    """What is not known, without what the page asks in another place: lines with a problem, things never recorded."""
    kinds = {each.kind.value for each in review.reminders}
    return tuple(each for each in review.unknown if not (each.is_line and review.problems) and each.done not in kinds)


def _lacking(found: Lacking) -> str:
    decides = []
    if found.names:
        more = len(found.names) - _NAMED_RULES
        named = ", ".join(found.names[:_NAMED_RULES])
        decides.append(f"{named}{f' and {more} more' if more > 0 else ''}")
    if found.reminders:
        decides.append("reminders")
    if found.recommendations:
        numbers = ", ".join(map(str, found.recommendations))
        decides.append(f"recommendation{'' if len(found.recommendations) == 1 else 's'} {numbers}")
    return plain(f"{found.fact}, for: {'; '.join(decides)}")


def _caution(caution: Caution) -> str:
    return plain(f"{caution.where + ': ' if caution.where else ''}{caution.text} [{caution.code}]")
