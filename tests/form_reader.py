"""A second reader of clauses: it sees their plain form and plain rows, as a database would, and no more."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from typing import Any

from medsteward.patient import form as f

Row = Mapping[str, Any]
OPERATORS = {"=": operator.eq, "<": operator.lt, "<=": operator.le, ">=": operator.ge, ">": operator.gt}


def ask(one: f.Form, case: Row, tables: Mapping[str, Sequence[Row]], row: Row | None = None) -> bool | None:
    """Yes, no or not known (None), by the words of ``form`` alone."""

    def cell(name: str) -> Any:
        return case[name] if row is None else row[name]

    def chosen(rows: f.Rows, where: f.Form) -> list[Row]:
        return [each for each in tables[rows.value] if ask(where, case, tables, each) is True]

    match one:
        case f.NotKnown():
            return None
        case f.IsStated(column):
            return cell(column) is not None
        case f.Compare(column, op, value):
            return None if cell(column) is None else OPERATORS[op.value](cell(column), value)
        case f.CompareRange(column, op, value):
            return in_range(cell(f"{column}_low"), cell(f"{column}_high"), cell(f"{column}_high_included"), op, value)
        case f.Among(column, values):
            return cell(column) in values
        case f.Contains(column, names):
            return not set(names).isdisjoint(cell(column))
        case f.Mentions(column, words):
            return any(word in cell(column) for word in words)
        case f.AllOf(ones):
            return worst([ask(each, case, tables, row) for each in ones])
        case f.OneOf(ones):
            return best([ask(each, case, tables, row) for each in ones])
        case f.Negated(inner):
            answer = ask(inner, case, tables, row)
            return None if answer is None else not answer
        case f.Unless(inner):
            return ask(inner, case, tables, row) is not True
        case f.AnyRow(rows, where, holds):
            return best([ask(holds, case, tables, each) for each in chosen(rows, where)])
        case f.Distinct(rows, where, columns, at_least, within):
            apart: dict[Any, set[tuple[Any, ...]]] = {}
            for each in chosen(rows, where):
                values = tuple(each[name] for name in columns)
                if None not in values:
                    apart.setdefault(each[within] if within else None, set()).add(values)
            return any(len(values) >= at_least for values in apart.values())
        case f.SumAbove(rows, where, column, limit, or_equal):
            cells = [each[column] for each in chosen(rows, where)]
            total = sum(each for each in cells if each is not None)
            if total > limit or (or_equal and total == limit):
                return True
            return None if None in cells else False
        case f.RowAfter(rows, later, earlier):
            begun = [each["since"] for each in chosen(rows, earlier)]
            return any(each["since"] > other for each in chosen(rows, later) for other in begun)
    raise TypeError(f"not a form: {one!r}")


def best(answers: Sequence[bool | None]) -> bool | None:
    if True in answers:
        return True
    return None if None in answers else False


def worst(answers: Sequence[bool | None]) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def in_range(low: Any, high: Any, included: bool, op: f.Op, limit: Any) -> bool | None:
    """By trying both ends: what holds of all values, of none, or of some."""
    if low is None:
        return None
    inside = {
        f.Op.BELOW: (lambda: high is not None and (high < limit if included else high <= limit), lambda: low < limit),
        f.Op.UP_TO: (lambda: high is not None and high <= limit, lambda: low <= limit),
        f.Op.AT_LEAST: (
            lambda: low >= limit,
            lambda: high is None or (high >= limit if included else high > limit),
        ),
        f.Op.ABOVE: (lambda: low > limit, lambda: high is None or high > limit),
    }
    all_hold, one_may = inside[op]
    if all_hold():
        return True
    return None if one_may() else False
