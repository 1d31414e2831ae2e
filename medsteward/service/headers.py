"""The headers of every answer: nothing is kept by a browser, framed, guessed, or loaded from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re

from medsteward.service.answer import HttpAnswer
from medsteward.service.head import Head, allowed_origin
from medsteward.service.settings import Settings

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)


def printed_policy(body: bytes) -> str:
    """The policy of a printable page, which brings its own style: that style by its hash, nothing else, no script."""
    hashes = [base64.b64encode(hashlib.sha256(each).digest()).decode() for each in _STYLE.findall(body)]
    styles = " ".join(f"'sha256-{each}'" for each in hashes) or "'none'"
    return (
        f"default-src 'none'; style-src {styles}; img-src data:; font-src data:; form-action 'none'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def headers_for(answer: HttpAnswer, head: Head, settings: Settings) -> list[tuple[str, str]]:
    """All headers of an answer but its length."""
    given = {name.casefold() for name, _ in answer.headers}
    text = answer.media.startswith("text/") and "charset=" not in answer.media
    found = [
        ("Content-Type", f"{answer.media}; charset=utf-8" if text else answer.media),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Referrer-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    ]
    if "content-security-policy" not in given:
        found.append(("Content-Security-Policy", POLICY))
    if "cache-control" not in given:
        found.append(("Cache-Control", "no-store"))
    if settings.tls_cert or (settings.base_url or "").startswith("https://"):
        found.append(("Strict-Transport-Security", "max-age=31536000"))
    if head.is_json and settings.cors_origins:
        found.append(("Vary", "Origin"))
        origin = allowed_origin(head, settings)
        if origin is not None:
            found += [("Access-Control-Allow-Origin", origin), ("Access-Control-Expose-Headers", "Medsteward-Exit")]
    if answer.closes:
        found.append(("Connection", "close"))
    return [*found, *answer.headers]


def preflight(head: Head, settings: Settings) -> HttpAnswer:
    """The answer to a preflight that the head let in: no cookies, and no header beyond two."""
    asked = {each.strip().casefold() for each in (head.get("access-control-request-headers") or "").split(",")}
    method = head.get("access-control-request-method")
    if method not in ("GET", "POST") or not asked <= {"", "authorization", "content-type"}:
        return HttpAnswer(403, b"", closes=True)
    return HttpAnswer(
        204,
        b"",
        headers=(
            ("Access-Control-Allow-Methods", "GET, POST"),
            ("Access-Control-Allow-Headers", "authorization, content-type"),
            ("Access-Control-Max-Age", "600"),
        ),
    )
