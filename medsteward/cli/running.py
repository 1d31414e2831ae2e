"""How a command ends: exit codes, output written whole or not at all, errors in a line."""

from __future__ import annotations

import errno
import gc
import io
import os
import signal
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click
from attrs import evolve

from medsteward.cli.desk import desk_here
from medsteward.cli.saying import MOST, one_line, say
from medsteward.errors import CannotWrite, MedstewardError, NothingToPrint
from medsteward.readers.shared.whole_file import place_of, replacing
from medsteward.writers.shared.screen import Terminal, on_screen, screen, width_of

if TYPE_CHECKING:
    from medsteward.model.problem import Problem

DEFECT, USAGE = 1, 2
_MEANING = {
    3: "needs confirmation: see the problems",
    4: "incomplete: a part is missing (see the problems)",
    5: "refused (out of scope or unsafe): see the problems",
}

NOT_ALL_COUNTED = "incomplete: a part is missing or an opioid has no factor; the rest stands"
"""What exit code 4 means where MME are counted."""
_AT_ONCE = 1 << 20
"""Bytes that are handed to a file at once: answers of many patients go out together."""

_WITHOUT_PROBLEM = "a choice is needed first: see the ways above"


def guarded(group: click.Command) -> int:
    """Run a click command and give its exit code; no traceback reaches the user."""
    with on_screen(_screen()):
        return _guarded(group)


def _guarded(group: click.Command) -> int:
    _told_of_the_end()
    if (wrong := _not_text(sys.argv[1:])) is not None:
        say(wrong)
        return USAGE
    try:
        result = group.main(standalone_mode=False, prog_name="medsteward")
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        _say_page(error)
        return USAGE
    except click.ClickException as error:
        page = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "medsteward"
        say(f"{_cut(_in_words(error)).removesuffix('.')}; see `{page} --help`")
        return error.exit_code
    except NothingToPrint as error:
        say(f"{_cut(str(error))} (exit {error.exit_code})")
        return error.exit_code
    except MedstewardError as error:
        say(_cut(str(error)))
        return USAGE
    except SystemExit as error:
        # click ends so when the reader of our output goes away
        return error.code if isinstance(error.code, int) and error.code != 1 else 0
    except (click.exceptions.Abort, KeyboardInterrupt):
        say("stopped; nothing more was written")
        return 130
    except BrokenPipeError:
        # the reader of our output went away; Python would complain once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        say(_cut(_of_system(error)))
        return USAGE
    except MemoryError:
        say("there is not enough memory for this; split the input, or write one case a line as .jsonl")
        return USAGE
    except OverflowError:
        say("a day is beyond the calendar or a number beyond all bounds; look at the days and numbers given")
        return USAGE
    except ImportError as error:
        if (error.name or "").partition(".")[0] in ("", "medsteward"):
            return _defect(error)
        say(f"{error.name} does not load ({_cut(str(error))}); install again: pip install --force-reinstall medsteward")
        return USAGE
    except Exception as error:
        return _defect(error)


def _in_words(error: click.ClickException) -> str:
    """What is wrong; of an option that is missing, what it is for and how it is written as well."""
    said = error.format_message()
    if isinstance(error, click.MissingParameter) and isinstance(error.param, click.Option) and error.param.help:
        return f"{said.removesuffix('.')}: {error.param.help[:1].lower()}{error.param.help[1:]}"
    return said


def _screen() -> Terminal:
    """The terminal of this process: as wide as ``COLUMNS`` says or the terminal is; 80 columns where neither is known.

    Styles are for a terminal that shows them, never for a pipe, and not where ``NO_COLOR`` is set.
    """
    stdout = sys.stdout
    is_terminal = stdout is not None and stdout.isatty()
    columns = os.environ.get("COLUMNS", "")
    wide = int(columns) if columns.isascii() and columns.isdigit() and len(columns) < 5 else None
    if not wide and is_terminal:
        with suppress(OSError, ValueError):
            wide = os.get_terminal_size(stdout.fileno()).columns
    shows = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Terminal(width_of(wide or None), shows)


def _not_text(words: Sequence[str]) -> str | None:
    """What is wrong with words that are not text: bytes that Python could not read, which no document can hold."""
    for number, word in enumerate(words, start=1):
        if any("\ud800" <= letter <= "\udfff" for letter in word):
            shown = "".join("?" if "\ud800" <= letter <= "\udfff" else letter for letter in word[:40])
            return f'word {number} ("{shown}") is not UTF-8; write it in UTF-8, or rename the file'
    return None


def _defect(error: Exception) -> int:
    say(f"internal error ({type(error).__name__}). Please report the command, without patient data")
    if os.environ.get("MEDSTEWARD_DEBUG"):
        raise error
    return DEFECT


ENDS = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGXCPU", "SIGBREAK")
"""Signals that end a program, as far as the system has them: a closed terminal, Ctrl-\\, the end of its time."""


def _told_of_the_end() -> None:
    """Ask to be told of signals that end us; one that is ignored, as under nohup, stays so."""
    for name in ENDS:
        number = getattr(signal, name, None)
        if number is None:
            continue
        with suppress(ValueError, OSError):  # only the main thread may ask
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _ended)


def _ended(number: int, _frame: object) -> None:
    """An orderly end, so that no half-written file with a patient's data stays behind."""
    for name in ENDS:
        other = getattr(signal, name, None)
        if other is not None:
            signal.signal(other, signal.SIG_IGN)  # what is being removed is removed to the end
    raise SystemExit(128 + number)


def _of_system(error: OSError) -> str:
    """What the system refused, and of which file."""
    why = error.strerror or str(error) or type(error).__name__
    named = error.filename if isinstance(error.filename, (str, os.PathLike)) else None
    return why if named is None else f"{os.fspath(named)}: {why[:1].lower()}{why[1:]}"


def _say_page(error: click.ClickException) -> None:
    with suppress(OSError, AttributeError):
        error.show()


def _cut(text: str) -> str:
    return one_line(text)[:MOST]


def write(chunks: Iterable[str] | Iterable[bytes], output: str | None, *, shared: bool = False) -> None:
    """Write text or bytes to standard output as they come, or to a file, whole or not at all.

    A new file is for this user alone: it may hold what is known of a patient. ``shared``: it holds nothing of the kind.
    """
    desk = desk_here()
    if desk is not None:
        desk.put(chunks)
        return
    if output is None or output == "-":
        _open_stdout()
        try:
            _to_stdout(chunks)
        except BrokenPipeError:
            raise
        except OSError as error:
            if error.filename is None and error.errno in _FULL:
                raise CannotWrite("standard output", (error.strerror or "it is full").lower()) from None
            raise
        return
    with on_screen(evolve(screen(), is_styled=False)):
        _to_file(chunks, output, shared=shared)


def _to_file(chunks: Iterable[str] | Iterable[bytes], output: str, *, shared: bool) -> None:
    if os.path.exists(output) and not os.path.isfile(output) and not os.path.isdir(output):
        _to_device(chunks, output)
        return
    with replacing(place_of(output), shared=shared) as fresh, fresh.open("wb", _AT_ONCE) as file:
        file.writelines(_encoded(chunks))


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EFBIG)


def _to_stdout(chunks: Iterable[str] | Iterable[bytes]) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    somebody_waits = _is_waited_for(sys.stdout)
    for chunk in chunks:
        if isinstance(chunk, bytes):
            _put_bytes(chunk)
        else:
            sys.stdout.write(chunk)
            if somebody_waits:
                sys.stdout.flush()
    sys.stdout.flush()


def _to_device(chunks: Iterable[str] | Iterable[bytes], output: str) -> None:
    """A device or a pipe is written to, never replaced."""
    try:
        with Path(output).open("wb") as device:
            device.writelines(_encoded(chunks))
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.filename in (None, output):
            raise CannotWrite(output, (error.strerror or "it cannot be written").lower()) from None
        raise


def _is_waited_for(stream: IO[str]) -> bool:
    """Whether output goes to a terminal or another program, so that each case is sent on as soon as it is answered."""
    try:
        return not stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _encoded(chunks: Iterable[str] | Iterable[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk if isinstance(chunk, bytes) else chunk.encode("utf-8")


def _put_bytes(chunk: bytes) -> None:
    if sys.stdout.isatty() and not _is_text(chunk):
        raise click.UsageError("this format is not text; give --output FILE")
    sys.stdout.flush()
    sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def _is_text(chunk: bytes) -> bool:
    """Whether bytes can be shown: a calendar's are text, with the ends of lines that its format asks for."""
    try:
        chunk.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _open_stdout() -> None:
    if sys.stdout is None:
        raise click.UsageError("standard output is closed; give --output FILE")


class Outcome:
    """The exit code of a run over several documents: the highest wins.

    ``without_problem`` is what is said where a code other than 0 comes without a problem, ``incomplete`` what code 4
    means where that is more than a part left out.
    """

    def __init__(self, without_problem: str = "", incomplete: str = "") -> None:
        self.code = 0
        self.problems = 0
        self.meaning = {**_MEANING, 4: incomplete or _MEANING[4]}
        self.without_problem = without_problem or _WITHOUT_PROBLEM

    def note(self, code: int, problems: int) -> None:
        """Take one document into account."""
        self.code = max(self.code, code)
        self.problems += problems

    def end(self) -> int:
        """Say on standard error what the exit code means, and give it."""
        if self.code in self.meaning:
            count = f"{self.problems} problem{'s' if self.problems != 1 else ''}"
            means = f"{count}; {self.meaning[self.code]}" if self.problems else self.without_problem
            say(f"{means} (exit {self.code})")
        return self.code


def said_problems(problems: Iterable[Problem]) -> int:
    """Say problems on standard error where there is no document to hold them, and give the exit code."""
    code = 0
    for found in problems:
        say(f"{found.where}: {found.text} ({found.code})")
        code = max(code, found.exit_code)
    return code


def collect_seldom() -> None:
    """Let the garbage collector leave the tables and the parsed lines alone: cases are freed without it.

    Not in a call of a program, which makes many: what one of them leaves behind must not stay.
    """
    if desk_here() is not None:
        return
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def counted(
    chunks: Callable[[Outcome], Iterator[str] | Iterator[bytes]],
    output: str | None,
    *,
    without_problem: str = "",
    incomplete: str = "",
) -> int:
    """Write what ``chunks`` gives and end with the outcome it noted."""
    outcome = Outcome(without_problem, incomplete)
    collect_seldom()
    write(chunks(outcome), output)
    return outcome.end()
