"""``medsteward codes``: the user's own index of RxNorm codes and NDCs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from medsteward.cli.answers import answer_known
from medsteward.cli.options import Day, codes_option, format_option, output_option
from medsteward.cli.saying import say
from medsteward.writers.formats import CODES

if TYPE_CHECKING:
    from medsteward.readers.codes.code_index import Loaded


@click.group(help="Load your own RxNorm or NDC release so that codes can be looked up.")
def codes() -> None:
    """Run one of the commands."""


@codes.command(
    help="""Load an RxNorm release, full or prescribable.

    It is one of the National Library of Medicine, full or Current Prescribable. RXNCONSO.RRF holds the names;
    RXNREL.RRF adds which ingredient a salt is of, RXNSAT.RRF the NDCs. The index is written whole or not at all;
    NDCs loaded by load-ndc stay.

    \b
    Example:
      medsteward codes load rrf/RXNCONSO.RRF rrf/RXNREL.RRF rrf/RXNSAT.RRF
    """
)
@click.argument("files", nargs=-1, required=True, metavar="RXNCONSO.RRF [RXNREL.RRF RXNSAT.RRF]")
@click.option("--released", type=Day(), help="The release's day, where its folder's name does not say.")
@codes_option
@format_option(CODES)
@output_option
def load(files: tuple[str, ...], released: date | None, codes: str | None, style: str, output: str | None) -> int:
    """Read, index, say what was loaded."""
    from medsteward.readers.codes.code_index import load_rxnorm, user_index

    with _progress(files) as told:
        loaded = load_rxnorm(files, Path(codes) if codes else user_index(), released=released, progress=told)
    answer_known(CODES, _said(loaded), style, output)
    return 0


@codes.command(
    "load-ndc",
    help="""Load NDCs from a CSV or xlsx file.

    It has a column NDC, and one for the RxCUI or the drug's name. Strength, unit and form beside a name are used.
    Files of CDC and FDA are read by the headers they have.
    """,
)
@click.argument("file")
@codes_option
@format_option(CODES)
@output_option
def load_ndc(file: str, codes: str | None, style: str, output: str | None) -> int:
    """Read, index, say what was loaded."""
    from medsteward.readers.codes.code_index import load_ndcs, user_index
    from medsteward.readers.codes.ndc_files import ndc_rows

    rows, digest = ndc_rows(file)
    loaded = load_ndcs(file, rows, Path(codes) if codes else user_index(), digest=digest)
    answer_known(CODES, _said(loaded), style, output)
    return 0


@codes.command(
    help="""What a code is; without one, what is loaded.

    A RxCUI is up to nine digits; an NDC has hyphens or eleven digits.
    """
)
@click.argument("code", required=False)
@codes_option
@format_option(CODES)
@output_option
def show(code: str | None, codes: str | None, style: str, output: str | None) -> int:
    """Ask, and write the answer."""
    from medsteward.model.ndc import read_ndc
    from medsteward.readers.codes.resolving import resolver_for

    if code is None:
        from medsteward.readers.codes.code_index import open_index, user_index

        about = open_index(codes or user_index()).about()
        answer_known(CODES, about, style, output)
        return 0
    resolver = resolver_for(codes)
    found = resolver.rxcui(code) if code.isdigit() and len(code) < 10 else None
    if found is None:
        ndc = read_ndc(code)
        if ndc.code is None:
            hint = f"; it could be {', '.join(ndc.candidates)}" if ndc.candidates else ""
            say(f"{ndc.written}: {ndc.wrong}{hint}")
            return 3
        found = resolver.ndc(ndc.code)
    if found is None:
        say(f"{code[:40]} is in no index; load a release with `medsteward codes load`")
        return 3
    answer = {"name": found.name, "kind": found.kind, "rxcui": found.rxcui, "source": found.source}
    answer_known(CODES, answer, style, output)
    return 0


def _said(loaded: Loaded) -> dict[str, object]:
    return {
        "index": loaded.index,
        "released": loaded.released.isoformat() if loaded.released else None,
        "rxcuis": loaded.rxcuis,
        "ndcs": loaded.ndcs,
        "rows_not_used": loaded.skipped,
        "files": dict(loaded.files),
    }


def _progress(files: tuple[str, ...]) -> AbstractContextManager[Callable[[int], None]]:
    """A bar on standard error where a person looks, else nothing."""
    if sys.stderr is None or not sys.stderr.isatty():
        return nullcontext(lambda read: None)
    size = sum(path.stat().st_size for path in map(Path, files) if path.is_file())

    @contextmanager
    def shown() -> Iterator[Callable[[int], None]]:
        with click.progressbar(length=max(size, 1), label="reading", file=sys.stderr) as bar:
            update: Callable[[int], None] = bar.update
            yield update

    return shown()
