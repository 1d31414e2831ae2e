"""``medsteward population``: dispensing records of many patients at once."""

from __future__ import annotations

import re
from datetime import date

import click

from medsteward.cli.options import Whole, Word, as_of_option, codes_option, format_option, output_option, table_option
from medsteward.cli.waiting import progress_shown, quiet_option
from medsteward.fills.definitions import WINDOW_DAYS
from medsteward.tables.table import FactorTable
from medsteward.writers.formats import POPULATION
from medsteward.writers.shared.screen import fitted

_HIGHEST_WINDOW = 3660
_MOST_BUCKETS = 10_000
_MOST_THREADS = 1024
_MOST_SUPPRESSED = 1000
_MEMORY = re.compile(r"\d{1,6}(?:\.\d{1,3})? ?[KMGT]i?B", re.IGNORECASE | re.ASCII)


class MemorySize(click.ParamType[str]):
    """So much memory, as 4GB."""

    name = "size"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read a size."""
        if not _MEMORY.fullmatch(value):
            self.fail(f'"{value[:40]}" is no amount of memory; write it as 4GB or 500MB', param, ctx)
        return value


_inputs_option = click.option(
    "--input",
    "-i",
    "inputs",
    metavar="FILE",
    required=True,
    multiple=True,
    help="A file, a pattern or a folder; repeat it.",
)
_dates_option = click.option(
    "--dates",
    type=Word(["iso", "mdy", "dmy"], case_sensitive=False),
    help="How days are written where they could be read in two ways.",
)
_engine_option = click.option(
    "--engine",
    type=Word(["duckdb", "spark"], case_sensitive=False),
    default="duckdb",
    show_default=True,
    help="The database: DuckDB on this machine, or Spark.",
)
_master_option = click.option(
    "--master",
    metavar="ADDRESS",
    help="Of a Spark cluster, as spark://host:7077, yarn or k8s://host; else this machine.",
)
_remote_option = click.option("--remote", metavar="ADDRESS", help="Of a Spark Connect server, as sc://host:15002.")
_concepts_option = click.option(
    "--concepts", metavar="FOLDER", help="OMOP's tables CONCEPT and CONCEPT_ANCESTOR, for files of drug_exposure."
)
_memory_option = click.option("--memory", type=MemorySize(), help="The most memory the database may take, as 4GB.")


def _check_addresses(engine: str, master: str | None, remote: str | None, memory: str | None) -> None:
    """Refuse addresses that go with nothing."""
    for name, given in (("--master", master), ("--remote", remote)):
        if given is not None and engine.casefold() != "spark":
            raise click.UsageError(f"{name} is an address of Spark; add --engine spark")
    if remote is not None and (master is not None or memory is not None):
        raise click.UsageError("a Spark Connect server has its own --master and --memory; leave them out")


@click.group(help="Dispensing records of many patients at once, in a database: a row a patient, not a document.")
def population() -> None:
    """Run one of the commands."""


@population.command(
    help="""The figures of `fills` for every patient, as columns of parquet files.

    Reads what `fills` reads: files, patterns in quotes, or folders, of CSV (also .gz, .zst) and parquet, and tables
    (claims.duckdb::fills); several layouts in one run. Each distinct prescription is read once; a database adds days.
    The answer is a folder: patients.parquet, prescriptions.parquet, summary.json, with --days days.parquet and with
    --rows rows.parquet. It is made whole or not at all.

    \b
    Example:
      medsteward population run --input fills.csv --output out
    """
)
@_inputs_option
@click.option(
    "--output", "-o", metavar="FOLDER", required=True, help="A folder for the answer, new or of an earlier run."
)
@_dates_option
@click.option(
    "--mode",
    type=Word(["summed", "shifted"], case_sensitive=False),
    default="summed",
    show_default=True,
    help="Overlapping fills of one drug: both counted, or the early one shifted.",
)
@click.option(
    "--window",
    type=Whole(1, _HIGHEST_WINDOW),
    default=WINDOW_DAYS,
    show_default=True,
    help="Days of the fixed window, from the patient's first covered day.",
)
@click.option(
    "--measure", "names", multiple=True, metavar="NAME", help="Only this quality measure; repeat it for more."
)
@click.option("--days", is_flag=True, help="Write days.parquet too: the MME of every day, as spans.")
@click.option("--rows", is_flag=True, help="Write rows.parquet too: what became of each row.")
@click.option(
    "--patients",
    metavar="FILE",
    help="Birth dates, enrolment, kinds of care, state and payer, beside the records.",
)
@click.option(
    "--buckets",
    type=Whole(1, _MOST_BUCKETS),
    default=1,
    show_default=True,
    help="Take patients in so many parts; a run that was ended goes on where it stopped.",
)
@_engine_option
@_master_option
@_remote_option
@_concepts_option
@_memory_option
@click.option("--threads", type=Whole(1, _MOST_THREADS), help="How many threads it may use.  [default: all]")
@codes_option
@table_option
@quiet_option
def run(
    inputs: tuple[str, ...],
    output: str,
    dates: str | None,
    mode: str,
    window: int,
    names: tuple[str, ...],
    days: bool,
    rows: bool,
    patients: str | None,
    buckets: int,
    engine: str,
    master: str | None,
    remote: str | None,
    concepts: str | None,
    memory: str | None,
    threads: int | None,
    codes: str | None,
    tables: tuple[FactorTable, ...],
) -> int:
    """Read, run, write."""
    from medsteward.cli.saying import say
    from medsteward.fills.by_day import Mode
    from medsteward.fills.measures import default_measures, measures_named
    from medsteward.population import run as run_population
    from medsteward.population.options import EngineName, PopulationRun
    from medsteward.readers.fills.cells import DateOrder
    from medsteward.writers.population.summary import summary_lines

    _check_addresses(engine, master, remote, memory)
    asked = PopulationRun(
        inputs=inputs,
        output=output,
        tables=tuple(dict.fromkeys(tables)),
        mode=Mode(mode.casefold()),
        window=window,
        measures=measures_named(names) if names else default_measures(),
        dates=DateOrder(dates.casefold()) if dates else None,
        codes=codes,
        days=days,
        rows=rows,
        patients=patients,
        buckets=buckets,
        engine=EngineName(engine.casefold()),
        master=master,
        remote=remote,
        concepts=concepts,
        memory=memory,
        threads=threads,
    )
    with progress_shown(streams=False):
        found = run_population(asked, say)
    for notice in found.notices:
        say(notice)
    for line in summary_lines(found):
        click.echo(fitted(line))
    return found.exit_code


@population.command(
    help="""A report of what `population run` wrote, for people: tables, pictures, nothing of one patient.

    Daily MME by each definition, days at or above marks, sedatives on the same days, measures, prescribers, products,
    what failed and why. Counts from 1 to 10 are hidden, and others with them, so that none can be worked out.

    \b
    Example:
      medsteward population report out --by age_band --output report.html
    """
)
@click.argument("folder", metavar="FOLDER")
@click.option("--by", metavar="COLUMN", help="Tables by age_band, state, payer, or a column of patients.parquet.")
@click.option(
    "--suppress",
    type=Whole(0, _MOST_SUPPRESSED),
    default=11,
    show_default=True,
    help="Hide counts from 1 to below this; 0 hides nothing.",
)
@click.option("--table", metavar="ID", help="The factor table, where the run had several.  [default: its first]")
@format_option(POPULATION)
@quiet_option
@output_option
def report(folder: str, by: str | None, suppress: int, table: str | None, style: str, output: str | None) -> int:
    """Count, hide, write."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from medsteward.cli.running import write
    from medsteward.population.reporting import reported

    with TemporaryDirectory(prefix="medsteward.") as work, progress_shown(streams=False):
        found = reported(Path(folder), table=table, suppress=suppress, by=by, work=Path(work))
    write(POPULATION.write(style, [found]), output, shared=True)
    return 0


@population.command(
    help="""The findings of `check` for every patient of dispensing records.

    Each patient's dated fills are checked against every rule, in several processes or on a Spark cluster. The answer
    is a folder: findings.parquet has a row for each finding, summary.json the number of patients for each rule.

    \b
    Example:
      medsteward population check --input fills.csv --output findings --as-of 2026-03-01
    """
)
@_inputs_option
@click.option(
    "--output", "-o", metavar="FOLDER", required=True, help="A folder for the answer, new or of an earlier one."
)
@_dates_option
@_engine_option
@_master_option
@_remote_option
@_concepts_option
@_memory_option
@click.option("--threads", type=Whole(1, _MOST_THREADS), help="How many processes check.  [default: all]")
@codes_option
@table_option
@as_of_option
@quiet_option
def check(
    inputs: tuple[str, ...],
    output: str,
    dates: str | None,
    engine: str,
    master: str | None,
    remote: str | None,
    concepts: str | None,
    memory: str | None,
    threads: int | None,
    codes: str | None,
    tables: tuple[FactorTable, ...],
    as_of: date | None,
) -> int:
    """Read, check, write."""
    from medsteward.cli.saying import say
    from medsteward.population.checking import checked
    from medsteward.population.options import EngineName, PopulationCheck
    from medsteward.readers.fills.cells import DateOrder
    from medsteward.writers.population.rates import rate_lines

    if len(set(tables)) > 1:
        raise click.UsageError("give one --table; rules that ask for MME take it from there")
    _check_addresses(engine, master, remote, memory)
    asked = PopulationCheck(
        inputs=inputs,
        output=output,
        table=tables[0],
        as_of=as_of or date.today(),
        dates=DateOrder(dates.casefold()) if dates else None,
        codes=codes,
        processes=threads,
        engine=EngineName(engine.casefold()),
        master=master,
        remote=remote,
        concepts=concepts,
        memory=memory,
    )
    with progress_shown(streams=False):
        found = checked(asked, say)
    for line in rate_lines(found):
        click.echo(fitted(line))
    return found.exit_code
