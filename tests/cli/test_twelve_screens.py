"""Twelve lists and twelve plans as a person sees them: few lines, no wider than the terminal, no number cut."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys

import pytest

from tests import program

DAY = ("--as-of", "2027-01-04")
START = ("--start", "2027-01-04", *DAY)
LISTS = (
    ("oxycodone 5 mg tablet, 1 tablet three times daily",),
    ("oxycodone 10 mg, 1-2 tablets every 4 to 6 hours as needed, #120, 30 days",),
    ("morphine ER 60 mg tablet, 1 tablet every 12 hours", "oxycodone 10 mg, 1 tablet every 6 hours as needed"),
    ("fentanyl patch 25 mcg/h every 72 hours", "hydromorphone 2 mg every 6 hours as needed", "senna 8.6 mg nightly"),
    ("butrans 10 mcg/h",),
    ("methadone 10 mg/mL oral concentrate, 0.33 mL twice daily", "escitalopram 20 mg daily"),
    ("oxycodone 5 mg tid", "alprazolam 0.5 mg bid", "gabapentin 300 mg tid"),
    ("tramadol 50 mg qid", "sertraline 100 mg daily", "warfarin 5 mg daily"),
    ("hydrocodone/acetaminophen 10/325, 1 tablet every 6 hours", "acetaminophen 500 mg 2 tablets every 6 hours"),
    ("morphine ER 100 mg bid", "diazepam 10 mg tid", "pregabalin 150 mg bid", "quetiapine 100 mg nightly"),
    (
        *("oxycodone 5 mg tid", "alprazolam 0.5 mg bid", "amitriptyline 25 mg nightly", "ibuprofen 600 mg tid"),
        *("warfarin 5 mg daily", "tramadol 50 mg qid", "sertraline 100 mg daily", "lisinopril 10 mg daily"),
    ),
    ("tapentadol 50 mg twice daily", "morphina forte 7 per dia", "venlafaxine 150 mg daily"),
)
WHO = (
    *((), ("--age", "58"), ("--age", "71", "--condition", "sleep apnea"), ("--age", "44", "--egfr", "55")),
    *(("--age", "50"), ("--age", "67", "--condition", "copd"), ("--age", "39"), ("--age", "80", "--egfr", "28")),
    *(("--age", "62"), ("--age", "75", "--condition", "falls"), (), ("--age", "33", "--pregnant")),
)
PAIN = ("--indication", "chronic pain")
PLANS = (
    ("oxycodone IR 5 mg tablet, 3 tablets 4 times daily", *PAIN),
    ("morphine ER 30 mg tablet, 1 tablet every 12 hours", *PAIN),
    ("morphine ER 60 mg tablet, 1 tablet every 12 hours", "oxycodone IR 10 mg tablet, 1 tablet 4 times daily", *PAIN),
    ("hydrocodone/acetaminophen 10/325 tablet, 1 tablet every 6 hours", *PAIN),
    ("fentanyl patch 50 mcg/h, every 72 hours", *PAIN),
    ("methadone 10 mg tablet, 1 tablet every 8 hours", *PAIN),
    ("tramadol IR 50 mg tablet, 2 tablets 4 times daily", *PAIN),
    ("oxycodone ER 40 mg tablet, 1 tablet every 12 hours", *PAIN),
    ("clonazepam 1 mg tablet, 1 tablet twice daily", "--because", "risk"),
    ("diazepam 5 mg tablet, 1 tablet 3 times daily", "--because", "risk"),
    ("gabapentin 600 mg tablet, 1 tablet 3 times daily", "--because", "no-benefit"),
    ("hydromorphone IR 4 mg tablet, 1 tablet every 6 hours", *PAIN),
)
MOST = {"mme": 20, "check": 30, "review": 45}
FINE = re.compile(r"\d\.\d{2,} MME")


def screen(*words: str, columns: str = "") -> list[str]:
    done = program.run(*words, environment={"COLUMNS": columns})
    assert done.code in (0, 3, 4), done.err
    return done.out.decode("utf-8").splitlines()


def fits(lines: list[str], width: int) -> bool:
    return max(map(len, lines)) <= width


@pytest.mark.parametrize("command", MOST)
@pytest.mark.parametrize("number", range(len(LISTS)))
def test_a_list_fits_a_screen(command, number):
    asked = (command, *LISTS[number], *WHO[number], *DAY)
    lines = screen(*asked)
    assert len(lines) <= MOST[command]
    assert fits(lines, 80)
    assert not any(map(FINE.search, lines))
    wide, whole = screen(*asked, columns="200"), screen(*asked, "--verbose")
    assert fits(wide, 120)
    assert len(wide) <= MOST[command]
    assert not any(map(FINE.search, whole))


@pytest.mark.parametrize("chosen", ["ask", "smallest-step"])
@pytest.mark.parametrize("number", range(len(PLANS)))
def test_a_plan_fits_a_screen(number, chosen):
    lines = screen("taper", *PLANS[number], *START, "--when-stuck", chosen)
    waits = any("Choose a way" in line for line in lines)
    assert chosen == "ask" or not waits
    assert len(lines) <= (40 if waits else 80)
    assert fits(lines, 80)
    assert not any(map(FINE.search, lines))


def columns_of(rule: str) -> list[tuple[int, int]]:
    """Where the columns of a table begin and end, by the line under its headings."""
    return [match.span() for match in re.finditer("-+", rule)]


@pytest.mark.parametrize("number", range(len(PLANS)))
def test_no_cell_stands_under_another_heading(number):
    lines = screen("taper", *PLANS[number], *START, "--when-stuck", "smallest-step")
    rules = [place for place, line in enumerate(lines) if re.fullmatch(r" *-+(  -+)+", line)]
    assert rules
    for place in rules:
        gaps = [
            spot
            for (_, end), (start, _) in zip(columns_of(lines[place]), columns_of(lines[place])[1:], strict=False)
            for spot in range(end, start)
        ]
        for row in lines[place - 1 : lines.index("", place)]:
            if row.lstrip().startswith(AFTER):
                break
            assert all(row[spot : spot + 1] in ("", " ", "-") for spot in gaps)


AFTER = ("...", "To make", "Also")
"""What follows the rows of a table."""


def on_a_terminal(*words: str, **environment: str) -> str:
    """What a terminal is sent: standard output is one."""
    ours, theirs = pty.openpty()
    keep = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "TERM")}
    started = subprocess.Popen(
        [sys.executable, "-m", "medsteward", *words],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        env={**keep, "TERM": "xterm", **environment},
    )
    os.close(theirs)
    sent = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        sent += piece
    started.wait(60)
    os.close(ours)
    return sent.decode("utf-8").replace("\r\n", "\n")


PAIR = ("check", "oxycodone 5 mg tid", "alprazolam 0.5 mg bid", "--age", "60", *DAY)


def test_a_terminal_shows_the_answer_bold_and_the_severity_in_color():
    shown = on_a_terminal(*PAIR)
    plain = "\n".join(screen(*PAIR))
    first, rest = shown.split("\n", 1)
    assert first.startswith("\x1b[1m")
    assert "\x1b[1;31mMAJOR\x1b[0m: oxycodone with alprazolam" in rest
    assert re.sub(r"\x1b\[[\d;]*m", "", shown).strip() == plain.strip()


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_styles_where_they_are_not_wanted(environment):
    assert "\x1b" not in on_a_terminal(*PAIR, **environment)


def test_a_pipe_and_a_file_have_no_styles(tmp_path):
    assert not any("\x1b" in line for line in screen(*PAIR))
    kept = tmp_path / "check.txt"
    on_a_terminal(*PAIR, "--output", str(kept))
    assert "\x1b" not in kept.read_text(encoding="utf-8")
