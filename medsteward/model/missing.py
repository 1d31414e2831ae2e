"""A fact that is not known and would change an answer: who asks says it in own words, and names by id what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from attrs import frozen


class Ask(Enum):
    """What several ask for, each in own words. The value is its one name for people."""

    KIDNEY = "kidney function (eGFR or CrCl)"
    CONDITIONS = "conditions (sleep apnea, lung disease, substance use, prior overdose, alcohol)"
    MME = "the day's MME"


@frozen
class Missing:
    """One thing that is not known.

    ``text`` is how the one who asks says it, ``about`` what answers it; ``lines`` are those of the case, from 1, whose
    drug could not be made out. Where both are empty, nobody else asks for it and the text is its name. ``done`` is the
    name in a case's ``[done]`` table under which it would be recorded.
    """

    text: str
    about: tuple[Ask, ...] = ()
    lines: tuple[int, ...] = ()
    done: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """Each fact by its one name, whoever asks."""
        if self.lines:
            return tuple(f"line {number}: which drug it is" for number in self.lines)
        return tuple(ask.value for ask in self.about) or (self.text,)


ASK_OF_FACT: Mapping[str, Ask] = MappingProxyType({"eGFR": Ask.KIDNEY, Ask.KIDNEY.value: Ask.KIDNEY})
"""What a clause or a list calls a fact, where several ask for it in other words."""


def missing_fact(fact: str, text: str = "") -> Missing:
    """A fact by the name that a clause or a list gives it; ``text`` is how it is said, where it is not the name."""
    ask = ASK_OF_FACT.get(fact)
    return Missing(text or fact, () if ask is None else (ask,))
