"""A smoke of every command and format, for an environment with the lowest versions that we promise.

Run it with the Python of that environment: ``python tests/lowest.py``. Each line is a command, the exit code it ends
with, and a piece of what it answers. The commands run in one process each, in an empty folder, a few at once.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
DAY = ("--as-of", "2027-01-04")
PLAN = ("--input", str(EXAMPLES / "taper.toml"), "--start", "2027-01-04", "--when-stuck", "smallest-step", *DAY)
SIG = "oxycodone 10 mg tablet, 1 tablet 3 times daily"
TRIAL = ("trial", "duloxetine", "--start", "2027-01-04", "--goal", "walk 20 minutes", "--baseline", "PEG=7", *DAY)

DONE, USAGE = (0, 3, 4), (2,)
"""An answer, whole or not, and none."""

FIRST: tuple[tuple[tuple[str, ...], tuple[int, ...], str], ...] = (
    (("taper", *PLAN, "--save", "plan.json", "--output", "plan.txt"), DONE, ""),
    ((*TRIAL, "--age", "50", "--egfr", "90", "--save", "trial.json", "--output", "trial.txt"), DONE, ""),
    (("codes", "load-ndc", "ndc.csv", "--codes", "own.sqlite"), DONE, "ndcs: 1"),
)
"""What makes the files of the others."""
THEN: tuple[tuple[tuple[str, ...], tuple[int, ...], str], ...] = (
    (("--version",), DONE, "cdc_2022"),
    (("--help",), DONE, "Commands"),
    ((), USAGE, ""),
    (("mee",), USAGE, ""),
    (("mme", SIG), DONE, "45"),
    (("mme", SIG, "--format", "json"), DONE, '"maximum": 45'),
    (("mme", SIG, "--format", "csv"), DONE, "oxycodone"),
    (("mme", "--input", str(EXAMPLES / "fhir-bundle.json"), *DAY), DONE, "MME"),
    (("mme", "--input", "fills.parquet", *DAY), DONE, "45"),
    (("mme", "--input", "broken.ndjson", *DAY), DONE, "cannot be read"),
    (("check", SIG, "lorazepam 1 mg tablet, 1 tablet twice daily", "--format", "fhir", *DAY), DONE, "DetectedIssue"),
    (("remind", SIG, *DAY, "--format", "ics"), DONE, "BEGIN:VEVENT"),
    (("review", SIG, *DAY, "--format", "html"), DONE, "</html>"),
    (("review", SIG, *DAY, "--format", "note"), DONE, "MME"),
    (("score", "peg", "pain=7", "enjoyment=6", "general_activity=5"), DONE, "6"),
    (("taper", *PLAN, "--avoid", "weekends,holidays:US", "--format", "csv"), DONE, "oxycodone"),
    (("plan", "show", "plan.json", *DAY), DONE, "humane"),
    (("plan", "show", "plan.json", *DAY, "--format", "html"), DONE, "</html>"),
    (("plan", "show", "plan.json", *DAY, "--format", "pdf", "--output", "plan.pdf"), DONE, ""),
    (("plan", "show", "plan.json", *DAY, "--format", "ics", "--dose-reminders"), DONE, "BEGIN:VEVENT"),
    (("plan", "show", "plan.json", *DAY, "--format", "fhir"), DONE, "CarePlan"),
    (("plan", "show", "plan.json", *DAY, "--for", "pharmacy"), DONE, "oxycodone"),
    (("plan", "check", "plan.json", *DAY), DONE, ""),
    (("plan", "revise", "plan.json", *DAY, "--pause", "2027-02-10..2027-02-20", "--save", "later.json"), DONE, "2027"),
    (("plan", "decide", "trial.json", "--as-of", "2027-02-01", "--measure", "PEG=4", "--record"), DONE, "PEG"),
    (("fills", "--input", str(EXAMPLES / "fills.csv"), "--format", "json", *DAY), DONE, "medsteward.fills/1"),
    (("fills", "--input", "fills.parquet", *DAY), DONE, "45"),
    (("codes", "show", "0054-0176-13", "--codes", "own.sqlite"), DONE, "morphine"),
    (("codes", "load-ndc", "ndc.xlsx", "--codes", "sheet.sqlite"), DONE, "ndcs: 1"),
    (("drugs", "list", "--format", "csv"), DONE, "oxycodone"),
    (("drugs", "show", "percocet"), DONE, "oxycodone"),
    (("tables", "show", "cdc_2022"), DONE, "oxycodone"),
    (("rules", "list", "--format", "md"), DONE, "DDI-001"),
    (("schema", "plan"), DONE, "$schema"),
    (("template", "case"), DONE, "medications"),
)


def files_of(folder: Path) -> None:
    """The files that are read: made here, by the libraries at their lowest versions."""
    import duckdb
    import openpyxl

    (folder / "ndc.csv").write_text("NDC,Drug\n00054017613,morphine sulfate 15 mg tablet\n", encoding="utf-8")
    (folder / "broken.ndjson").write_text('{"resourceType": "Bundle"\n', encoding="utf-8")
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["NDC", "Drug"], ["00054017613", "morphine sulfate 15 mg tablet"]):
        sheet.append(row)
    book.save(folder / "ndc.xlsx")
    with duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"}) as database:
        database.execute(
            "COPY (SELECT 'p1' AS patient_key, 'oxycodone' AS drug_name, '10 mg' AS strength, 'tablet' AS form, "
            "90 AS quantity, 30 AS days_supply, TIMESTAMPTZ '2027-01-01 12:00:00+00' AS filled_date) "
            f"TO '{folder / 'fills.parquet'}' (FORMAT parquet)"
        )


def wrong_in(command: tuple[str, ...], codes: tuple[int, ...], said: str, folder: Path) -> str | None:
    """What is wrong with the answer to a command, or None."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "MEDSTEWARD_"))}
    done = subprocess.run(
        [sys.executable, "-m", "medsteward", *command],
        cwd=folder,
        env={**clean, "PYTHONUTF8": "1", "MEDSTEWARD_CODES": str(folder / "none")},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode in codes and said in done.stdout and "Traceback" not in done.stderr:
        return None
    how = f"exit {done.returncode}, not one of {codes}" if done.returncode not in codes else f'no "{said}"'
    return f"{' '.join(command)}: {how}\n  {done.stdout[-300:]}\n  {done.stderr[-300:]}"


def main() -> int:
    """Run them all; the number of commands that went wrong."""
    if "--exactly" in sys.argv:
        pins = [line.split("==") for line in (ROOT / "tests" / "lowest.txt").read_text().splitlines() if "==" in line]
        for name, wanted in pins:
            if version(name) != wanted:
                print(f"{name} is {version(name)}, not {wanted}")
                return 1
    with tempfile.TemporaryDirectory() as made, ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        folder = Path(made)
        files_of(folder)
        wrong = [found for command, codes, said in FIRST if (found := wrong_in(command, codes, said, folder))]
        wrong += [found for found in pool.map(lambda each: wrong_in(each[0], each[1], each[2], folder), THEN) if found]
        if not (folder / "plan.pdf").read_bytes().startswith(b"%PDF-"):
            wrong.append("plan.pdf is no PDF")
    print("\n".join(wrong) or f"{len(FIRST) + len(THEN)} commands at the lowest versions")
    return min(len(wrong), 1)


if __name__ == "__main__":
    sys.exit(main())
