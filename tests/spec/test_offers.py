"""No offer breaks a rule in silence: what is contraindicated is left out, what is major is named and comes later."""

from __future__ import annotations

import json
from datetime import date
from functools import partial

import jsonschema
import pytest

from medsteward.advice.pain.matching import Option, for_pain
from medsteward.advice.plan.supports import supports_for
from medsteward.advice.taper.options import TaperOptions
from medsteward.advice.taper.plan import taper
from medsteward.interactions.offer import Fit, Offers, medicine, offer
from medsteward.interactions.rule import Severity
from medsteward.patient.picture import Picture
from medsteward.readers.case.table import read_case
from medsteward.reminders.remind import remind
from medsteward.reminders.reminder import Kind
from medsteward.schemas import schema_text
from medsteward.tables.load import factor_table
from medsteward.treatments.against import Effect, Offered, weigh_offer
from medsteward.treatments.declared.analgesics import ORAL_NSAID
from medsteward.treatments.pain import PainKind
from medsteward.writers.known import matching_json, matching_table
from medsteward.writers.plan import document as plan_json
from tests import build

DAY = date(2026, 1, 25)
case = partial(build.case, as_of=DAY)
MORPHINE = "morphine ER 30 mg tablet, 1 tablet every 12 hours"


def options(kind, *sigs, **patient) -> dict[str, Option]:
    return {each.id: each for each in for_pain(kind, case(*sigs, **patient)).options}


def supports(*sigs, **patient):
    return {each.kind: each for each in supports_for(case(MORPHINE, *sigs, **patient), drugs=["morphine"])}


def rules(found, effect):
    return {rule for each in found.against if each.effect is effect for rule in each.rules}


# --- one medicine in one case ---


@pytest.mark.parametrize(
    ("drug", "sigs", "patient", "fit", "rule"),
    [
        ("tizanidine", ("ciprofloxacin 500 mg twice daily",), {}, Fit.LEFT_OUT, "DDI-101"),
        ("tizanidine", ("fluvoxamine 50 mg nightly",), {}, Fit.LEFT_OUT, "DDI-101"),
        ("tizanidine", ("levofloxacin 500 mg daily",), {}, Fit.FITS, None),
        ("baclofen", (), {"egfr": 12}, Fit.MAJOR_REASON, "DDC-210"),
        ("baclofen", (), {"egfr": 60}, Fit.FITS, None),
        ("naproxen", ("lithium 300 mg twice daily",), {}, Fit.MAJOR_REASON, "DDI-124"),
        ("naproxen", ("methotrexate 15 mg once a week",), {}, Fit.MAJOR_REASON, "DDI-125"),
        ("naproxen", (), {"gestational_weeks": 24}, Fit.MAJOR_REASON, "DDC-220"),
        ("naproxen", (), {"gestational_weeks": 19}, Fit.FITS, None),
        ("cyclobenzaprine", (), {"conditions": ["long QT"]}, Fit.LEFT_OUT, "DDC-262"),
        ("amitriptyline", (), {"age": 80, "conditions": ["falls"]}, Fit.MAJOR_REASON, "DDC-233"),
        ("amitriptyline", (), {"age": 64}, Fit.FITS, None),
        ("naltrexone", ("tramadol 50 mg twice daily",), {}, Fit.LEFT_OUT, "DDI-033"),
    ],
)
def test_a_medicine_is_held_against_the_case_by_every_rule(drug, sigs, patient, fit, rule):
    held = offer(case(*sigs, **patient), medicine(drug))
    assert held.fit is fit
    named = {id_ for each in held.reasons if each.severity >= Severity.MAJOR for id_ in (each.id, *each.absorbed)}
    assert named == set() if rule is None else rule in named


def test_the_dose_and_the_route_that_are_offered_count():
    liver = case(conditions=["cirrhosis"])
    assert offer(liver, medicine("acetaminophen", daily_mg=2600)).fit is Fit.MAJOR_REASON
    assert offer(liver, medicine("acetaminophen", daily_mg=2000)).fit is Fit.FITS
    lithium = case("lithium 300 mg twice daily")
    assert offer(lithium, medicine("ibuprofen")).fit is Fit.MAJOR_REASON
    assert offer(lithium, medicine("ibuprofen", route="topical", form="gel")).fit is Fit.FITS


def test_a_medicine_that_has_ended_counts_as_long_as_its_rule_says():
    def after(days):
        ended = {
            "sig": "phenelzine 15 mg daily",
            "start": "2025-01-01",
            "end": str(date.fromordinal(DAY.toordinal() - days)),
        }
        return offer(read_case({"medications": [ended]}, as_of=DAY), medicine("duloxetine")).fit

    assert [after(13), after(15)] == [Fit.LEFT_OUT, Fit.FITS]


def test_a_fact_that_is_not_stated_and_would_decide_is_named():
    held = offer(case(), medicine("amitriptyline"))
    assert [(each.fact, each.rules) for each in held.lacking] == [("age", ("DDC-233",))]


def test_an_unknown_medicine_is_refused():
    with pytest.raises(KeyError):
        medicine("unobtainium")


# --- options for a kind of pain ---


def test_what_fits_comes_first_and_the_order_of_the_sources_holds_among_equals():
    found = list(options(PainKind.NEUROPATHIC, age=80, conditions=["falls"]))
    assert found[-1] == "tca"
    assert found[:-1] == [
        "gabapentin",
        "pregabalin",
        "duloxetine",
        "venlafaxine",
        "lidocaine-patch",
        "amitriptyline-ketamine-cream",
        "capsaicin",
    ]


def test_a_rule_that_another_takes_in_is_named_as_well():
    text = matching_table.text(for_pain(PainKind.NEUROPATHIC, case(age=80, conditions=["falls"])))
    assert "major, DDC-267, DDC-233" in " ".join(text.split())


def test_an_oral_nsaid_at_24_weeks_is_named_by_its_rule_and_comes_after_the_others():
    found = options(PainKind.INFLAMMATORY, gestational_weeks=24)
    assert list(found)[-1] == "oral-nsaid"
    assert rules(found["oral-nsaid"], Effect.MAJOR) == {"DDC-220"}
    assert [each.rank for each in found.values()] == [1, 2, 3]


@pytest.mark.parametrize(
    ("weeks", "fit"), [(19, Fit.FITS), (20, Fit.MAJOR_REASON), (29, Fit.MAJOR_REASON), (30, Fit.LEFT_OUT)]
)
def test_an_oral_nsaid_by_week_of_pregnancy(weeks, fit):
    assert options(PainKind.NOCICEPTIVE, gestational_weeks=weeks)["oral-nsaid"].fit is fit


def test_what_is_ruled_out_has_no_dose_and_comes_last():
    found = options(PainKind.MYOFASCIAL, conditions=["long QT"])
    last = list(found.values())[-1]
    assert (last.id, last.blocked, last.first_dose, last.ceiling, last.watch) == ("cyclobenzaprine", True, (), (), ())
    assert rules(last, Effect.BLOCKS) == {"DDC-262"}


def test_of_an_option_with_several_drugs_the_reason_names_the_one_that_it_is_about():
    found = options(PainKind.NOCICEPTIVE, "naproxen 500 mg twice daily")["oral-nsaid"]
    assert [(each.rule, each.about) for each in found.against if each.effect is Effect.MAJOR] == [
        ("DDI-126", ("ibuprofen",))
    ]
    assert (found.fit, found.drugs) == (Fit.FITS, ("naproxen", "ibuprofen"))


def test_a_contraindicated_drug_of_an_option_is_left_out_and_the_others_stay():
    taken = case("ciprofloxacin 500 mg twice daily")
    offered = (Offered("tizanidine"), Offered("baclofen"))
    found = weigh_offer(offered, (), Picture(taken), Offers(Picture(taken)))
    assert (found.fit, found.kept, found.left_out) == (Fit.FITS, ("baclofen",), ("tizanidine",))
    assert any(each.rule == "DDI-101" and each.about == ("tizanidine",) for each in found.found)


def test_a_left_out_drug_takes_its_doses_along():
    assert {text.split()[0] for text, _ in ORAL_NSAID.first_of(("ibuprofen",))} == {"ibuprofen"}
    assert not any("naproxen 1" in text for text, _ in ORAL_NSAID.ceiling_of(("ibuprofen",)))


def test_acetaminophen_counts_what_is_taken_already():
    taken = "oxycodone/acetaminophen 5/325 tablet, 2 tablets every 6 hours"  # 2,600 mg a day
    found = options(PainKind.NOCICEPTIVE, taken)["acetaminophen"]
    assert rules(found, Effect.MAJOR) == {"DDI-110"}
    assert not rules(options(PainKind.NOCICEPTIVE, conditions=["cirrhosis"])["acetaminophen"], Effect.MAJOR)


def test_text_and_documents_name_the_rule():
    match = for_pain(PainKind.NOCICEPTIVE, case("lithium 300 mg twice daily"))
    assert "MAJOR RISK: NSAID with lithium" in matching_table.text(match)
    assert "(lithium; major, DDI-124)" in " ".join(matching_table.text(match).split())
    assert "DDI-124" in matching_table.csv_rows(match, with_header=True)
    by_id = {each["id"]: each for each in matching_json.document(match)["options"]}
    nsaid = by_id["oral-nsaid"]
    assert (nsaid["fit"], nsaid["blocked"]) == ("major_reason", False)
    reason = next(each for each in nsaid["against"] if each["rule"] == "DDI-124")
    assert (reason["effect"], reason["severity"]) == ("major", "major")
    assert reason["drugs"] == ["naproxen", "ibuprofen"]
    assert by_id["topical-nsaid"]["fit"] == "fits"


# --- beside a taper ---


def test_tizanidine_beside_ciprofloxacin_is_left_out_with_its_rule():
    found = supports("ciprofloxacin 500 mg twice daily")["other_autonomic"]
    assert "tizanidine" not in found.consider
    assert any(each.startswith("tizanidine: ") and "contraindicated, DDI-101" in each for each in found.limits)
    assert not any(each.startswith("tizanidine: 4 mg") for each in found.limits)
    assert "DDI-101" in rules(found, Effect.BLOCKS)


def test_baclofen_with_failing_kidneys_comes_after_what_fits():
    found = supports(egfr=12)["other_autonomic"]
    assert "major risk" in found.consider
    assert found.consider.index("tizanidine") < found.consider.index("baclofen")
    assert any("baclofen: " in each and "major, DDC-210" in each for each in found.limits)


@pytest.mark.parametrize(
    ("taken", "rule"), [("lithium 300 mg twice daily", "DDI-124"), ("methotrexate 15 mg once a week", "DDI-125")]
)
def test_an_nsaid_beside_a_taper_names_its_rule(taken, rule):
    found = supports(taken)
    for kind in ("non_opioid", "aches"):
        assert any(f"major, {rule}" in each for each in found[kind].limits)
        before, after = found[kind].consider.split("major risk")
        assert "NSAID" not in before.replace("topical NSAID", "")
        assert "oral NSAID" in after


def test_where_everything_has_a_major_reason_the_words_say_so():
    found = supports("haloperidol 2 mg twice daily", "citalopram 20 mg daily", age=80, conditions=["urinary retention"])
    assert "major risk named below, to be weighed first" in found["anxiety_tears_and_runny_nose"].consider


def test_loperamide_of_the_bowel_support_is_held_too():
    found = supports(conditions=["bowel obstruction"])["bowel_regimen"]
    assert any(each.startswith("loperamide: ") for each in found.limits)


def test_a_longer_acting_benzodiazepine_is_held_too():
    found = supports_for(case("lorazepam 1 mg twice daily", "oxycodone 5 mg twice daily"), drugs=["lorazepam"])
    (longer,) = (each for each in found if each.kind == "longer_acting")
    assert "DDI-001" in rules(longer, Effect.MAJOR)


# --- laxatives ---


def bowel_points(*sigs, **patient):
    found = remind(case(*sigs, **patient)).of(Kind.BOWEL_REGIMEN)
    assert found is not None
    return [each.text for each in found.points]


def test_naloxegol_with_a_strong_inhibitor_is_left_out_and_with_a_moderate_one_comes_last():
    strong = bowel_points(MORPHINE, "clarithromycin 500 mg twice daily")
    assert any("contraindicated, DDI-089" in each for each in strong)
    assert not any(each.startswith("naloxegol: 25 mg") for each in strong)
    moderate = bowel_points(MORPHINE, "fluconazole 200 mg daily")
    place = {
        name: next(n for n, each in enumerate(moderate) if each.startswith(f"{name}: "))
        for name in ("naloxegol", "methylnaltrexone")
    }
    assert place["methylnaltrexone"] < place["naloxegol"]
    assert any("major, DDI-090" in each for each in moderate)


def test_a_pamora_beside_naltrexone_names_its_rule():
    assert any("major, DDI-038" in each for each in bowel_points(MORPHINE, "naltrexone 50 mg daily"))


# --- other ways on of a taper ---


def others(*sigs, **patient):
    facts = {"age": 58, "indication": "chronic pain", **patient}
    options_ = TaperOptions(start=DAY, reason="the patient asked for it")
    found = taper(case(*sigs, **facts), options_, table=factor_table("cdc_2022"))
    document = plan_json.document(found)
    jsonschema.validate(document, json.loads(schema_text("plan")))
    return {each.option: each for each in found.alternatives}, {
        each["option"]: each for each in document["alternatives"]
    }


OXYCODONE = "oxycodone IR 5 mg tablet tid"


def test_buprenorphine_beside_a_taper_names_what_is_major():
    found, written = others(OXYCODONE)
    assert "check first: buprenorphine with a full opioid agonist (major, DDI-035)" in found["buprenorphine"].note
    assert "DDI-035" in {each["rule"] for each in written["buprenorphine"]["against"]}


def test_buprenorphine_that_is_contraindicated_is_not_offered():
    found, _ = others(OXYCODONE, "naltrexone 50 mg daily")
    assert found["buprenorphine"].note.startswith("not offered for this patient; ")
    assert "contraindicated, DDI-036" in found["buprenorphine"].note


def test_another_form_names_what_the_present_one_does_not_bring():
    found, _ = others("morphine ER 15 mg tablet, 1 tablet every 12 hours", "hydrocodone/acetaminophen 5/325 tablet tid")
    forms = [each for name, each in found.items() if "immediate-release" in name or "solution" in name]
    assert forms
    assert all("DDI-031" in {reason.rule for reason in each.against} for each in forms)
