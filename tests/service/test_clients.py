"""Who may call CDS Hooks: signed tokens of listed clients, each once; keys are compared, never fetched."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from joserfc import jwt as other_jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from medsteward.errors import UnreadableInput
from medsteward.service.clients import LONGEST_LIFE, Clients, WrongToken, read_clients, tables_of
from medsteward.service.settings import Settings
from tests.server import Start

ISSUER = "https://ehr.example.org/r4"
URL = "https://cds.example.org/cds-services"
EC = ECKey.generate_key("P-384", parameters={"kid": "one"})
RSA = RSAKey.generate_key(2048, parameters={"kid": "two"})
OTHER = ECKey.generate_key("P-384", parameters={"kid": "one"})


def public(key: Any) -> dict[str, Any]:
    found: dict[str, Any] = key.as_dict(private=False)
    return found


def listed(*keys: dict[str, Any], **more: Any) -> Clients:
    table = {"issuer": ISSUER, "name": "ehr", "keys": list(keys or (public(EC), public(RSA))), **more}
    return read_clients("clients.toml", {"client": [table]})


def claims(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    found = {"iss": ISSUER, "aud": URL, "iat": now, "exp": now + 300, "jti": str(now) + str(id(changed))}
    return {key: value for key, value in (found | changed).items() if value is not None}


def token(key: Any = EC, header: dict[str, Any] | None = None, **changed: Any) -> str:
    """A token made by joserfc, so that two libraries agree on what one is."""
    head = {"alg": "ES384" if key.key_type == "EC" else "RS384", "kid": key.kid, "typ": "JWT", **(header or {})}
    return other_jwt.encode(head, claims(**changed), key, algorithms=["ES384", "RS384", "HS384", "none"])


def taken(clients: Clients, text: str | None, audience: str = URL) -> str:
    return clients.caller(text, audience=audience, now=time.time()).name


@pytest.mark.parametrize("key", [EC, RSA])
def test_a_listed_client_is_known_by_either_kind_of_key(key: Any):
    assert taken(listed(), token(key)) == "ehr"


def test_the_audience_may_be_a_list():
    assert taken(listed(), token(aud=["https://other.example.org", URL])) == "ehr"


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "https://cds.example.org"},
        {"aud": f"{URL}/"},
        {"aud": []},
        {"aud": None},
        {"iss": "https://other.example.org"},
        {"iss": f"{ISSUER}/"},
        {"iss": None},
        {"iss": [ISSUER]},
        {"exp": None},
        {"exp": 1_000},
        {"exp": int(time.time()) - 60},
        {"exp": int(time.time()) + 10 * LONGEST_LIFE},
        {"iat": None},
        {"iat": int(time.time()) + 3_000, "exp": int(time.time()) + 3_100},
        {"iat": int(time.time()) - 2 * LONGEST_LIFE},
        {"nbf": int(time.time()) + 3_000},
        {"jti": None},
        {"jti": ""},
        {"jti": 5},
    ],
)
def test_a_claim_that_is_wrong_or_missing_is_refused(changed: dict[str, Any]):
    with pytest.raises(WrongToken):
        taken(listed(), token(**changed))


def test_a_token_is_taken_once():
    clients, text = listed(), token(jti="a")
    assert taken(clients, text) == "ehr"
    with pytest.raises(WrongToken):
        taken(clients, text)
    with pytest.raises(WrongToken):
        taken(clients, token(RSA, jti="a"))


def test_a_key_that_is_not_listed_is_refused():
    with pytest.raises(WrongToken):
        taken(listed(), token(OTHER))
    with pytest.raises(WrongToken):
        taken(listed(public(RSA)), token(EC))


def test_a_jku_is_compared_and_never_fetched(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("socket.create_connection", lambda *_: pytest.fail("something was fetched"))
    jku = "https://ehr.example.org/jwks"
    with pytest.raises(WrongToken):
        taken(listed(), token(header={"jku": jku}))
    assert taken(listed(jku=[jku]), token(header={"jku": jku})) == "ehr"
    with pytest.raises(WrongToken):
        taken(listed(jku=[jku]), token(header={"jku": f"{jku}.evil.example"}))


def test_a_key_in_the_token_is_not_used():
    with pytest.raises(WrongToken):
        taken(listed(), token(OTHER, header={"jwk": public(OTHER)}))


def test_a_tenant_is_compared_where_some_are_listed():
    clients = listed(tenant=["north"])
    assert taken(clients, token(tenant="north")) == "ehr"
    for tenant in ("south", None, ["north"]):
        with pytest.raises(WrongToken):
            taken(clients, token(tenant=tenant))


def test_unsigned_and_shared_key_tokens_are_refused():
    shared = OctKey.import_key(json.dumps(public(EC)))
    text = other_jwt.encode({"alg": "HS384", "kid": "one"}, claims(), shared, algorithms=["HS384"])
    head, body, _ = token().split(".")
    none = other_jwt.encode({"alg": "none"}, claims(), OctKey.import_key("x"), algorithms=["none"])
    for wrong in (text, none, f"{head}.{body}.", f"{head}.{body}", "", "a.b.c", None, "x" * 100_000, "\u00e9"):
        with pytest.raises(WrongToken):
            taken(listed(), wrong)


def test_a_changed_token_is_refused():
    head, body, signature = token().split(".")
    other = token(iss=ISSUER, jti="other").split(".")
    with pytest.raises(WrongToken):
        taken(listed(), f"{head}.{other[1]}.{signature}")
    with pytest.raises(WrongToken):
        taken(listed(), f"{head}.{body}.{other[2]}")


@pytest.mark.parametrize(
    ("client", "part"),
    [
        ({"keys": [public(EC)]}, "issuer"),
        ({"issuer": ISSUER}, "no keys"),
        ({"issuer": ISSUER, "keys": [EC.as_dict(private=True)]}, "private"),
        ({"issuer": ISSUER, "keys": [{"kty": "oct", "k": "c2VjcmV0"}]}, "public JWK"),
        ({"issuer": ISSUER, "keys": [{**public(EC), "alg": "ES256"}]}, "ES384"),
        ({"issuer": ISSUER, "keys": [public(ECKey.generate_key("P-256"))]}, "P-384"),
        ({"issuer": ISSUER, "keys": [{"kty": "EC", "crv": "P-384", "x": "AA", "y": "AA"}]}, "cannot be read"),
        ({"issuer": ISSUER, "keys": [public(EC)], "algorithms": ["HS256"]}, "algorithms"),
        ({"issuer": ISSUER, "keys": [public(EC)], "jku": 5}, "jku"),
        ({"issuer": ISSUER, "keys": [public(EC)], "secret": "x"}, "not known"),
        ({"issuer": ISSUER, "jwks_file": "none.json"}, "none.json"),
    ],
)
def test_a_list_that_would_let_in_more_than_it_should_is_refused(client: dict[str, Any], part: str):
    with pytest.raises(UnreadableInput, match=part):
        read_clients("clients.toml", {"client": [client]})


@pytest.mark.parametrize("data", [b"", b"client = 5", b"[[client]\n", b"other = 1", b"\xff", b"client = []"])
def test_what_is_no_list_is_refused(data: bytes):
    with pytest.raises(UnreadableInput):
        read_clients("clients.toml", tables_of("clients.toml", data))


def test_an_issuer_stands_there_once():
    table = {"issuer": ISSUER, "keys": [public(EC)]}
    with pytest.raises(UnreadableInput, match="twice"):
        read_clients("clients.toml", {"client": [table, table]})


def test_keys_may_lie_in_a_file_beside_the_list(tmp_path: Path):
    (tmp_path / "keys.json").write_text(json.dumps({"keys": [public(RSA)]}))
    path = str(tmp_path / "clients.toml")
    clients = read_clients(path, {"client": [{"issuer": ISSUER, "jwks_file": "keys.json"}]})
    assert taken(clients, token(RSA)) == ISSUER


# Over HTTP.


def test_every_call_needs_a_token_of_its_own_address(start: Start):
    settings = Settings(clients=listed(), behind_proxy=True, base_url="https://cds.example.org")
    there = start(settings)
    host = "cds.example.org"

    def discovery(text: str | None) -> Any:
        more = {} if text is None else {"authorization": f"Bearer {text}"}
        return there.send("GET", "/cds-services", b"", host=host, **more)

    good = token()
    assert discovery(good).status == 200
    assert discovery(good).status == 401
    assert discovery(None).status == 401
    assert discovery(token(aud=f"{URL}/medsteward-order-sign")).status == 401
    refused = discovery(token(OTHER))
    assert (refused.status, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert "key" not in refused.json["detail"]
    for path in ("medsteward-order-sign", "medsteward-order-sign/feedback"):
        assert there.ask(f"/cds-services/{path}", {}, host=host).status == 401
        own = token(aud=f"{URL}/{path}")
        assert there.ask(f"/cds-services/{path}", {}, host=host, authorization=f"Bearer {own}").status == 400
    said = "\n".join(there.lines)
    assert " ehr" in said
    assert good not in said
    assert own not in said


def test_the_address_is_that_of_the_settings_and_never_of_the_host_header(start: Start):
    settings = Settings(clients=listed(), behind_proxy=True, base_url="https://cds.example.org")
    there = start(evolve(settings, allowed_hosts=("other.example.org",)))
    text = token(aud="https://other.example.org/cds-services")
    assert (
        there.send("GET", "/cds-services", b"", host="other.example.org", authorization=f"Bearer {text}").status == 401
    )


def test_without_a_list_it_is_open_on_this_machine_alone(start: Start):
    assert start(Settings()).send("GET", "/cds-services").status == 200
    behind = start(Settings(behind_proxy=True, base_url="https://cds.example.org", token=b"x" * 40))
    assert behind.send("GET", "/cds-services", b"", host="cds.example.org").status == 401
