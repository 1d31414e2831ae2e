"""The screens of the page: every one answers, keeps what it was sent, escapes it, and says what the command says."""

from __future__ import annotations

import html
import json
import re
from datetime import date
from pathlib import Path

import pytest

from medsteward.page.commands import form_of_command
from medsteward.page.form import MAX_FIELDS, FormTooLarge, SentForm, Upload, form_of
from medsteward.page.index import SCREENS, answer
from medsteward.page.start import EXAMPLE
from tests.build import there
from tests.program import run

DAY = date(2027, 1, 4)
DIRECTIONS = Path(__file__).parents[1] / "spec" / "directions_found.txt"
PATIENT = [("age", "68"), ("conditions", "COPD"), ("as_of", "2027-01-04"), ("indication", "chronic pain")]
TAPER = [
    ("medicines", "oxycodone IR 5 mg tablet, 3 tablets 4 times daily"),
    ("start", "2027-01-04"),
    ("requested_by", "patient"),
    ("when_stuck", "smallest-step"),
]
HOSTILE = "<script>alert(1)</script>\"'&<img src=x onerror=1>"


def shown(name, *pairs, files=None):
    found = answer(name, form_of(pairs, files), today=DAY)
    assert found.kind.startswith("text/html"), found.kind
    return found.body.decode()


def hidden(page, name):
    """What a page carries in a hidden field."""
    values = re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)">', page)
    return [html.unescape(each) for each in values]


@pytest.mark.parametrize("name", sorted(set(SCREENS) - {"keep"}))
@pytest.mark.parametrize("pairs", [[], [("medicines", EXAMPLE), *PATIENT]])
def test_every_screen_answers_with_and_without_a_list(name, pairs):
    page = shown(name, *pairs)
    assert page.count("<h1>") == 1
    assert page.count("</html>") == 1


@pytest.mark.parametrize("name", ["medicines", "mme", "safety", "taper", "trial", "look-up"])
def test_what_a_screen_was_sent_goes_on_to_the_next_one(name):
    page = shown(name, ("medicines", EXAMPLE), *PATIENT, ("table", "cdc_2022"), ("plan", "{}"))
    carried = html.unescape(page)
    for value in ("lorazepam 0.5 mg tablet", "COPD", "cdc_2022", "chronic pain"):
        assert value in carried
    assert re.search(r'name="age"[^>]*value="68"|value="68"[^>]*name="age"', page)


FIELDS = (
    *("medicines", "age", "sex", "egfr", "conditions", "table", "reason", "policy", "start", "percent", "answer"),
    *("supervised_by", "q", "drug", "goal", "baseline", "site", "product", "quantity", "why", "plan", "ack", "pick"),
    *("done:naloxone", "choose", "base", "change", "set_dose", "paper", "use_table", "trial_start"),
)


@pytest.mark.parametrize("name", sorted(set(SCREENS) - {"keep", "open"}))
def test_markup_in_any_field_stays_text(name):
    page = shown(name, *((field, HOSTILE) for field in FIELDS))
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_page_loads_nothing_but_its_own_script_and_style():
    for name in set(SCREENS) - {"keep"}:
        page = shown(name, ("medicines", EXAMPLE), *PATIENT, *TAPER[1:])
        assert not re.search(r'\sstyle="|<style|javascript:|\son[a-z]+="', page)
        loaded = re.findall(r'(?:src|href)="([^"#]+)"', page)
        assert set(loaded) <= {"page.css", "page.js", "icon.svg"}, loaded


@pytest.mark.parametrize(("screen", "command"), [("mme", "mme"), ("safety", "review")])
def test_the_json_of_a_screen_is_that_of_the_command(screen, command):
    page = shown(screen, ("medicines", EXAMPLE), *PATIENT, ("json", "yes"))
    found = json.loads(
        html.unescape(there(re.search(r"<textarea readonly[^>]*>(.*?)</textarea>", page, re.DOTALL)).group(1))
    )
    words = [*EXAMPLE.split("\n"), "--age", "68", "--condition", "COPD", "--indication", "chronic pain"]
    expected = json.loads(run(command, *words, "--as-of", "2027-01-04", "--format", "json").out)
    assert found == expected


def test_the_command_that_is_shown_gives_the_same_figure():
    page = shown("mme", ("medicines", EXAMPLE), *PATIENT)
    words = html.unescape(there(re.search(r'<code class="copied" id="command">(.*?)</code>', page)).group(1))
    assert words.startswith("medsteward mme 'morphine ER 30 mg tablet")
    assert '<p class="total">120</p>' in page
    assert "60 if no as-needed dose is taken" in page


def test_a_line_that_is_not_understood_offers_what_it_could_be_and_chooses_nothing():
    page = shown("medicines", ("medicines", "ms contin 15 bid\nduloxetine 30 mg daily"))
    offered = html.unescape(there(re.search(r'<button name="choose" value="([^"]*)"', page)).group(1))
    assert offered == "ms contin 15 bid\nms contin 15 mg bid"
    assert "(30 MME/d)" in page
    assert "30 MME/d</span>" not in page
    chosen = shown("medicines", ("medicines", "ms contin 15 bid\nduloxetine 30 mg daily"), ("choose", offered))
    assert "ms contin 15 mg bid\nduloxetine 30 mg daily</textarea>" in chosen
    assert "30 MME/d</span>" in chosen


def test_a_plan_is_paused_only_after_what_would_move_was_shown():
    taper = shown("taper", *TAPER, *PATIENT)
    (plan,) = hidden(taper, "plan")
    change = [("plan", plan), ("on", "2027-01-18"), ("change", "pause"), ("why", "flu")]
    change += [("pause_from", "2027-02-08"), ("pause_to", "2027-02-28")]
    before = shown("plan", *change)
    assert "This would move" in before
    assert hidden(before, "plan") == [plan]
    after = shown("plan", *change, ("keep", "yes"))
    (kept,) = hidden(after, "plan")
    assert len(json.loads(kept)["events"]) == 1
    twice = shown("plan", *change, ("keep", "yes"))
    assert hidden(twice, "plan") == [kept], "the same form sent twice is one change"
    again = shown("plan", *[(name, kept if name == "plan" else value) for name, value in change], ("keep", "yes"))
    assert hidden(again, "plan") == [kept], "and the same pause is not made twice"


def test_a_plan_that_needs_a_choice_is_not_kept_and_an_alternative_can_be_picked():
    page = shown("taper", *[(name, "ask" if name == "when_stuck" else value) for name, value in TAPER], *PATIENT)
    assert hidden(page, "plan") == []
    assert "Print and send" not in page
    picks = [html.unescape(each) for each in re.findall(r'<button name="pick" value="([^"]*)"', page)]
    assert picks
    form = form_of_command(picks[0], SentForm())
    assert form.text("start") == "2027-01-04"


@pytest.mark.parametrize("paper", ["card", "pharmacy", "clinician", "calendar", "fhir", "note", "file"])
def test_everything_that_is_printed_comes_from_the_plan_of_the_form(paper):
    (plan,) = hidden(shown("taper", *TAPER, *PATIENT), "plan")
    found = answer("print", form_of([("plan", plan), ("paper", paper), ("on", "2027-01-04")]), today=DAY)
    assert found.status == 200
    assert found.body
    assert "oxycodone" not in found.file
    assert found.is_paper is (paper in ("card", "pharmacy", "clinician"))


def test_whom_to_call_and_the_sheets_are_chosen_where_the_card_is_printed():
    (plan,) = hidden(shown("taper", *TAPER, *PATIENT), "plan")
    sent = [("plan", plan), ("paper", "card"), ("on", "2027-01-04"), ("clinic", "Pain clinic; 555-0100")]
    few = shown("print", *sent, ("sheets", "none"))
    many = shown("print", *sent, ("sheets", "all"))
    assert "555-0100" in few
    assert len(many) > len(few)


def test_a_case_is_kept_and_opened_again():
    file = answer("keep", form_of([("medicines", EXAMPLE), *PATIENT]), today=DAY)
    assert file.file == "case.json"
    page = shown("open", files={"file": Upload("case.json", file.body)})
    assert "<h1>Medicines</h1>" in page
    assert (
        html.unescape(there(re.search(r"<textarea id=\"medicines\"[^>]*>(.*?)</textarea>", page, re.DOTALL)).group(1))
        == EXAMPLE
    )
    again = answer(
        "keep",
        form_of(
            [(n, v) for n in ("medicines", "base", "age", "conditions", "indication", "as_of") for v in field(page, n)]
        ),
        today=DAY,
    )
    assert json.loads(again.body) == json.loads(file.body)


def field(page, name):
    """The value of a field of a page, of whatever kind it is."""
    area = re.search(rf'<textarea id="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    if area:
        return [html.unescape(area.group(1))]
    chosen = re.search(rf'<select id="{name}".*?<option value="([^"]*)" selected>', page, re.DOTALL)
    if chosen:
        return [html.unescape(chosen.group(1))]
    found = re.search(rf'<input[^>]* name="{name}"[^>]* value="([^"]*)"', page)
    return [html.unescape(found.group(1))] if found else []


def test_records_of_one_patient_are_shown_with_a_day_chart():
    rows = "patient_key,drug_name,quantity,days_supply,filled_date\nA,oxycodone 5 mg tablet,120,30,2026-12-01\n"
    page = shown("pharmacist", files={"fills": Upload("f.csv", rows.encode())})
    assert "total days&#39; supply" in page or "total days' supply" in html.unescape(page)
    assert '<rect class="bar"' in page


def test_a_file_that_does_not_read_is_answered_with_what_is_wrong():
    for data in (b"\xff\xfe\x00", b"", b"{", b"a,b\n1,2\n", b"[" * 100_000):
        for name, field_ in (("open", "file"), ("pharmacist", "fills")):
            assert "<h1>" in shown(name, files={field_: Upload("x", data)})


def test_a_form_is_bounded():
    with pytest.raises(FormTooLarge):
        form_of([("a", "b")] * (MAX_FIELDS + 1))
    with pytest.raises(FormTooLarge):
        form_of([("a", "b" * 1_000_001)])


def test_strengths_that_are_ticked_make_the_plan_and_all_of_them_change_nothing():
    every = shown("taper", *TAPER, *PATIENT)
    names = [html.unescape(each) for each in re.findall(r'name="have" value="([^"]*)" checked', every)]
    assert len(names) > 3
    again = shown("taper", *TAPER, *PATIENT, *(("have", each) for each in names))
    assert hidden(again, "plan") == hidden(every, "plan")
    two = [each for each in names if re.search(r"\b(10|20) MG|\b(10|20) mg", each)]
    assert len(two) == 2
    fewer = shown("taper", *TAPER, *PATIENT, *(("have", each) for each in two))
    (plan,) = hidden(fewer, "plan")
    products = {
        item["product"] for step in json.loads(plan)["steps"] for dose in step["doses"] for item in dose["items"]
    }
    assert products
    assert not [each for each in products if re.search(r"\b(5|15|30)\b", each)]


def test_a_condition_is_found_by_name_and_added():
    page = shown("medicines", ("medicines", EXAMPLE), ("conditions", "COPD"), ("condition_add", "sleep apnea"))
    assert field(page, "conditions") == ["COPD\nsleep apnea"]
    assert 'name="condition_add" list="conditions_known"' in page
    assert field(page, "condition_add") == []


def test_a_page_says_of_which_data_it_is_made():
    page = shown("mme", ("medicines", EXAMPLE))
    assert re.search(r"cdc_2022 [0-9a-f]{12}", page)
    assert re.search(r"limits of \w+ [0-9a-f]{12}", page)


LISTS = [line.partition("|")[0].strip() for line in DIRECTIONS.read_text(encoding="utf-8").split("\n")]
LINES = [line for line in LISTS if line and not line.startswith("#")]


def test_the_figures_of_200_lists_are_those_of_the_command():
    for number in range(200):
        lines = [LINES[(number * 3 + turn * 7) % len(LINES)] for turn in range(1 + number % 3)]
        found = shown("mme", ("medicines", "\n".join(lines)), ("json", "yes"), ("as_of", "2027-01-04"))
        area = there(re.search(r"<textarea readonly[^>]*>(.*?)</textarea>", found, re.DOTALL))
        said = run("mme", "--input", "-", "--as-of", "2027-01-04", "--format", "json", stdin="\n".join(lines).encode())
        assert json.loads(html.unescape(area.group(1)))["total"] == json.loads(said.out)["total"], lines


@pytest.mark.parametrize(
    ("change", "fields", "said"),
    [
        ("replan", {"replan": "2027-03-01", "replan_percent": "5"}, "This would move"),
        ("replan", {"replan": "2027-03-01", "replan_form": "patch"}, "TAPER-027"),
        ("replan", {"replan": "tomorrow"}, 'role="alert"'),
        ("present", {"present_dose": "oxycodone=55 mg/d", "present_on": "2027-01-18"}, "This would move"),
        ("dispense", {"dispense_day": "2027-01-18", "dispense_days": "7", "dispense_why": "lost"}, "This would move"),
        ("set", {"set_step": "99", "set_dose": "oxycodone=1 mg/d"}, 'role="alert"'),
        ("end", {"end": "2027-02-01"}, "This would move"),
        ("undo", {}, 'role="alert"'),
    ],
)
def test_each_change_of_a_plan_shows_what_moves_or_why_it_is_refused(change, fields, said):
    (plan,) = hidden(shown("taper", *TAPER, *PATIENT), "plan")
    page = shown(
        "plan", ("plan", plan), ("on", "2027-01-18"), ("why", "asked for"), ("change", change), *fields.items()
    )
    assert said in page
    assert hidden(page, "plan") == [plan]
