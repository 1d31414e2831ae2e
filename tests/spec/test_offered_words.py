"""Every word that a problem or a warning says to write is written, over all lines of the specification.

What comes of it is never another kind of problem, nor a figure with a number that nobody typed. A part of the
directions that was missing before (how often, how much) may still be missing.
"""

from __future__ import annotations

import re

import pytest

from medsteward import factor_table
from medsteward.model.problem import Caution
from medsteward.readers.directions.writing import fold
from tests.build import mme as report_of
from tests.spec.test_directions import READ, SUPPLY, WRONG
from tests.spec.test_misreadings import LINES

CDC = factor_table("cdc_2022")

NAMES = ("oxycodne", "hydrocodne", "morfine", "methadoen", "gabapentn", "tramadl", "codine")
RESTS = ("10 mg tid", "10 mg bid q6h", "10 mg", "5 mg q.6h.", "10 mg tid and zzz", "0.01 g q6h", ".5 mg q6h")
NAKED = (".5 mg", ".25 mg", "5 mg .5 tab", "5 mg tab.1")
DOTS = (".6h.", ".6.h.", " .6 h", ".12h", ". 4 h.", ".4-6h.", "4.h", ".5h", " .5 hours")
PATCHES = (
    "25 mg q72h",
    "25 mcg q72h",
    "25 mg/h",
    "25 mg/hr 1 patch q72h",
    "0.025 mg/h q72h",
    "25 mg",
    "25 mcg 2 tablets",
)
UNITS = ("5 mcg tablet, 1 tablet", "5000 mg", "0.005 mg tablet, 1 tablet", "5000 mcg", "5 g", "5 ug")
PAIRS = ("325/5", "325-5 mg", "300-30 mg", "300 mg/30 mg", "10/325")
OFTEN = ("monthly", "once", "once q6h", "am pm", "tid am pm", "qd", "QOD", "hs", "q4\u00b0")
COUNTS = ("2 tabs 5 mg q6h", "5 mg 2 tabs 5 mg q6h", "5.0 mg q6h", "5.0 mg q.6h", "1,5 mg q6h")
MADE = [
    *(f"oxycodone {dose} {often}" for dose in NAKED for often in ("q6h", "q.6h.")),
    *(f"oxycodone 5 mg q{dots}" for dots in DOTS),
    *(f"{name} {rest}" for name in NAMES for rest in RESTS),
    *(f"gabapentin 300 mg tid {glue} {name} 10 mg q6h" for glue in ("and", "prn", "for pain,") for name in NAMES),
    *(f"fentanyl patch {patch}" for patch in PATCHES),
    *(f"oxycodone {dose} q6h" for dose in UNITS),
    *(f"{name} {pair} 1 tab q6h" for name in ("Percocet", "acetaminophen-codeine", "Tylenol #3") for pair in PAIRS),
    *(f"hydrocodone/acetaminophen {pair} 1 tab q6h" for pair in PAIRS),
    *(f"oxycodone 5 mg {often}" for often in OFTEN),
    *(f"oxycodone {count}" for count in COUNTS),
    "fentanyl patch 25 mcg/h, 4 patches",
    "morphine 20 mg/mL .5 mL q4h",
    "morphine 20 mg/mL 5 cc q4h",
    "heparin 5 U daily",
]
SPECIFIED = [
    *(str(param.values[0]) for param in READ),
    *(str(row[0]) for row in (*SUPPLY, *WRONG)),
    *(row[0] for row in LINES),
]
EVERY = sorted({*SPECIFIED, *MADE})
WRITTEN = re.compile(r'^"([^"]+)".*?write "([^"]+)"')
NUMBER = re.compile(r"\d[\d.,]*\d|\d|(?<![\d])\.\d+")
WITH_FIGURE = re.compile(r" \([\d.,]+ MME/d\)$")


def followed(line, said, new):
    """The line with ``new`` written for ``said``, and for a whole line that is offered the line itself."""
    folded = fold(line)
    return re.sub(rf"(?<![\w.]){re.escape(said)}(?![\w])|{re.escape(said)}", lambda _: new, folded, count=1)


def places(text):
    """What a sentence quotes or names: where a suggestion could be written."""
    quoted = re.findall(r'"([^"]+)"', text)
    amounts = re.findall(r"\d[\d.,]* ?(?:mcg/h|mg/mL|mg|mcg|g|mL)\b", text)
    return [*quoted, *amounts]


def offers(line):
    """(problem or warning, the corrected line) for everything that is offered for a line."""
    report = report_of(line)
    for problem in report.problems:
        for each in problem.suggestions:
            whole = WITH_FIGURE.sub("", each)
            if whole != each or whole.endswith(fold(line)[-5:]):
                yield problem, whole  # a line, not a word
                continue
            spot = next((p for p in places(problem.text) if p in fold(line)), None)
            if spot is not None:
                yield problem, followed(line, spot, each)
    told = [*((each, each.text) for each in report.problems), *((each, each.text) for each in report.cautions)]
    for said, text in told:
        match = WRITTEN.search(text)
        if match and "as in" not in text:
            yield said, followed(line, *match.groups())


def typed(text):
    plain = re.sub(r"(?<=[a-z])\.\s?(?=\d)", " ", text)  # q.6h., tab.1
    return {
        float(f"0{n}" if n.startswith(".") else n.replace(",", "")) for n in NUMBER.findall(plain) if n.count(".") < 2
    }


@pytest.mark.parametrize("line", EVERY, ids=[line.encode("ascii", "replace").decode()[:80] for line in EVERY])
def test_what_is_offered_leads_to_no_other_problem_and_no_number_of_its_own(line):
    report = report_of(line)
    before = {problem.code for problem in report.problems if problem.exit_code == 3}
    for said, corrected in offers(line):
        after = report_of(corrected)
        new = {problem.code for problem in after.problems if problem.exit_code == 3} - before
        assert not new, (said.text, corrected, [problem.text for problem in after.problems])
        if isinstance(said, Caution):
            assert str(after.total) == str(report.total)
        else:
            assert typed(corrected) <= typed(line), (said.text, corrected)


def test_there_are_offers_to_follow():
    followed_ones = sum(1 for line in EVERY for _ in offers(line))
    assert followed_ones >= 60


@pytest.mark.parametrize(
    ("line", "suggestion"),
    [
        ("oxycodone .5 mg q6h", "0.5"),
        ("fentanyl patch 25 mcg q72h", "25 mcg/h"),
        ("fentanyl patch 25 mg/h q72h", "25 mcg/h"),
        ("oxycodone 5 mcg tablet, 1 tablet q6h", "5 mg"),
        ("hydrocodone/acetaminophen 325/5 1 tab q6h", "5/325"),
        ("hydromorphne 4 mg q6h", "hydromorphone 4 mg q6h (80 MME/d)"),
    ],
)
def test_an_offer_that_helps_is_made(line, suggestion):
    assert suggestion in [each for problem in report_of(line).problems for each in problem.suggestions]


@pytest.mark.parametrize(
    "line",
    [
        "oxycodone 0.005 mg tablet, 1 tablet q6h",  # 5 was not typed
        "acetaminophen 500 mg tid codine 30 mg qid",  # codeine would be a second drug in the line
        "oxycodone 5 mg tab.1 q6h",  # a full stop, not a point
    ],
)
def test_an_offer_that_would_mislead_is_not_made(line):
    report = report_of(line)
    assert report.problems
    assert not [each for problem in report.problems for each in problem.suggestions]
