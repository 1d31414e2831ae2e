"""What is stated about a taper beside its medicines: short words of options, and the ``[taper]`` table of a case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Any, TypeVar

from medsteward.model.answer import Answers
from medsteward.model.problem import Problem
from medsteward.model.stated import (
    Because,
    ContradictoryRequest,
    RequestedBy,
    Stated,
    Supervisor,
    SupervisorRole,
    role_named,
)

W = TypeVar("W", bound=Enum)

KEYS = ("requested_by", "because", "supervised_by", "reason", "answers")
MAX_TEXT = 1000
MAX_NAME = 80
MAX_SUPERVISORS = 10
_NOBODY = re.compile(
    r"(?:no|na|n/a|no one|specialist|consultant|doctor|tb[ad])[.!?]*|"
    r".*\b(?:none|nobody|not|unavailable|unknown|absent|pending|await\w*|waiting|referr\w*|declin\w*|refus\w*|to be)"
    r"\b.*"
)
"""What stands where a name should and names nobody."""


def supervisor_of(text: str) -> Supervisor:
    """``obstetrics:Dr. Rivera``: a role of the closed list, and who (``ValueError`` for anything else)."""
    said, colon, name = text.partition(":")
    roles = ", ".join(each.value for each in SupervisorRole)
    example = "write it as obstetrics:Dr. Rivera"
    role = role_named(said)
    if not colon:
        raise ValueError(f'"{text[:40]}" is not a role and a name; {example}; roles: {roles}')
    if role is None:
        raise ValueError(f'"{said[:40]}" is not a role that is known; {example}; roles: {roles}')
    named = " ".join(name.split())
    if _NOBODY.fullmatch(named.casefold()) or not any(letter.isalpha() for letter in named):
        raise ValueError(f'"{text[:40]}" names nobody who supervises; {example}')
    if len(named) > MAX_NAME:
        raise ValueError(f"the name of who supervises has more than {MAX_NAME} characters; {example}")
    return Supervisor(role, named)


def read_stated(table: Any) -> tuple[Stated, tuple[Problem, ...]]:
    """The ``[taper]`` table of a case. Never raises for the content: what is wrong is a problem, and is left out."""
    if not isinstance(table, Mapping):
        return Stated(), (Problem("CASE-002", "taper", f"taper is a table of {', '.join(KEYS)}"),)
    problems = [
        Problem("CASE-001", f"taper.{name}", f"{name} is not a field we know; here are {', '.join(KEYS)}")
        for name in (str(key)[:60] for key in list(table)[:20] if key not in KEYS)
    ]
    parts: dict[str, Any] = {
        "requested_by": _word(table, "requested_by", RequestedBy, problems),
        "because": _word(table, "because", Because, problems),
        "supervised_by": _supervisors(table.get("supervised_by"), problems),
        "reason": _reason(table.get("reason"), problems),
        "answers": _answers(table.get("answers"), problems),
    }
    try:
        return Stated(**parts), tuple(problems)
    except ContradictoryRequest as error:
        problems.append(Problem("CASE-003", "taper.requested_by", str(error)))
        return Stated(**{**parts, "requested_by": None, "because": None}), tuple(problems)


def _word(table: Mapping[str, Any], key: str, words: type[W], problems: list[Problem]) -> W | None:
    value = table.get(key)
    found = next((each for each in words if each.value == value), None)
    if found is None and value is not None:
        known = tuple(each.value for each in words)
        problems.append(Problem("CASE-002", f"taper.{key}", f"{key} is one of {', '.join(known)}", known))
    return found


def _supervisors(value: Any, problems: list[Problem]) -> tuple[Supervisor, ...]:
    if value is None:
        return ()
    said = [value] if isinstance(value, str) else value
    if not isinstance(said, list) or len(said) > MAX_SUPERVISORS or not all(isinstance(each, str) for each in said):
        text = "supervised_by is a text or a list of texts, as in obstetrics:Dr. Rivera"
        problems.append(Problem("CASE-002", "taper.supervised_by", text))
        return ()
    found = []
    for each in said:
        try:
            found.append(supervisor_of(each))
        except ValueError as error:
            problems.append(Problem("CASE-002", "taper.supervised_by", f"supervised_by: {error}"))
    return tuple(found)


def _reason(value: Any, problems: list[Problem]) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        problems.append(Problem("CASE-002", "taper.reason", f"reason is a text of at most {MAX_TEXT:,} characters"))
        return ""
    return value


def _answers(value: Any, problems: list[Problem]) -> Answers:
    if value is None:
        return ()
    if isinstance(value, Mapping) and len(value) <= MAX_SUPERVISORS * 2:
        try:
            return tuple(answer_of(f"{name}={why if isinstance(why, str) else ''}") for name, why in value.items())
        except ValueError:
            pass
    text = 'answers is a table of questions and answers, as in { suicidality = "asked today: no thoughts" }'
    problems.append(Problem("CASE-002", "taper.answers", text))
    return ()


def answer_of(text: str) -> tuple[str, str]:
    """``size=tolerant of as much, letter of 2 November``: the name of a question and its answer (``ValueError``)."""
    name, equals, why = text.partition("=")
    if not equals or not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{2,39}", name.strip()) or not why.strip():
        raise ValueError(f'"{text[:40]}" is not a question and its answer; write it as size="why"')
    return name.strip().casefold(), why.strip()
