"""What is always true of names: slips never lead from one kind of medicine to another, and case changes nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from medsteward.drugs.index import everyday, find, name_of, names, opioids
from medsteward.drugs.suggest import FEWEST_LETTERS, LETTERS_FOR_TWO, slips_between, suggestions
from medsteward.model.property import Property
from medsteward.readers.directions.line import read_line
from tests.build import there
from tests.counts import examples

LETTERS = "abcdefghijklmnopqrstuvwxyz"
READ = sorted(low for low, each in everyday().further.items() if each.resolve == "yes" and low.isalpha())
DECLARED = sorted(low for low, name in names().items() if low.isalpha() and not name.asks)
KNOWN = READ + DECLARED


def is_opioid_or_sedative(low):
    found = name_of(low)
    drugs = [there(find(each)) for each in there(found).ingredients]
    return any(each.name in opioids() or Property.CNS_DEPRESSANT in each.properties for each in drugs)


@st.composite
def slipped(draw, words):
    word = draw(st.sampled_from(words))
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(st.sampled_from(LETTERS))
    typed = draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
            ]
        )
    )
    return word, typed


@given(slipped(KNOWN))
@examples(300)
def test_a_slip_never_leads_from_one_kind_to_the_other(found):
    word, typed = found
    for near in suggestions(typed):
        assert is_opioid_or_sedative(near.replace("/", " ")) is is_opioid_or_sedative(word) if name_of(near) else True


@given(slipped(KNOWN))
@examples(300)
def test_what_is_suggested_is_one_slip_away_or_two_of_a_long_name_and_never_for_a_short_one(found):
    _, typed = found
    near = suggestions(typed)
    assert len(near) <= 1
    if len(typed) < FEWEST_LETTERS:
        assert near == ()
    for each in near:
        most = 2 if min(len(typed), len(each)) >= LETTERS_FOR_TWO else 1
        assert slips_between(typed, each, most) is not None


@given(st.sampled_from(KNOWN))
@examples(200)
def test_nothing_is_suggested_for_a_known_name(low):
    assert suggestions(low) == ()
    assert not any(problem.suggestions for problem in read_line(low).problems)


@given(st.sampled_from(READ), st.sampled_from([str.upper, str.title, str.lower]))
@examples(200)
def test_case_changes_nothing(low, way):
    assert name_of(way(low)) == name_of(low)


@given(st.text(LETTERS, min_size=0, max_size=14), st.text(LETTERS, min_size=0, max_size=14))
@examples(300)
def test_slips_are_the_same_from_either_side(one, other):
    assert slips_between(one, other, 2) == slips_between(other, one, 2)
    assert (slips_between(one, other, 2) == 0) is (one == other)
