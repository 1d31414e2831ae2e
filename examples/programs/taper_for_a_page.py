"""A taper for a page: the steps as rows, or what stands in the way."""

from __future__ import annotations

from datetime import date

import medsteward


def steps(directions: str, start: date, age: int) -> list[tuple[date, str]] | list[str]:
    """The first day and the dose a day of each step; or the problems, each with what to write."""
    case = medsteward.case_of(directions, as_of=start, patient={"age": age, "indication": "chronic pain"})
    asked = medsteward.TaperOptions(start=start, requested_by="patient", when_stuck="smallest-step")
    report = medsteward.taper(case, asked, table=medsteward.factor_table("cdc_2022"))
    if report.plan is None:
        return [problem.text for problem in report.problems]
    return [(step.first_day, str(step.total)) for step in report.plan.steps]


if __name__ == "__main__":
    for row in steps("oxycodone IR 5 mg tablet, 3 tablets 4 times daily", date(2027, 1, 4), age=58):
        print(*row)
