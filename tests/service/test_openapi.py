"""The description of the service is true: schemathesis sends what it allows and what it forbids, with all checks on."""

from __future__ import annotations

from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from medsteward.cli.served import served
from medsteward.service.openapi import openapi
from medsteward.service.settings import Settings
from tests.counts import scaled
from tests.server import Service

DOCUMENT = openapi(served(), Settings())
ACCEPTED = ["2xx", "400", "412", "413"]
"""What may be said of a body of the right shape: a text in it may still be no day, no plan, or too much."""
CONFIG = SchemathesisConfig.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": ACCEPTED}}})
FOUND: tuple[Any, ...] = tuple(schemathesis.openapi.from_dict(DOCUMENT, config=CONFIG).get_all_operations())
OPERATIONS = {f"{each.ok().method.upper()} {each.ok().path}": each.ok() for each in FOUND}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("name", OPERATIONS)
def test_what_is_described_is_answered_as_described(service: Service, name: str, mode: GenerationMode):
    operation: Any = OPERATIONS[name]
    if mode is GenerationMode.NEGATIVE and operation.method == "get":
        return  # it takes nothing that could be wrong

    @hypothesis.settings(
        max_examples=scaled(4),
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    @hypothesis.given(operation.as_strategy(generation_mode=mode))
    def answered(case: Any) -> None:
        case.call_and_validate(base_url=f"http://127.0.0.1:{service.port}")

    answered()
