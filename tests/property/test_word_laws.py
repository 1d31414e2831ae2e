"""Laws of words and numbers at the edges of a line: what is not understood never makes a figure, or a smaller one."""

from __future__ import annotations

from string import ascii_lowercase

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from medsteward.drugs.index import everyday, names
from medsteward.mme.result import CompleteTotal
from medsteward.readers.directions.lexicon import lexemes
from medsteward.tables.load import factor_table
from tests.build import mme as report_of
from tests.build import total_of

CDC = factor_table("cdc_2022")
KNOWN = {
    word for words in (*(words for words, _, _ in lexemes()), *names(), *everyday().further) for word in words.split()
}

opioid_lines = st.builds(
    lambda drug, often: f"{drug} {often}",
    st.sampled_from(
        ("oxycodone 5 mg", "methadone 10 mg 2 tablets", "OxyContin 20 mg", "Percocet 5/325", "morphine 20 mg/mL 0.5 mL")
    ),
    st.sampled_from(("q6h", "every 8 hours", "bid", "3 times daily", "q.12h.")),
)
other_lines = st.builds(
    lambda drug, often: f"{drug} {often}",
    st.sampled_from(("gabapentin 300 mg", "acetaminophen 500 mg", "promethazine 25 mg", "docusate 100 mg 2 capsules")),
    st.sampled_from(("q6h", "bid", "3 times daily")),
)
unknown_words = st.text(ascii_lowercase, min_size=2, max_size=9).filter(lambda word: word not in KNOWN)
list_marks = st.sampled_from(
    (".", ". ", ")", ") ", ".) ", ": ", ":", "/", "/ ", ",", ", ", ";", "-", " - ", "\t", ".\t", "\n", "\u2022 ")
)


def is_whole(report):
    return report.exit_code == 0 and isinstance(report.total, CompleteTotal)


@given(
    st.one_of(opioid_lines, other_lines), unknown_words, st.sampled_from(("prn", "as needed", "p.r.n.", "if needed"))
)
def test_an_unknown_word_after_as_needed_is_never_a_reason(line, word, needed):
    report = report_of(f"{line} {needed} {word}")
    assert report.exit_code >= 3
    assert not isinstance(report.total, CompleteTotal)


@given(opioid_lines, st.sampled_from(("pain", "severe pain", "BTP", "cramps", "breakthrough pain")))
def test_a_known_reason_after_as_needed_changes_nothing(line, reason):
    plain, reasoned = report_of(f"{line} prn"), report_of(f"{line} prn {reason}")
    assert is_whole(reasoned)
    assert reasoned.total == plain.total


@given(opioid_lines, st.integers(0, 99), list_marks, st.sampled_from(("", "Rx ", "(", "[", "- ", "\u2022")))
def test_a_number_of_a_list_never_changes_a_figure(line, number, mark, lead):
    close = {"(": ")", "[": "]"}.get(lead, "")
    numbered = report_of(f"{lead}{number}{close}{mark}{line}")
    if is_whole(numbered):
        assert numbered.total == report_of(line).total
    else:
        assert numbered.exit_code >= 3


@given(
    opioid_lines, st.integers(0, 999), st.text(st.characters(categories=("P", "S", "Zs", "Cc")), min_size=1, max_size=3)
)
def test_no_signs_make_a_dose_of_the_number_before_them(line, number, signs):
    assume(signs.strip(" \u00a0") and not any(sign.isspace() and sign not in "\t\n\r\v\f " for sign in signs))
    report = report_of(f"{number}{signs}{line}")
    if is_whole(report):
        assert report.total == report_of(line).total


@given(other_lines, unknown_words, st.sampled_from(("-", "/", " w/", ", ", " and ", " + ", " ", "; ")), st.booleans())
def test_a_line_with_an_unread_word_is_never_surely_no_opioid(line, word, joiner, first):
    text = f"{word}{joiner}{line}" if first else f"{line}{joiner}{word} 10 mg q6h"
    report = report_of(text, "oxycodone 5 mg q6h")
    assert not isinstance(report.total, CompleteTotal)
    assert report.total.missing == (text,)
    assert total_of(report).maximum.value == 30


@given(st.integers(1, 48), st.sampled_from(("q.{}h.", "q. {} h.", "q.{}.h", "q{}.h", "q.{}hrs.", "Q.{} HOURS")))
def test_dictated_full_stops_are_no_decimal_points(hours, often):
    dictated, plain = report_of(f"oxycodone 5 mg {often.format(hours)}"), report_of(f"oxycodone 5 mg q{hours}h")
    assert is_whole(dictated)
    assert dictated.total == plain.total


@given(st.integers(1, 59), st.sampled_from(("oxycodone 5 mg", "morphine 20 mg/mL 0.25 mL", "methadone 5 mg")))
def test_an_opioid_more_often_than_hourly_is_asked_about(minutes, drug):
    assert not is_whole(report_of(f"{drug} every {minutes} minutes"))


@pytest.mark.parametrize("low", ["0.25", "0.5", "1", "2"])
@given(times=st.integers(10, 40))
def test_a_tenfold_range_of_an_opioid_is_asked_about(low, times):
    high = f"{float(low) * times:g}"
    assert not is_whole(report_of(f"hydromorphone 1 mg/mL {low} mL to {high} mL q4h"))
