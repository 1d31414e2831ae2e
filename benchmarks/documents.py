"""The documents of many generated cases and of every example, written to a folder: hold one version against another.

    python benchmarks/documents.py /tmp/before            # in the version before a change
    python benchmarks/documents.py /tmp/after             # in the version after it
    diff -r /tmp/before /tmp/after

The cases are drawn with a fixed seed from what this file names, and nothing in it asks the version that runs, so two
versions answer the same questions. Commands of README and docs are those of the checkout in the working folder, or of
``--docs FOLDER``. Everything runs in one process.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import os
import random
import re
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from click.testing import CliRunner

AS_OF = "2027-01-04"

OPIOIDS = (
    "oxycodone 10 mg tablet, 1 tablet every 6 hours as needed",
    "oxycodone 5 mg, 1-2 tablets every 4 to 6 hours as needed, max 6 per day",
    "oxycodone ER 20 mg tablet, 1 tablet every 12 hours",
    "OxyContin 40 mg every 12 hours",
    "Percocet 5/325 1 tablet every 6 hours as needed",
    "Norco 10/325 1 tablet every 6 hours",
    "hydrocodone ER 30 mg tablet, 1 tablet daily",
    "morphine ER 60 mg tablet, 1 tablet every 12 hours",
    "morphine sulfate IR 15 mg tablet, 1 tablet every 4 hours as needed",
    "morphine 10 mg/5 mL solution, 5 mL every 4 hours as needed",
    "hydromorphone 4 mg tablet, 1 tablet every 6 hours",
    "hydromorphone ER 16 mg tablet, 1 tablet daily",
    "oxymorphone ER 20 mg tablet, 1 tablet every 12 hours",
    "tapentadol ER 100 mg tablet, 1 tablet every 12 hours",
    "tramadol 50 mg tablet, 2 tablets every 6 hours as needed",
    "codeine 30 mg tablet, 1 tablet every 6 hours as needed",
    "Tylenol with codeine #3, 1 tablet every 6 hours as needed",
    "methadone 10 mg tablet, 1 tablet every 8 hours",
    "methadone 100 mg daily",
    "methadone 60 mg daily for opioid use disorder",
    "fentanyl patch 25 mcg/h every 72 hours",
    "fentanyl patch 75 mcg/h every 48 hours",
    "buprenorphine patch 10 mcg/h weekly",
    "Belbuca 300 mcg film twice daily",
    "Suboxone 8/2 film daily for opioid use disorder",
    "buprenorphine 8 mg sublingual tablet twice daily",
    "oxycodone",
    "hydromorhpone 4 mg q6h",
)
OTHERS = (
    "gabapentin 300 mg capsule, 1 capsule 3 times daily",
    "pregabalin 75 mg capsule, 1 capsule twice daily",
    "duloxetine 60 mg capsule, 1 capsule daily",
    "amitriptyline 25 mg tablet, 1 tablet nightly",
    "sertraline 50 mg tablet, 1 tablet daily",
    "fluoxetine 20 mg capsule, 1 capsule daily",
    "phenelzine 15 mg tablet, 1 tablet 3 times daily",
    "alprazolam 0.5 mg tablet, 1 tablet twice daily",
    "clonazepam 1 mg tablet, 1 tablet twice daily",
    "diazepam 5 mg tablet, 1 tablet 3 times daily",
    "zolpidem 5 mg tablet, 1 tablet nightly",
    "cyclobenzaprine 10 mg tablet, 1 tablet nightly as needed",
    "tizanidine 4 mg tablet, 1 tablet nightly",
    "baclofen 10 mg tablet, 1 tablet 3 times daily",
    "carisoprodol 350 mg tablet, 1 tablet nightly",
    "quetiapine 25 mg tablet, 1 tablet nightly",
    "diphenhydramine 25 mg capsule, 1 capsule nightly as needed",
    "naproxen 500 mg tablet, 1 tablet twice daily",
    "ibuprofen 600 mg tablet, 1 tablet 3 times daily as needed",
    "celecoxib 200 mg capsule, 1 capsule daily",
    "diclofenac 1% gel, 4 g 4 times daily",
    "acetaminophen 500 mg tablet, 2 tablets 3 times daily as needed",
    "lithium 300 mg capsule, 1 capsule twice daily",
    "methotrexate 2.5 mg tablet, 6 tablets weekly",
    "warfarin 5 mg tablet, 1 tablet daily",
    "apixaban 5 mg tablet, 1 tablet twice daily",
    "lisinopril 10 mg tablet, 1 tablet daily",
    "furosemide 40 mg tablet, 1 tablet daily",
    "metoprolol 50 mg tablet, 1 tablet twice daily",
    "clarithromycin 500 mg tablet, 1 tablet twice daily",
    "ciprofloxacin 500 mg tablet, 1 tablet twice daily",
    "rifampin 300 mg capsule, 1 capsule twice daily",
    "carbamazepine 200 mg tablet, 1 tablet twice daily",
    "fluconazole 150 mg tablet, 1 tablet weekly",
    "ondansetron 4 mg tablet, 1 tablet daily as needed",
    "senna 8.6 mg tablet, 2 tablets nightly",
    "polyethylene glycol 3350 17 g powder, 17 g daily",
    "Narcan 4 mg nasal spray, 1 spray as needed",
    "naltrexone 50 mg tablet, 1 tablet daily",
    "clonidine 0.1 mg tablet, 1 tablet twice daily",
    "metformin 500 mg tablet, 1 tablet twice daily",
    "omeprazole 20 mg capsule, 1 capsule daily",
    "albuterol",
    "melatonin",
    "alcohol",
)
CONDITIONS = (
    "hypertension",
    "osteoarthritis",
    "low back pain",
    "diabetes",
    "depression",
    "anxiety",
    "sleep apnea",
    "copd",
    "heart failure",
    "falls",
    "constipation",
    "opioid use disorder",
    "alcohol use",
    "suicidality",
    "seizure disorder",
    "long qt syndrome",
    "cirrhosis",
    "gastrointestinal ulcer or bleed",
    "glaucoma",
    "overdose",
)
INDICATIONS = (
    "acute pain",
    "chronic pain",
    "cancer pain",
    "palliative care",
    "sickle cell pain",
    "opioid use disorder",
)
CASE_COMMANDS = ("mme", "check", "remind", "review")
TAPERED = (
    *OPIOIDS[:22],
    *OTHERS[:2],
    OTHERS[2],
    *OTHERS[7:10],
    "zolpidem 10 mg tablet, 1 tablet nightly",
    "baclofen 10 mg tablet, 1 tablet 3 times daily",
)
TRIED = (
    "duloxetine",
    "amitriptyline",
    "nortriptyline",
    "gabapentin",
    "pregabalin",
    "naproxen",
    "lidocaine",
    "tramadol",
)


def drawn(draw: random.Random, number: int) -> dict[str, Any]:
    """A case: one to seven medicines, dated or not, and some facts of the patient."""
    sigs = draw.sample(OPIOIDS, draw.choice((0, 1, 1, 1, 2, 2, 3))) + draw.sample(OTHERS, draw.choice((0, 1, 2, 3, 4)))
    medications = []
    for sig in sigs or [draw.choice(OPIOIDS)]:
        medication: dict[str, Any] = {"sig": sig}
        if draw.random() < 0.4:
            medication["start"] = draw.choice(("2022-03-01", "2026-11-01", "2026-12-28", "2027-01-04", "2027-01-20"))
        if draw.random() < 0.15:
            medication["end"] = draw.choice(("2026-12-31", "2027-01-30"))
        if draw.random() < 0.2:
            medication |= {"quantity": draw.choice((30, 60, 120)), "days_supply": draw.choice((15, 30))}
        if draw.random() < 0.2:
            medication["prescriber"] = draw.choice("abc")
        medications.append(medication)
    patient: dict[str, Any] = {}
    if draw.random() < 0.8:
        patient["age"] = draw.choice((16, 24, 38, 47, 58, 66, 72, 81))
    patient["sex"] = draw.choice(("female", "male"))
    patient["conditions"] = draw.sample(CONDITIONS, draw.choice((0, 0, 1, 2, 3)))
    if draw.random() < 0.5:
        patient["egfr"] = draw.choice((12, 25, 29, 44, 62, 90))
    if draw.random() < 0.1:
        patient["child_pugh"] = draw.choice("ABC")
    if draw.random() < 0.1:
        patient["qtc_ms"] = draw.choice((430, 470, 510))
    if patient["sex"] == "female" and patient.get("age", 0) < 50 and draw.random() < 0.2:
        patient["gestational_weeks"] = draw.choice((8, 24, 34))
    if draw.random() < 0.3:
        patient["opioid_tolerant"] = draw.random() < 0.6
    if draw.random() < 0.6:
        patient["indication"] = draw.choice(INDICATIONS)
    if draw.random() < 0.1:
        patient["context"] = [draw.choice(("perioperative", "supervised taper", "opioid treatment program"))]
    return {"id": f"g{number:04}", "as_of": AS_OF, "patient": patient, "medications": medications}


def plans(draw: random.Random, how_many: int) -> Iterator[tuple[str, ...]]:
    """Commands that make a taper or a trial."""
    for _ in range(how_many):
        facts = ["--age", str(draw.choice((38, 58, 72))), "--start", AS_OF, "--as-of", AS_OF, "--format", "json"]
        if draw.random() < 0.25:
            facts += ["--condition", draw.choice(CONDITIONS)]
        if draw.random() < 0.2:
            facts += ["--egfr", str(draw.choice((25, 44)))]
        if draw.random() < 0.2:
            yield ("trial", draw.choice(TRIED), "--goal", "walk 20 minutes", "--baseline", "PEG=7", *facts)
            continue
        sigs = draw.sample(TAPERED, draw.choice((1, 1, 2)))
        stuck = draw.choice(("ask", "smallest-step"))
        yield ("taper", *sigs, "--indication", "chronic pain", "--when-stuck", stuck, *facts)


def commands(docs: Path) -> Iterator[tuple[str, ...]]:
    """The commands in the fenced blocks of README and docs that are one program without a pipe."""
    for page in (docs / "README.md", *sorted((docs / "docs").rglob("*.md"))):
        for typed in re.findall(r"^\$ (medsteward .*(?:\\\n> .*)*)$", page.read_text(encoding="utf-8"), re.M):
            words = shlex.split(typed.replace("\\\n> ", ""), comments=True)
            if not {"|", ">", "<", ";", "&&"} & set(words):
                yield tuple(words[1:])


def answered(arguments: tuple[str, ...]) -> str:
    """What a command says: exit code, standard output, standard error."""
    from medsteward.cli import _group

    noise = io.StringIO()
    with contextlib.redirect_stderr(noise):
        result = CliRunner().invoke(_group, arguments, standalone_mode=False, prog_name="medsteward")
    code = result.return_value if result.exception is None else repr(result.exception)
    return f"$ {shlex.join(arguments)}\n# exit {code}\n{result.stdout}\n# stderr\n{result.stderr}{noise.getvalue()}"


def main() -> None:
    """Write everything; the folder is made."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--cases", type=int, default=2000)
    options.add_argument("--plans", type=int, default=300)
    options.add_argument("--docs", type=Path, default=Path(__file__).resolve().parents[1])
    asked = options.parse_args()
    folder, docs = asked.folder.resolve(), asked.docs.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(20270104)
    with tempfile.TemporaryDirectory() as desk:
        os.chdir(desk)
        os.environ |= {"COLUMNS": "100", "NO_COLOR": "1", "XDG_DATA_HOME": desk, "HOME": desk}
        shutil.copytree(docs / "examples", Path(desk) / "examples")
        cases = Path("cases.jsonl")
        cases.write_text("".join(json.dumps(drawn(draw, n)) + "\n" for n in range(asked.cases)), encoding="utf-8")
        shutil.copy(cases, folder / "cases.jsonl")
        for command in CASE_COMMANDS:
            text = answered((command, "--input", str(cases), "--format", "jsonl"))
            (folder / f"{command}.jsonl").write_text(text, encoding="utf-8")
            print(command, text.count("\n"), flush=True)
        for name, several in (("plans", plans(draw, asked.plans)), ("docs", commands(docs))):
            (folder / name).mkdir(exist_ok=True)
            for arguments in several:
                key = hashlib.sha256(shlex.join(arguments).encode()).hexdigest()[:12]
                (folder / name / f"{key}.txt").write_text(answered(arguments), encoding="utf-8")
            print(name, len(list((folder / name).iterdir())), flush=True)


if __name__ == "__main__":
    main()
