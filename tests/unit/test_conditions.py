"""What charts write of conditions: every listed phrase and code does what its row says, however it is written."""

from __future__ import annotations

import csv
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medsteward.model.conditions import CONDITIONS, IMPLIES
from medsteward.patient.conditions import icd, near, snomed
from medsteward.patient.conditions.codes import System, read_code
from medsteward.patient.conditions.phrases import known_phrases, past_meanings
from medsteward.patient.conditions.rows import Action, meaning_of, read_rows
from medsteward.patient.conditions.spelling import plain
from medsteward.patient.conditions.stated import read_stated
from medsteward.patient.conditions.words import read_words
from tests.counts import examples

LISTS = {
    "icd10cm.csv": System.ICD10CM,
    "icd10_who.csv": System.ICD10,
    "icd9cm.csv": System.ICD9CM,
    "snomed.csv": System.SNOMED,
}
CASES = (str.lower, str.upper, str.title)
TAGS = ("", " (disorder)", " (finding)", " (situation)")


def faults(meaning, reading):
    """What a reading does that the row does not say."""
    found = []
    if not reading.understood:
        found.append("is not read")
    counts = meaning.action.counts
    if (reading.conditions != meaning.conditions) if counts else reading.conditions:
        found.append(f"counts {reading.conditions}")
    asks = meaning.action in (Action.ASK, Action.COUNT_AND_ASK, Action.HISTORY)
    if asks != bool(reading.asks):
        found.append(f"asks {reading.asks}")
    if (meaning.action is Action.REFUSE) != bool(reading.refused):
        found.append(f"refuses {reading.refused}")
    if (meaning.context, meaning.indication) != (
        next(iter(reading.contexts), ""),
        next(iter(reading.indications), ""),
    ):
        found.append("says another context or indication")
    return found


@pytest.mark.parametrize("case", CASES)
def test_every_phrase_does_what_its_row_says(case):
    wrong = {
        text: found
        for meaning, _ in read_rows("words.csv")
        for tag in TAGS
        if (found := faults(meaning, read_stated(text := case(meaning.name) + tag).reading))
    }
    assert wrong == {}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("display", ["", "title", "TITLE", "title (disorder)"])
def test_every_code_does_what_its_row_says_with_and_without_its_words(name, display):
    wrong = {}
    for meaning, _ in read_rows(name):
        words = display.replace("title", meaning.title).replace("TITLE", meaning.title.upper()) if meaning.title else ""
        found = faults(meaning, read_code(LISTS[name], meaning.name.partition("-")[0], words))
        if found:
            wrong[meaning.name] = found
    assert wrong == {}


@pytest.mark.parametrize("name", LISTS)
def test_a_code_counts_the_same_with_dots_and_in_small_letters(name):
    for meaning, _ in read_rows(name):
        code = meaning.name.partition("-")[0]
        dotted = f"{code[:3]}.{code[3:]}" if len(code) > 3 and name != "snomed.csv" else code
        assert read_code(LISTS[name], dotted.lower()) == read_code(LISTS[name], code), code


def test_every_condition_has_a_meaning_in_the_past_and_is_a_phrase():
    assert set(past_meanings()) == set(CONDITIONS)
    assert {plain(name) for name in CONDITIONS} <= set(known_phrases())
    assert {each for names in IMPLIES.values() for each in names} <= set(CONDITIONS)


def test_rows_are_refused_that_name_no_condition_or_ask_nothing():
    cells = {"phrase": "x", "conditions": "cancer", "action": "count", "ask": "", "standing": "ours"}
    assert meaning_of(cells, "list").conditions == ("cancer",)
    for change in ({"conditions": "gloom"}, {"action": "ask"}, {"action": "guess"}, {"standing": "rumor"}):
        with pytest.raises(ValueError, match=r"conditions|question|not a valid"):
            meaning_of({**cells, **change}, "list")


# --- phrases as they are typed ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("HTN", ["hypertension"]),
        ("CKD 3b", ["ckd stage 3b"]),
        ("CKD stage IV", ["ckd stage 4"]),
        ("stage 3b chronic kidney disease", ["ckd stage 3b"]),
        ("severe renal insufficiency", ["ckd stage 4"]),
        ("acute on chronic renal failure", ["acute kidney injury"]),
        ("s/p CABG 2019", ["cardiovascular disease"]),
        ("MI 2010", ["cardiovascular disease"]),
        ("old MI", ["cardiovascular disease"]),
        ("recent heart attack", ["recent myocardial infarction"]),
        ("OUD in remission", ["opioid use disorder in remission"]),
        ("opioid use disorder, severe, on maintenance", ["opioid use disorder"]),
        ("COPD/OSA on CPAP", ["copd", "sleep apnea"]),
        ("HTN, DM2, CKD 3", ["hypertension", "diabetes", "ckd stage 3"]),
        ("CAD s/p CABG 2010", ["cardiovascular disease"]),
        ("moderate COPD, GOLD 3", ["copd"]),
        ("CHF NYHA class III", ["heart failure"]),
        ("type 2 diabetes with neuropathy", ["diabetes", "neuropathy"]),
        ("poorly controlled hypertension", ["uncontrolled hypertension"]),
        ("asthma, not well controlled", ["asthma"]),
        ("unstable bipolar disorder", ["unstable bipolar disorder"]),
        ("decompensated CHF", ["heart failure", "unstable heart disease"]),
        ("Stage IV pancreatic adenocarcinoma", ["cancer"]),
        ("breast ca", ["cancer"]),
        ("Hypertension, essential (disorder)", ["hypertension"]),
        ("hx of epilepsy", ["seizure disorder"]),
        ("history of stroke and seizures", ["stroke", "seizure disorder"]),
        ("risk of suicide", ["suicidality"]),
        ("wants to kill himself", ["suicidality"]),
        ("MDD, recurrent, severe, without psychotic features", ["depression"]),
        ("cirrhosis, Child-Pugh B", ["cirrhosis", "liver disease"]),
        ("Sleep apnoea", ["sleep apnea"]),
        ("CKD 4 not on dialysis", ["ckd stage 4"]),
        ("COPD, no home oxygen", ["copd"]),
        ("STEMI 2019", ["cardiovascular disease"]),
        ("CHF (EF 35%)", ["heart failure"]),
        ("CRPS left arm", ["crps"]),
        ("glaucoma, open angle", ["open-angle glaucoma"]),
        ("sickle cell anemia with crisis", ["sickle cell disease"]),
        ("cirrhosis 2/2 hep C", ["cirrhosis", "liver disease"]),
        ("ESRD on hemodialysis MWF", ["ckd stage 5"]),
        ("COPD (former smoker)", ["copd"]),
        ("seizure disorder, well controlled on keppra", ["seizure disorder"]),
        ("breast cancer, on chemo", ["cancer"]),
        ("oesophageal cancer", ["cancer"]),
    ],
)
def test_a_phrase_counts_as(text, conditions):
    found = read_stated(text).reading
    assert (list(found.conditions), found.understood) == (conditions, True)


@pytest.mark.parametrize("text", ["hx of DVT", "none", "sciatica", "gout, chronic", "CHRONIC PAIN", "spinal stenosis"])
def test_a_harmless_phrase_is_accepted_without_a_word(text):
    assert read_stated(text).reading.is_silent


@pytest.mark.parametrize(
    "text",
    [
        "no hx of seizures",
        "mother had breast cancer",
        "denies COPD",
        "r/o PE",
        "? OSA",
        "possible heart failure",
        "no asthma and COPD",
        "family history: epilepsy",
        "screening for lung cancer",
        "husband has OUD",
        "non-cancer pain",
        "overdose education",
        "father with MI at 50",
        "mother and father with cancer",
        "COPD ruled out",
    ],
)
def test_what_is_denied_or_of_others_is_refused_with_its_reason(text):
    found = read_stated(text).reading
    assert (found.conditions, found.asks) == ((), ())
    assert found.refused


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("scd", "sickle cell disease, sudden cardiac death"),
        ("CSA", "controlled substance agreement"),
        ("mi", "motivational interviewing"),
        ("add", "attention deficit"),
        ("nursing", "breastfeeding"),
        ("tumor", "cancer"),
        ("lung mass", "cancer"),
        ("opioid tolerant", "opioid_tolerant"),
        ("on opioids for years", "opioid_tolerant"),
        ("fall precautions", "order"),
        ("history of breast cancer", "Thresholds stay on"),
        ("breast cancer in remission", "cancer"),
        ("no suicidal ideation", "Ask"),
        ("mother died by suicide", "another person"),
        ("depression screening, SI negative", "before any taper"),
        ("possible pregnancy", "pregnant"),
        ("asthma in childhood", "childhood"),
        ("at risk for falls", "falls"),
        ("breast cancer s/p mastectomy", "thresholds stay on"),
        ("passive death wish", "today"),
        ("COPD never smoked", "Write them apart"),
        ("OSA not confirmed", "Write them apart"),
    ],
)
def test_what_may_mean_several_things_asks_and_does_not_count(text, words):
    found = read_stated(text).reading
    assert found.conditions == ()
    assert any(words in ask for ask in found.asks), found.asks


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("renal failure", ["low kidney function"]),
        ("heart attack", ["cardiovascular disease"]),
        ("CABG", ["cardiovascular disease"]),
        ("glaucoma", ["narrow-angle glaucoma"]),
        ("atrial fibrillation on warfarin", ["atrial fibrillation"]),
        ("depression without suicidal ideation", ["depression"]),
        ("hep C, treated", ["liver disease"]),
    ],
)
def test_what_is_half_said_counts_and_asks(text, conditions):
    found = read_stated(text).reading
    assert list(found.conditions) == conditions
    assert found.asks


def test_a_list_is_read_whole_or_not_at_all():
    assert not read_words("COPD, flurb").understood
    assert read_words("COPD, flurb").conditions == ()
    assert read_words("COPD, no seizures").conditions == ("copd",)
    assert read_words("denies chest pain, seizures").conditions == ()


def test_qualifiers_are_kept():
    assert read_words("opioid use disorder, severe, on maintenance").kept == ("severe", "on maintenance")
    assert read_words("CHF NYHA class III").kept == ("nyha class iii",)
    assert read_words("cirrhosis, Child-Pugh B").child_pugh == "B"


@pytest.mark.parametrize("text", ["recovering alcoholic", "drug addict", "clean 3 years", "narcotic dependence"])
def test_words_that_wound_are_not_repeated(text):
    found = read_stated(text).reading
    said = " ".join((*found.asks, *found.refused)).casefold()
    assert not any(word in said for word in ("addict", "clean", "alcoholic", "narcotic"))


@given(st.sampled_from(sorted(known_phrases())), st.sampled_from(["no ", "denies ", "mother had ", "ruled out "]))
@examples(200)
def test_a_phrase_that_is_denied_never_counts(phrase, denial):
    assert read_words(denial + phrase).conditions in ((), ("suicidality",), ("opioid naive",)) or (
        known_phrases().get(plain(denial + phrase)) is not None
    )


@given(st.text(max_size=80))
@examples(200)
def test_any_text_is_read_or_not_without_an_error(text):
    found = read_stated(text)
    assert found.reading.understood or not found.reading.conditions


# --- suggestions -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["slep apnea", "cirhosis", "epilpesy", "hypertensoin", "sleep apneaa"])
def test_a_slip_is_suggested(name):
    (found,) = near.near_phrases(name)
    assert near.slips(plain(name), plain(found), 2) <= 2


@pytest.mark.parametrize(
    "text",
    ["coma", "oas", "no slep apnea", "mother slep apnea", "hypekalemia", "xyzzy plugh", "ckd stage 6"],
)
def test_nothing_is_suggested_for(text):
    assert near.near_phrases(text) == ()


def test_nothing_that_is_never_to_be_suggested_is():
    with (Path(__file__).parents[1] / "data" / "never_suggested_conditions.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        for row in csv.DictReader(file):
            found = read_stated(row["phrase"])
            assert row["never"] not in (*found.near, *near.near_phrases(row["phrase"])), row


@given(st.sampled_from(sorted(known_phrases())), st.integers(0, 30), st.sampled_from(string.ascii_lowercase))
@examples(200)
def test_a_suggestion_is_one_phrase_a_slip_away(phrase, place, letter):
    typed = phrase[:place] + letter + phrase[place:]
    for found in near.near_phrases(typed):
        assert len(typed) > 5
        assert near.slips(plain(typed), plain(found), 2) <= (2 if len(plain(typed)) >= 9 else 1)
        assert plain(typed) not in known_phrases()


# --- codes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("C79.51", ["cancer"]),
        ("c7951", ["cancer"]),
        ("D57.1", ["sickle cell disease"]),
        ("G47.33", ["sleep apnea"]),
        ("F11.20", ["opioid use disorder"]),
        ("F11.21", ["opioid use disorder in remission"]),
        ("icd-10:F11.2", ["opioid use disorder"]),
        ("icd-9-cm:250.00", ["diabetes"]),
        ("N18.4", ["ckd stage 4"]),
        ("T40.2X2A", ["prior overdose", "suicidality"]),
        ("T40.2X1S", ["prior overdose"]),
        ("S06.0X0A", ["head injury"]),
        ("S06.0X0S", ["traumatic brain injury"]),
        ("73211009", ["diabetes"]),
        ("http://snomed.info/sct|73211009", ["diabetes"]),
        ("G47.33 Obstructive sleep apnea (adult)", ["sleep apnea"]),
        ("Sleep apnea (G47.33)", ["sleep apnea"]),
        ("I10", ["hypertension"]),
    ],
)
def test_a_code_counts_as(text, conditions):
    assert list(read_stated(text).reading.conditions) == conditions


@pytest.mark.parametrize("text", ["D57.3", "T40.2X6A", "T40.2X5A", "F11.90", "Z85.3", "T39.1X5A", "S82.101A", "A20.0"])
def test_a_code_that_is_no_present_condition_counts_nothing(text):
    found = read_stated(text).reading
    assert (found.conditions, found.understood) == ((), True)


def test_weeks_come_from_their_code_alone():
    assert read_stated("Z3A.30").reading.gestational_weeks == 30
    assert read_stated("O24.410").reading.gestational_weeks is None
    assert read_stated("Z3A.49").reading.gestational_weeks is None


def test_a_code_that_is_listed_without_a_row_matters_to_no_rule():
    assert icd.is_listed("A200")
    assert icd.is_listed("A20")
    assert not icd.is_listed("A20Z")
    assert not icd.is_listed("A999")
    assert read_code(System.ICD10CM, "A20.0").is_silent
    assert not read_code(System.ICD10CM, "A20.99").understood
    assert read_code(System.ICD10CM, "A20.99", "Epilepsy").conditions == ("seizure disorder",)


@pytest.mark.parametrize("code", ["F11", "G47", "Z91.5", "N18"])
def test_a_heading_whose_codes_matter_asks_unless_its_words_are_read(code):
    found = read_code(System.ICD10CM, code)
    assert found.conditions == ()
    assert "heading" in found.asks[0]
    assert read_code(System.ICD10CM, code, "Epilepsy").conditions == ("seizure disorder",)


@pytest.mark.parametrize("code", ["A20", "S82", "I10", "J44"])
def test_a_heading_that_says_what_it_is_asks_nothing(code):
    assert read_code(System.ICD10CM, code).asks == ()


def test_a_code_and_words_that_disagree_ask():
    found = read_code(System.ICD10CM, "G47.33", "Epilepsy")
    assert found.conditions == ()
    assert "neither was counted" in found.asks[0]
    assert read_code(System.ICD10CM, "I25.2", "Old MI").conditions == ("cardiovascular disease",)


def test_a_code_is_read_by_its_system():
    assert read_code(System.ICD10CM, "F11.21").conditions == ("opioid use disorder in remission",)
    assert read_code(System.ICD10, "F11.21").conditions == ("opioid use disorder",)
    assert read_code(System.ICD9CM, "V10.3").asks
    assert "icd-9-cm:V10.3" in read_stated("V10.3").reading.asks[0]
    assert read_stated("250.00").near == ("icd-9-cm:250.00",)


def test_digits_are_a_code_only_with_their_check_digit():
    assert snomed.is_code("73211009")
    assert not snomed.is_code("73211008")
    assert not snomed.is_code("12345")
    assert all(snomed.is_code(code) for code in snomed.known_codes())


@pytest.mark.parametrize(
    ("text", "conditions"),
    [
        ("no sleep apnea. COPD.", ("copd",)),
        ("mother had cancer. COPD", ("copd",)),
        ("Denies OSA. COPD on O2.", ("copd",)),
        ("no hx. of OUD", ()),
        ("Diagnosis: OSA, COPD", ("sleep apnea", "copd")),
        ("dx: no OSA", ()),
        ("28 weeks pregnant", ("pregnancy",)),
        ("28 weeks not pregnant", ()),
        ("prostate cancer, metastatic to bone", ("cancer",)),
        ("heart failure with preserved EF", ("heart failure",)),
    ],
)
def test_a_sentence_or_a_heading_reaches_no_further_than_its_end(text, conditions):
    found = read_stated(text).reading
    assert found.understood
    assert found.conditions == conditions


@pytest.mark.parametrize("text", ["cancer, treated", "treated breast cancer", "breast cancer, treated in 2015"])
def test_cancer_that_was_treated_asks_and_is_not_counted(text):
    found = read_stated(text).reading
    assert found.asks
    assert not found.conditions


def test_cancer_that_is_not_treated_counts():
    assert read_stated("breast cancer, untreated").reading.conditions == ("cancer",)
