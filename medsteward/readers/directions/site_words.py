"""Where on the body something is put, and how much of a cream: words that change no dose."""

from __future__ import annotations

_LEADS = ("to", "on", "onto", "over", "to and around")
_WHICH = (
    *("", "the", "each", "both", "either", "your", "left", "right", "the left", "the right", "lower", "upper"),
    *("the lower", "the upper", "affected", "the affected", "painful", "the painful", "most painful"),
    *("the most painful", "any painful"),
)
_PARTS = (
    *("knee", "knees", "hip", "hips", "back", "lower back", "upper back", "mid back", "shoulder", "shoulders", "neck"),
    *("hand", "hands", "wrist", "wrists", "elbow", "elbows", "ankle", "ankles", "foot", "feet", "leg", "legs", "thigh"),
    *("thighs", "calf", "calves", "arm", "arms", "upper arm", "chest", "abdomen", "joint", "joints", "finger"),
    *("fingers", "thumb", "toe", "toes", "spine", "area", "areas", "site", "sites", "spot", "spots"),
)
_OF_PAIN = ("area of pain", "areas of pain", "site of pain", "sites of pain", "area of most pain")

SITES = "|".join(
    (
        *(" ".join(filter(None, (lead, which, part))) for lead in _LEADS for which in _WHICH for part in _PARTS),
        *(" ".join(filter(None, (lead, which, part))) for lead in _LEADS for which in ("", "the") for part in _OF_PAIN),
        *("affected area", "affected areas", "most painful area", "painful area", "painful areas", *_OF_PAIN),
    )
)
"""Where something is put on, as directions have it."""

AMOUNTS = (
    "thin layer|a thin layer|thin film|a thin film|thin coat|sparingly|liberally|generously|gently|rub in|rub in well|"
    "rub in gently|massage in|massage into skin|rub into skin|rub into the skin"
)
"""How much of a cream is put on, and how."""

APPLIED = "|".join(
    f"{verb} {much} amount"
    for verb in ("apply", "applying", "rub", "use")
    for much in ("small", "a small", "pea-sized", "a pea-sized", "pea sized", "a pea sized", "liberal", "a liberal")
)
"""The same where a verb stands before it: "a small amount" alone may be the dose of something else."""
