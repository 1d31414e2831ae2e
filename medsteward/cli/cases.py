"""Arguments, files and standard input to cases."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

import click

from medsteward.cli.desk import opened, today
from medsteward.cli.lines import looked_at, offer_a_list
from medsteward.cli.options import CODES
from medsteward.cli.records import cases_of_records, holds_records
from medsteward.cli.saying import say
from medsteward.model.code import Resolver
from medsteward.model.regimen import Case
from medsteward.progress import counted_off
from medsteward.readers.case.files import read_cases
from medsteward.readers.case.table import case_of, with_patient


def cases(
    sigs: Sequence[str],
    source: str | None,
    *,
    as_of: date | None,
    patient: Mapping[str, object],
    drafts: Collection[str] = (),
) -> Iterator[Case]:
    """The cases of a call: one of its arguments, or those of a file or of standard input.

    ``drafts`` are ids of orders in it that are proposed, not taken.
    """
    day = as_of or today()
    looked_at(sigs)
    if sigs and source is not None:
        raise click.UsageError("give medications as arguments or a file with --input, not both")
    if sigs:
        typed = case_of(*sigs, as_of=day, patient=patient)
        offer_a_list(typed.lines)
        yield typed
        return
    if source is None:
        raise click.UsageError(
            'nothing to read; give a medication in quotes, as in "oxycodone 10 mg every 6 hours", --input FILE, or a '
            "list on standard input with --input -"
        )
    resolver = chosen_resolver()
    path, stdin = opened(source)
    if holds_records(path, stdin):
        for case in counted_off("cases", cases_of_records(path, stdin, as_of=day, resolver=resolver)):
            yield with_patient(case, patient)
        return
    found = read_cases(path, stdin, as_of=day, resolver=resolver, tell=_tell, drafts=drafts)
    for case in counted_off("cases", found):
        moved = case if as_of is None else _on(case, as_of)
        yield with_patient(moved, patient)


def only_case(source: str, *, as_of: date | None) -> Case:
    """The one case of a file."""
    day = as_of or today()
    found = list(read_cases(*opened(source), as_of=day, resolver=chosen_resolver(), tell=_tell))
    if len(found) != 1:
        raise click.UsageError(f"{source} holds {len(found)} cases; one is needed here")
    return found[0] if as_of is None else _on(found[0], as_of)


def chosen_resolver() -> Resolver:
    """The resolver of the present call: by ``--codes``, or the user's own index."""
    from medsteward.readers.codes.resolving import resolver_for

    return resolver_for(click.get_current_context().meta.get(CODES))


def _tell(text: str) -> None:
    """A sentence on standard error about what takes long or was left out; never a patient's key."""
    say(text)


def _on(case: Case, day: date) -> Case:
    """A day given on the command line goes before the one in the file."""
    from attrs import evolve

    return evolve(case, as_of=day)
