"""Answers to the questions that stand in the way of a plan: each question has a name, and each its own answer."""

from __future__ import annotations

from collections.abc import Iterable

Answers = tuple[tuple[str, str], ...]
"""The names of questions, in small letters, and what was answered."""

MOST_LETTERS = 200


def answer_to(name: str, answers: Answers) -> str:
    """What was answered to a question; empty: nothing. The last of several answers counts."""
    said = [why for asked, why in answers if asked == name.casefold()]
    return " ".join(said[-1].split())[:MOST_LETTERS] if said else ""


def how_to_answer(name: str) -> str:
    """How a question is answered on the command line."""
    return f'--answer {name.casefold()}="why"'


def answers_words(answers: Iterable[tuple[str, str]]) -> str:
    """Answers as they are kept with a plan: ``size: tolerant, see the letter; ddi-001: with the specialist``."""
    return "; ".join(f"{name}: {' '.join(why.split())[:MOST_LETTERS]}" for name, why in answers)
