"""The steps of a bowel regimen by name."""

from __future__ import annotations

OBSTRUCTION = "gastrointestinal obstruction"

FIRST = "step 1"
SECOND = "step 2"
THIRD = "step 3"
FOURTH = "step 4, after laxatives have failed"
FIFTH = "step 5"
GENERAL = "step 0"
