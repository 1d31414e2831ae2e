"""How often findings interrupt, by rule, over simulated charts: at a first look, and at monthly reviews of a year.

make rates
python benchmarks/rates.py --charts 400
"""

from __future__ import annotations

import argparse
import sys

from medsteward.interactions.check import rules
from tests.rates import CHANGES, REVIEWS, SEED, Rates, first_look, monthly

FIRST_LOOK_AIM = 40
MONTHLY_AIM = 16


def told(title: str, found: Rates, aim: int, per: str) -> str:
    """The rates as a table."""
    names = {rule.id: rule.name for rule in rules()}
    lines = [f"{title}: {found.per_100():.1f} per 100 {per} (aim {aim} or fewer)"]
    lines += [
        f"  {found.per_100(many):5.1f}  {rule}  {names[rule]}"
        for rule, many in sorted(found.by_rule.items(), key=lambda each: (-each[1], each[0]))
    ]
    lines.append(
        f"  on {found.per_100(found.interrupted):.1f} of 100 {per}; a boxed pair on {found.per_100(found.boxed):.1f}"
    )
    return "\n".join(lines)


def main() -> int:
    """Print both rates; 1 where one is above its aim."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--charts", type=int, default=4000)
    count = options.parse_args().charts
    first = first_look(count)
    print(f"{count:,} simulated charts, seed {SEED}")
    print(told("Findings of tier 1 at a first look", first, FIRST_LOOK_AIM, "charts"), flush=True)
    year = monthly(count)
    print(f"\n{REVIEWS} monthly reviews of each; what interrupts is answered; {CHANGES:.0%} of charts change a month")
    print(told("Interruptions", year, MONTHLY_AIM, "reviews"))
    return int(first.per_100() > FIRST_LOOK_AIM or year.per_100() > MONTHLY_AIM)


if __name__ == "__main__":
    sys.exit(main())
