"""Where on the body something is put, and how much of a cream: words that change no dose."""

from __future__ import annotations

PARTS = frozenset(
    (
        *("knee", "knees", "hip", "hips", "back", "shoulder", "shoulders", "neck", "hand", "hands", "wrist", "wrists"),
        *("elbow", "elbows", "ankle", "ankles", "foot", "feet", "leg", "legs", "thigh", "thighs", "calf", "calves"),
        *("arm", "arms", "chest", "abdomen", "joint", "joints", "finger", "fingers", "thumb", "thumbs", "toe", "toes"),
        *("spine", "area", "areas", "affected area", "affected areas", "painful area", "painful areas"),
    )
)
"""Parts of the body on which something is put; they are reasons too."""

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
