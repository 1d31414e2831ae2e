"""The options that say why a dose is lowered: who asks, for which reason, under whom; and answers to questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict, TypeVar

import click

from medsteward.cli.options import Word, once
from medsteward.cli.words import ReadText
from medsteward.model.answer import Answers
from medsteward.model.stated import Because, ContradictoryRequest, RequestedBy, Stated, Supervisor, SupervisorRole
from medsteward.readers.case.stated import answer_of, supervisor_of

F = TypeVar("F", bound=Callable[..., object])


class StatedWords(TypedDict):
    """What these options, ``--reason`` and ``--answer`` give."""

    requested_by: str | None
    because: str | None
    supervised_by: tuple[Supervisor, ...]
    reason: str
    answers: Answers


def answer_option(example: str) -> Callable[[F], F]:
    """``--answer``: to what is asked about first, with an example."""
    return click.option(
        "--answer",
        "answers",
        type=ReadText("question=why", answer_of),
        multiple=True,
        help=f"Answer what is asked about first, as in {example}; repeat it.",
    )


def stated_options(command: F) -> F:
    """``--requested-by``, ``--because`` and ``--supervised-by``: the fields that decide whether a taper is planned."""
    wrapped: Callable[..., object] = command
    for option in (
        click.option(
            "--supervised-by",
            type=ReadText("role:name", supervisor_of),
            multiple=True,
            help="Who supervises, as in obstetrics:'Dr. Rivera'; repeat it. "
            f"Roles: {', '.join(each.value for each in SupervisorRole)}.",
        ),
        click.option(
            "--because",
            type=Word([each.value for each in Because]),
            multiple=True,
            callback=once,
            help="Why it is lowered. Oversedation and overdose call for help today; diversion is not tapered.",
        ),
        click.option(
            "--requested-by",
            type=Word([each.value for each in RequestedBy]),
            multiple=True,
            callback=once,
            help="Who asks for it.  [default: patient with patient-wish]",
        ),
    ):
        wrapped = option(wrapped)
    return wrapped  # type: ignore[return-value]


def stated_of(asked: StatedWords) -> Stated:
    """What these options state. Refuses (``UsageError``) the patient's wish beside a clinician who asks."""
    because, by = asked["because"], asked["requested_by"]
    try:
        return Stated(
            requested_by=RequestedBy(by) if by else None,
            because=Because(because) if because else None,
            supervised_by=asked["supervised_by"],
            reason=asked["reason"],
            answers=asked["answers"],
        )
    except ContradictoryRequest:
        raise click.UsageError(
            "--requested-by clinician contradicts --because patient-wish; leave --requested-by out, "
            "or give the clinician's reason with --because"
        ) from None
