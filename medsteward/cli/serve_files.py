"""The files that the service is told of: its token, its keys, its record."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from medsteward.errors import UnreadableInput

if TYPE_CHECKING:
    from medsteward.service.cds.naloxone import NaloxoneOrder
    from medsteward.service.clients import Clients
    from medsteward.service.settings import Settings

_LONGEST_TOKEN = 4_096
_LARGEST_LIST = 1_000_000


def token_of(path: str) -> bytes:
    """The bearer token in a file, without the space around it. Refuses (``UnreadableInput``) what is none."""
    data = small_file(path, _LONGEST_TOKEN).strip()
    if not data or not data.isascii() or any(byte <= 32 for byte in data):
        raise UnreadableInput(
            path, "it holds no token; write one line of letters and digits, as `openssl rand -hex 32` does"
        )
    return data


def small_file(path: str, most: int) -> bytes:
    """The bytes of a file. Refuses (``UnreadableInput``) one that is missing or larger."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(most + 1)
    except IsADirectoryError:
        raise UnreadableInput(path, "this is a folder; give a file") from None
    except OSError as error:
        raise UnreadableInput(path, (error.strerror or "it cannot be opened").lower()) from None
    if len(data) > most:
        raise UnreadableInput(path, f"it has more than {most:,} bytes")
    return data


def clients_of(path: str) -> tuple[Clients, NaloxoneOrder | None]:
    """The clients of CDS Hooks in a file, and how the site orders naloxone. Refuses (``UnreadableInput``) others."""
    from medsteward.service.cds.naloxone import naloxone_of
    from medsteward.service.clients import read_clients, tables_of

    tables = tables_of(path, small_file(path, _LARGEST_LIST))
    return read_clients(path, tables), naloxone_of(path, tables)


def file_faults(settings: Settings) -> Iterator[str]:
    """What is wrong with the files of the keys and of the record."""
    from medsteward.service.run import tls_of

    if settings.tls_cert and settings.tls_key:
        try:
            tls_of(settings)
        except (OSError, ssl.SSLError) as error:
            yield f"--tls-key {settings.tls_key}, --tls-cert {settings.tls_cert}: {error.strerror or error}"
    if settings.audit is not None:
        folder = os.path.dirname(os.path.abspath(settings.audit))
        if os.path.isdir(settings.audit) or not os.path.isdir(folder) or not os.access(folder, os.W_OK):
            yield f"--audit {settings.audit}: give a file in a folder that exists and can be written to"
