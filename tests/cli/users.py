"""Being another user for a while, so that files may be closed to us: an administrator may read everything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def somebody_else(folder: Path) -> Iterator[None]:
    """Be nobody, if we are the administrator. ``folder`` and those above it that we made are opened to be looked into.

    What Python imports late must have been imported before: nobody may not see where it lies.
    """
    for each in (folder, *folder.parents):
        if each.stat().st_uid == os.getuid() and each.name.startswith(("pytest-", "popen-", "test_", folder.name)):
            each.chmod(each.stat().st_mode | 0o055)
    if os.getuid() != 0:
        yield
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
