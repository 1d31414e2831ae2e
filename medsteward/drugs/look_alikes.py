"""Names that look or sound alike: one of a group is never chosen automatically for another, only suggested.

Recalled, after the kind of list that ISMP publishes; every group needs a second source.
"""

from __future__ import annotations

LOOK_ALIKES: tuple[frozenset[str], ...] = (
    frozenset({"alprazolam", "lorazepam"}),
    frozenset({"celebrex", "celexa", "cerebyx"}),
    frozenset({"clonazepam", "clonidine", "lorazepam"}),
    frozenset({"clonidine", "klonopin"}),
    frozenset({"fentanyl", "sufentanil"}),
    frozenset({"hydrocodone", "hydromorphone"}),
    frozenset({"hydrocodone", "oxycodone"}),
    frozenset({"hydromorphone", "morphine"}),
    frozenset({"hydroxyzine", "hydralazine"}),
    frozenset({"lamictal", "lamisil"}),
    frozenset({"methadone", "methylphenidate"}),
    frozenset({"oxycodone", "oxycontin"}),
    frozenset({"oxycodone", "oxymorphone"}),
    frozenset({"tramadol", "trazodone"}),
)
