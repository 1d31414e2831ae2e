"""A command called by a program: options as data, documents in memory; the answer as bytes with its exit code.

What it answers are the bytes that the command line writes, because it is the same command. Options that name a file
are not offered; a document that an option asks for is handed over instead. Nothing is read from or written to a disk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from importlib import import_module

import click
from attrs import Factory, frozen

from medsteward.caches import made_once
from medsteward.cli.desk import Desk, lay
from medsteward.cli.files_apart import changed_in, read_from, written_to
from medsteward.cli.options import FormatName
from medsteward.cli.running import USAGE
from medsteward.cli.saying import MOST, one_line
from medsteward.errors import MedstewardError, NothingToPrint
from medsteward.writers.shared.screen import Terminal, on_screen

DRAFT, DRAFTS = "draft", "drafts"
"""The option that names proposed orders: ids and lines, and documents that are handed over under names of their own."""
INPUT = "-"
"""The name of the document that a command is about."""
MOST_VALUES = 500
"""Values of one option."""
MOST_WORD = 10_000
"""Characters of one value of an option."""

Value = None | bool | int | Decimal | str | Sequence["Value"] | Mapping[str, "Value"]
"""An option's value as JSON gives it, numbers exact."""


class WrongCall(MedstewardError):
    """A call that is not one: an option that there is not, a value of the wrong kind, a document that is missing."""


@frozen
class Called:
    """How a command is called.

    ``words`` come first (``drugs search``); ``input`` is what the one document is called in a call and the words that
    hand it over: empty where it is an argument; None where there is none. ``arguments`` are those of the command that
    are not options, by name. ``others`` are options of another name in a call.
    """

    path: tuple[str, ...]
    about: str
    input: str | None = "case"
    is_argument: bool = False
    needs_input: bool = True
    arguments: tuple[str, ...] = ()
    takes_drafts: bool = False
    others: Mapping[str, str] = Factory(dict)


CALLS: dict[str, Called] = {
    "mme": Called(("mme",), "MME per day, line by line, with the working."),
    "check": Called(("check",), "Interactions and hazards of drugs, conditions, age and dates."),
    "remind": Called(("remind",), "Bowel regimen, naloxone, monitoring: what to offer, when, and why."),
    "review": Called(("review",), "MME, findings and reminders of one case in one report."),
    "proposed": Called(
        ("check",),
        "Proposed orders checked against what is taken: now, with the order, what changes.",
        takes_drafts=True,
    ),
    "score": Called(("score",), "A clinical scale from its items.", input=None, arguments=("scale", "items")),
    "taper": Called(("taper",), "A new dated taper out of products that exist."),
    "trial": Called(("trial",), "A new time-limited trial.", needs_input=False, arguments=("drug",)),
    "fills": Called(("fills",), "Dispensing records: MME by calendar day, definitions, overlaps.", input="fills"),
    "offers": Called(
        ("drugs", "search"),
        "Options for a kind of pain, each checked against this patient.",
        needs_input=False,
        others={"pain": "for-pain"},
    ),
    "plan/show": Called(("plan", "show"), "A saved plan as it stands.", input="plan", is_argument=True),
    "plan/check": Called(("plan", "check"), "A plan checked against a policy.", input="plan", is_argument=True),
    "plan/revise": Called(("plan", "revise"), "A plan changed: paused, slowed, held.", input="plan", is_argument=True),
    "plan/decide": Called(("plan", "decide"), "A decision on a trial.", input="plan", is_argument=True),
}
"""What a program can call, by its name."""

DOCUMENTS = ("new_since", "acknowledged", "products")
"""Options that name a file on the command line, and here hold the document itself."""
_NOT_OFFERED = ("source", "file", "output", "save", "replace", "failed", "codes", "style", "quiet")
"""Options about files and the terminal, and the format, which is asked for apart."""
MEDIA = {
    "application/json": "json",
    "text/html": "html",
    "application/pdf": "pdf",
    "text/calendar": "ics",
    "text/csv": "csv",
    "text/markdown": "md",
    "text/plain": "text",
    "application/fhir+json": "fhir",
}
"""The formats of the table of formats by their media types."""


@frozen
class Result:
    """What a command wrote, and how it ended. ``body`` is empty where it gave no document; ``said`` says why."""

    body: bytes
    exit_code: int
    said: tuple[str, ...]
    media: str = "application/json"


@made_once
def commands() -> Mapping[str, click.Command]:
    """The commands that can be called, loaded."""
    return {name: _loaded(called.path) for name, called in CALLS.items()}


def _loaded(path: Sequence[str]) -> click.Command:
    command: click.Command = getattr(import_module(f"medsteward.cli.{path[0]}"), path[0])
    for word in path[1:]:
        assert isinstance(command, click.Group)
        command = command.commands[word]
    return command


def options_of(name: str) -> dict[str, click.Parameter]:
    """The options of a call by their names there."""
    called = CALLS[name]
    found: dict[str, click.Parameter] = {}
    for param in commands()[name].params:
        if called.takes_drafts and param.name == DRAFTS:
            found["drafts"] = param
            continue
        if isinstance(param, click.Argument):
            if param.name in called.arguments:
                found[str(param.name)] = param
        elif is_offered(param):
            found |= dict.fromkeys(_keys(param), param)
    return found


def is_offered(param: click.Parameter) -> bool:
    """Whether a program may give an option: none that names a file, unless the document itself is handed over."""
    if param.name in DOCUMENTS:
        return True
    names_a_file = param.callback in (read_from, written_to, changed_in) or "FILE" in (param.metavar or "")
    return param.name not in _NOT_OFFERED and not names_a_file


def _keys(param: click.Parameter) -> Iterator[str]:
    """``--because`` is ``because``, ``--slow-to`` is ``slow_to``; an option of two names has both."""
    for name in param.opts:
        if name.startswith("--"):
            yield name.removeprefix("--").replace("-", "_")


def formats_of(name: str) -> tuple[str, ...]:
    """The media types that a call can be answered in."""
    style = next(param.type for param in commands()[name].params if param.name == "style")
    assert isinstance(style, FormatName)
    return tuple(media for media, word in MEDIA.items() if word in style.choices)


def call(
    name: str,
    options: Sequence[tuple[str, Value]],
    documents: Mapping[str, bytes],
    *,
    today: date,
    media: str = "application/json",
) -> Result:
    """Call a command.

    ``documents`` holds its input as ``INPUT``, and those of options by the options' names. Never raises for what is in
    them: ``Result`` says what the command line would have said.
    """
    called, command = CALLS[name], commands()[name]
    desk = Desk(documents, today)
    try:
        words = list(_words(called, options_of(name), options, documents, MEDIA[media]))
        root = click.Context(click.Command("medsteward"), info_name="medsteward")
        lay(root, desk)
        with on_screen(Terminal()), command.make_context(" ".join(called.path), words, parent=root) as context:
            code = command.invoke(context)
    except click.ClickException as error:
        return _refused(USAGE, error.format_message(), desk)
    except NothingToPrint as error:
        return _refused(error.exit_code, str(error), desk)
    except MedstewardError as error:
        return _refused(USAGE, str(error), desk)
    except OverflowError:
        return _refused(USAGE, "a day is beyond the calendar or a number beyond all bounds", desk)
    except RecursionError:
        return _refused(USAGE, "it is nested too deeply", desk)
    return Result(b"".join(desk.written), code if isinstance(code, int) else 0, tuple(desk.said), media)


def _refused(code: int, text: str, desk: Desk) -> Result:
    return Result(b"", code, (*desk.said, one_line(text)[:MOST]))


def _words(
    called: Called,
    known: Mapping[str, click.Parameter],
    options: Sequence[tuple[str, Value]],
    documents: Mapping[str, bytes],
    style: str,
) -> Iterator[str]:
    """The words of the command line. Refuses (``WrongCall``) an option that there is not."""
    arguments: dict[str, list[str]] = {}
    if called.input is not None and not called.is_argument and INPUT in documents:
        yield from ("--input", INPUT)
    if INPUT not in documents and called.input is not None and called.needs_input:
        raise WrongCall(f'there is no "{called.input}" in the body')
    yield from ("--format", style)
    for name, value in options:
        key = name.lower().lstrip("-").replace("-", "_")
        key = "drafts" if called.takes_drafts and key == "draft" else called.others.get(key, key).replace("-", "_")
        param = known.get(key)
        if param is None:
            raise WrongCall(f'there is no option "{name[:40]}" here; there are {", ".join(known)}')
        if isinstance(param, click.Argument):
            arguments[key] = list(_texts(key, value))
        elif param.name in DOCUMENTS:
            if param.name in documents:
                yield f"{_option(key)}={param.name}"
        elif isinstance(param, click.Option) and param.is_flag:
            if not isinstance(value, bool):
                raise WrongCall(f'"{key}" is true or false')
            if value:
                yield _option(key)
        else:
            texts = list(_texts(key, value))
            if len(texts) > 1 and not param.multiple:
                raise WrongCall(f'"{key}" has one value; {len(texts)} are given')
            if key == DRAFTS and INPUT in texts:
                raise WrongCall(f'"{INPUT}" is not the id of an order')
            for text in texts:
                yield f"{_option(key)}={text}"
    if called.takes_drafts and not any(name in (DRAFTS, "draft") and value for name, value in options):
        raise WrongCall('there are no "drafts" in the body')
    yield "--"
    if called.is_argument:
        yield INPUT
    for each in called.arguments:
        if not arguments.get(each):
            raise WrongCall(f'"{each}" is missing')
        yield from arguments[each]


def _option(key: str) -> str:
    """How an option is written on the command line."""
    return f"--{DRAFT if key == DRAFTS else key.replace('_', '-')}"


def _texts(key: str, value: Value) -> Iterator[str]:
    """The words of a value: of a list each, of an object NAME=VALUE each, of null none."""
    if value is None:
        return
    if isinstance(value, Mapping):
        if len(value) > MOST_VALUES:
            raise WrongCall(f'"{key}" has {len(value):,} values; at most {MOST_VALUES} are read')
        for name, each in value.items():
            yield _text(key, f"{name}={_scalar(key, each)}")
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if len(value) > MOST_VALUES:
            raise WrongCall(f'"{key}" has {len(value):,} values; at most {MOST_VALUES} are read')
        for each in value:
            yield _text(key, _scalar(key, each))
    else:
        yield _text(key, _scalar(key, value))


def _scalar(key: str, value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, int | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    raise WrongCall(f'"{key}" is a text, a number, or a list of them')


def _text(key: str, text: str) -> str:
    if len(text) > MOST_WORD:
        raise WrongCall(f'"{key}" has {len(text):,} characters; at most {MOST_WORD:,} are read')
    return text
