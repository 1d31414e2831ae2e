"""What the service was told, and what of it would be refused. Plain values; files were read before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from attrs import field, frozen

from medsteward.service.bounds import BOUNDS, Bounds

if TYPE_CHECKING:
    from medsteward.service.cds.naloxone import NaloxoneOrder
    from medsteward.service.clients import Clients

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
SHORTEST_TOKEN = 32


@frozen
class Settings:
    """How the service runs.

    ``token`` is the bearer token of ``/api``, ``clients`` those who may call CDS Hooks. ``base_url`` is how the world
    reaches the service: tokens are held against it, never against the Host header. ``cards`` is the least urgent tier
    that gives a card, ``patient_view`` whether opening a chart gives any, ``naloxone`` how the site orders it. ``zone``
    says which day it is.
    """

    host: str = "127.0.0.1"
    port: int = 8460
    allowed_hosts: tuple[str, ...] = ()
    base_url: str | None = None
    behind_proxy: bool = False
    tls_key: str | None = None
    tls_cert: str | None = None
    token: bytes | None = field(default=None, repr=False)
    cors_origins: tuple[str, ...] = ()
    clients: Clients | None = field(default=None, repr=False)
    cards: int = 1
    patient_view: bool = False
    naloxone: NaloxoneOrder | None = None
    table: str = "cdc_2022"
    zone: ZoneInfo | None = None
    audit: str | None = None
    bounds: Bounds = BOUNDS

    @property
    def is_loopback(self) -> bool:
        """Whether only programs of this machine reach it. Behind a proxy others do."""
        return is_loopback(self.host) and not self.behind_proxy

    @property
    def scheme(self) -> str:
        """Of the address that it listens on."""
        return "https" if self.tls_cert else "http"

    @property
    def own_url(self) -> str:
        """How the service is reached, without a slash at the end."""
        if self.base_url is not None:
            return self.base_url.rstrip("/")
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """The names that a Host header may have, in lower case, without a port."""
        names = [*self.allowed_hosts, urlsplit(self.own_url).hostname or ""]
        if is_loopback(self.host):
            names += LOOPBACK_NAMES
        return frozenset(_host_name(each) for each in names if each)

    @property
    def has_api(self) -> bool:
        """Whether ``/api`` is open: to this machine, or to those who have the token."""
        return self.is_loopback or self.token is not None

    @property
    def has_hooks(self) -> bool:
        """Whether CDS Hooks is open: to this machine, or to clients that are listed."""
        return self.is_loopback or self.clients is not None

    def today(self) -> date:
        """The day in the service's zone."""
        return datetime.now(self.zone).date()


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own."""
    if host.casefold() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _host_name(name: str) -> str:
    name = name.casefold().rstrip(".")
    return f"[{name}]" if ":" in name and not name.startswith("[") else name


def faults(settings: Settings) -> Iterator[str]:
    """What would be refused at the start, and why. Each says what to write instead."""
    base = urlsplit(settings.base_url) if settings.base_url is not None else None
    if base is not None:
        wrong = base.scheme not in ("http", "https") or not base.hostname or base.query or base.fragment
        if wrong or base.username is not None:
            yield f"--base-url {settings.base_url}: write it as https://cds.example.org or https://example.org/medsteward"
        elif base.scheme == "http" and not is_loopback(base.hostname or ""):
            yield "--base-url is http:// and not of this machine; patient data need https://"
    if settings.behind_proxy and base is None:
        yield "--behind-proxy needs --base-url, the address under which others reach the service"
    if bool(settings.tls_key) != bool(settings.tls_cert):
        yield "--tls-key and --tls-cert belong together; give both"
    if not is_loopback(settings.host):
        if not settings.allowed_hosts and base is None:
            yield (
                f"--host {settings.host} is reached by others; give --allow-host NAME, the name that they call it by, "
                "or --base-url"
            )
        if not settings.tls_cert and not settings.behind_proxy:
            yield (
                f"--host {settings.host} is reached by others; give --tls-key and --tls-cert, or --behind-proxy and "
                "--base-url where a proxy ends TLS"
            )
    if not settings.has_api and not settings.has_hooks:
        yield (
            "others reach the service and none may use it; give --token-file for /api, --cds-clients for CDS Hooks, "
            "or both"
        )
    for name in settings.allowed_hosts:
        if name == "*" or "/" in name or not name.strip():
            yield f'--allow-host {name}: write one name, as in cds.example.org; "*" is not taken'
    for origin in settings.cors_origins:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.hostname or f"{parts.scheme}://{parts.netloc}" != origin:
            yield f"--cors-origin {origin}: write scheme and name alone, as in https://ehr.example.org"
    if settings.token is not None and len(settings.token) < SHORTEST_TOKEN:
        yield f"the token has {len(settings.token)} characters; write at least {SHORTEST_TOKEN} random ones"


def notices(settings: Settings) -> Iterator[str]:
    """For whom it listens, and what is closed."""
    if settings.is_loopback:
        yield "only programs on this machine reach it"
    else:
        yield f"for {', '.join(sorted(settings.hosts))}"
        yield "/api asks for the bearer token" if settings.has_api else "/api is closed: no --token-file"
    if settings.clients is not None:
        yield f"CDS Hooks: {len(settings.clients)} clients, each call with a signed token"
    elif settings.has_hooks:
        yield "CDS Hooks: open on this machine, without signed tokens"
    else:
        yield "CDS Hooks is closed: no --cds-clients"
