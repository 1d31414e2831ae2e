"""``--draft``: proposed orders beside what is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import click

from medsteward.cli.answers import answer
from medsteward.cli.cases import cases, chosen_resolver
from medsteward.cli.desk import is_there, opened, today
from medsteward.cli.running import NOT_ALL_COUNTED
from medsteward.cli.saying import say
from medsteward.writers.formats import PROPOSED

if TYPE_CHECKING:
    from medsteward.advice.case.proposed import Proposed
    from medsteward.model.acknowledgement import Acknowledgement
    from medsteward.model.regimen import Case, ProposedOrder
    from medsteward.tables.table import FactorTable

F = TypeVar("F", bound=Callable[..., object])


def draft_option(command: F) -> F:
    """``--draft``: an order of the input by its id, a file, or a line."""
    return click.option(
        "--draft",
        "drafts",
        metavar="FILE|ID",
        multiple=True,
        help="A proposed order: an id of the input, a file, or a line in quotes; repeat it. Counts now and with it.",
    )(command)


def answer_proposed(
    named: Sequence[str],
    sigs: Sequence[str],
    source: str | None,
    *,
    tables: Sequence[FactorTable],
    as_of: date | None,
    patient: Mapping[str, object],
    style: str,
    output: str | None,
    acknowledged: Callable[[Case], Sequence[Acknowledgement]] = lambda case: (),
) -> int:
    """Read, hold against, write: what proposed orders change in the answer."""
    from medsteward.advice.case.proposed import proposed_with

    if style not in PROPOSED.names:
        raise click.UsageError(f"with --draft the formats are {', '.join(PROPOSED.names)}")
    found = list(cases(sigs, source, as_of=as_of, patient=patient, drafts=named))
    of_case = _drafts_of(named, found)

    def reports() -> Iterator[Proposed]:
        for case, drafts in of_case:
            said = acknowledged(case)
            for table in dict.fromkeys(tables):
                yield proposed_with(case, drafts, table=table, as_of=case.as_of, acknowledged=said)

    return answer(PROPOSED, reports(), style, output, incomplete=NOT_ALL_COUNTED)


def _drafts_of(named: Sequence[str], found: Sequence[Case]) -> list[tuple[Case, list[ProposedOrder]]]:
    """Each case and the drafts that are for it, in the order in which they were named; cases without any are left out.

    Refuses (``UsageError``) what is no id and no file, and a draft that may be for several patients.
    """
    of_case: list[tuple[Case, list[ProposedOrder]]] = [(case, []) for case in found]
    for name in dict.fromkeys(named):
        by_id = [(mine, draft) for case, mine in of_case for draft in case.drafts if name in draft.order]
        for mine, draft in by_id:
            mine.append(draft)
        for draft in () if by_id else _read(name, found):
            _for_whom(draft, of_case).append(draft)
    left_out = sum(not drafts for _, drafts in of_case)
    if left_out:
        say(f"{left_out} case{'s' if left_out > 1 else ''} without a proposed order: left out")
    return [(case, drafts) for case, drafts in of_case if drafts]


def _for_whom(draft: ProposedOrder, of_case: Sequence[tuple[Case, list[ProposedOrder]]]) -> list[ProposedOrder]:
    """The list of drafts of the case that one is for."""
    if len(of_case) == 1:
        return of_case[0][1]
    theirs = [mine for case, mine in of_case if draft.patient is not None and case.id == draft.patient]
    if len(theirs) != 1:
        raise click.UsageError(
            f'the input holds {len(of_case)} cases, and it cannot be told which one "{draft.name[:60]}" is for; '
            "give the input of one patient"
        )
    return theirs[0]


def _read(name: str, found: Sequence[Case]) -> tuple[ProposedOrder, ...]:
    """The drafts of a file, or of a line in quotes."""
    from medsteward.readers.case.drafts import drafts_of
    from medsteward.readers.case.files import read_cases
    from medsteward.readers.case.table import case_of

    day = found[0].as_of if found else today()
    if is_there(name):
        path, stdin = opened(name)
        return drafts_of(read_cases(path, stdin, as_of=day, resolver=chosen_resolver(), drafts=None), name)
    if len(name.split()) > 1:
        return drafts_of([case_of(name, as_of=day)], name)
    raise click.UsageError(
        f'no order of the input has the id "{name[:60]}", and there is no such file; '
        'a line is written in quotes, as in --draft "oxycodone 5 mg every 6 hours"'
    )
