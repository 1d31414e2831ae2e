"""What drugs do beyond their class, as far as a rule asks for it, and which classes are asked for what.

A drug names its properties in its declaration. Their standing is recalled throughout: the flags, and the strength of
enzyme inhibitors and inducers, were gathered from labels and FDA's guidance tables and need a second source. The drugs
of known QT risk are a short list of our own that was checked by hand; it is no copy of anybody's list.
"""

from __future__ import annotations

from enum import Enum


class Property(Enum):
    """Something a drug does that rules ask for, in words."""

    __hash__ = object.__hash__  # its members are single objects, and this is asked for in every case

    SEROTONERGIC = "serotonergic"
    CNS_DEPRESSANT = "sedative"
    ANTICHOLINERGIC = "anticholinergic"
    LOWERS_SEIZURE_THRESHOLD = "lowers the seizure threshold"
    BLEEDING_RISK = "raises the risk of bleeding"
    LOWERS_PRESSURE_OR_PULSE = "lowers blood pressure or pulse"
    CYP3A4_STRONG_INHIBITOR = "strong CYP3A4 inhibitor"
    CYP3A4_MODERATE_INHIBITOR = "moderate CYP3A4 inhibitor"
    CYP3A4_STRONG_INDUCER = "strong CYP3A4 inducer"
    CYP3A4_MODERATE_INDUCER = "moderate CYP3A4 inducer"
    CYP2B6_INDUCER = "CYP2B6 inducer"
    CYP2C9_INHIBITOR = "CYP2C9 inhibitor"
    CYP2D6_STRONG_INHIBITOR = "strong CYP2D6 inhibitor"
    CYP2D6_MODERATE_INHIBITOR = "moderate CYP2D6 inhibitor"
    CYP1A2_STRONG_INHIBITOR = "strong CYP1A2 inhibitor"
    CYP2C19_STRONG_INHIBITOR = "strong CYP2C19 inhibitor"
    QT_KNOWN_RISK = "known to prolong the QT interval"
    QT_OTHER = "may prolong the QT interval"
