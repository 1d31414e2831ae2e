"""``medsteward codes`` and ``--codes`` from outside."""

from __future__ import annotations

import json

from tests.unit import releases


def test_a_release_is_loaded_asked_and_used(run, tmp_path):
    files = releases.release(tmp_path / "RxNorm_full_10062025", lines=500)
    loaded = run("codes", "load", *files, "--codes", "own.sqlite", "--format", "json")
    assert loaded.returncode == 0, loaded.stderr
    assert json.loads(loaded.stdout)["released"] == "2025-10-06"
    shown = run("codes", "show", "0574-4072-05", "--codes", "own.sqlite")
    assert "oxycodone hydrochloride 7 MG Oral Tablet" in shown.stdout
    assert run("codes", "show", "--codes", "own.sqlite").returncode == 0
    (tmp_path / "case.toml").write_text(
        '[[medications]]\nndc = "0574-4072-05"\nsig = "1 tablet 3 times daily"\n', encoding="utf-8"
    )
    counted = run("mme", "--input", "case.toml", "--codes", "own.sqlite", "--format", "json", "--as-of", "2027-01-04")
    assert json.loads(counted.stdout)["total"]["maximum"] == 31.5
    without = run("mme", "--input", "case.toml", "--as-of", "2027-01-04")
    assert without.returncode == 4
    assert "codes load" in without.stdout


def test_wrong_codes_and_files_are_said_in_a_line(run, tmp_path):
    for words, code in (
        (("codes", "show", "123"), 3),
        (("codes", "show", "5744072051"), 3),
        (("codes", "show", "nonsense"), 3),
        (("codes", "show", "--codes", "none.sqlite"), 2),
        (("codes", "load", "none.RRF"), 2),
        (("codes", "load-ndc", "none.csv"), 2),
        (("mme", "oxycodone 5 mg tid", "--codes", "none.sqlite"), 0),
    ):
        done = run(*words)
        assert done.returncode == code, (words, done.stderr)
        assert "Traceback" not in done.stderr
