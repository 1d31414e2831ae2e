"""Page 1 of the card: what is taken now, and the table of steps with the tablets of each time of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from attrs import frozen

from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.naming import LineKey, lines_of, lines_of_plan
from medsteward.schedules.plan import Plan
from medsteward.schedules.step import Item, Step, StepKind, TimedDose
from medsteward.writers.card.fewer_days import days_words, fewer_days_notes, next_days
from medsteward.writers.card.language import Language, capital, noted
from medsteward.writers.card.partners import partner_lines
from medsteward.writers.card.sheet import CardRow, CardStep, CardStepLine, NowBox, StepTable
from medsteward.writers.card.told import Lines, Told, totals
from medsteward.writers.card.words import (
    MOMENTS,
    cell_words,
    count_words,
    dose_words,
    line_words,
    named_product,
    new_words,
    strength_words_of,
    unit_words,
)

_UNITS = {
    Unit.PATCH: noted("patch"),
    Unit.CAPSULE: noted("capsule"),
    Unit.FILM: noted("film"),
    Unit.LOZENGE: noted("lozenge"),
    Unit.SPRAY: noted("spray"),
    Unit.SUPPOSITORY: noted("suppository"),
    Unit.PACKET: noted("packet"),
}
"""What is counted in a row of the table, where it is neither a tablet nor said by its strength."""
_SAID = frozenset({Unit.TABLET, Unit.ML, Unit.G})


@frozen
class Turn:
    """What a step changes in the products: those that are new, and those that are no longer taken.

    ``again`` is for each product that is no longer taken the day from which it is taken again, None for never.
    ``extended`` are the lines that are named ER, as on their label.
    """

    new: tuple[tuple[LineKey, Item], ...]
    gone: tuple[tuple[LineKey, Item], ...]
    again: Mapping[str, date | None]
    extended: frozenset[LineKey] = frozenset()


def turns_of(plan: Plan) -> Mapping[int, Turn]:
    """The products that each step brings and ends, against the step before it; the first against what is taken now."""
    before: dict[str, tuple[LineKey, Item]] = {}
    starts, lines = plan.steps[0].kind is StepKind.START, lines_of(plan.origin.courses)
    known = {key for key, track in lines.items() if track.present is not None}
    for key, track in lines.items():
        if track.present is not None and not starts:
            here = track.present
            before[here.product] = (key, _one(here.product, here.strength, track.unit, here.unit, here.per_ml))
    extended = frozenset(
        key
        for key, track in lines_of_plan(plan).items()
        if track.release == _EXTENDED and not key[1] and track.unit is not Unit.MCG_PER_H
    )
    found = {}
    for place, step in enumerate(plan.steps):
        after = {item.product: ((dose.drug, dose.told), item) for dose in step.doses for item in dose.items}
        # what is taken now has to be known of a line before something of it is called new
        new = tuple(
            each
            for product, each in after.items()
            if product not in before and not (place == 0 and (starts or each[0] not in known))
        )
        gone = tuple(each for product, each in before.items() if product not in after)
        again = {item.product: _again(plan.steps[place + 1 :], item.product) for _, item in gone}
        found[step.number] = Turn(new, gone, again, extended)
        before = after
    return found


def _one(product: str, strength: Fraction, per: Unit, unit: Unit, per_ml: Fraction) -> Item:
    return Item(product, Amount(strength, per), unit, Fraction(1), per_ml)


def _again(steps: Sequence[Step], product: str) -> date | None:
    return next(
        (each.first_day for each in steps if any(item.product == product for d in each.doses for item in d.items)), None
    )


def new_lines(turn: Turn, words: Language) -> tuple[str, ...]:
    """What stands first on the sheet of a step with other tablets: what is new, and what to do with the rest."""
    found = [
        # Translators: {mark} is NEW TABLETS or another product in capitals, {product} what is new.
        words.say(
            "{mark}: {product}.",
            mark=new_words(item.unit, words),
            product=_short(line, item, words, extended=line in turn.extended),
        )
        for line, item in turn.new
    ]
    for line, item in turn.gone:
        day = turn.again[item.product]
        old = _short(line, item, words, extended=line in turn.extended)
        found.append(
            words.say("Bring what is left of {product} to a take-back site.", product=old)
            if day is None
            else words.say(
                "Keep what is left of {product} locked up. You need it again on {day}.",
                product=old,
                day=words.label_day(day),
            )
        )
    return tuple(found)


def _short(line: LineKey, item: Item, words: Language, *, extended: bool = False) -> str:
    drug = f"{line_words(*line, words)} {_EXTENDED}" if extended else line_words(*line, words)
    return f"{drug} {strength_words_of(item, words)}".strip()


_EXTENDED = "ER"
"""The release as on the label, of a drug that is named without it because it has one line alone."""


# --- now ------------------------------------------------------------------------------------------------------------


def now_of(plan: Plan, day: date, lines: Lines, words: Language) -> NowBox:
    """What is taken on a day; before the plan begins, from its first day on."""
    step = plan.steps[0] if day < plan.first_day else plan.on(day)
    if step is None and day > plan.last_day:
        return NowBox(
            words.say("The last day of this plan was {day}. Call us.", day=words.day(plan.last_day)), (), (), ""
        )
    if step is None:
        following = next(each for each in plan.steps if each.first_day > day)
        return NowBox(
            words.say("None today. The next day with a dose is {day}.", day=words.day(following.first_day)), (), (), ""
        )
    after = next((each for each in plan.steps if each.first_day > step.first_day), None)
    notes = (
        *_none_today(step, day, words),
        *fewer_days_notes(step, max(day, step.first_day), words),
        *patch_notes(plan, step, day, lines, words),
        *_syringe(step, words),
        *as_needed_notes(step, lines, words),
        *partner_lines(plan, step, words),
        *_only_about(plan, words),
    )
    change = ""
    if after is not None:
        # Translators: {change} is a sentence on the day of the next change; the table of that title is on this page.
        change = words.say("{change} See My steps.", change=change_words(step, after, lines, words))
    return NowBox(_lead(plan, step, day, words), rows_of(step.doses, words), tuple(map(capital, notes)), change)


def change_words(step: Step, after: Step, lines: Lines, words: Language) -> str:
    """On which day the doses change next. A patch is changed more often than its dose, so the dose is named."""
    day = words.day(after.first_day)
    worn = any(worn_days(dose, lines) > 1 for dose in step.doses)
    return words.say("Next change of dose: {day}.", day=day) if worn else words.say("Next change: {day}.", day=day)


def patch_notes(plan: Plan, step: Step, day: date, lines: Lines, words: Language) -> Iterable[str]:
    """How often a patch that stays on for days is changed, and on which day the next one is put on."""
    for line in dict.fromkeys((dose.drug, dose.told) for dose in step.doses if worn_days(dose, lines) > 1):
        days = max(worn_days(dose, lines) for dose in step.doses if (dose.drug, dose.told) == line)
        yield words.say(
            "{drug}: put on a new patch every {days} days, at the same time. Take every old patch off first.",
            drug=line_words(*line, words),
            days=str(days),
        )
        following = step.first_day
        if day > following:
            following = day + timedelta(days=-(day - step.first_day).days % days)
        after = plan.on(following)
        if after is not None and after.doses:
            yield words.say("The next patch is due on {day}.", day=words.day(following))


def _syringe(step: Step, words: Language) -> Iterable[str]:
    if any(item.unit is Unit.ML for dose in step.doses for item in dose.items):
        yield words.say("Measure each dose with the oral syringe.")


def worn_days(dose: TimedDose, lines: Lines) -> int:
    """How many days a patch of this dose stays on; 1 for what is taken each day."""
    track = lines.get((dose.drug, dose.told))
    return (track.wear_days or 1) if dose.time is Moment.WORN and track is not None else 1


def _none_today(step: Step, day: date, words: Language) -> Iterable[str]:
    """On a day without a dose by the plan: that there is none, and when the next one is."""
    if not step.is_on_fewer_days or step.total_on(day).value or day < step.first_day:
        return
    for following in next_days(step, step.pattern, day)[:1]:
        yield words.say("None today. The next day with a dose is {day}.", day=words.day(following))


def _only_about(plan: Plan, words: Language) -> Iterable[str]:
    """Beside other medicines of the patient: that this card does not change them."""
    case = plan.request.case
    written = {track.written for request in plan.requests for course in request.courses for track in course.tracks}
    if case is not None and any(each.regimen is not None and each.written not in written for each in case.lines):
        named = ", ".join(dict.fromkeys(line_words(*line, words) for line in lines_of(plan.request.courses)))
        yield words.say("This card is only for {drug}. It does not change your other medicines.", drug=named)


def _lead(plan: Plan, step: Step, day: date, words: Language) -> str:
    if day < plan.first_day:
        begins = words.day(plan.first_day)
        if step.kind is StepKind.START:
            return words.say("Start on {day}. Then take:", day=begins)
        return words.say("Before {day}, go on as you do today. From that day on, take:", day=begins)
    last = words.day(step.last_day)
    if not step.doses:
        return words.say("Step {number}, up to {day}: take none of it.", number=str(step.number), day=last)
    # Translators: The step in force, and the last day on which its doses are taken.
    return words.say("Step {number}, from today up to {day}:", number=str(step.number), day=last)


def rows_of(doses: Sequence[TimedDose], words: Language) -> tuple[CardRow, ...]:
    """Each product at each time of the day, with how much."""
    found, before = [], None
    for dose in dict.fromkeys(sorted(doses, key=_in_order)):
        named = [(named_product(item, dose, words), dose_words(item, words)) for item in dose.items]
        unnamed = (line_words(dose.drug, dose.told, words), unit_words(dose.amount.value, dose.amount.unit, words))
        for product, take in named or [unnamed]:
            found.append(CardRow("" if dose.time is before else words.say(MOMENTS[dose.time]), product, take))
            before = dose.time
    return tuple(found)


def as_needed_notes(step: Step, lines: Lines, words: Language) -> Iterable[str]:
    """Of a dose as needed: how long between two, how many in a day, and that fewer will do."""
    for line in dict.fromkeys((dose.drug, dose.told) for dose in step.doses if dose.time is Moment.AS_NEEDED):
        most = sum((dose.drug, dose.told) == line for dose in step.doses if dose.time is Moment.AS_NEEDED)
        apart: Fraction | None = lines[line].hours_apart if line in lines else None
        if apart is not None:
            yield words.say(
                "{drug}: wait at least {hours} hours between two doses.",
                drug=line_words(*line, words),
                hours=words.number(apart),
            )
        yield words.count(
            "{drug}: at most {count} dose in 24 hours. You may take none.",
            "{drug}: at most {count} doses in 24 hours. You may take fewer, or none.",
            most,
            drug=line_words(*line, words),
            count=str(most),
        )


def grouped_rows(doses: Sequence[TimedDose], words: Language) -> tuple[CardRow, ...]:
    """The same with one row for each product and amount, and all its times: for the top of a sheet."""
    at: dict[tuple[str, str], list[str]] = {}
    for dose in sorted(doses, key=_in_order):
        line = (dose.drug, dose.told)
        extended = dose.release == _EXTENDED and not dose.told
        taken = [
            (_short(line, item, words, extended=extended and item.unit is not Unit.PATCH), dose_words(item, words))
            for item in dose.items
        ]
        amount = unit_words(dose.amount.value, dose.amount.unit, words)
        for each in taken or [(line_words(*line, words), amount)]:
            times = at.setdefault(each, [])
            if (time := words.say(MOMENTS[dose.time])) not in times:
                times.append(time)
    return tuple(CardRow(", ".join(times), product, take) for (product, take), times in at.items())


def _in_order(dose: TimedDose) -> tuple[bool, int]:
    return dose.time is not Moment.WORN, dose.time.hour


# --- the table --------------------------------------------------------------------------------------------------------


def table_of(plan: Plan, day: date, told: Mapping[int, Told], turns: Mapping[int, Turn], words: Language) -> StepTable:
    """All steps: those of the past in one line each, the one in force marked."""
    to_come = [step for step in plan.steps if step.last_day >= day]
    times = _times(to_come)
    rows = tuple(_row(plan, step, day, times, told[step.number], turns[step.number], words) for step in plan.steps)
    tablets = any(item.unit is Unit.TABLET for step in to_come for dose in step.doses for item in dose.items)
    return StepTable(
        tuple(words.say(MOMENTS[time]) for time in times),
        rows,
        words.say("The numbers are tablets, where no other word stands beside them.") if tablets else "",
    )


def _times(steps: Iterable[Step]) -> tuple[Moment, ...]:
    found = {dose.time for step in steps for dose in step.doses}
    return tuple(sorted(found, key=lambda each: (each is not Moment.WORN, each.hour, each is Moment.AS_NEEDED)))


def _row(
    plan: Plan, step: Step, day: date, times: Sequence[Moment], told: Told, turn: Turn, words: Language
) -> CardStep:
    number, begins = str(step.number), words.table_day(step.first_day)
    if step.last_day < day:
        taken = "; ".join(totals(step, words))
        # Translators: A step of the past in one line: what was taken then.
        return CardStep(number, begins, "past", "", (), words.say("Past: {taken}", taken=taken))
    here = step.first_day <= day
    # what was begun before today is new no more
    new = {item.product for _, item in turn.new} if step.first_day >= day else set[str]()
    # a day before the plan begins has its first step in the box above
    mark = words.say("You are here") if here else ""
    own = dict.fromkeys(days_words(dose.days, words) for dose in step.doses)
    # Translators: On which days of a step something is taken, in a row of a table: "Only every second day".
    days = [words.say("Only {days}", days=each) for each in own if each]
    going_on = {(dose.drug, dose.told) for dose in step.doses}
    # of another strength more may be taken then, and the old one at home beside it would be too much
    over = [
        # Translators: In a row of the table, a strength that was taken until then: "No more oxycodone 10 mg."
        words.say("No more {product}.", product=_short(line, item, words, extended=line in turn.extended))
        for line, item in turn.gone
        if line in going_on and item.unit is not Unit.PATCH and turn.again[item.product] is None
    ]
    note = " ".join((*days, *over, *told.ended))
    return CardStep(number, begins, "now" if here else "", mark, tuple(_lines(step, times, new, words)), note)


def _lines(step: Step, times: Sequence[Moment], new: set[str], words: Language) -> Iterable[CardStepLine]:
    made: dict[tuple[LineKey, str], tuple[Item, dict[Moment, list[Item]]]] = {}
    extended = set()
    for dose in step.doses:
        key = (dose.drug, dose.told)
        if dose.release == _EXTENDED and not dose.told:
            extended.add(key)
        for item in dose.items:
            made.setdefault((key, item.product), (item, {}))[1].setdefault(dose.time, []).append(item)
        if not dose.items:
            amount = unit_words(dose.amount.value, dose.amount.unit, words)
            yield CardStepLine(
                line_words(*key, words), tuple(amount if dose.time is time else "" for time in times), ""
            )
    for (line, product), (item, at) in made.items():
        name = _short(line, item, words, extended=line in extended and item.unit is not Unit.PATCH)
        if item.unit not in _SAID:
            name = f"{name} {words.say(_UNITS[item.unit]) if item.unit in _UNITS else item.unit.value}"
        yield CardStepLine(
            name,
            tuple(_count(time, at.get(time, []), words) for time in times),
            new_words(item.unit, words) if product in new else "",
        )


def _count(time: Moment, items: Sequence[Item], words: Language) -> str:
    if not items:
        return ""
    one = cell_words(items[0], words)
    if time is Moment.AS_NEEDED and len(items) > 1:
        # Translators: {count} each time, so many times in a day at most: "1 (one), at most 3 (three) times".
        return words.say("{count}, at most {times} times", count=one, times=count_words(Fraction(len(items)), words))
    if len(items) == 1:
        return one
    return ", ".join(cell_words(each, words) for each in items)
