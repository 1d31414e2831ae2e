"""Clinical scales at their boundaries: totals, bands, and values that are refused."""

from __future__ import annotations

from fractions import Fraction

import pytest

from medsteward.model.source import Standing
from medsteward.scales.declared import SCALES
from medsteward.scales.score import items_of, near_scales, scale_ids, score
from tests.build import codes

COWS_MAXIMA = {
    "pulse": 4,
    "sweating": 4,
    "restlessness": 5,
    "pupils": 5,
    "aches": 4,
    "nose_and_tears": 4,
    "gut": 5,
    "tremor": 4,
    "yawning": 4,
    "anxiety": 4,
    "gooseflesh": 5,
}
COWS_NONE = dict.fromkeys(COWS_MAXIMA, 0)


def cows(**items):
    return score("cows", {**COWS_NONE, **items})


# --- COWS -------------------------------------------------------------------------------------------------------


def test_cows_ends_at_48():
    assert score("cows", COWS_MAXIMA).total == 48
    assert score("cows", COWS_NONE).total == 0


@pytest.mark.parametrize(
    ("items", "total", "band"),
    [
        ({}, 0, "none or minimal"),
        ({"pulse": 4}, 4, "none or minimal"),
        ({"restlessness": 5}, 5, "mild"),
        ({"restlessness": 5, "pupils": 5, "pulse": 2}, 12, "mild"),
        ({"restlessness": 5, "pupils": 5, "sweating": 3}, 13, "moderate"),
        ({"restlessness": 5, "pupils": 5, "gut": 5, "gooseflesh": 5, "pulse": 4}, 24, "moderate"),
        (
            {"restlessness": 5, "pupils": 5, "gut": 5, "gooseflesh": 5, "pulse": 4, "sweating": 1},
            25,
            "moderately severe",
        ),
        ({**COWS_MAXIMA, "pulse": 0, "sweating": 0, "tremor": 0}, 36, "moderately severe"),
        ({**COWS_MAXIMA, "pulse": 1, "sweating": 0, "tremor": 0}, 37, "severe"),
        (COWS_MAXIMA, 48, "severe"),
    ],
)
def test_cows_bands(items, total, band):
    report = cows(**items)
    assert (report.total, report.band) == (total, band)


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("pulse", 3),
        ("pulse", 5),
        ("restlessness", 2),
        ("restlessness", 4),
        ("pupils", 3),
        ("pupils", 4),
        ("aches", 3),
        ("nose_and_tears", 3),
        ("gut", 4),
        ("tremor", 3),
        ("yawning", 3),
        ("anxiety", 3),
        ("gooseflesh", 1),
        ("gooseflesh", 4),
        ("sweating", 5),
        ("sweating", -1),
    ],
)
def test_cows_refuses_values_outside_the_list(item, value):
    report = cows(**{item: value})
    assert codes(report) == ["SCALE-001"]
    assert report.total is None
    assert report.band is None
    assert report.exit_code == 3


def test_a_missing_item_gives_no_total():
    report = score("cows", {name: 0 for name in COWS_MAXIMA if name != "pupils"})
    assert codes(report) == ["SCALE-002"]
    assert report.total is None
    assert report.exit_code == 4
    assert "pupils" in report.problems[0].text


def test_an_unknown_item_is_named_with_suggestions():
    report = score("cows", {**COWS_NONE, "pupil": 0})
    assert codes(report) == ["SCALE-003"]
    assert "pupils" in report.problems[0].suggestions


# --- SOWS -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "none"),
        (1, "mild"),
        (10, "mild"),
        (11, "moderate"),
        (20, "moderate"),
        (21, "severe"),
        (31, "severe"),
        (64, "severe"),
    ],
)
def test_sows_bands_and_the_gap_above_30(total, band):
    names = [item.name for item in items_of("sows")]
    assert len(names) == 16
    values = {name: min(4, max(0, total - 4 * place)) for place, name in enumerate(names)}
    report = score("sows", values)
    assert (report.total, report.band) == (total, band)


def test_the_band_above_the_published_ones_is_ours():
    report = score("sows", {item.name: 4 for item in items_of("sows")})
    assert report.band_source is not None
    assert report.band_source.standing is Standing.OURS


# --- PEG, BFI ---------------------------------------------------------------------------------------------------


def test_peg_is_the_exact_mean_of_three():
    report = score("peg", {"pain": 7, "enjoyment": 6, "general_activity": 6})
    assert report.total == Fraction(19, 3)


@pytest.mark.parametrize(("value", "refused"), [(0, False), (10, False), (11, True), (-1, True)])
def test_peg_items_run_from_0_to_10(value, refused):
    report = score("peg", {"pain": value, "enjoyment": 0, "general_activity": 0})
    assert bool(report.problems) is refused


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [(10, 7, True), (10, 8, False), (10, 10, False), (5, 8, False), (0, 0, False)],
)
def test_peg_counts_from_30_percent(before, after, counts):
    report = score("peg", {"pain": after, "enjoyment": after, "general_activity": after, "before": before})
    assert report.change is not None
    assert report.change.counts is counts


@pytest.mark.parametrize(
    ("each", "band"),
    [
        ("28.8", "not above the cut-off"),
        ("28.9", "constipation"),
        ("0", "not above the cut-off"),
        ("100", "constipation"),
    ],
)
def test_bfi_cut_off_is_above_28_8(each, band):
    report = score("bfi", dict.fromkeys(("ease", "incomplete", "judgement"), Fraction(each)))
    assert report.total == Fraction(each)
    assert report.band == band


@pytest.mark.parametrize(("after", "counts"), [(38, True), (39, False)])
def test_bfi_change_of_12(after, counts):
    report = score("bfi", {"ease": after, "incomplete": after, "judgement": after, "before": 50})
    assert report.change is not None
    assert report.change.counts is counts
    assert report.change.sources[0].standing is Standing.RECALLED


# --- ORT, ORT-OUD -----------------------------------------------------------------------------------------------


def ort(male, **items):
    return score("ort", {**{item.name: 0 for item in items_of("ort")}, "male": male, **items})


@pytest.mark.parametrize("male", [0, 1])
def test_ort_ends_at_26_for_each_sex(male):
    assert ort(male, **{item.name: 1 for item in items_of("ort") if item.name != "male"}).total == 26


@pytest.mark.parametrize(
    ("item", "female", "male"),
    [
        ("family_alcohol", 1, 3),
        ("family_illegal", 2, 3),
        ("family_prescription", 4, 4),
        ("personal_alcohol", 3, 3),
        ("personal_illegal", 4, 4),
        ("personal_prescription", 5, 5),
        ("age_16_to_45", 1, 1),
        ("preadolescent_sexual_abuse", 3, 0),
        ("attention_bipolar_schizophrenia", 2, 2),
        ("depression", 1, 1),
    ],
)
def test_ort_points(item, female, male):
    assert (ort(0, **{item: 1}).total, ort(1, **{item: 1}).total) == (female, male)


@pytest.mark.parametrize(
    ("items", "total", "band"),
    [
        ({"personal_alcohol": 1}, 3, "low"),
        ({"personal_illegal": 1}, 4, "moderate"),
        ({"personal_alcohol": 1, "personal_illegal": 1}, 7, "moderate"),
        ({"personal_alcohol": 1, "personal_prescription": 1}, 8, "high"),
    ],
)
def test_ort_bands(items, total, band):
    report = ort(1, **items)
    assert (report.total, report.band) == (total, band)


@pytest.mark.parametrize(("count", "band"), [(0, "low"), (2, "low"), (3, "high"), (9, "high")])
def test_ort_oud_is_unweighted_with_nine_items(count, band):
    names = [item.name for item in items_of("ort-oud")]
    assert len(names) == 9
    assert "preadolescent_sexual_abuse" not in names
    report = score("ort_oud", {name: int(place < count) for place, name in enumerate(names)})
    assert (report.total, report.band) == (count, band)


def test_ort_oud_is_listed_before_ort():
    assert scale_ids().index("ort-oud") < scale_ids().index("ort")


# --- STOP-BANG --------------------------------------------------------------------------------------------------

NOBODY = {"s": 0, "t": 0, "o": 0, "p": 0, "bmi": 25, "age": 40, "neck_cm": 36, "male": 0}


@pytest.mark.parametrize(
    ("items", "total", "band"),
    [
        ({}, 0, "low"),
        ({"bmi": 35}, 0, "low"),
        ({"bmi": Fraction("35.1")}, 1, "low"),
        ({"age": 50}, 0, "low"),
        ({"age": 51}, 1, "low"),
        ({"neck_cm": 40}, 0, "low"),
        ({"neck_cm": Fraction("40.5")}, 1, "low"),
        ({"s": 1, "t": 1}, 2, "low"),
        ({"s": 1, "t": 1, "o": 1}, 3, "intermediate"),
        ({"s": 1, "t": 1, "o": 1, "p": 1}, 4, "intermediate"),
        ({"s": 1, "t": 1, "o": 1, "p": 1, "age": 51}, 5, "high"),
        ({"s": 1, "t": 1, "male": 1}, 3, "high"),
        ({"s": 1, "male": 1, "age": 51}, 3, "intermediate"),
        ({"s": 1, "t": 1, "bmi": 36}, 3, "high"),
        ({"s": 1, "t": 1, "neck_cm": 41}, 3, "high"),
        ({"s": 1, "t": 1, "neck_cm": Fraction("40.9")}, 3, "intermediate"),
        ({"s": 1, "t": 1, "o": 1, "p": 1, "bmi": 36, "age": 51, "neck_cm": 43, "male": 1}, 8, "high"),
    ],
)
def test_stop_bang(items, total, band):
    report = score("stop-bang", {**NOBODY, **items})
    assert (report.total, report.band) == (total, band)


@pytest.mark.parametrize(
    ("total", "band"), [(0, "low"), (2, "low"), (3, "intermediate"), (4, "intermediate"), (5, "high")]
)
def test_stop_bang_from_its_total(total, band):
    assert score("stop-bang", {"total": total}).band == band


@pytest.mark.parametrize("total", [-1, 9, Fraction(1, 2)])
def test_stop_bang_total_outside_0_to_8_is_refused(total):
    assert codes(score("stop-bang", {"total": total})) == ["SCALE-001"]


def test_stop_bang_ships_letters_only():
    assert [item.about for item in items_of("stop-bang")[:4]] == ["S", "T", "O", "P"]


# --- changes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scale", "variant", "before", "after", "counts"),
    [
        ("odi", None, 50, 40, True),  # 10 points
        ("odi", None, 50, 41, False),
        ("odi", None, 20, 14, True),  # 30 %, though 6 points
        ("odi", None, 20, 15, False),
        ("odi", None, 40, 50, False),  # worse
        ("ndi", "50", 30, 20, True),
        ("ndi", "50", 30, 21, False),
        ("ndi", "100", 60, 41, True),
        ("ndi", "100", 60, 42, False),
        ("6mwt", None, 300, 379, True),  # the important change is 74.3 m, the error 79 m: both must be reached
        ("6mwt", None, 300, 378, False),
        ("6mwt", "hip", 300, 400, None),  # above the error, no important change known
        ("6mwt", "hip", 300, 381, False),
        ("6mwt", None, 400, 300, False),
        ("tug", None, 14, 12, None),
        ("tug", None, 14, 13, False),
        ("tug", "hip", 14, 12, True),
        ("tug", "hip", 14, 13, False),
        ("tug", "severe hip", 20, 10, None),
        ("tug", "severe knee", 20, 14, False),
    ],
)
def test_a_change_is_held_against_what_counts(scale, variant, before, after, counts):
    report = score(scale, {"before": before, "after": after}, variant=variant)
    assert not report.problems
    assert report.change is not None
    assert report.change.counts is counts


def test_the_neck_index_needs_its_base():
    report = score("ndi", {"before": 30, "after": 20})
    assert codes(report) == ["SCALE-002"]
    assert report.total is None


def test_the_neck_index_of_50_refuses_a_score_of_60():
    assert codes(score("ndi", {"before": 60, "after": 20}, variant="50")) == ["SCALE-001"]


@pytest.mark.parametrize("variant", ["30", "shoulder"])
def test_an_unknown_base_is_refused(variant):
    assert codes(score("ndi", {"before": 30, "after": 20}, variant=variant)) == ["SCALE-001"]


# --- all of them ------------------------------------------------------------------------------------------------


def test_scales_that_are_not_shipped():
    assert not {"soapp-r", "comm", "riosord", "ciwa-ar"} & set(scale_ids())


def test_an_unknown_scale_is_a_problem_with_suggestions():
    report = score("cow", {})
    assert codes(report) == ["SCALE-003"]
    assert "cows" in report.problems[0].suggestions
    assert "stop-bang" in near_scales("STOPBANG")


def test_floats_count_by_their_decimal_and_quotients_are_refused():
    assert score("peg", {"pain": 6.0, "enjoyment": 0.0, "general_activity": 0}).total == 2
    with pytest.raises(TypeError, match="round it"):
        score("peg", {"pain": 20 / 3, "enjoyment": 0, "general_activity": 0})


@pytest.mark.parametrize("scale", SCALES.values(), ids=lambda scale: scale.id)
def test_the_ends_of_each_scale_are_those_of_its_items(scale):
    if scale.id in ("ort", "stop-bang"):
        return
    highest = [max(item.allowed) if item.allowed else item.high for item in scale.items]
    total = sum(highest, Fraction(0))
    assert (total / len(highest) if scale.mean else total) == scale.high
