"""Who may call CDS Hooks: each client by its issuer and keys, and the signed token of each call.

The list is a file of the site (TOML). Keys are never fetched: a ``jku`` is compared with those listed, and that is all.
"""

from __future__ import annotations

import json
import tomllib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from attrs import Factory, define, frozen

from medsteward.errors import UnreadableInput, part_for

if TYPE_CHECKING:
    from jwt import PyJWK

ALGORITHMS = ("ES384", "RS384")
LEEWAY = 30
"""Seconds by which two clocks may differ."""
LONGEST_LIFE = 3_600
"""Seconds between the issue and the end of a token."""
LONGEST_TOKEN = 16_000
MOST_SEEN = 100_000
"""Tokens that are remembered until they end, so that none is taken twice."""
_KEYS = ("name", "issuer", "keys", "jwks_file", "jku", "tenant", "algorithms")


class WrongToken(Exception):
    """A token that is not taken. The text is for tests; a caller is told nothing."""


@frozen
class Client:
    """One client: its name in the log, its issuer, its keys, and the ``jku`` and ``tenant`` values that it may send."""

    name: str
    issuer: str
    keys: tuple[PyJWK, ...]
    jku: tuple[str, ...] = ()
    tenants: tuple[str, ...] = ()
    algorithms: tuple[str, ...] = ALGORITHMS


@define
class Clients:
    """The list, and the tokens that were taken and have not ended."""

    by_issuer: Mapping[str, Client]
    _seen: OrderedDict[tuple[str, str], float] = Factory(OrderedDict)
    _lock: Lock = Factory(Lock)

    def __len__(self) -> int:
        return len(self.by_issuer)

    def caller(self, token: str | None, *, audience: str, now: float) -> Client:
        """The client whose token this is. Raises ``WrongToken`` for every other.

        ``audience`` is the URL that was called, ``now`` the time in seconds since 1970.
        """
        import jwt

        if token is None or len(token) > LONGEST_TOKEN:
            raise WrongToken("there is no token, or it is too long")
        try:
            header = jwt.get_unverified_header(token)
            claims = jwt.decode(token, options={"verify_signature": False})
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise WrongToken("it is not a token") from None
        issuer = claims.get("iss")
        client = self.by_issuer.get(issuer) if isinstance(issuer, str) else None
        if client is None:
            raise WrongToken("the issuer is not listed")
        self._look(header, claims, client)
        checked = self._checked(token, header, client, audience)
        self._once(client, checked, now)
        return client

    def _look(self, header: Mapping[str, Any], claims: Mapping[str, Any], client: Client) -> None:
        """Refuse what no signature could mend."""
        jku = header.get("jku")
        if jku is not None and jku not in client.jku:
            raise WrongToken("the jku is not listed")
        if header.get("alg") not in client.algorithms or "crit" in header:
            raise WrongToken("the algorithm is not taken")
        if client.tenants and claims.get("tenant") not in client.tenants:
            raise WrongToken("the tenant is not listed")

    def _checked(self, token: str, header: Mapping[str, Any], client: Client, audience: str) -> Mapping[str, Any]:
        """The claims, by a key of the client that has the token's key id, or that has none."""
        import jwt

        kid = header.get("kid")
        for key in client.keys:
            if key.key_id is not None and key.key_id != kid:
                continue
            if key.algorithm_name != header.get("alg"):
                continue
            try:
                claims: Mapping[str, Any] = jwt.decode(
                    token,
                    key=key,
                    algorithms=[str(header["alg"])],
                    audience=audience,
                    issuer=client.issuer,
                    leeway=LEEWAY,
                    options={"require": ["iss", "aud", "exp", "iat", "jti"]},
                )
            except (jwt.PyJWTError, ValueError, TypeError):
                continue
            return claims
        raise WrongToken("no key of the client fits, or a claim is wrong")

    def _once(self, client: Client, claims: Mapping[str, Any], now: float) -> None:
        """Refuse a token that lives too long or was taken before."""
        jti, ends, issued = claims["jti"], claims["exp"], claims["iat"]
        if not isinstance(jti, str) or not jti or len(jti) > 1_000:
            raise WrongToken("the jti is no text")
        if not 0 < float(ends) - float(issued) <= LONGEST_LIFE:
            raise WrongToken("it lives too long")
        with self._lock:
            while self._seen and next(iter(self._seen.values())) < now:
                self._seen.popitem(last=False)
            key = (client.issuer, jti)
            if key in self._seen:
                raise WrongToken("it was taken before")
            if len(self._seen) >= MOST_SEEN:
                raise WrongToken("too many tokens are alive")
            self._seen[key] = float(issued) + LONGEST_LIFE + 2 * LEEWAY


def tables_of(path: str, data: bytes) -> Mapping[str, Any]:
    """The file of the site as tables. Refuses (``UnreadableInput``) what is not one."""
    try:
        found = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UnreadableInput(path, f"not TOML: {str(error)[:160]}") from None
    unknown = [key for key in found if key not in ("client", "naloxone")]
    if unknown:
        raise UnreadableInput(path, f'"{unknown[0][:40]}" is not known; it holds [[client]] and [naloxone]')
    return found


def read_clients(path: str, tables: Mapping[str, Any]) -> Clients:
    """The list of clients of a file. Refuses (``UnreadableInput``) what is not one, with what to write."""
    with part_for("--cds-clients", "jwt", "pip install 'medsteward[cds]'"):
        import jwt  # noqa: F401  # asked for before keys are read
    listed = tables.get("client")
    if not isinstance(listed, list) or not listed:
        raise UnreadableInput(path, "it lists clients, each under [[client]]; docs/service.md has an example")
    clients = [_client(path, number, table) for number, table in enumerate(listed, start=1)]
    by_issuer = {each.issuer: each for each in clients}
    if len(by_issuer) != len(clients):
        raise UnreadableInput(path, "an issuer stands there twice")
    return Clients(by_issuer)


def _client(path: str, number: int, table: Any) -> Client:
    where = f"client {number}"
    if not isinstance(table, dict) or not isinstance(table.get("issuer"), str) or not table["issuer"]:
        raise UnreadableInput(path, f'{where} has no issuer; write issuer = "https://ehr.example.org"')
    unknown = [key for key in table if key not in _KEYS]
    if unknown:
        raise UnreadableInput(path, f'{where}: "{unknown[0][:40]}" is not known; there are {", ".join(_KEYS)}')
    keys = tuple(_key(path, where, each) for each in _jwks(path, where, table))
    if not keys:
        raise UnreadableInput(path, f"{where} has no keys; give jwks_file, or [[client.keys]]")
    algorithms = _texts(path, where, table, "algorithms") or ALGORITHMS
    if not set(algorithms) <= set(ALGORITHMS):
        raise UnreadableInput(path, f"{where}: algorithms are {' and '.join(ALGORITHMS)}; no others are taken")
    name = table.get("name", table["issuer"])
    if not isinstance(name, str) or not name.isprintable():
        raise UnreadableInput(path, f"{where}: the name is a text in one line")
    return Client(
        name[:100],
        table["issuer"],
        keys,
        jku=_texts(path, where, table, "jku"),
        tenants=_texts(path, where, table, "tenant"),
        algorithms=algorithms,
    )


def _texts(path: str, where: str, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise UnreadableInput(path, f"{where}: {key} is a text, or a list of texts")
    return tuple(listed)


def _jwks(path: str, where: str, table: Mapping[str, Any]) -> Sequence[Any]:
    """The keys of a client, written there or in a file beside the list (a JWK Set)."""
    listed = table.get("keys", [])
    file = table.get("jwks_file")
    if not isinstance(listed, list) or not isinstance(file, str | None):
        raise UnreadableInput(path, f"{where}: keys is a list of JWKs, jwks_file the name of a file")
    if file is None:
        return listed
    try:
        found = json.loads((Path(path).parent / file).read_bytes()[: 1 << 20])
    except (OSError, ValueError, RecursionError):
        raise UnreadableInput(path, f"{where}: {file} cannot be read as a JWK Set") from None
    inside = found.get("keys") if isinstance(found, dict) else None
    if not isinstance(inside, list):
        raise UnreadableInput(path, f'{where}: {file} has no "keys"')
    return [*listed, *inside]


def _key(path: str, where: str, table: Any) -> PyJWK:
    import jwt

    if not isinstance(table, dict) or "d" in table or table.get("kty") not in ("EC", "RSA"):
        raise UnreadableInput(
            path, f"{where}: a key is a public JWK of kind EC (P-384) or RSA; a private one has no place"
        )
    algorithm = "ES384" if table["kty"] == "EC" else "RS384"
    if table.get("alg", algorithm) != algorithm or (algorithm == "ES384" and table.get("crv") != "P-384"):
        raise UnreadableInput(path, f"{where}: a key is for ES384 (P-384) or RS384")
    try:
        key = jwt.PyJWK(table, algorithm=algorithm)
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise UnreadableInput(path, f"{where}: a key cannot be read: {type(error).__name__}") from None
    size = getattr(key.key, "key_size", 0)
    if algorithm == "RS384" and size < 2048:
        raise UnreadableInput(path, f"{where}: an RSA key has at least 2,048 bits; this one has {size}")
    return key
