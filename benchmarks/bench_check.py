"""How many findings a realistic population brings, by tier, and how fast regimens are checked.

The population is generated, always the same. Shares are rough figures of ours for adults of a pain clinic, not of any
study: they are written down here so that they can be argued with.

    python benchmarks/bench_check.py
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from datetime import date, timedelta

from medsteward.interactions.check import check, rules
from medsteward.model.regimen import Case
from medsteward.readers.case.table import read_case

AS_OF = date(2026, 3, 4)
PEOPLE = 2000
WANTED_PER_SECOND = 2000
WANTED_TIER_1 = 40

# (what is written, share of people who take it); choices within one group exclude one another
OPIOIDS = (
    ("oxycodone 5 mg tablet, 1 tablet every 6 hours as needed", 8),
    ("Percocet 5/325 1 tablet every 6 hours as needed", 7),
    ("Norco 5/325 1 tablet every 6 hours as needed", 9),
    ("tramadol 50 mg tablet, 1 tablet every 6 hours as needed", 9),
    ("morphine ER 15 mg tablet, 1 tablet every 12 hours", 4),
    ("oxycodone ER 10 mg tablet, 1 tablet every 12 hours", 2),
    ("hydromorphone 2 mg tablet, 1 tablet every 6 hours as needed", 1),
    ("fentanyl patch 25 mcg/h every 3 days", 1),
    ("methadone 5 mg tablet, 1 tablet twice daily", 1),
    ("Butrans 10 mcg/h patch weekly", 1),
    ("Suboxone 8/2 film daily for opioid use disorder", 2),
    ("tapentadol 50 mg tablet, 1 tablet twice daily", 1),
)
OTHERS = (
    ("gabapentin 300 mg capsule, 1 capsule 3 times daily", 17),
    ("pregabalin 75 mg capsule, 1 capsule twice daily", 5),
    ("duloxetine 60 mg capsule, 1 capsule daily", 13),
    ("amitriptyline 25 mg tablet, 1 tablet nightly", 5),
    ("nortriptyline 25 mg capsule, 1 capsule nightly", 3),
    ("sertraline 50 mg tablet, 1 tablet daily", 8),
    ("escitalopram 10 mg tablet, 1 tablet daily", 7),
    ("fluoxetine 20 mg capsule, 1 capsule daily", 3),
    ("bupropion 150 mg tablet, 1 tablet daily", 4),
    ("trazodone 50 mg tablet, 1 tablet nightly", 7),
    ("venlafaxine 75 mg capsule, 1 capsule daily", 3),
    ("cyclobenzaprine 10 mg tablet, 1 tablet nightly as needed", 8),
    ("methocarbamol 500 mg tablet, 1 tablet 3 times daily", 4),
    ("tizanidine 4 mg tablet, 1 tablet nightly", 5),
    ("baclofen 10 mg tablet, 1 tablet 3 times daily", 4),
    ("carisoprodol 350 mg tablet, 1 tablet nightly", 1),
    ("alprazolam 0.5 mg tablet, 1 tablet twice daily", 4),
    ("lorazepam 1 mg tablet, 1 tablet nightly as needed", 3),
    ("clonazepam 0.5 mg tablet, 1 tablet nightly", 3),
    ("zolpidem 5 mg tablet, 1 tablet nightly", 4),
    ("quetiapine 25 mg tablet, 1 tablet nightly", 2),
    ("hydroxyzine 25 mg tablet, 1 tablet nightly as needed", 3),
    ("diphenhydramine 25 mg capsule, 1 capsule nightly as needed", 3),
    ("naproxen 500 mg tablet, 1 tablet twice daily", 9),
    ("ibuprofen 600 mg tablet, 1 tablet 3 times daily as needed", 12),
    ("meloxicam 15 mg tablet, 1 tablet daily", 8),
    ("celecoxib 200 mg capsule, 1 capsule daily", 4),
    ("diclofenac 1% gel, 4 g 4 times daily", 9),
    ("lidocaine 5% patch, 1 patch daily", 7),
    ("acetaminophen 500 mg tablet, 2 tablets 3 times daily as needed", 20),
    ("prednisone 10 mg tablet, 1 tablet daily", 4),
    ("sumatriptan 50 mg tablet, 1 tablet daily as needed", 4),
    ("topiramate 50 mg tablet, 1 tablet twice daily", 3),
    ("aspirin 81 mg tablet, 1 tablet daily", 14),
    ("clopidogrel 75 mg tablet, 1 tablet daily", 3),
    ("apixaban 5 mg tablet, 1 tablet twice daily", 5),
    ("warfarin 5 mg tablet, 1 tablet daily", 2),
    ("lisinopril 10 mg tablet, 1 tablet daily", 20),
    ("losartan 50 mg tablet, 1 tablet daily", 12),
    ("hydrochlorothiazide 25 mg tablet, 1 tablet daily", 14),
    ("furosemide 40 mg tablet, 1 tablet daily", 6),
    ("amlodipine 5 mg tablet, 1 tablet daily", 16),
    ("metoprolol 50 mg tablet, 1 tablet twice daily", 14),
    ("atorvastatin 20 mg tablet, 1 tablet daily", 28),
    ("metformin 500 mg tablet, 1 tablet twice daily", 15),
    ("levothyroxine 50 mcg tablet, 1 tablet daily", 12),
    ("omeprazole 20 mg capsule, 1 capsule daily", 17),
    ("albuterol", 10),
    ("loratadine 10 mg tablet, 1 tablet daily", 7),
    ("ondansetron 4 mg tablet, 1 tablet daily as needed", 4),
    ("amoxicillin 500 mg capsule, 1 capsule 3 times daily", 2),
    ("azithromycin 250 mg tablet, 1 tablet daily", 1),
    ("ciprofloxacin 500 mg tablet, 1 tablet twice daily", 1),
    ("fluconazole 150 mg tablet, 1 tablet weekly", 1),
    ("clonidine 0.1 mg tablet, 1 tablet twice daily", 2),
    ("oxybutynin 5 mg tablet, 1 tablet twice daily", 3),
    ("cannabidiol", 4),
    ("vitamin d", 15),
    ("melatonin", 6),
)
WITH_AN_OPIOID = (
    ("senna 8.6 mg tablet, 2 tablets nightly", 40),
    ("polyethylene glycol 3350 17 g powder, 17 g daily", 20),
    ("Narcan 4 mg nasal spray, 1 spray as needed", 25),
)
CONDITIONS = (
    ("hypertension", 40),
    ("osteoarthritis", 30),
    ("low back pain", 45),
    ("diabetes", 17),
    ("depression", 22),
    ("anxiety", 18),
    ("sleep apnea", 10),
    ("copd", 8),
    ("asthma", 8),
    ("heart failure", 4),
    ("cardiovascular disease", 8),
    ("stroke", 3),
    ("gastrointestinal ulcer or bleed", 3),
    ("liver disease", 3),
    ("falls", 6),
    ("alcohol use", 8),
    ("substance use disorder", 4),
    ("prior overdose", 1),
    ("seizure disorder", 2),
    ("delirium or dementia", 2),
    ("urinary retention", 4),
    ("obesity", 25),
    ("migraine", 8),
)


def share(chance: random.Random, choices: tuple[tuple[str, int], ...], factor: float = 1.0) -> list[str]:
    """Each choice by itself with its share in percent."""
    return [what for what, percent in choices if chance.random() * 100 < percent * factor]


def one_of(chance: random.Random, choices: tuple[tuple[str, int], ...]) -> list[str]:
    """At most one of the choices; the shares that are left are those who take none."""
    at = chance.random() * 100
    for what, percent in choices:
        at -= percent
        if at < 0:
            return [what]
    return []


def person(chance: random.Random) -> Case:
    """One person of the population."""
    age = min(max(round(chance.gauss(57, 16)), 19), 95)
    opioid = one_of(chance, OPIOIDS)
    older = 0.55 if age < 45 else 1.0
    sigs = opioid + share(chance, OTHERS, older) + (share(chance, WITH_AN_OPIOID) if opioid else [])
    patient: dict[str, object] = {"age": age, "conditions": share(chance, CONDITIONS, older)}
    if chance.random() < 0.7:
        patient["egfr"] = min(max(round(chance.gauss(105 - 0.55 * age, 16)), 8), 130)
    if opioid and chance.random() < 0.6:
        patient["opioid_tolerant"] = True
    return read_case(
        {"patient": patient, "medications": [{"sig": sig} for sig in sigs or ["acetaminophen"]]}, as_of=AS_OF
    )


def ten_drugs(chance: random.Random) -> Case:
    """A person with exactly ten drugs; half of them with days, as in dispensing records."""
    sigs = one_of(chance, OPIOIDS)
    rest = [what for what, _ in OTHERS]
    chance.shuffle(rest)
    sigs = (sigs + rest)[:10]
    lines: list[dict[str, object]] = [{"sig": sig} for sig in sigs]
    if chance.random() < 0.5:
        for line in lines:
            line["start"] = AS_OF - timedelta(days=chance.randint(0, 90))
            line["days_supply"] = chance.choice((10, 30, 90))
    patient = {"age": chance.randint(19, 95), "egfr": chance.randint(15, 120), "conditions": share(chance, CONDITIONS)}
    return read_case({"patient": patient, "medications": lines}, as_of=AS_OF)


def baseline(cases: list[Case]) -> float:
    """Seconds of the least that any check could do: look at every pair of drugs of every case once."""
    begun = time.process_time()
    seen = set()
    for case in cases:
        names = [line.regimen.product.components[0].ingredient for line in case.lines if line.regimen is not None]
        for i, one in enumerate(names):
            for other in names[i + 1 :]:
                seen.add((one, other))
    return time.process_time() - begun


def rate() -> float:
    """Findings per 100 regimens, by tier; gives that of tier 1."""
    chance = random.Random(2026)
    cases = [person(chance) for _ in range(PEOPLE)]
    unread = sum(bool(case.problems) or any(line.problems for line in case.lines) for case in cases)
    tiers: Counter[int] = Counter()
    by_rule: Counter[str] = Counter()
    quiet = 0
    interrupted = 0
    for case in cases:
        report = check(case)
        found = [finding.tier for finding in report.findings]
        tiers.update(found)
        by_rule.update(f"{finding.id} {finding.rule.name}" for finding in report.findings if finding.tier == 1)
        quiet += not [tier for tier in found if tier < 3]
        interrupted += 1 in found
    drugs = sum(len(case.lines) for case in cases) / PEOPLE
    print(f"{PEOPLE} regimens, {drugs:.1f} lines each, {unread} with a problem, {len(rules())} rules")
    for tier in (1, 2, 3):
        print(f"  tier {tier}: {100 * tiers[tier] / PEOPLE:6.1f} findings per 100 regimens")
    print(f"  {100 * interrupted / PEOPLE:.1f} % have a finding of tier 1")
    print(f"  {100 * quiet / PEOPLE:.1f} % have none of tiers 1 and 2")
    for name, count in by_rule.most_common(8):
        print(f"    {100 * count / PEOPLE:5.1f}  {name}")
    return 100 * tiers[1] / PEOPLE


def speed() -> float:
    """Ten-drug regimens checked a second, in one process."""
    chance = random.Random(7)
    cases = [ten_drugs(chance) for _ in range(1500)]
    for case in cases[:100]:
        check(case)
    best = 0.0
    for _ in range(3):
        begun = time.process_time()
        for case in cases:
            check(case)
        best = max(best, len(cases) / (time.process_time() - begun))
    least = min(baseline(cases) for _ in range(3))
    print(f"{best:,.0f} ten-drug regimens a second ({1e6 / best:.0f} us each)")
    print(f"  {len(cases) / best / least:.1f} times the time of looking at every pair once, measured in the same run")
    return best


def main() -> int:
    """Print both; 1 if a figure is missed."""
    tier_1, per_second = rate(), speed()
    fine = tier_1 < WANTED_TIER_1 and per_second >= WANTED_PER_SECOND
    print(
        f"wanted: below {WANTED_TIER_1} in tier 1, at least {WANTED_PER_SECOND:,} a second:",
        "met" if fine else "NOT MET",
    )
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
