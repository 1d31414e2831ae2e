"""How a command ends: exit codes, output written whole or not at all, errors in a line."""

from __future__ import annotations

import gc
import io
import os
import signal
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from medsteward.errors import MedstewardError, NothingToPrint

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

_WITHOUT_PROBLEM = "a choice is needed: see how it ends, and the other ways on"


def guarded(group: click.Command) -> int:
    """Run a click command and give its exit code; no traceback reaches the user."""
    with suppress(ValueError):  # only the main thread may ask to be told
        signal.signal(signal.SIGTERM, _ended)
    try:
        result = group.main(standalone_mode=False, prog_name="medsteward")
        return result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        _say_page(error)
        return USAGE
    except click.ClickException as error:
        page = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "medsteward"
        _say(f"{_one_line(error.format_message()).removesuffix('.')}; see `{page} --help`")
        return error.exit_code
    except NothingToPrint as error:
        _say(f"{_one_line(str(error))} (exit {error.exit_code})")
        return error.exit_code
    except MedstewardError as error:
        _say(_one_line(str(error)))
        return USAGE
    except SystemExit as error:
        # click ends so when the reader of our output goes away
        return error.code if isinstance(error.code, int) and error.code != 1 else 0
    except (click.exceptions.Abort, KeyboardInterrupt):
        _say("stopped; nothing more was written")
        return 130
    except BrokenPipeError:
        # the reader of our output went away; Python would complain once more at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        _say(_one_line(error.strerror or str(error)))
        return USAGE
    except Exception as error:
        _say(f"a defect of this program ({type(error).__name__}). Please report what you ran, without patient data")
        if os.environ.get("MEDSTEWARD_DEBUG"):
            raise
        return DEFECT


def _ended(number: int, _frame: object) -> None:
    """An orderly end, so that no half-written file with a patient's data stays behind."""
    raise SystemExit(128 + number)


def _say_page(error: click.ClickException) -> None:
    with suppress(OSError, AttributeError):
        error.show()


def _say(text: str) -> None:
    """One line on standard error, which may be closed."""
    with suppress(OSError, AttributeError, ValueError):
        click.echo(f"medsteward: {text}", err=True)


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:500]


def write(chunks: Iterable[str] | Iterable[bytes], output: str | None) -> None:
    """Write text or bytes to standard output as they come, or to a file, whole or not at all."""
    if output is None or output == "-":
        _open_stdout()
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
        return
    if not output or output.endswith(("/", os.sep)) or Path(output).is_dir():
        raise click.UsageError(f'cannot write to "{output}": it is a folder or nothing; give a file')
    if Path(output).exists() and not Path(output).is_file():
        # a device or a pipe is written to, never replaced
        with Path(output).open("wb") as device:
            device.writelines(_encoded(chunks))
        return
    import tempfile

    target = Path(output).resolve()
    if not target.parent.is_dir():
        raise click.UsageError(f'cannot write to "{output}": there is no folder {target.parent}')
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".medsteward.")
    try:
        with os.fdopen(handle, "wb", _AT_ONCE) as file:
            file.writelines(_encoded(chunks))
        if target.exists():
            Path(name).chmod(target.stat().st_mode & 0o777)
        else:
            umask = os.umask(0)
            os.umask(umask)
            Path(name).chmod(0o666 & ~umask)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
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
    if sys.stdout.isatty():
        raise click.UsageError("this format is not text; give --output FILE")
    sys.stdout.flush()
    sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def write_bytes(content: bytes, output: str | None) -> None:
    """Write a file whole or not at all, or its bytes to standard output."""
    if output is None or output == "-":
        _open_stdout()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    write([content], output)


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
            _say(f"{means} (exit {self.code})")
        return self.code


def said_problems(problems: Iterable[Problem]) -> int:
    """Say problems on standard error where there is no document to hold them, and give the exit code."""
    code = 0
    for found in problems:
        _say(f"{found.where}: {found.text} ({found.code})")
        code = max(code, found.exit_code)
    return code


def collect_seldom() -> None:
    """Let the garbage collector leave the tables and the parsed lines alone: cases are freed without it."""
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
