"""The data of dose limits, how they load, and which of them holds."""

from __future__ import annotations

import shutil
from fractions import Fraction

import pytest

from medsteward.errors import BadTable
from medsteward.limits.limit import LimitKind, Strictness
from medsteward.limits.load import COLUMNS, FOLDER, dose_limits, load_limits
from medsteward.limits.population import NotRead, population
from medsteward.model.source import Standing
from medsteward.tables.files import data_folder
from tests.build import there
from tests.spec.check_language import case_of

SETS = [path.stem for path in sorted(data_folder(FOLDER).glob("*.csv"))]


def test_every_set_is_loaded():
    assert [each.id for each in dose_limits().sets] == SETS
    assert len(dose_limits().rows) >= 700
    for each in SETS:
        folder = data_folder(FOLDER)
        assert load_limits(folder / f"{each}.csv", folder / f"{each}.toml").limits, "every drug of it is known"


@pytest.mark.parametrize("row", dose_limits().rows, ids=lambda row: row.id)
def test_a_row_says_what_it_limits(row):
    assert str(row)
    assert "None" not in f"{row} {row.subject} {row.population or ''}"
    if row.is_labelled_maximum:
        assert row.strictness is Strictness.LABEL_MAXIMUM
        assert row.standing in (Standing.VERIFIED, Standing.SECONDARY)
    assert row.source.citation


@pytest.mark.parametrize(
    ("words", "regimen", "expected"),
    [
        ("age>75", "naproxen [age 75]", True),
        ("age>75", "naproxen [age 74]", False),
        ("age>75", "naproxen", None),
        ("crcl 30-59", "naproxen [crcl 59.9]", True),
        ("crcl 30-59", "naproxen [crcl 60]", False),
        ("crcl<30 or child_pugh C", "naproxen [crcl 40; liver disease]", None),
        ("crcl<30 or child_pugh C", "naproxen [crcl 20]", True),
        ("age>=65 and (with warfarin or with a benzodiazepine)", "naproxen + warfarin [age 70]", True),
        ("age>=65 and (with warfarin or with a benzodiazepine)", "naproxen + ibuprofen [age 70]", False),
        ("pregnant weeks<20", "naproxen [pregnant; weeks 12]", True),
        ("pregnant weeks<20", "naproxen [pregnant]", None),
        ("pregnant weeks unknown", "naproxen [pregnant]", True),
        ("with an MAO inhibitor within 14 d", "phenelzine to 2026-02-20 + naproxen", True),
        ("with an MAO inhibitor within 14 d", "phenelzine to 2026-02-10 + naproxen", False),
        ("weight<50", "naproxen [weight 50]", False),
        ("self_care", "naproxen", None),
    ],
)
def test_whom_a_row_is_for(words, regimen, expected):
    from medsteward.patient.picture import Picture

    picture = Picture(case_of(regimen))
    clause = there(population(words))
    assert clause.test(picture, picture.every) is expected


@pytest.mark.parametrize("words", ["renal", "age>=65 and", "(age>=65", "crcl about 30", "with unobtainium", "age<=65"])
def test_other_words_are_refused(words):
    with pytest.raises(NotRead):
        population(words)


@pytest.fixture
def files(tmp_path):
    for kind in ("csv", "toml"):
        shutil.copy(data_folder(FOLDER) / f"{SETS[0]}.{kind}", tmp_path)
    return tmp_path / f"{SETS[0]}.csv", tmp_path / f"{SETS[0]}.toml"


ROW = "DL-NAPROXEN-99,naproxen,oral,,,,,,,max_daily,5,mg/d,label maximum,recalled,OURS,a place,US,"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("naproxen,oral", "naproxyn,oral", "no drug that medsteward knows"),
        (",oral,", ",by mouth,", "unknown route"),
        ("max_daily", "maximum", 'kind "maximum" is none of'),
        (",5,", ",,", "max_daily needs a value"),
        (",5,", ",5-3,", "a range rises"),
        (",mg/d,", ",mg a day,", "unknown unit"),
        ("recalled,OURS", "verified,OURS", "nothing taken from it is verified"),
        ("OURS", "NOBODY", "there is no work NOBODY"),
        (",US,", ",XX,", "unknown region"),
        ("DL-NAPROXEN-99", "NAPROXEN", "no id of a limit"),
    ],
)
def test_a_row_that_breaks_the_format_is_refused_by_its_place(files, old, new, said):
    csv_path, toml_path = files
    row = ROW.replace("recalled,OURS", "ours,OURS") if "recalled" not in old else ROW
    csv_path.write_text(f"{','.join(COLUMNS)}\n{row.replace(old, new, 1)}\n", encoding="utf-8")
    with pytest.raises(BadTable, match=said) as caught:
        load_limits(csv_path, toml_path)
    assert "row 2" in str(caught.value)


def test_a_ceiling_without_a_figure_says_so():
    row = dose_limits().by_id["DL-BUPRENORPHINE-20"]
    assert row.kind is LimitKind.NO_LABEL_MAXIMUM
    assert row.low is None
    assert str(row) == "the label names no maximum"


def test_a_gabapentin_row_tells_its_figure():
    row = dose_limits().by_id["DL-GABAPENTIN-04"]
    assert (row.low, str(row)) == (Fraction(1400), "at most 1,400 mg/d")
