"""Cases in the short language of the check tables, for each row that forbids a medicine or advises against it."""

from __future__ import annotations

import re

from medsteward.limits.hold import FORBIDS
from medsteward.limits.limit import DoseLimit
from medsteward.limits.load import dose_limits

ROWS = tuple(row for row in dose_limits().rows if row.kind in FORBIDS and row.region == "US")

_MEMBER = {
    "any NSAID by mouth": "naproxen tablet",
    "any tricyclic": "amitriptyline 25 mg tablet",
    "any ergot": "ergotamine",
    "any benzodiazepine": "lorazepam 1 mg tablet",
    "any Z-drug": "zolpidem 5 mg tablet",
    "an older muscle relaxant": "methocarbamol 500 mg tablet",
    "an extended-release or long-acting opioid": "morphine ER 15 mg tablet every 12 hours",
    "aspirin": "aspirin 325 mg tablet daily",
    "ketorolac": "ketorolac 10 mg tablet",
    "duloxetine": "duloxetine 30 mg capsule",
    "gabapentin enacarbil": "Horizant 600 mg tablet",
    "diclofenac topical": "diclofenac gel",
    "naltrexone": "naltrexone 50 mg tablet",
    "suzetrigine": "suzetrigine 50 mg tablet",
    "buprenorphine + naloxone": "buprenorphine/naloxone 8 mg/2 mg sublingual film, 1 film daily",
    "tramadol + acetaminophen": "tramadol/acetaminophen 37.5 mg/325 mg tablet",
    "bupropion": "bupropion SR 150 mg tablet",
}
_BY_FORM = {
    ("fentanyl", "patch"): "fentanyl 25 mcg/h patch, 1 patch every 72 hours",
    ("buprenorphine", "patch"): "buprenorphine 10 mcg/h patch, 1 patch weekly",
    ("methadone", "tablet for oral suspension"): "methadone 40 mg tablet for oral suspension daily",
    ("morphine", "20 mg/mL"): "morphine 20 mg/mL solution, 0.25 mL every 4 hours",
    ("oxycodone", "20 mg/mL"): "oxycodone 20 mg/mL solution, 0.25 mL every 4 hours",
    ("morphine", "Kadian"): "Kadian 20 mg capsule daily",
    ("buprenorphine", "sublingual film"): "buprenorphine 2 mg sublingual tablet daily",
    ("fentanyl", "transmucosal"): "fentanyl 200 mcg buccal tablet",
}
_WITH = {
    "an MAO inhibitor": "phenelzine",
    "an opioid": "oxycodone",
    "a strong CYP3A4 inhibitor": "clarithromycin",
    "an NSAID": "ibuprofen",
    "an anticoagulant": "warfarin",
    "an antiplatelet": "clopidogrel",
    "a corticosteroid": "prednisone",
}
_FACTS = {
    "dialysis": "dialysis",
    "esrd": "dialysis",
    "liver_disease": "liver disease",
    "cirrhosis": "cirrhosis",
    "pregnant": "pregnant",
    "pregnant weeks unknown": "pregnant",
    "opioid_naive": "naive",
    "not_opioid_tolerant": "naive",
}
_FIGURE = re.compile(r"(age|crcl|egfr|pregnant weeks)\s*(<=|>=|<|>)\s*(\d+)")


def member(row: DoseLimit) -> str:
    """A medicine that the row is about, as on a prescription."""
    subject = row.subject
    for key in (*subject.strengths, *subject.brands, *subject.forms, subject.route):
        if (subject.drug, key) in _BY_FORM:
            return _BY_FORM[subject.drug, key]
    name = _MEMBER.get(subject.drug, subject.drug)
    if subject.release and subject.release not in name and name == subject.drug:
        name = f"{name} {subject.release}"
    return name


def regimen(row: DoseLimit) -> str:
    """A regimen with facts that make the row hold."""
    drugs, facts = [member(row)], []
    if row.population_words:
        for part in re.split(r"\s+and\s+", row.population_words.split(" or ")[0].strip("() ")):
            part = part.strip("() ")
            if part.startswith("with "):
                name = part.removeprefix("with ").split(" within ")[0]
                drugs.append(_WITH.get(name, name))
            elif (found := _FIGURE.fullmatch(part)) is not None:
                number = int(found[3]) + {"<": -1, ">": 1}.get(found[2], 0)
                facts += [f"weeks {number}", "pregnant"] if "weeks" in found[1] else [f"{found[1]} {number}"]
            elif part.startswith("child_pugh"):
                facts.append(f"child-pugh {part[-1]}")
            elif part.startswith("daily"):
                continue
            else:
                facts.append(_FACTS.get(part, part.replace("_", " ")))
    if row.uses and not row.population_words:
        facts.append(f"for {row.uses[0]}")
    return f"{' + '.join(drugs)} [{'; '.join(facts)}]" if facts else " + ".join(drugs)
