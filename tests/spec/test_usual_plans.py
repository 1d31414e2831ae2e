"""Sixty usual regimens: each is read, and gets an answer that names what to do."""

from __future__ import annotations

import pytest

from tests.usual_plans import document, regimens

USUAL = {regimen.name: regimen for regimen in regimens()}


def test_the_list_has_sixty_regimens_of_different_names():
    assert len(USUAL) == len(list(regimens())) == 60


@pytest.mark.parametrize("name", USUAL)
def test_every_usual_regimen_is_read(name):
    code, found = document(USUAL[name])
    assert code in (0, 3)
    assert not found["problems"]
    assert found["steps"] or found["outcome"]["kind"] == "needs_choice"
