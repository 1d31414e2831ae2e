"""Sentences are short: of pages, help, rules, policies, messages and whole answers, at most 25 words each.

What is rendered from declared clauses is as long as its clauses (``When the patient takes ...``), and notes of
published tables are as their editions have them. Their pages are left out here; the texts written for them are not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import medsteward
from medsteward.cli import _group
from medsteward.interactions.check import rules
from medsteward.model.codes import CODES
from medsteward.schedules.policies import POLICIES
from tests import program
from tests.sentences import blocks, long_sentences
from tests.unit.test_words import pages_of_help

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
SPEC = ROOT / "tests" / "spec"
MADE_OF_CLAUSES = {"rules.md", "policies.md", "doses.md", "tables.md"}
PAGES = [
    ROOT / "README.md",
    *(path for path in sorted((ROOT / "docs").glob("*.md")) if path.name not in MADE_OF_CLAUSES),
]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_sentences_of_a_page_are_short(path):
    found = list(blocks(path.read_text(encoding="utf-8")))
    assert found
    assert [each for text, is_cell in found for each in long_sentences(text, is_listed=is_cell)] == []


def test_sentences_of_help_are_short():
    def said(page: str) -> Iterator[str]:
        for part in re.split(r"\n\s*\n", page):
            if not re.match(r"\s*(?:Usage:|Examples?:|medsteward )", part):
                yield from re.split(r"\n(?=  \w)" if part.startswith("Commands:") else r"\n(?=  -)", part)

    seen = dict(pages_of_help(_group, "medsteward"))
    long = {(name, each) for name, page in seen.items() for text in said(page) for each in long_sentences(text)}
    assert long == set()


def test_sentences_of_rules_are_short():
    texts = [text for each in rules() for text in (each.because, each.consider)]
    assert len(texts) > 500
    assert [each for text in texts for each in long_sentences(text, is_listed=True)] == []


def _texts(found: object, depth: int = 0) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, tuple | frozenset):
        for each in found:
            yield from _texts(each, depth)
    elif depth < 3:
        for name in (each.name for each in getattr(found, "__attrs_attrs__", ())):
            if name != "sources":
                yield from _texts(getattr(found, name), depth + 1)


@pytest.mark.parametrize("name", POLICIES)
def test_sentences_of_a_policy_are_short(name):
    texts = list(_texts(POLICIES[name]))
    assert len(texts) > 5
    assert [each for text in texts for each in long_sentences(text, is_listed=True)] == []


@pytest.mark.parametrize("name", ["directions_found.txt", "directions_made.txt", "dose_cases.txt"])
def test_what_is_said_of_a_line_is_short(name):
    said = set()
    for row in (SPEC / name).read_text(encoding="utf-8").splitlines():
        if " | " in row and not row.startswith("#"):
            line = row.rsplit(" | ", 1)[1].encode("latin-1", "backslashreplace").decode("unicode_escape")
            case = medsteward.case_of(line, as_of=date(2026, 12, 1))
            of_lines = [each for found in case.lines for each in (found.problems, found.cautions)]
            said |= {each.text for part in (case.problems, case.cautions, *of_lines) for each in part}
    assert len(said) > 3
    assert [each for text in said for each in long_sentences(text, is_listed=True)] == []


def test_codes_are_explained_in_short_sentences():
    texts = [text for each in CODES.values() for text in (each.means, each.do)]
    assert [each for text in texts for each in long_sentences(text, is_listed=True)] == []


OXYCODONE = "oxycodone 10 mg tablet, 1 tablet every 6 hours"
MANY = (
    OXYCODONE,
    "alprazolam 1 mg tablet, 1 tablet twice daily",
    "methadone 10 mg tablet, 1 tablet three times daily",
    "gabapentin 600 mg tablet, 1 tablet three times daily",
    "ibuprofen 800 mg tablet, 1 tablet three times daily",
    "warfarin 5 mg tablet, 1 tablet daily",
    "fluoxetine 20 mg capsule, 1 capsule daily",
    *("--age", "82", "--egfr", "28", "--condition", "cirrhosis", "--condition", "sleep apnea"),
)
OUD = (
    "buprenorphine/naloxone 8-2 mg film, 1 film twice daily",
    "clonazepam 1 mg tablet, 1 tablet twice daily",
    *("--condition", "opioid use disorder"),
)
CHANGED = (
    "oxycodone 10 mg tablet, 1 tablet every 6 hours",
    "clonazepam 0.5 mg tablet, 1 tablet twice daily",
    "fentanyl 75 mcg/h patch, 1 patch every 72 hours",
    "gabapentin 600 mg tablet, 1 tablet three times daily",
    "duloxetine 60 mg capsule, 1 capsule once daily",
    "morphine ER 60 mg tablet, 1 tablet every 12 hours",
)
TRIED = ("duloxetine", "gabapentin", "nortriptyline", "baclofen", "rhythm", f"{OXYCODONE} as needed")
ANSWERS: dict[str, tuple[str, ...]] = {
    **{
        f"{command} of {name}": (command, *words)
        for command in ("mme", "check", "remind", "review")
        for name, words in (
            ("an example", ("--input", str(EXAMPLES / "chronic-pain.toml"))),
            ("cases", ("--input", str(EXAMPLES / "cases.jsonl"))),
            ("many medicines", MANY),
            ("treatment of OUD", OUD),
        )
    },
    "fills": ("fills", "--input", str(EXAMPLES / "fills.csv")),
    **{
        f"taper of {line.partition(' ')[0]}, {stuck}": (
            *("taper", line, "--start", "2027-01-04", "--indication", "chronic pain", "--when-stuck", stuck),
        )
        for line in CHANGED
        for stuck in ("smallest-step", "ask")
    },
    **{
        f"trial of {drug}": (
            *("trial", drug, "--start", "2027-01-04", "--goal", "walk 20 minutes", "--baseline", "PEG=7"),
            *("--age", "50", "--egfr", "90"),
        )
        for drug in TRIED
    },
    "options": ("drugs", "search", "--for-pain", "neuropathic", "--age", "80"),
    "a drug": ("drugs", "show", "oxycodone"),
    "plan check": ("plan", "check", str(EXAMPLES / "schedule.csv"), "--policy", "humane"),
}
_NOT_SAID = {"citation", "sources", "where", "id", "sig", "written", "digest", "command", "not_for", "policy"}
"""Keys of what is quoted, typed or for programs; texts of policies are asked for above."""


def _said(found: object) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, list):
        for each in found:
            yield from _said(each)
    elif isinstance(found, dict):
        for key, each in found.items():
            if key not in _NOT_SAID:
                yield from _said(each)


@pytest.mark.parametrize("name", ANSWERS)
def test_sentences_of_an_answer_are_short(name, tmp_path):
    done = program.run(*ANSWERS[name], "--format", "json", stdin=b"", folder=tmp_path)
    texts = set(_said(json.loads(done.out)))
    assert len(texts) > 5
    assert [each for text in texts for each in long_sentences(text, is_listed=True)] == []


def test_a_long_sentence_is_found_wherever_it_stands():
    long = " ".join(["word"] * 26)
    assert long_sentences(f"Short. {long.capitalize()}. Short.") == [f"{long.capitalize()}."]
    assert long_sentences(f"{' '.join(['word'] * 20)}; {' '.join(['word'] * 20)}")
    assert not long_sentences(f"{' '.join(['word'] * 20)}; {' '.join(['word'] * 20)}", is_listed=True)
    assert not long_sentences(f"{' '.join(['word'] * 24)} `{long}`")
    assert [text for text, _ in blocks(f"# T\n\n- a\n  b\n- c\n\n| d | {long} |\n|---|---|\n")] == [
        *("T", "a b", "c"),
        *("d", long),
    ]
