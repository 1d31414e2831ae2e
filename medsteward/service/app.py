"""The application: every route with the plain function behind it, and what stands before them."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.routing import Route, Router

from medsteward.service.about import fixed, health, version
from medsteward.service.api import handler
from medsteward.service.calling import Command
from medsteward.service.guard import Guard
from medsteward.service.log import Write, to_stderr
from medsteward.service.openapi import openapi
from medsteward.service.pages import NO_SITE, Site, given, mounted
from medsteward.service.request import Endpoint
from medsteward.service.settings import Settings

_GET = ["GET", "HEAD"]


def application(
    commands: Sequence[Command], settings: Settings, *, site: Site = NO_SITE, log: Write = to_stderr
) -> Guard:
    """The service over these commands and screens. Everything that it needs is loaded now."""
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
    known = {route.path for route in routes}
    return Guard(
        Router(routes, redirect_slashes=False),
        settings,
        log,
        lambda path: path if path in known else "-",
    )
