"""Factor tables: every packaged one, each way in which a table can be wrong, and how two are compared."""

from __future__ import annotations

import csv
import re
import shutil
from fractions import Fraction
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from medsteward.errors import BadTable, UnknownTable, UnreadableInput
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.tables import files as table_files
from medsteward.tables.diff import DifferenceKind, diff, same_count
from medsteward.tables.files import data_folder
from medsteward.tables.load import COLUMNS, factor_table, load_table, table_ids
from medsteward.tables.table import Formula, Threshold, factor_for

FOLDER = data_folder("conversion_tables")
IDS = sorted(path.stem for path in FOLDER.glob("*.csv"))
POINTS = [Fraction(n, 2) for n in range(402)] + [
    Fraction(1, 10**9),
    Fraction("20.000001"),
    Fraction(10**6),
]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A copy of the table with bands and blank factors, to break."""
    for end in ("csv", "toml"):
        shutil.copy(FOLDER / f"cdc_2016_clinical.{end}", tmp_path / f"mine.{end}")
    return tmp_path / "mine.csv", tmp_path / "mine.toml"


def test_the_folder_is_the_list():
    assert table_ids() == tuple(IDS)
    assert {path.name for path in FOLDER.iterdir()} == {f"{i}.{end}" for i in IDS for end in ("csv", "toml")}


@pytest.mark.parametrize("table_id", IDS)
def test_a_packaged_table_loads(table_id):
    table = factor_table(table_id)
    assert table.id == table_id
    assert table.title
    assert table.citation
    assert table.checked_on.year >= 2026
    assert all(row.where and row.row.startswith(f"{table_id}.csv row ") for row in table.factors)


@pytest.mark.parametrize("table_id", IDS)
def test_a_packaged_file_is_written_the_usual_way(table_id):
    content = (FOLDER / f"{table_id}.csv").read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert content.isascii()
    assert (FOLDER / f"{table_id}.toml").read_bytes().isascii()
    header, *rows = csv.reader(content.decode().splitlines())
    assert tuple(header) == COLUMNS
    assert rows == sorted(rows, key=lambda cells: (*cells[:4], Fraction(cells[5])))
    assert len(rows) == len(factor_table(table_id).factors)


@pytest.mark.parametrize("table_id", IDS)
def test_one_band_holds_each_dose(table_id):
    for use, bands in factor_table(table_id).uses().items():
        for point in POINTS:
            assert sum(band.holds(point) for band in bands) == 1, (use, point)
            assert factor_for(bands, Amount(point, bands[0].per)).holds(point)


@pytest.mark.parametrize(
    ("dose", "factor"),
    [
        ("0", 4),
        ("0.5", 4),
        ("20", 4),
        ("20.5", 8),
        ("40", 8),
        ("40.5", 10),
        ("60", 10),
        ("60.5", 12),
        ("61", 12),
    ],
)
@pytest.mark.parametrize("table_id", ["cdc_2016_clinical", "cms_2018"])
def test_methadone_has_no_gap(table_id, dose, factor):
    bands = factor_table(table_id).bands("methadone", "oral", "tablet")
    assert factor_for(bands, Amount(Fraction(dose), Unit.MG_PER_D)).value == factor


def test_no_bands_is_no_factor():
    assert factor_table("cdc_2022").bands("levorphanol", "oral", None) == ()
    with pytest.raises(ValueError, match="no bands"):
        factor_for((), Amount(Fraction(1), Unit.MG_PER_D))


def test_quantity_falls_back_to_daily_but_not_to_a_worn_rate():
    table = factor_table("cdc_2022")
    daily = table.bands("oxycodone", "oral", "tablet")
    assert table.bands("oxycodone", "oral", "tablet", Formula.QUANTITY) is daily
    assert table.bands("fentanyl", "transdermal", "patch", Formula.QUANTITY) == ()
    unrated = table.bands("buprenorphine", "transdermal", "patch", Formula.QUANTITY)
    assert [row.value for row in unrated] == [None]


def test_daily_never_falls_back_to_quantity(files):
    csv_path, _ = files
    csv_path.write_text(
        csv_path.read_text().replace("fentanyl,transdermal,patch,daily", "fentanyl,transdermal,patch,quantity")
    )
    table = load_table(*files)
    assert table.bands("fentanyl", "transdermal", "patch") == ()
    assert len(table.bands("fentanyl", "transdermal", "patch", Formula.QUANTITY)) == 1


def test_a_dose_form_goes_before_any_form(files):
    csv_path, _ = files
    csv_path.write_text(csv_path.read_text() + "morphine,oral,lozenge,daily,mg/d,0,,7,made up,ours,\n")
    table = load_table(*files)
    assert [row.value for row in table.bands("morphine", "oral", "lozenge")] == [7]
    assert [row.value for row in table.bands("morphine", "oral", "lozenge", Formula.QUANTITY)] == [7]
    assert [row.value for row in table.bands("morphine", "oral", "tablet")] == [1]
    assert [row.value for row in table.bands("morphine", "oral", None)] == [1]
    assert table.rated_routes("morphine") == (("oral", None), ("oral", "lozenge"))


def test_a_form_is_not_guessed():
    table = factor_table("cdc_2018_analytic")
    assert table.bands("fentanyl", "sublingual", None) == ()
    assert table.rated_routes("fentanyl") == (
        ("buccal", "film"),
        ("buccal", "tablet"),
        ("nasal", "spray"),
        ("sublingual", "spray"),
        ("sublingual", "tablet"),
        ("transdermal", "patch"),
        ("transmucosal oral", "lozenge"),
    )
    assert table.rated_routes("buprenorphine") == ()
    assert table.lists("buprenorphine")
    assert not table.lists("sufentanil")


# Which table: by its id, among those in the folder.


@pytest.mark.parametrize(
    "name", ["cdc_2031", "CDC_2022", "", "../pyproject", "cdc_2022.csv", "/etc/passwd", "cdc_2022\0"]
)
def test_an_unknown_table(name):
    with pytest.raises(UnknownTable) as caught:
        factor_table(name)
    assert caught.value.known == tuple(IDS)


def test_a_table_is_loaded_once():
    assert factor_table("cdc_2022") is factor_table("cdc_2022")


def test_the_packaged_folder_goes_first(tmp_path, monkeypatch):
    package = tmp_path / "medsteward"
    monkeypatch.setattr(table_files, "_PACKAGE", package)
    with pytest.raises(BadTable, match="install medsteward again"):
        data_folder("conversion_tables")
    beside = tmp_path / "data" / "conversion_tables"
    beside.mkdir(parents=True)
    assert data_folder("conversion_tables") == beside
    inside = package / "data" / "conversion_tables"
    inside.mkdir(parents=True)
    assert data_folder("conversion_tables") == inside


# The digest.


def test_the_digest_is_of_both_files(files):
    first = load_table(*files).digest
    assert first.startswith("sha256:")
    assert len(first) == 71
    assert load_table(*files).digest == first
    for path in files:
        before = path.read_bytes()
        path.write_bytes(before + b"\n")
        assert load_table(*files).digest != first
        path.write_bytes(before)
    assert load_table(*files).digest == first


def test_line_ends_do_not_change_a_table(files):
    table = load_table(*files)
    for path in files:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    again = load_table(*files)
    assert (again.digest, again.factors) == (table.digest, table.factors)


def test_a_byte_order_mark_and_the_order_of_rows_do_not_change_the_factors(files):
    table = load_table(*files)
    header, *rows = files[0].read_text().splitlines()
    files[0].write_text("\ufeff" + "\n".join([header, *reversed(rows), ""]), encoding="utf-8")
    assert load_table(*files).factors == table.factors


# What is wrong with a row. The copy's second row is codeine, its sixth to ninth are methadone.

MORPHINE = "morphine,oral,,daily,mg/d,0,,1,"


@pytest.mark.parametrize(
    ("old", "new", "row", "words"),
    [
        ("ingredient,route", "drug,route", 1, "header"),
        ("codeine,oral", "codeine,by mouth", 2, 'unknown route "by mouth"'),
        ("codeine,oral", "codeine,", 2, 'unknown route ""'),
        ("codeine,oral", "codeine, oral", 2, 'unknown route " oral"'),
        ("codeine,oral", "Codeine,oral", 2, "ingredient name"),
        ("codeine,oral", ",oral", 2, "ingredient name"),
        ("codeine,oral,,", "codeine,oral,pill,", 2, 'unknown dose form "pill"'),
        ("codeine,oral,,daily", "codeine,oral,,weekly", 2, 'formula "weekly" is none of daily, quantity'),
        ("codeine,oral,,daily", "codeine,oral,,", 2, "formula is missing"),
        ("codeine,oral,,daily,mg/d", "codeine,oral,,daily,MG/D", 2, 'unknown unit "MG/D"'),
        ("codeine,oral,,daily,mg/d", "codeine,oral,,daily,mL/d", 2, 'unknown unit "mL/d"'),
        ("0.15,Clinical conversion factors,verified", "0.15,,verified", 2, "where is missing"),
        ("0.15,Clinical conversion factors,verified", "0.15,here,", 2, "standing is missing"),
        ("0.15,Clinical conversion factors,verified", "0.15,here,sure", 2, 'standing "sure" is none of'),
        (",0.15,", ",.15,", 2, "factor"),
        (",0.15,", ",1.5e-1,", 2, "factor"),
        (",0.15,", ",-0.15,", 2, "factor"),
        (",0.15,", ",nan,", 2, "factor"),
        (",0.15,", ",0,", 2, "more than 0"),
        (",0.15,", ",,", 2, "needs a note"),
        ("codeine,oral,,daily,mg/d,0", "codeine,oral,,daily,mg/d,", 2, "above"),
        ("codeine,oral,,daily,mg/d,0,,", "codeine,oral,,daily,mg/d,0,ten,", 2, "up_to"),
        ("codeine,oral,,daily,mg/d,0,,", "codeine,oral,,daily,mg/d,0,0,", 2, "ends above where it starts"),
        ("codeine,oral,,daily,mg/d,0,,", "codeine,oral,,daily,mg/d,0,90,", 2, "leave its up_to blank"),
        ("codeine,oral,,daily,mg/d,0,,", "codeine,oral,,daily,mg/d,1,,", 2, "must start above 0"),
        ("methadone,oral,,daily,mg/d,20,40", "methadone,oral,,daily,mg/d,21,40", 7, "does not follow"),
        ("methadone,oral,,daily,mg/d,20,40", "methadone,oral,,daily,mg/d,19,40", 7, "does not follow"),
        ("methadone,oral,,daily,mg/d,20,40", "methadone,oral,,daily,mcg/d,20,40", 7, "two units"),
        ("methadone,oral,,daily,mg/d,40,60", "methadone,oral,,daily,mg/d,40,", 9, "has no end"),
        ("methadone,oral,,daily,mg/d,60,,", "methadone,oral,,daily,mg/d,60,80,", 9, "leave its up_to blank"),
        ("hydrocodone,oral,,daily,mg/d,0,,1", "codeine,oral,,daily,mg/d,0,,1", 4, "second row"),
        (MORPHINE, MORPHINE + "1,", 10, "12 cells instead of 11"),
        (MORPHINE, '"morphine,oral,,', 14, "not a readable CSV row"),
    ],
)
def test_a_broken_row_is_named(files, old, new, row, words):
    csv_path, _ = files
    text = csv_path.read_text()
    assert text.count(old) == 1
    csv_path.write_text(text.replace(old, new))
    with pytest.raises(BadTable) as caught:
        load_table(*files)
    assert caught.value.where == f"mine.csv row {row}"
    assert words in caught.value.what


@pytest.mark.parametrize(
    ("content", "where", "words"),
    [
        (b"", "mine.csv row 1", "header"),
        (",".join(COLUMNS).encode() + b"\n\n", "mine.csv", "no rows"),
        (b"\xff\xfe", "mine.csv", "not UTF-8"),
    ],
)
def test_a_broken_csv_file(files, content, where, words):
    files[0].write_bytes(content)
    with pytest.raises(BadTable, match=words) as caught:
        load_table(*files)
    assert caught.value.where == where


# What is wrong with the other file.


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "cdc_2016_clinical"', 'id = "../mine"', "an id is"),
        ('id = "cdc_2016_clinical"', "", "id is missing"),
        ('id = "cdc_2016_clinical"', "id = ", "TOML"),
        ("year = 2016", "year = true", "year"),
        ("year = 2016", 'year = "2016"', "year"),
        ("year = 2016", "yeer = 2016", "unknown field yeer"),
        ('status = "superseded"', 'status = "old"', 'status "old" is none of current, superseded, research'),
        ('status = "superseded"', "", "status is missing"),
        ('doi = "', 'doi = 1 # "', "doi is not text"),
        ("checked_on = 2026-11-23", 'checked_on = "2026-11-23"', "checked_on"),
        ("checked_on = 2026-11-23", "checked_on = 2026-11-23T08:00:00", "checked_on"),
        ("checked_on = 2026-11-23", "", "checked_on is missing"),
        ("not_for = [", "not_for = [1,", "not_for is not a list of sentences"),
        ("at = 90", "at = 90.5", "whole number"),
        ("at = 90", "at = true", "whole number"),
        ("at = 90", "at = 0", "above 0"),
        ("at = 90", "att = 90", "exactly at, where and text"),
        ("at = 90", "at = 90\nunit = 1", "exactly at, where and text"),
    ],
)
def test_a_broken_citation_is_named(files, old, new, words):
    _, toml_path = files
    text = toml_path.read_text()
    assert text.count(old) == 1
    toml_path.write_text(text.replace(old, new))
    with pytest.raises(BadTable) as caught:
        load_table(*files)
    assert caught.value.where == "mine.toml"
    assert words in caught.value.what


@pytest.mark.parametrize("left", ["", "not_for = []\n"])
def test_a_table_says_what_it_is_not_for(files, left):
    _, toml_path = files
    toml_path.write_text(re.sub(r"not_for = \[.*?\n\]\n", left, toml_path.read_text(), flags=re.DOTALL))
    with pytest.raises(BadTable, match="not_for is empty") as caught:
        load_table(*files)
    assert caught.value.where == "mine.toml"


def test_thresholds_are_tables(files):
    _, toml_path = files
    toml_path.write_text(toml_path.read_text().partition("[[thresholds]]")[0] + "thresholds = [50]\n")
    with pytest.raises(BadTable, match="at, where and text"):
        load_table(*files)


def test_a_file_that_is_not_there(files):
    files[1].unlink()
    with pytest.raises(UnreadableInput, match="cannot be read"):
        load_table(*files)


# Values made in a program keep the same promises.


def test_a_factor_is_exact_and_frozen():
    row = factor_table("cdc_2022").bands("oxycodone", "oral", None)[0]
    for change in ({"value": 1.5}, {"above": 0}, {"up_to": 90.0}):
        with pytest.raises(TypeError):
            evolve(row, **change)
    with pytest.raises(FrozenInstanceError):
        row.value = Fraction(2)  # type: ignore[misc]
    with pytest.raises(BadTable, match=r"oxycodone oral daily: .*starts at 0 or above"):
        evolve(row, above=Fraction(-1), row="")
    with pytest.raises(BadTable, match="not per"):
        evolve(row, per=Unit.MG)


ROUTES_IN_WORDS = "oral, sublingual, buccal, transmucosal oral, nasal, transdermal, rectal, parenteral"


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        (
            {"ingredient": "Oxycodone"},
            "Oxycodone oral daily",
            '"Oxycodone" is no ingredient name; write it in plain lower case, as in codeine',
        ),
        (
            {"route": "by mouth"},
            "oxycodone by mouth daily",
            f'unknown route "by mouth"; the routes are {ROUTES_IN_WORDS}',
        ),
        (
            {"dose_form": "pill"},
            "oxycodone oral pill daily",
            'unknown dose form "pill"; leave it blank or write tablet, film, lozenge, spray, patch, suppository',
        ),
        (
            {"per": Unit.MG},
            "oxycodone oral daily",
            'a factor is not per "mg"; the units are mg/d, mcg/d, mcg/h',
        ),
        ({"above": Fraction(-1)}, "oxycodone oral daily", "a band starts at 0 or above"),
        ({"up_to": Fraction(0)}, "oxycodone oral daily", "a band ends above where it starts"),
        (
            {"value": Fraction(0)},
            "oxycodone oral daily",
            "a factor is more than 0; for a drug without one leave it blank and say why in note",
        ),
        ({"where": ""}, "oxycodone oral daily", "where is missing; name the place in the source"),
        ({"value": None}, "oxycodone oral daily", "a row without a factor needs a note that says why"),
        # the use is named with its form and formula
        (
            {"dose_form": "tablet", "formula": Formula.QUANTITY, "where": ""},
            "oxycodone oral tablet quantity",
            "where is missing; name the place in the source",
        ),
    ],
)
def test_a_factor_that_cannot_be_says_why(change, where, what):
    (row,) = factor_table("cdc_2022").bands("oxycodone", "oral", None)
    with pytest.raises(BadTable) as caught:
        evolve(row, row="", **change)
    assert (caught.value.where, caught.value.what) == (where, what)


def test_a_table_made_in_a_program_names_itself_and_the_use_of_a_broken_band():
    table = factor_table("cdc_2022")
    (row,) = table.bands("oxycodone", "oral", None)
    with pytest.raises(BadTable) as caught:
        evolve(table, factors=(evolve(row, row="", dose_form="tablet", above=Fraction(10)),))
    assert caught.value.where == "cdc_2022"
    assert caught.value.what == "oxycodone oral tablet daily: the first band starts above 10; it must start above 0"


@pytest.mark.parametrize("at", ["0.5", "1", "50"])
def test_a_threshold_is_at_any_number_above_0(at):
    assert Threshold(Fraction(at), "here", "pause").at == Fraction(at)


@pytest.mark.parametrize(
    ("at", "where", "text"), [("0", "here", "pause"), ("-1", "here", "pause"), ("50", "", "pause"), ("50", "here", "")]
)
def test_a_threshold_that_cannot_be_says_why(at, where, text):
    with pytest.raises(BadTable) as caught:
        Threshold(Fraction(at), where, text)
    assert caught.value.where == "threshold"
    assert caught.value.what == "a threshold needs a number above 0, its place in the source and its words"


def test_a_table_needs_rows_and_thresholds_need_words():
    with pytest.raises(BadTable, match="no rows"):
        evolve(factor_table("cdc_2022"), factors=())
    with pytest.raises(BadTable, match="threshold"):
        Threshold(Fraction(50), "", "pause")
    with pytest.raises(TypeError):
        Threshold(50, "here", "pause")  # type: ignore[arg-type]


# Comparing two tables.

PAIRS = list(combinations_with_replacement(IDS, 2))


@pytest.mark.parametrize("table_id", IDS)
def test_a_table_does_not_differ_from_itself(table_id):
    table = factor_table(table_id)
    assert diff(table, table) == ()
    assert same_count(table, table) == len(table.uses())


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_comparison_works_both_ways_and_leaves_nothing_out(one, other):
    a, b = factor_table(one), factor_table(other)
    differences = diff(a, b)
    assert diff(b, a) == tuple(difference.swapped for difference in differences)
    assert same_count(a, b) == same_count(b, a)
    assert len(differences) + same_count(a, b) == len(a.uses().keys() | b.uses().keys())


def test_what_changed_in_2022():
    found = {
        (d.ingredient, d.route, d.dose_form): d
        for d in diff(factor_table("cdc_2016_clinical"), factor_table("cdc_2022"))
    }
    assert {use: d.kind for use, d in found.items()} == {
        ("buprenorphine", "buccal", "film"): DifferenceKind.ONLY_IN_B,
        ("buprenorphine", "sublingual", None): DifferenceKind.ONLY_IN_B,
        ("buprenorphine", "transdermal", "patch"): DifferenceKind.ONLY_IN_B,
        ("hydromorphone", "oral", None): DifferenceKind.FACTOR,
        ("methadone", "oral", None): DifferenceKind.FACTOR,
        ("tapentadol", "oral", None): DifferenceKind.FACTOR,
        ("tramadol", "oral", None): DifferenceKind.FACTOR,
    }
    methadone = found["methadone", "oral", None]
    assert [row.value for row in methadone.a] == [4, 8, 10, 12]
    assert [row.value for row in methadone.b] == [Fraction("4.7")]
    assert found["buprenorphine", "sublingual", None].a == ()


def test_a_factor_per_mg_and_one_per_mcg_differ_in_unit(files):
    before = load_table(*files)
    files[0].write_text(
        files[0].read_text().replace("codeine,oral,,daily,mg/d,0,,0.15", "codeine,oral,,daily,mcg/d,0,,0.15")
    )
    (difference,) = diff(before, load_table(*files))
    assert difference.kind is DifferenceKind.UNIT
    assert difference.swapped.kind is DifferenceKind.UNIT


def test_notes_and_standing_are_not_compared(files):
    before = load_table(*files)
    files[0].write_text(
        files[0].read_text().replace("0.15,Clinical conversion factors,verified,", "0.15,elsewhere,ours,x")
    )
    after = load_table(*files)
    assert after != before
    assert diff(before, after) == ()
