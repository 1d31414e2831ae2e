"""``check``, ``remind``, ``score``, ``rules`` and ``drugs search --for-pain`` from outside."""

from __future__ import annotations

import csv
import io
import json

import pytest

DAY = ("--as-of", "2027-01-04")
STACK = ("oxycodone 5 mg tid", "alprazolam 0.5 mg bid", "zolpidem 10 mg nightly", "gabapentin 600 mg tid")
PERSON = ("--age", "71", "--condition", "sleep apnea")


def found(run, *arguments: str) -> dict:
    return json.loads(run("check", *arguments, "--format", "json", *DAY).stdout)


def test_a_stack_of_sedatives_is_one_finding(run):
    document = found(run, *STACK, *PERSON)
    first = document["findings"][0]
    assert first["rule"] == "DDI-001"
    assert first["title"] == "oxycodone with alprazolam (benzodiazepine); also zolpidem, gabapentin"
    assert set(first["drugs"]) == {"oxycodone", "alprazolam", "zolpidem", "gabapentin"}
    assert {"DDI-002", "DDI-003"} <= set(first["absorbed"])
    assert document["checked"]["rules"] > 150


def test_an_unknown_name_is_never_no_interactions(run):
    done = run("check", "oxycodone 5 mg tid", "lorazapam 1 mg", *DAY)
    assert done.returncode == 3
    assert "lorazepam" in done.stdout
    assert "no interactions" not in done.stdout.casefold()
    assert run("check", "oxycodone", "lorazepam", *DAY).returncode == 0


@pytest.mark.parametrize("style", ["text", "json", "jsonl", "csv", "md"])
@pytest.mark.parametrize("command", ["check", "remind"])
def test_every_format(run, command, style):
    done = run(command, *STACK, *PERSON, "--format", style, *DAY)
    assert done.returncode == 0
    assert done.stdout.strip()
    if style == "csv":
        rows = list(csv.reader(io.StringIO(done.stdout, newline="")))
        assert len({len(row) for row in rows}) == 1
    if style.startswith("json"):
        assert json.loads(done.stdout)["schema"] == f"medsteward.{command}/1"


def test_a_condition_that_is_not_understood_comes_first(run):
    done = run("check", "oxycodone 5 mg tid", "--condition", "slep apnea", *DAY)
    assert done.returncode == 3
    assert done.stdout.startswith('NOT CHECKED, as not understood: condition "slep apnea". Of the rest: 1 finding\n')
    assert " ".join(done.stdout.split()).count("did you mean sleep apnea?") == 1
    shown = run("review", "oxycodone 5 mg tid", "--condition", "slep apnea", *DAY).stdout
    assert shown.startswith('Medication review: NOT UNDERSTOOD, SO NOT LOOKED AT: condition "slep apnea"')
    assert "  1 condition not understood\n" in shown
    assert "nothing stated about the patient" not in shown
    assert " ".join(shown.split()).count("did you mean sleep apnea?") == 1


def test_what_is_left_out_of_reminders_names_its_option(run):
    short, full = (run("remind", "oxycodone 5 mg tid", *extra, *DAY).stdout for extra in ((), ("--all",)))
    assert "--all shows the steps" in short
    assert "--all shows" not in full


def test_tier_3_is_counted_and_shown_on_request(run):
    short, full = (run("check", *STACK, *PERSON, *extra, *DAY).stdout for extra in ((), ("--all",)))
    assert " minor; --all shows" in short
    assert " minor; --all shows" not in full
    assert len(full) > len(short)


def test_a_decision_is_recorded_kept_and_comes_back_when_the_case_changes(run, tmp_path):
    pair = ("oxycodone 5 mg tid", "alprazolam 0.5 mg bid")
    first = run("check", *pair, "--acknowledge", "DDI-001=will_monitor", "--format", "json", *DAY)
    document = json.loads(first.stdout)
    assert [each["rule"] for each in document["acknowledged"]] == ["DDI-001"]
    assert document["interrupts"] is False
    assert document["findings"][0]["rule"] == "DDI-001"
    assert document["findings"][0]["answered"]["reason"] == "will_monitor"
    (tmp_path / "before.json").write_text(first.stdout)
    later = ("--acknowledged", "before.json", "--format", "json", "--as-of", "2027-01-20")
    again = json.loads(run("check", *pair, *later).stdout)
    assert [each["rule"] for each in again["acknowledged"]] == ["DDI-001"]
    assert again["interrupts"] is False
    raised = json.loads(run("check", "oxycodone 10 mg tid", "alprazolam 0.5 mg bid", *later).stdout)
    assert raised["interrupts"] is True
    assert [each["rule"] for each in raised["returned"]] == ["DDI-001"]
    expired = json.loads(run("check", *pair, *later[:-1], "2027-06-01").stdout)
    assert expired["interrupts"] is True


def test_a_named_clinician_lets_a_contraindication_rest_for_a_week(run, tmp_path):
    pair = ("phenelzine 15 mg tid", "meperidine 50 mg q6h")
    answer = ("--acknowledge", "DDI-050=specialist_advice")
    unnamed = json.loads(run("check", *pair, *answer, "--format", "json", *DAY).stdout)
    assert unnamed["interrupts"] is True
    named = run("check", *pair, *answer, "--by", "Dr. Example", "--format", "json", *DAY)
    assert json.loads(named.stdout)["interrupts"] is False
    (tmp_path / "before.json").write_text(named.stdout)
    for day, interrupts in (("2027-01-10", False), ("2027-01-11", True)):
        later = run("review", *pair, "--acknowledged", "before.json", "--format", "json", "--as-of", day)
        assert json.loads(later.stdout)["interrupts"] is interrupts


def test_a_wrong_decision_says_what_to_write(run):
    done = run("check", "oxycodone", "--acknowledge", "DDI-001=because", *DAY)
    assert done.returncode == 2
    assert "will_monitor" in done.stderr


def test_a_decision_about_no_rule_of_ours_is_not_lost_in_silence(run):
    done = run("check", "oxycodone", "--acknowledge", "DDI-999=will_monitor", *DAY)
    assert (done.returncode, done.stdout) == (2, "")
    assert '"DDI-999"' in done.stderr


def test_only_what_is_new(run, tmp_path):
    (tmp_path / "old.toml").write_text('[[medications]]\nsig = "oxycodone 5 mg tid"\n')
    before, after = (
        found(run, "oxycodone 5 mg tid"),
        found(run, "oxycodone 5 mg tid", "alprazolam 0.5 mg bid", "--new-since", "old.toml"),
    )
    new = {each["rule"] for each in after["findings"]}
    assert "DDI-001" in new
    assert not new & {each["rule"] for each in before["findings"]}


def test_reminders_are_dated_and_the_same_from_run_to_run(run):
    once, twice = (run("remind", "morphine ER 30 mg tablet q12h", *DAY, "--format", "json").stdout for _ in range(2))
    assert once == twice
    kinds = {each["kind"] for each in json.loads(once)["reminders"]}
    assert {"bowel_regimen", "pdmp"} <= kinds


def test_a_calendar_file(run):
    icalendar = pytest.importorskip("icalendar")
    done = run("remind", "morphine ER 30 mg tablet q12h", *DAY, "--format", "ics")
    calendar = icalendar.Calendar.from_ical(done.stdout)
    assert calendar.walk("VEVENT")
    assert "morphine" not in done.stdout


def test_scores(run):
    done = json.loads(run("score", "peg", "pain=7", "enjoyment=6", "general_activity=8", "--format", "json").stdout)
    assert done["total"] == 7
    assert run("score", "peg").stdout.startswith("Items of peg")
    assert run("score", "peg", "pain=11", "enjoyment=6", "general_activity=8").returncode == 3
    assert run("score", "peg", "pain=7").returncode == 4
    assert run("score", "nonsense").returncode == 2
    assert run("score", "peg", "pain").returncode == 2
    assert run("score", "peg", "pain=.5").returncode == 2


def test_rules_are_listed_by_standing(run):
    def ids(*options):
        done = run("rules", "list", *options, "--format", "json")
        return {each["rule"]: each["standing"] for each in json.loads(done.stdout)["rules"]}

    every = ids()
    by_standing = [ids("--standing", each) for each in ("verified", "secondary", "recalled", "ours")]
    assert set(by_standing[2].values()) == {"recalled"}
    assert sum(map(len, by_standing)) == len(every)
    assert {rule: standing for found in by_standing for rule, standing in found.items()} == every
    assert run("rules", "list", "--standing", "guessed").returncode == 2


def test_rules(run):
    listed = run("rules", "list").stdout
    assert "DDI-001" in listed
    assert run("rules", "show", "ddi-001").stdout.startswith("DDI-001")
    assert json.loads(run("rules", "list", "--format", "json").stdout)["rules"]
    assert run("rules", "list", "--format", "md").stdout.startswith("# Rules")
    done = run("rules", "show", "DDI-999")
    assert done.returncode == 2
    assert done.stderr.count("see ") == 1


def test_a_kind_of_drug_points_at_its_list(run):
    done = run("drugs", "show", "opioid")
    assert done.returncode == 3
    assert '`medsteward drugs list --class "opioid"`' in done.stderr
    assert run("drugs", "list", "--class", "opioid").returncode == 0


def test_what_fits_a_kind_of_pain(run):
    patient = ("--age", "80", "--condition", "heart failure", "--format", "json", *DAY)
    done = json.loads(run("drugs", "search", "--for-pain", "inflammatory", *patient).stdout)
    blocked = {option["title"]: option["blocked"] for option in done["options"]}
    assert any("topical" in title.casefold() and not stop for title, stop in blocked.items())
    assert any(stop for title, stop in blocked.items() if "oral" in title.casefold() or "nsaid" in title.casefold())
    assert run("drugs", "search", "--for-pain", "nonsense").returncode == 2
    assert run("drugs", "search", "--for-pain", "migraine", *DAY).stdout.startswith("Migraine: refer")
    assert run("drugs", "search").returncode == 2


FRAIL = ("gabapentin 800 mg tid", "morphine 15 mg tid")


def case_with(sex: str) -> str:
    return json.dumps(
        {
            "patient": {"age": 85, "weight_kg": 50, "creatinine_mg_dl": 1.6, "sex": sex},
            "medications": [{"sig": sig} for sig in FRAIL],
        }
    )


@pytest.mark.parametrize("sex", ["woman", "Female ", " F"])
def test_a_sex_as_a_chart_writes_it_keeps_the_kidney_findings(run, sex):
    done = run("check", "--input", "-", "--format", "json", *DAY, stdin=case_with(sex))
    assert done.returncode == 0
    found = json.loads(done.stdout)["findings"]
    assert {"DDC-204", "DDC-207"} <= {rule for each in found for rule in (each["rule"], *each["absorbed"])}


def test_a_sex_that_is_not_read_is_said(run):
    said = 'sex "weiblich" is not read; write female or male (the creatinine clearance needs it)'
    done = run("check", "--input", "-", "--format", "json", *DAY, stdin=case_with("weiblich"))
    assert (done.returncode, json.loads(done.stdout)["problems"][0]["text"]) == (3, said)
    done = run("check", *FRAIL, "--sex", "xyz", *DAY)
    assert done.returncode == 3
    assert 'NOT CHECKED, as not understood: sex "xyz". Of the rest:' in done.stdout


def test_a_review_shows_seven_findings_and_every_one_on_request(run):
    sigs = (
        *("morphine ER 60 mg bid", "alprazolam 1 mg tid", "gabapentin 800 mg tid", "cyclobenzaprine 10 mg tid"),
        *("naproxen 500 mg tablet bid", "warfarin 5 mg daily", "tramadol 50 mg qid", "sertraline 100 mg daily"),
    )
    facts = ("--age", "72", "--egfr", "25", "--condition", "copd", "--condition", "falls")
    plain, everything = (run("review", *sigs, *facts, *more, *DAY).stdout for more in ((), ("--all",)))
    assert "more with --verbose" in plain
    assert " minor; --all shows them" in plain
    assert "more with --verbose" not in everything
    assert " minor; --all" not in everything
    told = {part.split("]")[0] for part in plain.split("[")[1:]}
    assert {rule for rule in told if rule[:3] in ("DDI", "DDC", "HAZ", "GAP")} <= {
        part.split("]")[0] for part in everything.split("[")[1:]
    }
