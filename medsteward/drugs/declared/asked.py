"""Declared names that are asked about where nothing else is named.

One spelling with two meanings by country, a name that is cut off at ten letters in some lists and may hide an opioid,
and what is sold without control. Each with what it may be, as it stands after "could be".
"""

from __future__ import annotations

_UNCONTROLLED = "tianeptine sold without control, of unknown strength and with other substances"

ASKED: dict[str, str] = {
    "fiorinal": "butalbital with aspirin and caffeine (US) or codeine with acetaminophen and doxylamine (Australia)",
    "hycodan": "hydrocodone alone (Canada) or hydrocodone with homatropine (US)",
    "norgesic": "orphenadrine with aspirin and caffeine (US) or orphenadrine with acetaminophen (Australia)",
    "cafergot": "ergotamine alone or with caffeine",
    "voltarol": "diclofenac by mouth or diclofenac on the skin",
    "unisom": "doxylamine or diphenhydramine",
    "pedia-lax": "glycerin, docusate, senna or magnesium hydroxide",
    "butalbital": "the name of a combination cut off, with or without codeine",
    "belladonna": "the name of a combination cut off, with or without opium",
    "tianeptine": _UNCONTROLLED,
    "tianeptine sodium": _UNCONTROLLED,
    "tianeptine sulfate": _UNCONTROLLED,
    "coaxil": _UNCONTROLLED,
    "stablon": _UNCONTROLLED,
    "illicit fentanyl": "fentanyl of unknown amount, with other substances",
    "nitazene": "one of several opioids of unknown amount",
    "novel synthetic opioid": "one of several opioids of unknown amount",
    "mitragyna speciosa": "kratom of unknown strength",
}
