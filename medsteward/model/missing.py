"""A fact that is not known and would change an answer: who asks says it in own words, and names by id what is asked."""

from __future__ import annotations

from attrs import frozen


@frozen(cache_hash=True)
class Ask:
    """A fact of a case that may be lacking, by its one ``name`` for people; ``brief`` is how rules list it, if shorter.

    Clauses, rules, lists, reminders and recommendations ask for the same object, so what several ask for is one fact.
    """

    name: str
    brief: str = ""

    def __str__(self) -> str:
        return self.brief or self.name


AGE = Ask("age")
KIDNEY = Ask("kidney function (eGFR or CrCl)", "eGFR")
CHILD_PUGH = Ask("Child-Pugh class")
GESTATION = Ask("gestational weeks")
CONDITIONS = Ask("conditions (sleep apnea, lung disease, substance use, prior overdose, alcohol)", "conditions")
MME = Ask("the day's MME")
WEIGHT = Ask("weight")
SEX = Ask("sex")
TOLERANCE = Ask("opioid tolerance")
HOW_ENDED = Ask("how a medicine ended (by a taper, or suddenly)", "how a medicine ended")
FIRST_DAY = Ask("the first day of a medicine", "first day")
DAILY_DOSE = Ask("the daily dose of a medicine", "daily dose")
OPIOID_FOR = Ask("what an opioid is for")
MISOPROSTOL_FOR = Ask("what misoprostol is for")


@frozen(cache_hash=True)
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
        return tuple(ask.name for ask in self.about) or (self.text,)
