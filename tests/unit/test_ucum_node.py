"""Every UCUM code we read and write, held against an independent UCUM library on Node.js."""

from __future__ import annotations

import json
import shutil
import subprocess
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest

from medsteward.model.patient_facts import NUMBERS
from medsteward.units import UCUM

HERE = Path(__file__).resolve().parents[1] / "node"
NODE = shutil.which("node")
INSTALLED = (HERE / "node_modules" / "@lhncbc" / "ucum-lhc").is_dir()

pytestmark = pytest.mark.skipif(
    not (NODE and INSTALLED),
    reason='needs Node.js and "npm ci" in tests/node, which installs @lhncbc/ucum-lhc',
)

FACTS = [unit for _, unit in NUMBERS.values()]
PAIRS = [
    (one, other)
    for one, other in permutations(UCUM, 2)
    if UCUM[one].dimension is UCUM[other].dimension and "{" not in one + other
]


@pytest.fixture(scope="module")
def answers():
    done = subprocess.run(
        [str(NODE), "ucum.mjs"],
        cwd=HERE,
        input=json.dumps({"codes": [*UCUM, *FACTS], "pairs": PAIRS}),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_there_are_pairs_to_compare():
    assert ("ug", "mg") in PAIRS


def test_every_code_is_valid_ucum(answers):
    assert [answer["code"] for answer in answers["codes"]] == [*UCUM, *FACTS]
    assert [answer for answer in answers["codes"] if not answer["valid"]] == []


def test_every_pair_converts_by_the_same_factor(answers):
    assert len(answers["pairs"]) == len(PAIRS)
    for answer in answers["pairs"]:
        one, other = UCUM[answer["from"]], UCUM[answer["to"]]
        ours = one.scale / other.scale
        assert answer["factor"] is not None, answer
        assert abs(Fraction(answer["factor"]) / ours - 1) < Fraction(1, 10**9), answer
