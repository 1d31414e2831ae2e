"""An order against a list: what the day's MME is now, what it would be, and what is new with it."""

from __future__ import annotations

from datetime import date

import medsteward


def before_signing(listed: list[str], order: str, day: date) -> list[str]:
    """Lines for the person who signs. Where the order may renew a line, both readings stand there."""
    case = medsteward.case_of(*listed, as_of=day)
    found = medsteward.proposed(case, [order], table=medsteward.factor_table("cdc_2022"), as_of=day)
    lines = [f"now: {found.now.mme.total}"]
    for name, way in (("added", found.with_it.added), ("replacing", found.with_it.replacing)):
        if way is not None:
            lines.append(f"with it, {name}: {way.counted.mme.total}")
    return lines + [f"new: {finding.title} ({finding.severity.words})" for finding in found.with_it.findings_new]


if __name__ == "__main__":
    listed = ["oxycodone IR 5 mg tablet, 1 tablet every 6 hours", "alprazolam 0.5 mg twice daily"]
    print(*before_signing(listed, "oxycodone IR 10 mg tablet, 1 tablet every 6 hours", date(2027, 1, 4)), sep="\n")
