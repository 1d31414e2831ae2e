"""The application: every route with the plain function behind it, and what stands before them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from starlette.routing import Route, Router

from medsteward.drugs.codes import ListedCodes
from medsteward.model.code import Resolver
from medsteward.service.about import fixed, health, version
from medsteward.service.api import handler
from medsteward.service.calling import Command
from medsteward.service.cds.feedback import Topics
from medsteward.service.cds.held import Look
from medsteward.service.cds.services import PATH, SERVICES, Hooks
from medsteward.service.guard import Guard
from medsteward.service.log import Audit, Write, to_stderr
from medsteward.service.openapi import openapi
from medsteward.service.pages import NO_SITE, Site, given, mounted
from medsteward.service.request import Endpoint
from medsteward.service.settings import Settings
from medsteward.tables.load import factor_table

_GET = ["GET", "HEAD"]


def application(
    commands: Sequence[Command],
    settings: Settings,
    *,
    resolver: Callable[[], Resolver] = ListedCodes,
    site: Site = NO_SITE,
    log: Write = to_stderr,
) -> Guard:
    """The service over these commands and screens. Everything that it needs is loaded now.

    ``resolver`` looks up the codes in orders; left out: only the codes that we bring.
    """
    facts = {"/health": health(), "/version": version(), "/openapi.json": openapi(commands, settings)}
    routes = [Route(path, Endpoint(fixed(document)), methods=_GET) for path, document in facts.items()]
    routes += [
        Route(
            f"/api/{each.name}",
            Endpoint(handler(each, settings.today, settings.bounds), slow=each.is_slow),
            methods=["POST"],
        )
        for each in commands
    ]
    routes += [
        Route(path, Endpoint(screen, slow=True), methods=["GET", "HEAD", "POST"])
        for path, screen in mounted(site, settings.today).items()
    ]
    routes += [Route(path, Endpoint(given(asset)), methods=_GET) for path, asset in site.assets.items()]
    look = Look(factor_table(settings.table), resolver, settings.today)
    routes += _hook_routes(Hooks(settings, look, Audit(settings.audit, log), log, Topics()))
    known = {route.path for route in routes}
    return Guard(
        Router(routes, redirect_slashes=False),
        settings,
        log,
        lambda path: path if path in known else "-",
    )


def _hook_routes(hooks: Hooks) -> Iterator[Route]:
    """Discovery, and for each service its calls and its feedback."""
    yield Route(PATH, Endpoint(hooks.discovery), methods=_GET)
    for each in SERVICES:
        yield Route(f"{PATH}/{each.id}", Endpoint(partial(hooks.answer, each)), methods=["POST"])
        yield Route(f"{PATH}/{each.id}/feedback", Endpoint(partial(hooks.feedback, each)), methods=["POST"])
