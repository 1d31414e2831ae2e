"""The addresses of the screens, and the folder of the files that they load: known without loading a screen."""

from __future__ import annotations

from pathlib import Path

ADDRESSES = (
    *("", "medicines", "mme", "safety", "taper", "plan", "trial", "print", "pharmacist", "look-up"),
    *("open", "keep"),
)
"""The last part of each screen's address, in the order of ``medsteward.page.index``; none holds a fact of a patient."""

STATIC = Path(__file__).with_name("static")
"""The files that a page loads."""
