"""National Drug Codes in the ways they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.model.ndc import read_ndc


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("0574-4072-05", "00574407205"),
        ("51655-089-52", "51655008952"),
        ("58118-1397-3", "58118139703"),
        ("00574-4072-05", "00574407205"),
        ("00574407205", "00574407205"),
        (" 00054017613 ", "00054017613"),
        ("*0574-4072-05", "00574407205"),
        ("51655-*089-52", "51655008952"),
        ("58118-1397-*3", "58118139703"),
        ("*0574407205", "00574407205"),
        ("51655*08952", "51655008952"),
        ("581181397*3", "58118139703"),
        ("000574407205", "00574407205"),
        ("000574-4072-05", "00574407205"),
    ],
)
def test_a_code_is_eleven_digits(written, code):
    found = read_ndc(written)
    assert (found.code, found.filled, found.wrong) == (code, False, "")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("574-4072-5", "00574407205"),
        ("54017613", "00054017613"),
        ("2322730", "00002322730"),
        ("2-3227-30", "00002322730"),
    ],
)
def test_dropped_zeros_are_filled_and_said(written, code):
    found = read_ndc(written)
    assert (found.code, found.filled) == (code, True)


def test_ten_digits_without_hyphens_are_refused_with_what_they_could_be():
    found = read_ndc("0574407205")
    assert found.code is None
    assert found.candidates == ("00574407205", "05744007205", "05744072005")
    for candidate in found.candidates:
        assert read_ndc(candidate).code == candidate
    assert read_ndc("574407205").candidates == ("00574407205",)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "abc",
        "0574-4072",
        "0574-4072-05-1",
        "157440720511",
        "123456",
        "0" * 50,
        "0574_4072_05",
        "05*4-4072-05",
        "0574407*205",
        "00000-1234-56",
        "123456-1234-12",
        "".join(chr(0x660 + int(digit)) if digit.isdigit() else digit for digit in "0574-4072-05"),  # Arabic digits
        "1234567890123",
        "-5-1-1",
        "5.7e10",
    ],
)
def test_what_is_no_code_is_refused(written):
    found = read_ndc(written)
    assert found.code is None
    assert found.wrong


@given(st.integers(2, 99999), st.integers(0, 9999), st.integers(0, 99))
def test_every_way_of_writing_a_code_gives_it(labeler, product, package):
    code = f"{labeler:05}{product:04}{package:02}"
    ways = [code, f"{code[:5]}-{code[5:9]}-{code[9:]}", f"0{code}", f"{labeler}-{product}-{package}"]
    if code[0] == "0":
        ways += [f"{code[1:5]}-{code[5:9]}-{code[9:]}", f"*{code[1:]}"]
    if code[5] == "0":
        ways += [f"{code[:5]}-{code[6:9]}-{code[9:]}"]
    if code[9] == "0":
        ways += [f"{code[:5]}-{code[5:9]}-{code[10:]}"]
    for way in ways:
        assert read_ndc(way).code == code
    # ten digits: one zero lost, and the code is among what it could be
    for at in (0, 5, 9):
        if code[at] == "0":
            found = read_ndc(code[:at] + code[at + 1 :])
            assert found.code is None
            assert code in found.candidates


@given(st.text(max_size=60))
def test_nothing_raises(text):
    found = read_ndc(text)
    assert (found.code is None) == bool(found.wrong)
    assert found.code is None or (len(found.code) == 11 and found.code.isdigit())
