"""Answers to the questions that stand in the way of a plan: each question has a name, and each its own answer."""

from __future__ import annotations

from collections.abc import Iterable

Answers = tuple[tuple[str, str], ...]
"""The names of questions, in small letters, and what was answered."""

MOST_LETTERS = 200
NO_ANSWERS = frozenset(
    ["?", "-", "unknown", "unclear", "unsure", "pending", "later", "todo", "tbd", "n/a", "na", "unanswered"]
) | {
    "not known", "not sure", "not asked", "not asked yet", "not assessed", "not done", "not yet", "to do", "to be done",
    "to be asked", "not applicable", "not answered", "no answer",
}  # fmt: skip
"""What is said where nothing is known: the question stays."""


def answer_to(name: str, answers: Answers) -> str:
    """What was answered to a question; empty: nothing, or only that it is not known. The last of several counts."""
    said = [why for asked, why in answers if asked == name.casefold()]
    last = " ".join(said[-1].split()) if said else ""
    return "" if plain(last) in NO_ANSWERS else last[:MOST_LETTERS]


def plain(answer: str) -> str:
    """An answer in small letters, without what surrounds it: to be compared with plain ones."""
    return answer.casefold().strip(" .!,;:\"'")


def how_to_answer(name: str) -> str:
    """How a question is answered on the command line."""
    return f'--answer {name.casefold()}="why"'


def answers_words(answers: Iterable[tuple[str, str]]) -> str:
    """Answers as they are kept with a plan: ``size: tolerant, see the letter; ddi-001: with the specialist``."""
    return "; ".join(f"{name}: {' '.join(why.split())[:MOST_LETTERS]}" for name, why in answers)
