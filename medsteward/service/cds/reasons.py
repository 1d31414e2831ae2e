"""Why a card may be overridden: the reasons by which a finding is answered everywhere, as codes."""

from __future__ import annotations

from typing import Any

from medsteward.model.acknowledgement import Reason

SYSTEM = "urn:medsteward:reason"


def override_reasons() -> list[dict[str, Any]]:
    """Every reason with its code, system and words."""
    return [{"code": each.code, "system": SYSTEM, "display": each.value} for each in Reason]
