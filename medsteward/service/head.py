"""What the head of a request says, and whether it may come in: host, size, origin, type, token, in this order."""

from __future__ import annotations

import hmac
from enum import Enum, auto
from urllib.parse import urlsplit

from attrs import frozen

from medsteward.service.answer import HttpAnswer, problem
from medsteward.service.settings import Settings

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_CHANGES = ("POST",)


class Part(Enum):
    """Which rules hold for a path."""

    API = auto()
    HOOKS = auto()
    FACTS = auto()
    """What is known of the service itself: health, version, description."""
    PAGE = auto()


@frozen
class Head:
    """The head of a request, names in lower case; a header given twice stands twice."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a header."""
        return tuple(value for key, value in self.headers if key == name)

    def get(self, name: str) -> str | None:
        """The value of a header; None where it is absent."""
        return next(iter(self.all(name)), None)

    @property
    def part(self) -> Part:
        """The part of the service that is asked."""
        if self.path == "/api" or self.path.startswith("/api/"):
            return Part.API
        if self.path == "/cds-services" or self.path.startswith("/cds-services/"):
            return Part.HOOKS
        return Part.FACTS if self.path in ("/health", "/version", "/openapi.json") else Part.PAGE

    @property
    def is_json(self) -> bool:
        """Whether programs call it, with JSON, rather than a browser that shows a page."""
        return self.part is not Part.PAGE

    def allowed_bytes(self, settings: Settings) -> int:
        """How large the body may be."""
        large = self.path == "/api/fills" or self.path.startswith("/api/plan/")
        multipart = self.part is Part.PAGE and (self.get("content-type") or "").startswith(FORMS[1])
        return settings.bounds.upload_bytes if large or multipart else settings.bounds.body_bytes


def refusal(head: Head, settings: Settings) -> HttpAnswer | None:
    """Why a request is not let in, by its head alone; None where it is."""
    for rule in (_host, _size, _origin, _type, _token):
        found = rule(head, settings)
        if found is not None:
            return found
    return None


def host_name(value: str) -> str | None:
    """The name of a Host header without its port; None for what is not one."""
    name, colon, port = value.partition("]") if value.startswith("[") else value.partition(":")
    if value.startswith("["):
        name, colon, port = f"{name}{colon}", port[:1], port[1:]
        if colon not in ("", ":"):
            return None
    if (colon and not port.isascii()) or (colon and not port.isdigit()):
        return None
    return name.casefold().rstrip(".")


def _host(head: Head, settings: Settings) -> HttpAnswer | None:
    given = head.all("host")
    if len(given) == 1 and given[0] and host_name(given[0]) in settings.hosts:
        return None
    return problem(400, "the Host header is not a name of this service (--allow-host)", closes=True)


def _size(head: Head, settings: Settings) -> HttpAnswer | None:
    most = head.allowed_bytes(settings)
    for value in head.all("content-length"):
        if not (value.isascii() and value.isdigit()):
            return problem(400, "Content-Length is not a number", closes=True)
        if len(value) > 15 or int(value) > most:
            return too_large(most)
    if (head.get("content-encoding") or "identity").strip().casefold() != "identity":
        return problem(415, "the body must not be compressed", closes=True)
    return None


def too_large(most: int) -> HttpAnswer:
    """The answer to a body that is too large."""
    return problem(413, f"the body has more than {most:,} bytes", closes=True)


def own_origin(head: Head, settings: Settings) -> frozenset[str]:
    """The origins of our own pages: as this request reached us, and as the world does."""
    base = urlsplit(settings.own_url)
    here = {f"{base.scheme}://{base.netloc}".casefold()}
    if not settings.behind_proxy:
        here.add(f"{settings.scheme}://{head.get('host') or ''}".casefold())
    return frozenset(here)


def allowed_origin(head: Head, settings: Settings) -> str | None:
    """The foreign origin of a request that may read the answer, as ``--cors-origin`` lists it."""
    origin = head.get("origin")
    return origin if origin is not None and head.is_json and origin in settings.cors_origins else None


def _origin(head: Head, settings: Settings) -> HttpAnswer | None:
    origins, site = head.all("origin"), head.get("sec-fetch-site")
    own = all(each.casefold() in own_origin(head, settings) for each in origins)
    if head.is_json:
        if origins and not own and (len(origins) > 1 or allowed_origin(head, settings) is None):
            return problem(403, "this origin may not call the service (--cors-origin)", closes=True)
        if head.method == "OPTIONS" and not origins:
            return problem(403, "a preflight has an Origin", closes=True)
        if head.method in _CHANGES and not origins and site not in (None, "same-origin", "none"):
            return problem(403, "a page of another origin may not call the service", closes=True)
        return None
    if head.method not in _CHANGES:
        return None
    if site is not None:
        fine = site == "same-origin" and own
    else:
        fine = len(origins) == 1 and own
    return None if fine else problem(403, "a form is taken from our own pages alone", closes=True)


def media_type(value: str) -> tuple[str, str]:
    """The media type of a header in lower case, and its charset or nothing."""
    name, *rest = value.split(";")
    charset = ""
    for each in rest:
        key, _, held = each.partition("=")
        if key.strip().casefold() == "charset":
            charset = held.strip().strip('"').casefold()
    return name.strip().casefold(), charset


def _type(head: Head, settings: Settings) -> HttpAnswer | None:
    if head.method not in _CHANGES:
        return None
    given = head.all("content-type")
    name, charset = media_type(given[0]) if len(given) == 1 else ("", "")
    if charset not in ("", "utf-8", "utf8"):
        return problem(415, "the body must be UTF-8", closes=True)
    if head.is_json:
        return None if name == "application/json" else problem(415, "send application/json", closes=True)
    return None if name in FORMS else problem(415, f"send {' or '.join(FORMS)}", closes=True)


def bearer(head: Head) -> str | None:
    """The bearer token of a request; None where there is none, or more than one."""
    given = head.all("authorization")
    if len(given) != 1:
        return None
    kind, _, token = given[0].partition(" ")
    token = token.strip()
    return token if kind.casefold() == "bearer" and token else None


UNAUTHORIZED = problem(401, "a valid bearer token is needed", headers=(("WWW-Authenticate", "Bearer"),), closes=True)


def _token(head: Head, settings: Settings) -> HttpAnswer | None:
    """The token of ``/api``. Those of CDS Hooks are signed, and looked at once the request is whole."""
    if head.method == "OPTIONS":
        return None
    if head.part is Part.HOOKS:
        return None if settings.has_hooks else UNAUTHORIZED
    if head.part is not Part.API or (settings.token is None and settings.is_loopback):
        return None
    token = bearer(head)
    held = settings.token
    if held is None or token is None or not hmac.compare_digest(token.encode("utf-8", "replace"), held):
        return UNAUTHORIZED
    return None
