"""What a run says when a database gives up: a sentence of ours, never its own, which may hold a row."""

from __future__ import annotations

import re

from medsteward.errors import CannotWrite, EngineFailed, MedstewardError, UnreadableInput

_LACKING = re.compile(r"ModuleNotFoundError: No module named '(\w{1,40})")


def out_of_room(error: Exception, where: str) -> MedstewardError:
    """The error of ours that stands for one of a database. ``where`` names the file that was being read, if one was."""
    kind, said = type(error).__name__, " ".join(str(error).split())
    low = said.casefold()
    if isinstance(error, MemoryError) or kind == "OutOfMemoryException" or "out of memory" in low:
        return UnreadableInput(
            where or "the population", "the memory allowed is too small; give more with --memory, or more --buckets"
        )
    if (
        "file too large" in low
        or "could not write" in low
        or "no space left" in low
        or ("disk" in low and ("full" in low or "space" in low))
    ):
        return CannotWrite(where or "the run's folder", "the disk is full; the output was not changed")
    if (kind == "ConversionException" and "out of range" in low) or kind == "OutOfRangeException":
        return UnreadableInput(
            where or "the population", "a figure is beyond all bounds; look at quantities and strengths in the records"
        )
    lacking = _LACKING.search(said)
    if lacking is not None:
        return UnreadableInput(
            "the cluster's Python", f"{lacking[1]} is not installed there; PYSPARK_PYTHON names one that has medsteward"
        )
    if where:
        return UnreadableInput(where, f"it cannot be read as records of this kind ({kind}); is it whole?")
    return EngineFailed(kind)
