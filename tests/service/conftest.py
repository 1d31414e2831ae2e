"""Services for these tests, which are left out where the parts of a service are not installed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from importlib.util import find_spec

import pytest

if os.environ.get("MEDSTEWARD_NO_SKIP") or all(find_spec(each) for each in ("starlette", "uvicorn", "jwt")):
    from medsteward.service.pages import NO_SITE, Site
    from medsteward.service.settings import Settings
    from tests.server import Service, Start, running
else:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a service with settings; it ends with the test."""
    with ExitStack() as stack:

        def begin(settings: Settings | None = None, site: Site = NO_SITE) -> Service:
            return stack.enter_context(running(settings or Settings(), site))

        yield begin


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """The service as it is without settings, for tests that change nothing in it."""
    with running(Settings()) as found:
        yield found


@pytest.fixture(scope="session")
def key_pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A private key and its certificate for localhost, made here."""
    from datetime import UTC, datetime, timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP384R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begins = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA384())
    )
    folder = tmp_path_factory.mktemp("tls")
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return str(folder / "key.pem"), str(folder / "cert.pem")
