"""Where the packaged tables lie: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

from medsteward.errors import BadTable

_PACKAGE = Path(__file__).resolve().parents[1]
_FOLDER = Path("data", "conversion_tables")


def tables_folder() -> Path:
    """The folder of the packaged factor tables; neither place there raises ``BadTable``, with what to do."""
    for parent in (_PACKAGE, _PACKAGE.parent):
        if (parent / _FOLDER).is_dir():
            return parent / _FOLDER
    raise BadTable(str(_FOLDER), f"the factor tables are neither in {_PACKAGE} nor beside it; install medsteward again")
