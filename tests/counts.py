"""How many cases a law is tried on: as many as it says in a quick run, more where more is asked for.

``MEDSTEWARD_TEST_PROFILE`` chooses: ``test`` draws the same cases every time, so that a failure belongs to the change
that is tested; ``fuzz`` draws new ones; ``slow`` draws many more new ones of the same tests; ``mutation`` few.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import Phase, settings

PROFILES: dict[str, dict[str, Any]] = {
    "test": {"max_examples": 60, "derandomize": True},
    "fuzz": {"max_examples": 180},
    "slow": {"max_examples": 1200},
    # a failure is enough: its smallest case is not looked for
    "mutation": {"max_examples": 15, "phases": [Phase.explicit, Phase.reuse, Phase.generate]},
}
PROFILE = os.environ.get("MEDSTEWARD_TEST_PROFILE") or "test"

for _name, _chosen in PROFILES.items():
    settings.register_profile(_name, deadline=None, **_chosen)
settings.load_profile(PROFILE)


def scaled(quick: int) -> int:
    """So many in a quick run, and in the proportion of the profiles in another one."""
    return max(1, quick * int(PROFILES[PROFILE]["max_examples"]) // int(PROFILES["test"]["max_examples"]))


def examples(quick: int, **more: Any) -> settings:
    """Settings of a law that is tried on ``quick`` cases in a quick run."""
    return settings(max_examples=scaled(quick), **more)
