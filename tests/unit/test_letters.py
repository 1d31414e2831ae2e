"""The letters that our fonts have, and text set in them."""

from __future__ import annotations

from medsteward.writers.plan.pdf import clinician_document
from medsteward.writers.shared.letters import LIST, all_set_in, letters_in, set_in
from tests import fonts
from tests.build import pages_of_pdf as pages
from tests.unit.test_card import MADE


def test_the_list_is_what_the_fonts_have():
    assert (fonts.FONTS / LIST).read_text(encoding="ascii") == fonts.listed(fonts.found()), "make letters"
    assert letters_in(fonts.FONTS) == fonts.found()


def test_the_letters_of_english_and_spanish_are_there():
    known = letters_in(fonts.FONTS)
    assert {ord(each) for each in map(chr, range(33, 127))} <= known
    assert {ord(each) for each in "áéíóúüñÁÉÍÓÚÜÑ¿¡«»–—’"} <= known
    assert not {0, 0x202E, 0x4E00, 0x2581} & known


def test_what_is_missing_is_plainer_or_a_question_mark_never_nothing():
    assert set_in("5 mg, año", fonts.FONTS) == "5 mg, año"
    assert set_in("e\u0301 x\u0336", fonts.FONTS) == "\u00e9 x"
    assert set_in("\u202e\x00\ta", fonts.FONTS) == "   a"
    assert set_in("\u4e00\U0001f600", fonts.FONTS) == "??"
    assert set_in("\ufb01\u2460", fonts.FONTS).replace("\ufb01", "fi") == "fi1"
    assert all_set_in({"\u4e00": ["\u4e00", 5, None, True]}, fonts.FONTS) == {"\u4e00": ["?", 5, None, True]}


def test_any_letters_make_a_pdf():
    from attrs import evolve

    report = evolve(MADE["trial"], case_id="\u4e00\u05d0\U0001f600e\u0301")
    assert "Trial plan" in " ".join(pages(clinician_document(report)))
