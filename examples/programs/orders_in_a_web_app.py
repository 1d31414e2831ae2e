"""Orders of a web app: lines of directions in, the day's MME and what interrupts out, as plain data."""

from __future__ import annotations

import json
from datetime import date

import medsteward

CDC = medsteward.factor_table("cdc_2022")


def answer(lines: list[str], day: date, age: int | None = None) -> dict[str, object]:
    """What a page shows: the total, what could not be read, and the findings that interrupt."""
    case = medsteward.case_of(*lines, as_of=day, patient={"age": age})
    report, check = medsteward.mme_per_day(case, table=CDC), medsteward.check_case(case, table=CDC)
    interrupting = medsteward.to_json(check.interrupting)
    return {"mme": medsteward.to_json(report), "interrupting": interrupting, "exit_code": report.exit_code}


if __name__ == "__main__":
    orders = ["oxycodone 5 mg tablet, 1 tablet every 6 hours", "alprazolam 0.5 mg twice daily"]
    print(json.dumps(answer(orders, date(2027, 1, 4), age=71), indent=2))
