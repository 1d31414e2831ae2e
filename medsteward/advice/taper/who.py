"""Whether a taper is planned for this patient: refused, asked about, held, or planned with conditions.

What decides is declared: ``gates`` refuse and ask, ``urgent`` and ``holds`` come between, ``goes_with`` is named on the
plan. Each is a clause and what is said where it holds; here is only their order.
"""

from __future__ import annotations

from collections.abc import Iterable

from medsteward.advice.plan.crisis import ASKING as CRISIS_ASKING
from medsteward.advice.plan.crisis import as_answered
from medsteward.advice.plan.gate import Gate
from medsteward.advice.taper.asked import TaperAsked
from medsteward.advice.taper.clauses import words_of_suicide_in
from medsteward.advice.taper.gates import ASKING, POLICY_OPEN, REFUSING
from medsteward.advice.taper.goes_with import WARNING, conditions_of
from medsteward.advice.taper.holds import held
from medsteward.advice.taper.urgent import urgent
from medsteward.advice.taper.verdict import Asks, GoesAhead, Refused, Verdict
from medsteward.model.regimen import Case
from medsteward.model.source import Source
from medsteward.model.stated import Stated
from medsteward.patient.picture import Picture
from medsteward.schedules.policy import Policy
from medsteward.treatments import taper_places as t


def taper_asked(
    case: Case,
    *,
    drugs: Iterable[str],
    stated: Stated | None = None,
    first: str | None = None,
    policies: Iterable[Policy] = (),
) -> TaperAsked:
    """What is asked for of a taper, as the clauses look at it; the arguments are those of ``who_tapers``."""
    given = (stated or Stated()).over(case.stated)
    picture = Picture(as_answered(case, given.answers))
    names = tuple(dict.fromkeys(drugs))
    return TaperAsked(
        picture=picture,
        names=names,
        lines=tuple(each for each in picture.taken if each.ingredient in names and not each.is_topical),
        stated=given,
        first=(first or "").strip().casefold(),
        policies=tuple(policies),
    )


def who_tapers(
    case: Case,
    *,
    drugs: Iterable[str],
    stated: Stated | None = None,
    first: str | None = None,
    policies: Iterable[Policy] = (),
) -> Verdict:
    """Whether to plan a taper of ``drugs`` (ingredients by our names) for a case on its day.

    ``stated`` is put over what the case states, ``first`` is the drug that is lowered first, ``policies`` are those
    chosen. Fields, conditions and facts decide; of the free texts nothing but words of suicide counts, and those only
    ask. What refuses wins over what is urgent, that over what holds, and that over questions: somebody in danger is
    not asked for a form first. Raises ``NotPossible`` for a drug that is not known, and ``ContradictoryRequest``.
    """
    asked = taper_asked(case, drugs=drugs, stated=stated, first=first, policies=policies)
    return _refused(asked) or _crisis(asked) or _seen_first(asked) or _questions(asked) or _ahead(asked)


def _refused(asked: TaperAsked) -> Refused | None:
    problems = [problem for each in REFUSING for problem in each.problems(asked)]
    if not problems:
        return None
    return Refused((*problems, *words_of_suicide_in(asked)[0]), _sources(REFUSING, asked))


def _crisis(asked: TaperAsked) -> Asks | None:
    """What words of suicide ask about. Somebody who has to be called today is named beside it."""
    problems, _ = words_of_suicide_in(asked)
    if not problems:
        return None
    now = urgent(asked, None)
    more, supports = (now.problems, now.supports) if now is not None else ((), ())
    beside = {each.kind: each for each in (*CRISIS_ASKING, *supports)}
    return Asks((*problems, *more), (t.VA_CONSULT, t.VA_DOD_SUICIDE, t.LIFELINE), tuple(beside.values()))


def _seen_first(asked: TaperAsked) -> Verdict | None:
    """What comes before questions: somebody to be seen today, else what holds the present dose."""
    holds = held(asked)
    return urgent(asked, holds) or holds


def _questions(asked: TaperAsked) -> Asks | None:
    problems = tuple(problem for each in ASKING for problem in each.problems(asked))
    return Asks(problems, _sources(ASKING, asked)) if problems else None


def _ahead(asked: TaperAsked) -> GoesAhead:
    warnings = [caution for each in WARNING for caution in each.cautions(asked)]
    return GoesAhead(conditions_of(asked), (*warnings, *words_of_suicide_in(asked)[1], *POLICY_OPEN.cautions(asked)))


def _sources(gates: Iterable[Gate[TaperAsked]], asked: TaperAsked) -> tuple[Source, ...]:
    found = (source for each in gates if each.speaks(asked) for source in each.sources(asked))
    return tuple(dict.fromkeys(found))
