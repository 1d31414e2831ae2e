"""A proposed order beside what is taken: now, with it, and nothing chosen where two readings are possible."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import medsteward
from medsteward.advice.case.proposed import Wholeness, WithIt
from medsteward.errors import DraftOfAnother, UnreadableInput
from medsteward.model.acknowledgement import Reason
from medsteward.schemas import schema_text
from tests.counts import examples
from tests.fhir_parts import DAY, bundle, dosage, every, quantity, request
from tests.program import run

CDC = medsteward.factor_table("cdc_2022")
SCHEMA = json.loads(schema_text("proposed"))
FOUR_A_DAY = dosage(quantity(1, "{tbl}"), every(4))
EIGHT_A_DAY = dosage(quantity(1, "{tbl}"), every(8))


def listed(*lines: str, **patient: Any) -> medsteward.Case:
    return medsteward.case_of(*lines, as_of=DAY, patient=patient)


def hold(case: medsteward.Case, *drafts: Any, **more: Any) -> Any:
    found = medsteward.proposed(case, drafts, table=CDC, as_of=DAY, **more)
    jsonschema.validate(medsteward.to_json(found), SCHEMA)
    return found


def record(*orders: dict[str, Any], drafts: tuple[str, ...] = ()) -> medsteward.Case:
    (found,) = medsteward.read_fhir(bundle(*orders), as_of=DAY, drafts=drafts)
    return found


def most(way: Any) -> Any:
    """The maximum of a way; None: there is no such way."""
    return None if way is None else way.counted.mme.total.maximum.value


def ways(found: WithIt) -> tuple[Any, Any]:
    return most(found.added), most(found.replacing)


OXYCODONE = "oxycodone IR 5 mg tablet, 1 tablet every 6 hours"
MORPHINE = "morphine ER 15 mg tablet, 1 tablet every 12 hours"


def test_an_order_of_another_drug_is_added():
    found = hold(listed(OXYCODONE), MORPHINE)
    assert (found.now.mme.total.maximum.value, found.now.whole) == (30, Wholeness.COMPLETE)
    assert ways(found.with_it) == (60, None)
    assert found.with_it.added.difference.maximum == 30


def test_an_order_that_may_be_a_renewal_is_counted_both_ways_and_neither_is_chosen():
    found = hold(listed(OXYCODONE), "oxycodone IR 10 mg tablet, 1 tablet every 6 hours")
    assert ways(found.with_it) == (90, 60)
    assert found.with_it.possible_renewal_of == (1,)
    assert found.with_it.replaces == ()
    assert [way.difference.maximum for way in found.with_it.ways] == [60, 30]


@pytest.mark.parametrize(
    ("taken", "draft"),
    [
        ("morphine ER 15 mg tablet, 1 tablet every 12 hours", "morphine IR 15 mg tablet, 1 tablet every 6 hours"),
        ("oxycodone IR 5 mg tablet, 1 tablet every 6 hours", "oxycodone/acetaminophen 5/325 mg tablet, 1 tablet daily"),
        ("fentanyl patch 25 mcg/h every 3 days", "fentanyl buccal tablet 100 mcg, 1 tablet daily"),
    ],
)
def test_another_release_route_or_ingredient_is_no_renewal(taken, draft):
    found = hold(listed(taken), draft)
    assert found.with_it.possible_renewal_of == ()
    assert found.with_it.replacing is None


def test_the_same_id_is_the_same_order_changed():
    before = request(FOUR_A_DAY, id="m1")
    found = hold(record(before), request(EIGHT_A_DAY, id="m1", status="active"))
    assert ways(found.with_it) == (None, 60)
    assert found.with_it.replaces == (1,)
    assert found.with_it.replacing.difference.maximum == 30


def test_an_order_that_names_the_one_before_replaces_it():
    draft = request(EIGHT_A_DAY, id="m2", status="draft", priorPrescription={"reference": "MedicationRequest/m1"})
    found = hold(record(request(FOUR_A_DAY, id="m1"), draft), "m2")
    assert ways(found.with_it) == (None, 60)


def test_the_one_before_of_another_drug_may_go_on():
    """A rotation: whether the morphine ends is not known, so both are counted, and it is said."""
    draft = request(
        dosage(quantity(1, "{tbl}"), every(2)),
        drug={"text": "morphine 15 mg tablet"},
        id="m2",
        status="draft",
        priorPrescription={"reference": "MedicationRequest/m1"},
    )
    found = hold(record(request(FOUR_A_DAY, id="m1"), draft), "m2")
    assert ways(found.with_it) == (60, 30)
    assert found.with_it.possible_renewal_of == (1,)
    assert [each.code for each in found.cautions if each.code.startswith("DRAFT")] == ["DRAFT-103"]


def test_a_replaced_order_and_a_further_one_that_may_be_renewed_stay_apart():
    draft = request(EIGHT_A_DAY, id="m3", priorPrescription={"reference": "MedicationRequest/m1"})
    strong = request(FOUR_A_DAY, drug={"text": "oxycodone 10 mg tablet"}, id="m2")
    found = hold(record(request(FOUR_A_DAY, id="m1"), strong), draft)
    assert (found.now.mme.total.maximum.value, ways(found.with_it)) == (90, (120, 60))
    assert (found.with_it.replaces, found.with_it.possible_renewal_of) == ((1,), (2,))


@pytest.mark.parametrize("status", ["draft", "active", "on-hold", "unknown", None])
def test_an_order_that_is_named_is_proposed_whatever_its_status(status):
    named = request(EIGHT_A_DAY, id="m2", status=status, drug={"text": "morphine 15 mg tablet"})
    case = record(request(FOUR_A_DAY, id="m1"), named, drafts=("m2",))
    found = hold(case, "m2")
    assert (found.now.mme.total.maximum.value, ways(found.with_it)) == (30, (150, None))
    assert found.exit_code == 0


@pytest.mark.parametrize("intent", ["proposal", "plan", "option"])
def test_a_proposal_that_is_named_counts_with_it(intent):
    named = request(EIGHT_A_DAY, id="m2", intent=intent)
    assert ways(hold(record(named, drafts=("MedicationRequest/m2",)), "m2").with_it) == (60, None)


@pytest.mark.parametrize("status", ["cancelled", "stopped", "completed", "entered-in-error"])
def test_an_order_that_is_over_adds_nothing_and_that_is_said(status):
    found = hold(record(request(FOUR_A_DAY, id="m1")), request(EIGHT_A_DAY, id="m1", status=status))
    assert ways(found.with_it) == (None, None)
    assert found.now.mme.total.maximum.value == 30
    said = {each.code: each.text for each in found.cautions}
    assert status in said["DRAFT-101"]
    assert "goes on counting" in said["DRAFT-103"]


def test_an_order_not_to_give_the_drug_adds_nothing():
    found = hold(listed(OXYCODONE), request(EIGHT_A_DAY, doNotPerform=True))
    assert found.with_it.ways == ()
    assert "asks not to give" in next(each.text for each in found.cautions if each.code == "DRAFT-101")


def test_a_draft_that_nobody_names_stays_out_as_before():
    case = record(request(FOUR_A_DAY, id="m1"), request(EIGHT_A_DAY, id="m2", status="draft"))
    assert str(medsteward.mme_per_day(case, table=CDC).total) == "30 MME/d"
    assert [each.code for each in case.cautions] == ["FHIR-101"]
    assert not [each for each in hold(case, "m2").cautions if each.code == "FHIR-101"]


def test_a_draft_without_a_dose_gives_interactions_and_no_number():
    found = hold(listed("alprazolam 0.5 mg bid", OXYCODONE), "morphine ER")
    assert found.now.whole is Wholeness.COMPLETE
    assert (found.with_it.added.counted.whole, found.with_it.added.difference) == (Wholeness.AT_LEAST, None)
    assert found.exit_code == 4
    assert all("line" not in each.where for each in found.problems)
    alone = hold(listed("alprazolam 0.5 mg bid"), "morphine ER")
    assert alone.with_it.added.counted.whole is Wholeness.NONE
    assert "DDI-001" in [each.id for each in alone.with_it.findings_new]


def test_no_difference_where_what_is_taken_is_not_whole():
    found = hold(listed("levorphanol 2 mg every 8 hours", OXYCODONE), MORPHINE)
    assert found.now.whole is Wholeness.AT_LEAST
    assert found.with_it.added.difference is None


def test_what_the_draft_brings_stands_apart_from_what_was_known():
    found = hold(listed(OXYCODONE, "alprazolam 0.5 mg bid"), "clarithromycin 500 mg bid")
    new, known = ([each.id for each in some] for some in (found.with_it.findings_new, found.with_it.findings_known))
    assert "DDI-001" in known
    assert "DDI-001" not in new
    assert new


def test_a_benzodiazepine_on_an_opioid_is_new_and_interrupts_until_it_is_answered():
    case = listed(OXYCODONE)
    found = hold(case, "diazepam 5 mg daily")
    first = found.with_it.findings_new[0]
    assert (first.id, first.tier, found.interrupts) == ("DDI-001", 1, True)
    from medsteward.interactions.check import acknowledge

    both = listed(OXYCODONE, "diazepam 5 mg daily")
    answered = hold(case, "diazepam 5 mg daily", acknowledged=[acknowledge(both, "DDI-001", Reason.WILL_MONITOR)])
    assert "DDI-001" in [each.id for each in answered.with_it.findings_new]
    assert "DDI-001" not in [each.id for each in answered.with_it.interrupting]


def test_each_draft_has_its_own_answer_and_there_is_one_for_all():
    found = hold(listed(OXYCODONE), MORPHINE, "alprazolam 0.5 mg bid")
    assert [ways(each.with_it) for each in found.drafts] == [(60, None), (30, None)]
    assert ways(found.with_it) == (60, None)
    assert {each.id for each in found.drafts[1].with_it.findings_new} >= {"DDI-001"}
    assert "DDI-001" not in {each.id for each in found.drafts[0].with_it.findings_new}


def test_two_drafts_may_renew_one_line_together():
    found = hold(
        listed("oxycodone IR 5 mg tablet, 1 tablet every 6 hours"),
        "oxycodone IR 10 mg tablet, 1 tablet in the morning",
        "oxycodone IR 5 mg tablet, 1 tablet at bedtime",
    )
    assert ways(found.with_it) == (Fraction("52.5"), Fraction("22.5"))


@pytest.mark.parametrize("drug", [None, {"text": "morphine 15 mg tablet"}])
def test_a_draft_that_another_draft_replaces_counts_by_itself_alone(drug):
    """Of two orders of one drug of which one names the other as the one before, only that one counts in all of them."""
    one = request(FOUR_A_DAY, id="d1")
    other = request(EIGHT_A_DAY, id="d2", priorPrescription={"reference": "MedicationRequest/d1"}, drug=drug)
    found = hold(listed(), one, other)
    assert ways(found.drafts[0].with_it) == (30, None)
    assert ways(found.with_it) == ((60, None) if drug is None else (150, None))


def test_a_list_that_repeats_itself_says_so_first():
    four = [request(FOUR_A_DAY, id=f"r{n}") for n in range(4)]
    found = hold(record(*four), MORPHINE)
    assert found.cautions[0].code == "MME-105"
    assert (found.now.mme.total.maximum.value, found.now.mme.total.if_renewals.value) == (120, 30)
    assert found.with_it.added.difference.maximum == 30


@pytest.mark.parametrize("days", [-400, -40, 0, 40])
def test_a_draft_counts_as_if_taken_on_the_day_whenever_it_was_written(days):
    written = (DAY + timedelta(days=days)).isoformat()
    lasts = {"expectedSupplyDuration": {"value": 30, "code": "d", "system": "http://unitsofmeasure.org"}}
    found = hold(listed(), request(FOUR_A_DAY, status="active", authoredOn=written, dispenseRequest=lasts))
    assert ways(found.with_it) == (30, None)
    assert ("DRAFT-102" in [each.code for each in found.cautions]) is (days != 0)


def test_an_order_of_another_patient_is_refused():
    with pytest.raises(DraftOfAnother):
        hold(record(request(FOUR_A_DAY, id="m1")), request(EIGHT_A_DAY, subject={"reference": "Patient/2"}))


def test_what_holds_no_medication_is_refused():
    with pytest.raises(UnreadableInput):
        hold(listed(OXYCODONE), {"resourceType": "Bundle", "entry": []})


def test_a_draft_is_taken_in_every_shape():
    line = medsteward.read_line(MORPHINE)
    shapes: list[Any] = [MORPHINE, line, {"sig": MORPHINE}, {"medications": [{"sig": MORPHINE}]}, listed(MORPHINE)]
    for each in shapes:
        assert ways(hold(listed(OXYCODONE), each).with_it) == (60, None)


def test_orders_of_a_case_that_was_read_keep_their_ids_and_links():
    """Drafts that a client calls active, read as any record: the same id replaces, and so does the order before."""
    taken = record(request(FOUR_A_DAY, id="m1"))
    for more in ({"id": "m1"}, {"id": "m2", "priorPrescription": {"reference": "MedicationRequest/m1"}}):
        drafts = record(request(EIGHT_A_DAY, **more))
        assert ways(hold(taken, drafts).with_it) == (None, 60)
    with pytest.raises(DraftOfAnother):
        hold(taken, record(request(EIGHT_A_DAY, id="m3", subject={"reference": "Patient/2"})))


def test_drafts_in_any_order_come_to_the_same():
    lines = [MORPHINE, "alprazolam 0.5 mg bid", "oxycodone IR 10 mg tablet, 1 tablet daily"]
    one, other = hold(listed(OXYCODONE), *lines), hold(listed(OXYCODONE), *reversed(lines))
    assert ways(one.with_it) == ways(other.with_it)
    assert {each.id for each in one.with_it.findings_new} == {each.id for each in other.with_it.findings_new}


LINES = st.sampled_from(
    [
        MORPHINE,
        OXYCODONE,
        "oxycodone IR 10 mg tablet, 1-2 tablets every 6 hours as needed",
        "methadone 10 mg tablet, 1 tablet every 8 hours",
        "fentanyl patch 25 mcg/h every 3 days",
        "levorphanol 2 mg every 8 hours",
        "alprazolam 0.5 mg bid",
        "gabapentin 300 mg tid",
        "hydromorphone",
        "an unknown thing 5 mg daily",
    ]
)


@given(taken=st.lists(LINES, max_size=4), drafts=st.lists(LINES, min_size=1, max_size=3))
@examples(60)
def test_with_it_is_the_count_and_the_check_of_the_longer_list(taken, drafts):
    """Added is what anyone gets who writes the drafts below the list; replacing is never more than that."""
    found = hold(listed(*taken), *drafts)
    assert found.now.mme == medsteward.mme_per_day(listed(*taken), table=CDC)
    longer = listed(*taken, *drafts)
    assert found.with_it.added.counted.mme.total == medsteward.mme_per_day(longer, table=CDC).total
    there = {each.id for each in medsteward.check_case(longer, table=CDC).findings}
    way = found.with_it.added.counted.check
    assert {each.id for each in (*way.findings, *way.known)} == there
    for way in found.with_it.ways:
        whole = found.now.whole is way.counted.whole is Wholeness.COMPLETE
        assert (way.difference is not None) is whole
    if found.with_it.replacing is not None and found.with_it.replacing.counted.whole is not Wholeness.NONE:
        assert most(found.with_it.replacing) <= most(found.with_it.added)


# --- at the command line -----------------------------------------------------------------------------------------


def printed(*words: str, **more: Any) -> Any:
    done = run(*words, "--as-of", DAY.isoformat(), "--format", "json", **more)
    assert done.code in (0, 4), done.err
    document = json.loads(done.out)
    jsonschema.validate(document, SCHEMA)
    return document


@pytest.mark.parametrize("command", ["mme", "check", "review"])
def test_the_commands_print_what_the_call_returns(command):
    document = printed(command, OXYCODONE, "--draft", MORPHINE)
    assert document == medsteward.to_json(hold(listed(OXYCODONE), MORPHINE))


def test_an_id_of_the_input_goes_before_a_file(tmp_path, monkeypatch):
    (tmp_path / "in.json").write_text(json.dumps(bundle(request(FOUR_A_DAY, id="m1"), request(EIGHT_A_DAY, id="m2"))))
    (tmp_path / "m2").write_text("not looked at")
    (tmp_path / "draft.json").write_text(json.dumps(request(EIGHT_A_DAY, id="m1", status="draft")))
    monkeypatch.chdir(tmp_path)
    document = printed("mme", "--input", "in.json", "--draft", "m2")
    assert [document["now"]["total"]["maximum"], document["with_it"]["added"]["total"]["maximum"]] == [30, 90]
    assert [each["draft"] for each in document["drafts"]] == ["MedicationRequest/m2"]
    document = printed("mme", "--input", "in.json", "--draft", "draft.json")
    assert document["replaces"] == [
        {"line": 1, "input": document["replaces"][0]["input"], "order": "MedicationRequest/m1"}
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", MORPHINE + "\n"),
        ("a.toml", f'[[medications]]\nsig = "{MORPHINE}"\n'),
        ("a.json", json.dumps({"medications": [{"sig": MORPHINE}]})),
    ],
)
def test_a_draft_file_is_a_list_a_case_or_a_resource(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    document = printed("mme", OXYCODONE, "--draft", str(tmp_path / name))
    assert document["with_it"]["added"]["total"]["maximum"] == 60


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["mme", OXYCODONE, "--draft", "m9"], "no order of the input has the id"),
        (["mme", OXYCODONE, "--draft", MORPHINE, "--format", "csv"], "with --draft the formats are"),
        (["check", OXYCODONE, "--draft", MORPHINE, "--new-since", "tests/data/none.toml"], "leave --new-since out"),
    ],
)
def test_wrong_usage_is_said(words, says):
    done = run(*words)
    assert done.code == 2
    assert says in done.err


def test_a_line_that_may_be_of_several_patients_is_refused(tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"id": n, "medications": [{"sig": OXYCODONE}]}) + "\n" for n in ("a", "b")))
    done = run("mme", "--input", str(path), "--draft", MORPHINE)
    assert done.code == 2
    assert "which one" in done.err


def test_of_several_patients_the_one_whose_order_is_named_is_answered(tmp_path):
    other = request(EIGHT_A_DAY, id="m2", status="draft", subject={"reference": "Patient/2"})
    path = tmp_path / "two.json"
    path.write_text(json.dumps(bundle(request(FOUR_A_DAY, id="m1"), other)))
    done = run("mme", "--input", str(path), "--draft", "m2", "--format", "json")
    assert json.loads(done.out)["id"] == "2"
    assert "left out" in done.err


def test_the_text_says_both_ways_with_the_lines():
    done = run("mme", OXYCODONE, "--draft", "oxycodone IR 10 mg tablet, 1 tablet every 6 hours", "--as-of", str(DAY))
    text = done.out.decode()
    assert "90 added, or 60 replacing line 1" in text
    assert "Ask which is meant" in text


def test_the_recorded_calls_of_a_sandbox_are_answered():
    """The shapes that HL7's sandbox sends: no medication yet, ``{pill}`` without a unit, a category that is no list."""
    empty = {"resourceType": "MedicationRequest", "id": "r1", "status": "draft", "subject": {"reference": "Patient/p1"}}
    found = hold(listed(OXYCODONE), {"resourceType": "Bundle", "entry": [{"resource": empty}]})
    assert found.with_it.added.difference is None
    assert [each.code for each in found.problems] == ["DRUG-004"]
    chosen = {
        **empty,
        "category": {"coding": [{"code": "community"}]},
        "medicationCodeableConcept": {"text": "12 HR Oxycodone Hydrochloride 10 MG Extended Release Oral Tablet"},
        "dosageInstruction": [dosage(quantity(2, "{pill}"), every(1))],
    }
    whole = hold(listed(OXYCODONE), {"resourceType": "Bundle", "entry": [{"resource": chosen}]})
    assert whole.with_it.added.difference.maximum == 30


def test_numbers_of_a_draft_may_be_those_of_a_parser():
    draft = json.loads(json.dumps(request(dosage(quantity(0.5, "{tbl}"), every(4)))), parse_float=Decimal)
    assert ways(hold(listed(), draft).with_it) == (15, None)


def test_the_day_is_the_one_that_is_asked_for():
    case = listed(OXYCODONE)
    found = medsteward.proposed(case, [MORPHINE], table=CDC, as_of=date(2027, 2, 1))
    assert found.as_of == date(2027, 2, 1)
