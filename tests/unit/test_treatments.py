"""What a declaration of a treatment is refused for, and what every treatment has."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from medsteward.bibliography import OURS
from medsteward.drugs.index import drugs
from medsteward.treatments import index
from medsteward.treatments.declared.antidepressants import DULOXETINE
from medsteward.treatments.index import OPTIONS, TREATMENT_OF_TRIAL, TREATMENTS, TRIALS
from medsteward.treatments.pain import PainKind
from medsteward.treatments.symptoms import Symptom
from medsteward.treatments.treatment import ForPain, Treatment
from medsteward.treatments.trial import TrialDrug, Undosed

FACT = (("10 mg daily", OURS),)


def test_a_treatment_for_nothing_is_refused():
    with pytest.raises(ValueError, match='treatment "x" is for nothing'):
        Treatment("x", "x", ("duloxetine",))


@pytest.mark.parametrize("left_out", ["first", "ceiling"])
def test_a_treatment_for_pain_needs_doses(left_out):
    doses: dict[str, Any] = {"first": FACT, "ceiling": FACT, left_out: ()}
    with pytest.raises(ValueError, match='treatment "x" is for pain without doses'):
        Treatment("x", "x", (), for_pain=(ForPain(PainKind.CRPS, 10, "why", OURS),), **doses)


def test_two_of_one_place_are_refused(monkeypatch):
    twin = evolve(DULOXETINE, id="twin", trials=())
    monkeypatch.setattr(index, "TREATMENTS", (*TREATMENTS, twin))
    with pytest.raises(ValueError, match="CRPS pain: 10 stands twice"):
        index._options(PainKind.CRPS)


def test_every_kind_of_pain_but_migraine_has_options_and_every_symptom_a_remedy():
    assert [kind for kind in PainKind if not OPTIONS[kind]] == [PainKind.MIGRAINE]
    assert {one.symptom for each in TREATMENTS for one in each.eases} == set(Symptom)


@pytest.mark.parametrize("treatment", TREATMENTS, ids=lambda each: each.id)
def test_what_is_for_pain_is_of_known_medicines_and_trials_are_of_their_treatment(treatment):
    if treatment.for_pain or treatment.trials:
        assert {each.drug for each in treatment.offered} <= set(drugs())
    for trial in treatment.trials:
        assert TREATMENT_OF_TRIAL[trial.id] is treatment
        assert trial.drug in treatment.drugs
    for name in treatment.doses_of:
        assert name in treatment.drugs


def test_trials_without_doses_stand_last():
    sorts = [type(each) for each in TRIALS.values()]
    assert sorts == sorted(sorts, key=[TrialDrug, Undosed].index)
