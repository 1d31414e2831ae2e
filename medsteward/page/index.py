"""Every screen by its address: the one way from a form to an answer, for a server and for a browser alike.

An address holds no fact of a patient. Nothing is kept: what a screen needs comes with its form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from medsteward.page.addresses import ADDRESSES
from medsteward.page.answer import Answer
from medsteward.page.files import kept, opened
from medsteward.page.form import SentForm
from medsteward.page.look_up import look_up
from medsteward.page.medicines import medicines
from medsteward.page.mme import mme
from medsteward.page.pharmacist import pharmacist
from medsteward.page.plan import plan
from medsteward.page.prints import prints
from medsteward.page.safety import safety
from medsteward.page.start import start
from medsteward.page.taper import taper
from medsteward.page.trial import trial

Screen = Callable[[SentForm, date], Answer]

SCREENS: Mapping[str, Screen] = MappingProxyType(
    dict(
        zip(
            ADDRESSES,
            (start, medicines, mme, safety, taper, plan, trial, prints, pharmacist, look_up, opened, kept),
            strict=True,
        )
    )
)
"""Screens by the last part of their address; those with a form answer to POST, and empty to GET."""


def answer(name: str, form: SentForm, *, today: date) -> Answer:
    """The answer of a screen. Refuses (``KeyError``) an address that there is not."""
    if form.has("condition_add"):
        stated = (form.text("conditions"), form.text("condition_add"))
        form = form.with_(conditions="\n".join(filter(None, stated)), condition_add="")
    return SCREENS[name](form, today)
