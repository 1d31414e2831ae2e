"""Dose limits: text, markdown, rows and documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from medsteward.advice.case.dose_lookup import LimitsOf
from medsteward.limits.limit import DoseLimit
from medsteward.limits.load import LimitSet
from medsteward.model.number import json_number
from medsteward.model.source import Standing
from medsteward.version import __version__
from medsteward.writers.shared.cells import cell, csv_text, markdown, markdown_table
from medsteward.writers.shared.json_text import Document
from medsteward.writers.shared.problems import problem, source
from medsteward.writers.shared.screen import folded
from medsteward.writers.shared.text_table import text_table

SCHEMA = "medsteward.doses/1"
HEADER = ("id", "drug", "use", "for whom", "limit", "how binding", "standing")
CSV_HEADER = (
    *("id", "drug", "route", "release", "form", "brand", "strength", "indication", "population", "kind", "low", "high"),
    *("unit", "strictness", "standing", "citation", "where", "year", "url", "region", "note"),
)


def list_text(limits: Sequence[DoseLimit]) -> str:
    """Every limit for a terminal, with how many there are of each standing."""
    return f"{text_table(_ON_SCREEN, [_on_screen(each) for each in limits])}\n\n{_counts(limits)}\n"


def list_markdown(limits: Sequence[DoseLimit]) -> str:
    """Every limit as markdown."""
    return markdown_table(HEADER, [[markdown(each) for each in limit_row(row)] for row in limits])


def list_csv(limits: Sequence[DoseLimit]) -> str:
    """Every limit as CSV."""
    return csv_text(CSV_HEADER, [[cell(each) for each in _cells(row)] for row in limits])


def list_document(limits: Sequence[DoseLimit]) -> Document:
    """Every limit."""
    return {"schema": SCHEMA, "medsteward": __version__, "problems": [], "limits": [_limit(each) for each in limits]}


def show_text(found: LimitsOf) -> str:
    """The limits of one medicine for a terminal, with their sources below."""
    if not found.limits:
        return ""
    rows = [_on_screen(each) for each in found.limits]
    sources = dict.fromkeys(folded(_cited(each)) for each in found.limits)
    notes = [folded(f"{each.id}: {each.note}") for each in found.limits if each.note]
    parts = [text_table(_ON_SCREEN, rows), "Sources\n" + "\n".join(sources)]
    if notes:
        parts.append("Notes\n" + "\n".join(notes))
    return "\n\n".join([*parts, _counts(found.limits)]) + "\n"


def show_markdown(found: LimitsOf) -> str:
    """The limits of one medicine as markdown."""
    return markdown_table((*HEADER, "source"), [[markdown(each) for each in _sourced(row)] for row in found.limits])


def show_csv(found: LimitsOf) -> str:
    """The limits of one medicine as CSV."""
    return list_csv(found.limits)


def show_document(found: LimitsOf) -> Document:
    """The limits of one medicine."""
    problems = [] if found.problem is None else [problem(found.problem)]
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "problems": problems,
        "limits": [_limit(each) for each in found.limits],
    }


def markdown_page(sets: Sequence[LimitSet]) -> str:
    """Every set with its rows, and what stands how: the body of the page of doses."""
    every = [row for each in sets for row in each.limits]
    overview = markdown_table(
        ("set", "rows", *(each.value for each in Standing), "checked on"),
        [
            [
                f"[{each.title}](#{_anchor(each.title)})",
                str(len(each.limits)),
                *_by_standing(each.limits),
                str(each.checked_on),
            ]
            for each in sets
        ]
        + [["all", str(len(every)), *_by_standing(every), ""]],
    )
    return "\n".join([overview, *(_section(each) for each in sets)])


def _overview(shown: LimitSet) -> list[str]:
    limits = shown.limits
    return [f"[{shown.title}](#{_anchor(shown.title)})", str(len(limits)), *_by_standing(limits), str(shown.checked_on)]


def _section(shown: LimitSet) -> str:
    notes = "".join(f"\n- {markdown(note)}" for note in shown.notes)
    rows = [[f'<a id="{row.id.casefold()}"></a>{row.id}', *map(markdown, _sourced(row)[1:])] for row in shown.limits]
    return f"## {shown.title}\n{notes}\n\n{markdown_table((*HEADER, 'source'), rows)}"


def _anchor(title: str) -> str:
    return title.casefold().replace(" ", "-").replace(",", "")


def _by_standing(limits: Iterable[DoseLimit]) -> list[str]:
    counted = Counter(each.standing for each in limits)
    return [str(counted[each]) for each in Standing]


def _counts(limits: Sequence[DoseLimit]) -> str:
    counted = Counter(each.standing for each in limits)
    parts = [f"{counted[each]} {each.value}" for each in Standing if counted[each]]
    return f"{len(limits)} limits: {', '.join(parts)}." if parts else "No limits."


def limit_row(limit: DoseLimit) -> list[str]:
    """One limit under ``HEADER``."""
    return [
        limit.id,
        str(limit.subject),
        limit.indication or "any",
        "everybody" if limit.population is None else f"who {limit.population}",
        str(limit),
        limit.strictness.value if limit.region == "US" else f"{limit.strictness.value}, {limit.region}",
        limit.standing.words,
    ]


_ON_SCREEN = ("id", "drug", "for", "limit", "standing")


def _on_screen(limit: DoseLimit) -> list[str]:
    """One limit for a terminal, where seven columns have no room."""
    number, drug, use, whom, most, binding, _ = limit_row(limit)
    used = "; ".join(each for each in (use, whom) if each not in ("any", "everybody"))
    return [number, drug, used or "any use", f"{most} ({binding})", limit.standing.value]


def _sourced(limit: DoseLimit) -> list[str]:
    return [*limit_row(limit), f"{_source(limit)}{f' {limit.note}' if limit.note else ''}"]


def _source(limit: DoseLimit) -> str:
    parts = [limit.source.citation, limit.source.where]
    return ": ".join(filter(None, parts)) + "."


def _cited(limit: DoseLimit) -> str:
    return f"{_source(limit)}{f' {limit.source.url}' if limit.source.url else ''}"


def _cells(limit: DoseLimit) -> list[str]:
    about, origin = limit.subject, limit.source
    return [
        limit.id,
        about.drug,
        about.route,
        about.release or "",
        " | ".join(about.forms),
        " | ".join(about.brands),
        " | ".join(about.strengths),
        limit.indication,
        limit.population_words,
        limit.kind.value,
        "" if limit.low is None else str(json_number(limit.low)),
        "" if limit.high is None else str(json_number(limit.high)),
        limit.unit,
        limit.strictness.value,
        limit.standing.value,
        origin.citation,
        origin.where,
        "" if origin.year is None else str(origin.year),
        origin.url or "",
        limit.region,
        limit.note,
    ]


def _limit(limit: DoseLimit) -> Document:
    about = limit.subject
    return {
        "id": limit.id,
        "drug": about.drug,
        "route": about.route,
        "release": about.release,
        "forms": list(about.forms),
        "brands": list(about.brands),
        "strengths": list(about.strengths),
        "indication": limit.indication or None,
        "population": None if limit.population is None else str(limit.population),
        "kind": limit.kind.value,
        "low": None if limit.low is None else json_number(limit.low),
        "high": None if limit.high is None else json_number(limit.high),
        "unit": limit.unit or None,
        "text": str(limit),
        "strictness": limit.strictness.value,
        "labelled_maximum": limit.is_labelled_maximum,
        "region": limit.region,
        "source": source(limit.source),
        "note": limit.note or None,
    }
