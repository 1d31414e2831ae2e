"""How long an answer is on a terminal: the answer first, the rest with ``--verbose``, which loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LINES = (
    "oxycodone 10 mg tablet, 1 tablet every 6 hours",
    "morphine ER 30 mg tablet, 1 tablet every 12 hours",
    "gabapentin 300 mg capsule, 1 capsule three times daily",
)
TAPER = ("taper", "--input", str(EXAMPLES / "taper.toml"), "--start", "2027-01-04")
FINISHED = (*TAPER, "--products", str(EXAMPLES / "products.csv"), "--when-stuck", "smallest-step")
TRIAL = ("trial", "duloxetine", "--start", "2027-01-04", "--goal", "walk 20 minutes", "--baseline", "PEG=7")
SHORT = {
    "mme": (("mme", *LINES), 20),
    "check": (("check", LINES[0], "alprazolam 1 mg tablet, 1 tablet twice daily", LINES[2], "--age", "60"), 30),
    "review": (("review", "--input", str(EXAMPLES / "chronic-pain.toml")), 45),
    "finished": (FINISHED, 80),
    "trial": ((*TRIAL, "--age", "50", "--egfr", "90"), 80),
}


@pytest.mark.parametrize("name", SHORT)
def test_the_answer_fits_on_a_screen_and_names_the_rest(run, name):
    command, most = SHORT[name]
    done = run(*command)
    assert done.returncode in (0, 3), done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) <= most
    assert lines[-1].startswith("More with --verbose: ")
    whole = run(*command, "--verbose").stdout
    assert len(whole.splitlines()) > len(lines)
    assert "not for" in whole
    assert lines[0] == whole.splitlines()[0]
    assert "--verbose" not in whole


@pytest.mark.parametrize("name", SHORT)
def test_other_formats_keep_all_of_it(run, name):
    command, _ = SHORT[name]
    assert run(*command, "--format", "json", "--verbose").stdout == run(*command, "--format", "json").stdout


def test_what_stands_in_the_way_is_never_left_out(run):
    done = run("mme", "oxycodone 10 mg, 1 tablet every 6 hours", "morphina forte 7 per dia")
    assert "AT LEAST" in done.stdout
    assert "Problems" in done.stdout
    done = run("check", "oxycodone 10 mg, 1 tablet every 6 hours", "morphina forte 7 per dia")
    assert "NOT CHECKED" in done.stdout


def test_a_recalled_rule_says_so_without_its_sources(run):
    """The standing of a rule is part of the answer, not of what is rarely read."""
    marked = run("review", "--input", str(EXAMPLES / "chronic-pain.toml")).stdout
    assert "needs a second source" in marked


def test_mme_has_one_decimal_at_most_in_a_text_and_all_of_them_in_a_document(run):
    done = run("mme", "methadone 10 mg/mL oral concentrate, 0.33 mL twice daily")
    for word in done.stdout.splitlines()[0].split():
        assert "." not in word or len(word.rstrip(",;").partition(".")[2]) <= 1
