"""``medsteward serve``."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from medsteward.cli.options import TableId, Whole, once
from medsteward.cli.running import DEFECT, USAGE
from medsteward.cli.saying import say
from medsteward.errors import MedstewardError, part_for
from medsteward.tables.table import FactorTable

if TYPE_CHECKING:
    from medsteward.service.settings import Settings

T = TypeVar("T")

_EXAMPLES = """

\b
Examples:
  medsteward serve --open
  medsteward serve --host 0.0.0.0 --behind-proxy --base-url https://cds.example.org --token-file token.txt
  medsteward serve --cds-clients clients.toml --check-config
"""


class Zone(click.ParamType[ZoneInfo]):
    """A time zone by its name."""

    name = "zone"

    def convert(self, value: ZoneInfo | str, param: click.Parameter | None, ctx: click.Context | None) -> ZoneInfo:
        """Find the zone."""
        if isinstance(value, ZoneInfo):
            return value
        try:
            return ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.fail(f'there is no time zone "{value[:40]}"; write it as America/New_York', param, ctx)


@click.command(
    epilog=_EXAMPLES,
    help="""An HTTP service: a JSON API of these commands, CDS Hooks, and the page.

    It stores nothing and calls nobody. On this machine (127.0.0.1) it needs no settings. For others it asks for the
    name that they call it by, TLS, and tokens: --check-config says what is missing. docs/service.md explains each.
    """,
)
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address to listen on.")
@click.option("--port", type=Whole(0, 65535), default=8460, show_default=True, help="The port; 0 takes a free one.")
@click.option("--open", "opens", is_flag=True, help="Open the page in the browser.")
@click.option("--allow-host", multiple=True, metavar="NAME", help="A name by which others reach it; repeat it.")
@click.option(
    "--base-url", multiple=True, callback=once, metavar="URL", help="The address under which others reach it."
)
@click.option("--behind-proxy", is_flag=True, help="A proxy in front ends TLS and passes requests on.")
@click.option("--tls-key", metavar="FILE", help="Private key (PEM).")
@click.option("--tls-cert", metavar="FILE", help="Certificate with its chain (PEM).")
@click.option("--token-file", metavar="FILE", help="A file with the bearer token that /api asks for.")
@click.option("--cors-origin", multiple=True, metavar="URL", help="A browser client that may read answers; repeat it.")
@click.option("--cds-clients", metavar="FILE", help="Who may call CDS Hooks (TOML): issuers and their keys.")
@click.option(
    "--cards",
    type=Whole(1, 2),
    default=1,
    show_default=True,
    help="CDS Hooks: 1 shows what should interrupt, 2 lesser findings too.",
)
@click.option("--patient-view", is_flag=True, help="CDS Hooks: cards when a chart is opened, too.")
@click.option(
    "--table",
    type=TableId(),
    multiple=True,
    callback=once,
    help="Factor table of CDS Hooks.  [default: cdc_2022]",
)
@click.option("--zone", type=Zone(), help="The time zone that says which day it is.  [default: this machine's]")
@click.option("--audit", metavar="FILE", help="Keep what was advised and what became of it, without patients.")
@click.option("--check-config", is_flag=True, help="Say what would be refused, and end.")
def serve(
    host: str,
    port: int,
    opens: bool,
    allow_host: tuple[str, ...],
    base_url: str | None,
    behind_proxy: bool,
    tls_key: str | None,
    tls_cert: str | None,
    token_file: str | None,
    cors_origin: tuple[str, ...],
    cds_clients: str | None,
    cards: int,
    patient_view: bool,
    table: FactorTable | None,
    zone: ZoneInfo | None,
    audit: str | None,
    check_config: bool,
) -> int:
    """Look at the settings, listen, answer until a signal ends it."""
    with part_for("the service", "starlette", "pip install 'medsteward[server]'"):
        import starlette  # noqa: F401  # asked for before anything is opened
    with part_for("the service", "uvicorn", "pip install 'medsteward[server]'"):
        import uvicorn  # noqa: F401
    from medsteward.cli.serve_files import clients_of, file_faults, token_of
    from medsteward.service.settings import Settings, faults, notices

    wrong: list[str] = []
    clients, naloxone = _read(clients_of, cds_clients, wrong) or (None, None)
    settings = Settings(
        host=host,
        port=port,
        allowed_hosts=allow_host,
        base_url=base_url,
        behind_proxy=behind_proxy,
        tls_key=tls_key,
        tls_cert=tls_cert,
        token=_read(token_of, token_file, wrong),
        cors_origins=cors_origin,
        clients=clients,
        cards=cards,
        patient_view=patient_view,
        naloxone=naloxone,
        table=table.id if table is not None else "cdc_2022",
        zone=zone,
        audit=audit,
    )
    wrong += [*faults(settings), *file_faults(settings)]
    for each in wrong:
        say(each)
    if wrong:
        return USAGE
    if check_config:
        for each in (f"would listen on {settings.own_url}", *notices(settings)):
            click.echo(each)
        return 0
    return _run(settings, opens)


def _read(read: Callable[[str], T], path: str | None, wrong: list[str]) -> T | None:
    """A file that a setting names; what cannot be read is one more thing that is wrong."""
    if path is None:
        return None
    try:
        return read(path)
    except MedstewardError as error:
        wrong.append(str(error))
        return None


def _run(settings: Settings, opens: bool) -> int:
    from attrs import evolve

    from medsteward.cli.served import served, warm
    from medsteward.readers.codes.resolving import resolver_for
    from medsteward.service.app import application
    from medsteward.service.log import to_stderr
    from medsteward.service.run import bound, server_of
    from medsteward.service.settings import notices
    from medsteward.service.site import load, site

    try:
        listener = bound(settings)
    except OSError as error:
        say(f"cannot listen on {settings.host}, port {settings.port}: {(error.strerror or str(error)).lower()}")
        return USAGE
    with listener:  # it listens once everything is loaded
        there = evolve(settings, port=listener.getsockname()[1])
        gc.disable()  # what is loaded now stays
        commands = served()
        warm(commands)

        def told() -> None:
            say(f"listens on {there.own_url}; {'; '.join(notices(there))}")
            Thread(target=load, daemon=True).start()  # it answers meanwhile
            if opens:
                click.launch(f"{there.own_url}/")

        service = application(commands, there, site=site(), resolver=partial(resolver_for, None))
        server = server_of(service, there, to_stderr, told)
        gc.freeze()
        gc.enable()
        server.run(sockets=[listener])
        return 0 if server.started else DEFECT
