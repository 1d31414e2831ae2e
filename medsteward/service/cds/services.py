"""The services that records call: what they are for, what each answers, and what is written down of it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any

from attrs import frozen

from medsteward.errors import MedstewardError
from medsteward.service.answer import HttpAnswer, NotAnswered, json_bytes, problem
from medsteward.service.cds.cards import HookCard, cards_for
from medsteward.service.cds.feedback import Topics, read_feedback
from medsteward.service.cds.held import HookFound, Look
from medsteward.service.cds.hook import ORDER_SELECT, ORDER_SIGN, PATIENT_VIEW, HookCall, read_call
from medsteward.service.cds.naloxone import is_offered
from medsteward.service.cds.prefetch import TEMPLATES, read_prefetch
from medsteward.service.clients import WrongToken
from medsteward.service.head import UNAUTHORIZED, bearer
from medsteward.service.log import Audit, Write
from medsteward.service.request import CalledBy, WebRequest
from medsteward.service.settings import Settings

PATH = "/cds-services"
_USAGE = (
    "Needs the active medications (prefetch medications). Asks no FHIR server. Cards offer and ask; whether and where "
    "they are shown is the decision of the site."
)


@frozen
class HookService:
    """One service: its id, which never changes, and its hook."""

    hook: str
    title: str
    description: str

    @property
    def id(self) -> str:
        """A service of its own for each hook: some records keep one service under one address."""
        return f"medsteward-{self.hook}"

    @property
    def document(self) -> dict[str, Any]:
        """What discovery says of it."""
        return {
            "hook": self.hook,
            "id": self.id,
            "title": self.title,
            "description": self.description,
            "prefetch": dict(TEMPLATES),
            "usageRequirements": _USAGE,
        }


SERVICES = (
    HookService(
        PATIENT_VIEW,
        "medsteward: medications of this patient",
        "Dangerous combinations among the active medications, where the site has switched this on.",
    ),
    HookService(
        ORDER_SELECT,
        "medsteward: medications being ordered",
        "Dangerous combinations that a selected medication order brings to the active medications.",
    ),
    HookService(
        ORDER_SIGN,
        "medsteward: medications being signed",
        "Dangerous combinations that medication orders bring, and the day's morphine milligram equivalents with them.",
    ),
)


@frozen
class Hooks:
    """Answers the calls of records. ``clock`` gives the time by which tokens end."""

    settings: Settings
    look: Look
    audit: Audit
    log: Write
    topics: Topics
    clock: Callable[[], float] = time.time

    def discovery(self, request: WebRequest) -> CalledBy:
        """The list of services."""
        issuer = self._caller(request)
        return CalledBy(HttpAnswer(200, json_bytes({"services": [each.document for each in SERVICES]})), issuer)

    def answer(self, service: HookService, request: WebRequest) -> CalledBy:
        """The cards of a call. Raises ``NotAnswered`` for one that cannot be answered."""
        issuer = self._caller(request)
        call = read_call(request.body, service.hook, self.settings.bounds)
        cards = self._cards(call)
        self.topics.note(cards)
        self.audit.write(
            {
                "hook": call.hook,
                "hookInstance": _as_uuid(call.instance),
                "issuer": issuer,
                "topics": [each.topic for each in cards],
                "table": self.look.table.digest,
            }
        )
        return CalledBy(HttpAnswer(200, json_bytes({"cards": [each.document for each in cards]})), issuer)

    def feedback(self, service: HookService, request: WebRequest) -> CalledBy:
        """Writes down what became of cards."""
        issuer = self._caller(request)
        for each in read_feedback(request.body, self.topics, self.settings.bounds):
            self.log(each.line)
            self.audit.write(
                {
                    "hook": service.hook,
                    "issuer": issuer,
                    "topic": each.topic,
                    "outcome": each.outcome,
                    "reason": each.reason,
                    "outcomeTimestamp": each.at,
                }
            )
        return CalledBy(HttpAnswer(200, b"{}"), issuer)

    def _caller(self, request: WebRequest) -> str | None:
        """The name of the client by its token; None where none is asked for. Raises ``NotAnswered`` (401)."""
        clients = self.settings.clients
        if clients is None:
            return None
        audience = f"{self.settings.own_url}{request.head.path}"
        try:
            return clients.caller(bearer(request.head), audience=audience, now=self.clock()).name
        except WrongToken:
            raise NotAnswered(UNAUTHORIZED) from None

    def _cards(self, call: HookCall) -> list[HookCard]:
        came = read_prefetch(call.prefetch, call.patient)
        try:
            if call.hook == PATIENT_VIEW:
                held = self.look.of_list(came) if self.settings.patient_view else None
            else:
                held = self.look.of_drafts(call, came)
        except MedstewardError as error:
            raise NotAnswered(problem(400, f"the orders cannot be read ({type(error).__name__})")) from None
        if held is None:
            return []
        return cards_for(
            held, call.instance, most_tier=self.settings.cards, suggestion=self._suggestion(held, call.patient)
        )

    def _suggestion(self, held: HookFound, patient: str) -> dict[str, Any] | None:
        naloxone = self.settings.naloxone
        if naloxone is None or not is_offered(held.case, self.look.table):
            return None
        return naloxone.suggestion(patient)


def _as_uuid(text: str) -> str | None:
    """A hookInstance as it may be written down: a UUID, and nothing else."""
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return None
