"""The letters that our fonts have, and text set in them."""

from __future__ import annotations

from pathlib import Path

from medsteward.writers import typst_pages
from medsteward.writers.letters import all_set_in, letters_of, set_in
from medsteward.writers.plan_pdf import clinician_document
from tests.unit.test_card import MADE
from tests.unit.test_card_pdf import pages

FONTS = Path(typst_pages.__file__).parent / "fonts"
REGULAR, BOLD = (FONTS / f"AtkinsonHyperlegibleNext-{name}.ttf" for name in ("Regular", "Bold"))


def test_both_fonts_have_the_letters_of_english_and_spanish_and_the_same_ones():
    known = letters_of(REGULAR)
    assert known == letters_of(BOLD)
    assert {ord(each) for each in map(chr, range(33, 127))} <= known
    assert {ord(each) for each in "áéíóúüñÁÉÍÓÚÜÑ¿¡«»–—’"} <= known
    assert not {0, 0x202E, 0x4E00, 0x2581} & known


def test_what_is_missing_is_plainer_or_a_question_mark_never_nothing():
    assert set_in("5 mg, año", REGULAR) == "5 mg, año"
    assert set_in("e\u0301 x\u0336", REGULAR) == "\u00e9 x"
    assert set_in("\u202e\x00\ta", REGULAR) == "   a"
    assert set_in("\u4e00\U0001f600", REGULAR) == "??"
    assert set_in("\ufb01\u2460", REGULAR).replace("\ufb01", "fi") == "fi1"
    assert all_set_in({"\u4e00": ["\u4e00", 5, None, True]}, REGULAR) == {"\u4e00": ["?", 5, None, True]}


def test_any_letters_make_a_pdf():
    from attrs import evolve

    report = evolve(MADE["trial"], case_id="\u4e00\u05d0\U0001f600e\u0301")
    assert "Trial plan" in " ".join(pages(clinician_document(report)))
