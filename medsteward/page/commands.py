"""The command that gives the same answer, as somebody would type it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from medsteward.page.chart import DEFAULT_TABLE, Chart
from medsteward.page.form import SentForm

_OPTIONS = {"age": "--age", "egfr": "--egfr", "weight_kg": "--weight", "sex": "--sex", "indication": "--indication"}

TAPER_OPTIONS = {
    "start": "--start",
    "policy": "--policy",
    "percent": "--percent",
    "every": "--every",
    "ceiling": "--ceiling",
    "target": "--target",
    "requested_by": "--requested-by",
    "because": "--because",
    "reason": "--reason",
    "first": "--first",
    "avoid": "--avoid",
    "weekday": "--weekday",
    "when_stuck": "--when-stuck",
    "last_days": "--last-days",
}
"""Fields of the screen of tapers, and the options that say the same."""


def command_of(name: str, form: SentForm, chart: Chart, *more: str, first: tuple[str, ...] = ()) -> str:
    """The command line of a screen. What was opened from a file and has no option is not in it."""
    words = ["medsteward", name, *first, *(line.written for line in chart.case.lines if not line.replaced)]
    return shlex.join([*words, *patient_words(form), *_rest(chart), *more])


def patient_words(form: SentForm) -> Iterator[str]:
    """What is known of the patient as options of a command."""
    for field, option in _OPTIONS.items():
        if text := form.text(field):
            yield from (option, text)
    for each in form.text("conditions").replace(";", "\n").split("\n"):
        if each.strip():
            yield from ("--condition", each.strip())
    if form.has("pregnant"):
        yield "--pregnant"
    if tolerance := form.text("tolerance"):
        yield from ("--condition", f"opioid {tolerance}")


def _rest(chart: Chart) -> Iterator[str]:
    if chart.table.id != DEFAULT_TABLE:
        yield from ("--table", chart.table.id)
    yield from ("--as-of", chart.case.as_of.isoformat())


def taper_words(form: SentForm) -> tuple[str, ...]:
    """The options of a taper as words of a command, those of the patient left out."""
    words = [word for name, option in TAPER_OPTIONS.items() if form.text(name) for word in (option, form.text(name))]
    for name, option in (("answer", "--answer"), ("supervised_by", "--supervised-by"), ("taken", "--taken-per-day")):
        words += [word for each in form.all(name) for word in (option, each)]
    return (*words, *(["--split"] if form.has("split") else []))


def form_of_command(command: str, form: SentForm) -> SentForm:
    """The form changed to what a command asks for: that of an alternative that was picked.

    Options that have no field stay as they were; lines that are not those of the form take their place.
    """
    try:
        words = shlex.split(command)
    except ValueError:
        return form
    if words[:2] != ["medsteward", "taper"]:
        return form
    fields = {option: name for name, option in TAPER_OPTIONS.items()}
    lines: list[str] = []
    values: dict[str, str] = {}
    rest = iter(words[2:])
    for word in rest:
        if word == "--split":
            values["split"] = "yes"
        elif word in fields:
            values[fields[word]] = next(rest, "")
        elif word.startswith("--"):
            if word != "--pregnant":
                next(rest, "")
        else:
            lines.append(word)
    if lines:
        values["medicines"] = "\n".join(lines)
    return form.with_(**values)
