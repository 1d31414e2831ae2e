"""One spelling for a phrase: small letters, single spaces, US spelling, no hyphens or apostrophes."""

from __future__ import annotations

import re
import unicodedata

from medsteward.caches import remembered

LONGEST = 300
"""Characters of a phrase that are read. Nobody writes one condition in more."""
_SAME = str.maketrans(
    {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2010": "-", "\u2011": "-", "\u2013": "-"}
)
_BRITISH = tuple(
    (re.compile(old), new)
    for old, new in (
        (r"aemi", "emi"),
        (r"\bh(?:ae|oe)m(?=[ao])", "hem"),
        (r"(?<=[a-z])haem", "hem"),
        (r"an(?:ae)sth", "anesth"),
        (r"isch(?:ae)m", "ischem"),
        (r"oede", "ede"),
        (r"\boes", "es"),
        (r"oesoph", "esoph"),
        (r"pnoe", "pne"),
        (r"rrhoe", "rrhe"),
        (r"tumour", "tumor"),
        (r"behaviour", "behavior"),
        (r"labour", "labor"),
        (r"coel", "cel"),
        (r"foet", "fet"),
        (r"leuka?em", "leukem"),
        (r"\bpaed", "ped"),
        (r"orthopaed", "orthoped"),
        (r"gynaec", "gynec"),
        (r"caec", "cec"),
        (r"\bfaec", "fec"),
        (r"phaeo", "pheo"),
        (r"myxoed", "myxed"),
        (r"(?<=[a-z])aesth", "esth"),
        (r"isation\b", "ization"),
        (r"ised\b", "ized"),
        (r"counsell", "counsel"),
        (r"hiatus", "hiatal"),
        (r"fibre", "fiber"),
    )
)


@remembered(8192)
def plain(text: str) -> str:
    """A phrase as it is looked up. Not more than ``LONGEST`` characters of it."""
    found = unicodedata.normalize("NFKC", text[:LONGEST]).translate(_SAME).casefold()
    found = found.replace("naïve", "naive").replace("'", "").replace("-", " ")
    found = " ".join(found.split()).strip(" .,;:")
    for old, new in _BRITISH:
        found = old.sub(new, found)
    return found
