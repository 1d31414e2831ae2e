"""Parts of a direction in any order: the number that the parts mean, or a question, and never another number."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from medsteward import case_of, factor_table, mme_per_day
from medsteward.mme.result import CompleteTotal
from tests.counts import examples

CDC = factor_table("cdc_2022")
FACTOR = Fraction(3, 2)
WORDS = {1: "one", 2: "two", 3: "three"}
LATIN = {4: "6 times daily", 6: "qid", 8: "tid", 12: "bid"}
BESIDE = (
    *("prn", "as needed for pain", "prn severe pain (7-10)", "#60", "qty 60", "disp 60 tablets", "60 tablets"),
    *("- 60 tablets", "refills 0", "30 day supply", "for 5 days", "refill x 2", "(2 refills)", "with food", "by mouth"),
    *("for back pain", "generic", "given 0830", "do not crush", "10 mg", "12 hours"),
)


@st.composite
def lines(draw):
    """A line, and the MME of a day that its parts mean."""
    strength, count, hours = (
        draw(st.sampled_from((5, 10, 15))),
        draw(st.integers(1, 3)),
        draw(st.sampled_from((4, 6, 8, 12))),
    )
    times = 24 // hours
    dose = draw(
        st.sampled_from(
            (
                f"{count} tabs",
                f"take {count} tablets",
                f"{WORDS[count]} tablets",
                f"{count} ({WORDS[count]}) tab",
                f"{count} tabs ({count * strength} mg)",
                f"{count * strength} mg",
            )
        )
    )
    often = draw(st.sampled_from((f"every {hours} hours", f"q{hours}h", f"{times}x/day", LATIN[hours])))
    parts = [dose, often, *draw(st.lists(st.sampled_from(BESIDE), max_size=2, unique=True))]
    most = count * times
    if draw(st.booleans()):
        most = draw(st.integers(count, count * times))
        parts.append(draw(st.sampled_from((f"max {most} tablets per day", f"max {most}/day", f"mdd {most} tabs"))))
    form = draw(st.sampled_from(("tablet", "IR tablet", "tabs")))
    parts = [f"oxycodone {strength} mg {form}", *draw(st.permutations(parts))]
    return draw(st.sampled_from((" ", ", ", "; "))).join(parts), most * strength * FACTOR


@given(lines())
@examples(150)
def test_parts_in_any_order_come_to_what_they_mean_or_to_a_question(found):
    line, mme = found
    total = mme_per_day(case_of(line, as_of=date(2027, 1, 4)), table=CDC).total
    assert not isinstance(total, CompleteTotal) or total.maximum.value == mme
