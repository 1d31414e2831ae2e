"""The declared policies: complete, in agreement with themselves, and data only."""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path

import pytest

import medsteward.schedules.policies as package
from medsteward.drugs.index import drugs
from medsteward.errors import UnknownPolicy
from medsteward.model.conditions import CONDITIONS
from medsteward.model.drug import DrugClass
from medsteward.model.source import Standing
from medsteward.schedules.policies import POLICIES, policies_for, policy
from medsteward.schedules.policy import Basis, PolicyStatus, Range

FOLDER = Path(package.__file__).parent
EACH = pytest.mark.parametrize("name", list(POLICIES))


def test_the_policies_there_are():
    assert set(POLICIES) == {
        "humane",
        "cdc_2022_long_term",
        "cdc_2022_shorter",
        "brief_exposure",
        "brief_exposure_days",
        "hhs_2019",
        "va_slowest",
        "va_slower",
        "va_faster",
        "fda_label_ceiling",
        "rxfiles_2018",
        "canada_2010",
        "methadone_label",
        "asam_2025_benzodiazepine",
        "deprescribing_bzra",
        "gabapentinoid_exit",
        "snri_exit",
        "tca_exit",
        "clonidine_ir_exit",
        "clonidine_er_exit",
        "lofexidine_exit",
        "baclofen_exit",
        "ssri_exit",
        "fluoxetine_exit",
        "vortioxetine_exit",
        "bupropion_exit",
        "ng222_exit",
        "carbamazepine_exit",
        "oxcarbazepine_exit",
        "lamotrigine_exit",
        "topiramate_exit",
        "enacarbil_exit",
        "tizanidine_exit",
        "carisoprodol_exit",
        "guanfacine_exit",
        "clonidine_patch_exit",
    }


@pytest.mark.parametrize(
    "module", ["opioids", "opioids_published", "sedatives", "exits", "antidepressants", "anticonvulsants", "places"]
)
def test_declarations_are_data_only(module):
    tree = ast.parse((FOLDER / f"{module}.py").read_text("utf-8"))
    code = (ast.If, ast.IfExp, ast.FunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.comprehension)
    assert [ast.dump(node) for node in ast.walk(tree) if isinstance(node, code)] == []


@EACH
def test_ranges_hold_what_is_asked(name):
    for phase in POLICIES[name].phases:
        if phase.percents is not None:
            assert phase.percent is not None
            assert phase.percents.holds(phase.percent)
        assert phase.days is not None
        assert phase.days.holds(Fraction(phase.every.least_days))
        only = POLICIES[name].intervals_only
        assert only is None or only.holds(Fraction(phase.every.least_days))


@EACH
def test_every_policy_says_where_it_is_from_and_whom_it_is_for(name):
    each = POLICIES[name]
    assert each.sources
    assert each.for_whom
    assert each.not_for
    assert each.pauses
    assert each.bottom
    assert each.follow_up.words
    assert each.ceiling.note
    assert {source.standing for source in each.sources} - {Standing.OURS}, "a policy has a source outside this project"


@EACH
def test_figures_rest_on_sources_of_their_standing(name):
    each = POLICIES[name]
    standings = {source.standing for source in each.sources}
    figures = [phase.standing for phase in each.phases]
    assert {*figures, each.ceiling.standing, each.follow_up.standing} <= standings


@EACH
def test_the_step_asked_at_the_start_is_within_the_ceiling(name):
    each = POLICIES[name]
    for phase in each.phases:
        if phase.percent is None:
            assert dict(phase.amounts).keys() == each.drugs
            if each.ceiling.percent is None:
                assert dict(each.ceiling.amounts).keys() == each.drugs
                assert all(amount <= dict(each.ceiling.amounts)[drug] for drug, amount in phase.amounts)
        else:
            assert each.ceiling.percent is not None
            assert phase.percent <= each.ceiling.percent


@EACH
def test_a_pace_of_the_original_dose_stays_possible_to_its_last_phase(name):
    """The published pace, followed to the end of its first phase, is within the ceiling."""
    each = POLICIES[name]
    for phase, later in zip(each.phases, each.phases[1:], strict=False):
        if phase.basis is Basis.ORIGINAL and phase.percent is not None and each.ceiling.percent is not None:
            share, largest = phase.share, Fraction(0)
            while share > later.share:
                largest = max(largest, phase.percent / share)
                share -= phase.percent / 100
            assert largest <= each.ceiling.percent


@EACH
def test_a_basis_that_the_source_leaves_open_is_named(name):
    for phase in POLICIES[name].phases:
        if "Not stated" in phase.note or "not say of which" in phase.note:
            assert "current" in phase.note or "original" in phase.note


@EACH
def test_what_it_names_exists(name):
    each = POLICIES[name]
    known = drugs()
    assert each.drugs <= set(known)
    assert each.conditions_against <= set(CONDITIONS)
    assert each.conditions_only <= set(CONDITIONS)
    texts = (*each.for_whom, *each.not_for, *each.notes, each.bottom, each.pauses)
    for named in {part for text in texts for part in text.split("`")[1::2]}:
        assert named in POLICIES


@EACH
def test_words_are_kind(name):
    each = POLICIES[name]
    phases = tuple(phase.note for phase in each.phases)
    texts = (each.title, *each.for_whom, *each.not_for, *each.notes, *phases, each.bottom, each.pauses)
    spoken = " ".join((*texts, each.follow_up.words, each.ceiling.note)).casefold()
    for word in ("addict", "abuse", "must", "fail", "detox", "clean", "compliance", "μ", "µ"):
        assert word not in spoken


def test_the_usual_policy():
    usual = {
        DrugClass.OPIOID_FULL_AGONIST: "humane",
        DrugClass.OPIOID_PARTIAL_AGONIST: "humane",
        DrugClass.OPIOID_MIXED: "humane",
        DrugClass.BENZODIAZEPINE: "asam_2025_benzodiazepine",
        DrugClass.Z_DRUG: "deprescribing_bzra",
        DrugClass.SNRI: "snri_exit",
        DrugClass.TCA: "tca_exit",
        DrugClass.SSRI: "ng222_exit",
        DrugClass.ATYPICAL_ANTIDEPRESSANT: "ng222_exit",
    }
    for drug_class, name in usual.items():
        assert policies_for("any", drug_class)[0].id == name
    assert policies_for("naproxen", DrugClass.NSAID_ORAL) == ()


def test_no_superseded_policy_comes_first():
    for each in POLICIES.values():
        for drug_class in each.classes:
            assert policies_for("any", drug_class)[0].status is PolicyStatus.CURRENT


def test_clonidine_goes_by_its_release_and_route():
    def names(**known: str) -> list[str]:
        return [each.id for each in policies_for("clonidine", DrugClass.ALPHA2_AGONIST, **known)]

    assert names() == ["clonidine_ir_exit", "clonidine_er_exit", "clonidine_patch_exit"]
    assert names(release="ER", route="oral") == ["clonidine_er_exit"]
    assert names(release="IR", route="oral") == ["clonidine_ir_exit"]
    assert names(route="transdermal") == ["clonidine_patch_exit"]


def test_the_humane_policy_as_it_is_described():
    humane = policy("humane")
    first, late = humane.phases
    assert (first.percent, first.basis, str(first.every)) == (Fraction(10), Basis.CURRENT, "4 weeks")
    assert (late.share, late.percent, late.basis) == (Fraction(1, 3), Fraction(5), Basis.CURRENT)
    assert humane.ceiling.percent == 10
    assert humane.phase_at(Fraction(1, 3)) is late
    assert humane.phase_at(Fraction(34, 100)) is first
    assert any("cdc_2022_shorter" in text for text in humane.for_whom)


def test_an_unknown_policy_names_those_there_are():
    with pytest.raises(UnknownPolicy, match="did you mean humane"):
        policy("humain")
    with pytest.raises(UnknownPolicy, match="the policies are humane, "):
        policy("?")


@pytest.mark.parametrize(
    ("low", "high"), [(None, None), (Fraction(0), None), (Fraction(3), Fraction(2)), (None, Fraction(-1))]
)
def test_a_range_has_an_end_and_its_ends_in_order(low, high):
    with pytest.raises(ValueError, match="range"):
        Range(low, high)


def test_an_open_range():
    assert Range(None, Fraction(10)).holds(Fraction(1, 100))
    assert not Range(None, Fraction(10)).holds(Fraction(11))
    assert Range(Fraction(28), None).holds(Fraction(400))
    assert not Range(Fraction(28), None).holds(Fraction(27))
