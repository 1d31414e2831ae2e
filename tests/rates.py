"""How often findings interrupt: of simulated charts at a first look, and at monthly reviews that answer them.

The first look counts every finding of tier 1. At the monthly reviews whatever interrupts is answered on the day, by
nobody named; now and then a medicine is added to a chart, or one leaves it. Prevalences and changes are estimates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from medsteward.advice.case.check import check_case
from medsteward.interactions.result import CheckReport
from medsteward.model.acknowledgement import Acknowledgement, Reason
from medsteward.readers.case.table import case_of
from medsteward.tables.load import factor_table
from tests.charts import Chart, charts, medicines

SEED = 7
BEGINS = date(2027, 1, 4)
REVIEW_DAYS = 30
REVIEWS = 12
CHANGES = 0.05
"""The share of charts that change from one review to the next."""
BOXED = frozenset({"DDI-001", "DDI-002", "DDI-005", "DDI-006", "DDI-007", "DDI-011", "DDI-012", "DDI-013"})
"""Pairs that a boxed warning or a contraindication names."""
TABLE = factor_table("cdc_2022")


@dataclass
class Rates:
    """Counts over so many charts or reviews: findings by rule, and charts that hold any, or a boxed pair."""

    looked_at: int = 0
    by_rule: Counter[str] = field(default_factory=Counter)
    interrupted: int = 0
    boxed: int = 0

    def per_100(self, number: int | None = None) -> float:
        """All findings, or a number of something, per 100 charts or reviews."""
        return 100 * (sum(self.by_rule.values()) if number is None else number) / self.looked_at

    def add(self, report: CheckReport) -> None:
        """Count one look."""
        told = {rule for each in report.findings for rule in (each.id, *each.absorbed)}
        self.looked_at += 1
        self.by_rule.update(each.id for each in report.interrupting)
        self.interrupted += report.interrupts
        self.boxed += not BOXED.isdisjoint(told)


def looked_at(chart: Chart, on: date, answers: Iterable[Acknowledgement] = ()) -> CheckReport:
    """The check of a chart on a day, with the answers so far."""
    patient = {"age": chart.age, "egfr": chart.egfr, "conditions": list(chart.conditions)}
    return check_case(case_of(*chart.lines, as_of=on, patient=patient), table=TABLE, acknowledged=tuple(answers))


def first_look(count: int, seed: int = SEED) -> Rates:
    """Every finding of tier 1 at a first look at so many charts."""
    found = Rates()
    for chart in charts(count, seed):
        found.add(looked_at(chart, BEGINS))
    return found


def monthly(count: int, seed: int = SEED) -> Rates:
    """What interrupts at the monthly reviews of a year, the first look among them."""
    found, random = Rates(), Random(seed)
    for chart in charts(count, seed):
        answers: dict[str, Acknowledgement] = {}
        for number in range(REVIEWS):
            on = BEGINS + timedelta(days=REVIEW_DAYS * number)
            if number and random.random() < CHANGES:
                chart = _changed(chart, random)
            report = looked_at(chart, on, answers.values())
            found.add(report)
            said = [Acknowledgement(each.id, Reason.WILL_MONITOR, on) for each in report.interrupting]
            kept = looked_at(chart, on, said).acknowledged if said else ()
            answers.update({each.finding.id: each.acknowledgement for each in (*report.acknowledged, *kept)})
    return found


def _changed(chart: Chart, random: Random) -> Chart:
    """The chart with one medicine more, drawn by how common it is, or with one less. The opioid stays."""
    opioid, *others = chart.lines
    if others and random.random() < 1 / 2:
        others.remove(random.choice(others))
        return replace(chart, lines=(opioid, *others))
    texts, weights = zip(*((text, weight) for text, weight in medicines() if text not in others), strict=True)
    return replace(chart, lines=(opioid, *others, *random.choices(texts, weights)))
