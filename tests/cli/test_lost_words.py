"""What a shell, a word processor or a hurry does to a command line, and what is said then."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LINE = "oxycodone IR 5 mg tablet, 1 tablet 3 times daily"
LOST = (
    "10 lines of one word each: put each medication in straight quotes, "
    'as in "morphine ER 60 mg tablet, 1 tablet every 12 hours"'
)


@pytest.mark.parametrize("quotes", [("", ""), ("\u201c", "\u201d")])
def test_lost_and_curly_quotes_are_said_first(run, quotes):
    done = run("mme", *f"{quotes[0]}morphine ER 60 mg tablet, 1 tablet every 12 hours{quotes[1]}".split())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [f"medsteward: {LOST}; see `medsteward mme --help`"]


def test_drugs_alone_are_lines(run):
    assert "one word" not in run("check", "oxycodone", "alprazolam", "5-HTP").stderr


@pytest.mark.parametrize(
    ("word", "option"), [("\u2014-as-of", "--as-of"), ("\u2013\u2013as-of=2027-01-04", "--as-of"), ("\u2013i", "-i")]
)
def test_a_dash_of_another_kind_is_no_drug(run, word, option):
    done = run("mme", LINE, word)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"write {option}; see" in done.stderr


def test_a_line_of_a_list_keeps_its_dash(run):
    assert "hyphen" not in run("mme", f"\u2013 {LINE}").stderr


@pytest.mark.parametrize(
    "arguments",
    [("mme",), ("check",), ("remind",), ("review",), ("taper", "--start", "2027-01-04"), ("fills",)],
)
def test_a_file_is_read_with_input(run, arguments):
    name = "examples/fills.csv" if arguments == ("fills",) else "examples/chronic-pain.toml"
    done = run(*arguments, name)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"to read a file: --input {name}" in done.stderr


def test_a_file_that_an_option_takes_is_no_input(run):
    assert "to read a file" not in run("fills", "--failed", "failed.csv").stderr


def test_a_folder_is_called_one(run, tmp_path):
    (tmp_path / "examples").mkdir()
    assert "this is a folder" in run("mme", "--input", "examples").stderr


def test_directions_on_standard_input(run):
    done = run("mme", "--input", "-", stdin="Home meds:\n\n- oxycodone 5 mg tid\n- metformin 500 mg bid\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "22.5 maximum" in done.stdout
    assert "1 blank" in done.stdout


def test_words_that_are_no_list(run):
    done = run("mme", "--input", "-", stdin="hello\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no line of it names a drug" in done.stderr


@pytest.mark.parametrize("command", ["mme", "check", "remind", "review"])
def test_a_list_in_a_file(run, tmp_path, command):
    shutil.copy(EXAMPLES / "list.txt", tmp_path)
    done = run(command, "--input", "list.txt")
    assert done.returncode == 0
    assert "set aside in the list" in done.stdout


@pytest.mark.parametrize("argument", [f"{LINE}\nmorphine 15 mg bid", f"{LINE}; morphine 15 mg bid"])
def test_an_argument_that_is_a_list_is_offered_the_ways_of_lists(run, argument):
    done = run("mme", argument)
    assert done.returncode == 3
    assert "line 1 names several medications" in done.stderr
    assert "--input list.txt" in done.stderr


def test_a_curly_quote_in_a_case(run):
    done = run("mme", "--input", "-", stdin="[[medications]]\nsig = \u201coxycodone 5 mg tid\u201d\n")
    assert 'a curly quote: write "' in done.stderr
    assert "curly" not in run("mme", "--input", "-", stdin="[[medications]]\nsig = oxycodone\n").stderr


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("4/1/2027", '"4/1/2027" can be read two ways; write 2027-04-01 or 2027-01-04'),
        ("12/07/2026", "write 2026-12-07 or 2026-07-12"),
        ("12/25/2026", "write it as 2026-12-25"),
        ("5.5.2027", "write it as 2027-05-05"),
        ("2027-02-30", '"2027-02-30" is not a day'),
    ],
)
def test_a_day_in_numbers_is_never_guessed(run, day, words):
    done = run("mme", LINE, "--as-of", day)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_case_whose_day_is_not_understood_says_which_was_used(run):
    case = f'as_of = "4/1/2027"\n[[medications]]\nsig = "{LINE}"\n'
    done = run("mme", "--input", "-", stdin=case)
    assert "THE DAY ASKED ABOUT WAS NOT UNDERSTOOD" in " ".join(done.stdout.split("\n\n")[0].split())
    assert "NOT COUNTED" not in done.stdout
    document = json.loads(run("mme", "--input", "-", "--format", "json", stdin=case).stdout)
    assert not document["total"]["complete"]
    (problem,) = document["problems"]
    assert problem["text"].endswith(f"The day asked about was not understood; {document['as_of']} was used")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("taper", "oxycodone"),
            "Missing option '--start': first day of the first reduced dose, as 2027-01-04; see `medsteward taper",
        ),
        ((" --help",), "see `medsteward --help`"),
        (("mme", LINE, "--age", "58y"), '"58y" is not a whole number from 0 to 130'),
        (("mme", LINE, "--format", "jsn"), "did you mean json?"),
        (("mme", LINE, "--table", "cdc2022"), "did you mean cdc_2022?"),
        (("score", "pegg"), "did you mean peg?"),
        (("schema", "foo"), "Invalid value for 'NAME': \"foo\" is not one of case, "),
        (("plan", "revise", "plan.json", "--hold-at", "0"), '"0" is not a whole number of 1 or more'),
    ],
)
def test_wrong_usage_says_what_was_likely_meant(run, arguments, words):
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert ".;" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [("taper", "oxycodone 5 mg", "--start", "2027-01-04"), ("score", "peg", "pain=7")]
)
def test_a_missing_part_is_no_opioid_without_a_factor(run, arguments):
    done = run(*arguments)
    assert done.returncode == 4
    assert "incomplete: a part is missing (see the problems)" in done.stderr
    assert "factor" not in done.stderr


@pytest.mark.parametrize("command", ["codes", "plan", "drugs"])
def test_help_in_one_line_is_whole(run, command):
    lines = run(command, "--help").stdout.partition("Commands:")[2]
    assert lines
    assert "..." not in lines
    assert "U.S." not in lines


def test_help_says_what_an_option_takes(run):
    page = " ".join(run("taper", "--help").stdout.split())
    assert "docs/policies.md" in page
    assert "sickle cell pain" in page


SPANISH = ("--language", "es", "--unreviewed")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (SPANISH, ["--language is for the patient's card; nothing changed"]),
        (
            ("--language", "es", "--unreviewed", "--format", "html", "--for", "clinician"),
            ["--language is for the patient's card"],
        ),
        (("--large-print",), ["--large-print is for printed pages (html, pdf); nothing changed"]),
        (("--dose-reminders", "--name-drug"), ["--dose-reminders is for calendars", "--name-drug is for calendars"]),
        ((*SPANISH, "--large-print", "--format", "html"), []),
    ],
)
def test_an_option_that_does_nothing_says_so(run, tmp_path, options, words):
    shutil.copy(EXAMPLES / "taper.toml", tmp_path)
    arguments = ("taper", "--input", "taper.toml", "--start", "2027-01-04", "--when-stuck", "smallest-step")
    done = run(*arguments, *options)
    assert done.returncode == 0
    said = [line for line in done.stderr.splitlines() if "nothing changed" in line]
    assert len(said) == len(words)
    assert all(each in line for each, line in zip(words, said, strict=True))
