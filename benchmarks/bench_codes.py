"""How many RxNorm names a second are read, new and known ones, and how fast a release becomes an index.

The names are drawn with a seed in the shapes of RxNorm, no two the same. The baseline of the names is a split of each
at its spaces; that of the release is reading its lines. Times are of the processor; figures are medians over passes.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from medsteward.readers.codes import rxnorm_name
from medsteward.readers.codes.code_index import load_rxnorm
from medsteward.readers.codes.rxnorm_name import read_rxnorm_name

SEED = 1
TARGET = 50_000
SUBSTANCES = ("oxycodone hydrochloride", "morphine sulfate", "codeine phosphate", "fentanyl", "lisinopril")
LEADS = ("", "", "", "12 HR ", "Abuse-Deterrent 12 HR ", "10 ML ")
FORMS = ("Oral Tablet", "Extended Release Oral Tablet", "Oral Solution", "Injection", "Oral Capsule [Brand]")


def names(count: int) -> list[str]:
    """Different names, one in three a combination."""
    chance = random.Random(SEED)
    found: dict[str, None] = {}
    while len(found) < count:
        partner = "acetaminophen 325 MG / " if chance.random() < 1 / 3 else ""
        strength = chance.randint(1, 99_999) / 100
        found[f"{chance.choice(LEADS)}{partner}{chance.choice(SUBSTANCES)} {strength:g} MG {chance.choice(FORMS)}"] = (
            None
        )
    return list(found)


def seconds(work: Callable[[], object]) -> float:
    """The processor's time of one call."""
    start = process_time()
    work()
    return process_time() - start


def forget() -> None:
    """Empty what the reader keeps."""
    for kept in (rxnorm_name._kept, rxnorm_name._ingredient, rxnorm_name._exact, rxnorm_name._base_and_salt):
        kept.cache_clear()


def release(folder: Path, lines: int) -> list[str]:
    """A release in the right shape: a third of its lines are names, two thirds attributes."""
    conso, sat = folder / "RXNCONSO.RRF", folder / "RXNSAT.RRF"
    with conso.open("w") as file:
        for number, name in enumerate(names(10_000) * (lines // 30_000 + 1)):
            if number == lines // 3:
                break
            source, kind = ("RXNORM", "SCD") if number % 4 else ("MTHSPL", "SU")
            row = [str(10**6 + number), "ENG", *[""] * 9, source, kind, str(number), name, "", "N", "4096", ""]
            file.write("|".join(row) + "\n")
    with sat.open("w") as file:
        for number in range(lines - lines // 3):
            kind = "RXN_HUMAN_DRUG" if number % 3 else "NDC"
            row = [
                str(10**6 + number // 2),
                *[""] * 4,
                "",
                "",
                "",
                kind,
                "RXNORM",
                str(10**10 + number),
                "N",
                "4096",
                "",
            ]
            file.write("|".join(row) + "\n")
    return [str(conso), str(sat)]


def lines_read(files: list[str]) -> int:
    """Read the lines of files, and nothing else."""
    count = 0
    for each in files:
        with Path(each).open("rb") as stream:
            count += sum(1 for _ in stream)
    return count


def main(count: int, lines: int, passes: int) -> None:
    texts = names(count)
    print(f"{'':14}{'a second':>12}{'baseline':>14}{'of baseline':>13}{'target':>10}")
    for state in ("cold", "warm"):
        ours, baseline = [], []
        for _ in range(passes):
            if state == "cold":
                forget()
            ours.append(count / seconds(lambda: [read_rxnorm_name(text) for text in texts]))
            baseline.append(count / seconds(lambda: [text.split() for text in texts]))
        share = median(ours) / median(baseline)
        print(f"{'names, ' + state:14}{median(ours):12,.0f}{median(baseline):14,.0f}{share:12.3f}x{TARGET:10,}")
    with TemporaryDirectory() as name:
        files = release(Path(name), lines)
        took = seconds(lambda: load_rxnorm(files, Path(name) / "codes.sqlite"))
        read = seconds(lambda: lines_read(files))
        print(f"{'release lines':14}{lines / took:12,.0f}{lines / read:14,.0f}{read / took:12.3f}x  {took:.1f} s")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--names", type=int, default=20_000)
    options.add_argument("--lines", type=int, default=1_500_000)
    options.add_argument("--passes", type=int, default=5)
    chosen = options.parse_args()
    main(chosen.names, chosen.lines, chosen.passes)
