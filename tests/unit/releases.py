"""RxNorm releases of our own making, in the shape of the real ones."""

from __future__ import annotations

import random
from pathlib import Path

NAMES = (
    ("7804", "IN", "oxycodone"),
    ("82063", "PIN", "oxycodone hydrochloride"),
    ("1049621", "SCD", "oxycodone hydrochloride 5 MG Oral Tablet"),
    ("1049623", "SBD", "oxycodone hydrochloride 5 MG Oral Tablet [Roxicodone]"),
    ("9000001", "SCD", "oxycodone hydrochloride 7 MG Oral Tablet"),
    ("9000002", "SCD", "12 HR tramadol hydrochloride 75 MG Extended Release Oral Capsule"),
    ("9000003", "SCD", "unobtainium 5 MG Oral Tablet"),
)
NDCS = (("9000001", "00574407205"), ("1049621", "51655008952"), ("9000002", "58118139703"))


def conso(code: str, kind: str, name: str, source: str = "RXNORM", suppressed: str = "N") -> str:
    return f"{code}|ENG||||||{code}1|||{code}|{source}|{kind}|{code}|{name}||{suppressed}||\n"


def rel(first: str, relation: str, second: str) -> str:
    return f"{first}||CUI|RO|{second}||CUI|{relation}|||RXNORM||||||\n"


def sat(code: str, name: str, value: str, source: str = "RXNORM") -> str:
    return f"{code}|||{code}1|AUI|{code}|||{name}|{source}|{value}|N||\n"


def release(folder: Path, *, lines: int = 0) -> list[str]:
    """A small release, with ``lines`` more of other sources and drugs in each file."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(7)
    with (folder / "RXNCONSO.RRF").open("w", encoding="utf-8", newline="") as file:
        for code, kind, name in NAMES:
            file.write(conso(code, kind, name))
            file.write(conso(code, "SY", f"{name} (another way to say it)"))
        file.write(conso("1049621", "SCD", "an older name", suppressed="O"))
        for number in range(lines):
            source = draw.choice(("MTHSPL", "RXNORM", "VANDF"))
            file.write(
                conso(
                    str(2_000_000 + number), draw.choice(("SCD", "SY", "DP")), f"drug {number} 5 MG Oral Tablet", source
                )
            )
    with (folder / "RXNREL.RRF").open("w", encoding="utf-8", newline="") as file:
        file.write(rel("7804", "form_of", "82063"))
        file.writelines(rel(str(number), "isa", str(number + 1)) for number in range(lines // 2))
    with (folder / "RXNSAT.RRF").open("w", encoding="utf-8", newline="") as file:
        file.writelines(sat(code, "NDC", ndc) for code, ndc in NDCS)
        file.write(sat("9000001", "NDC", "0574-4072-05", "MTHSPL"))
        for number in range(lines):
            name, value = ("NDC", f"{10_000_000_000 + number}") if number % 3 else ("RXN_STRENGTH", "5 MG")
            file.write(sat(str(2_000_000 + number), name, value))
    return [str(folder / name) for name in ("RXNCONSO.RRF", "RXNREL.RRF", "RXNSAT.RRF")]
