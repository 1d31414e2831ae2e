"""Whether a change between two scores counts: at least the minimal important change, and above measurement error."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from medsteward.model.number import decimal_text
from medsteward.model.source import Source
from medsteward.scales import places as s
from medsteward.scales.scale import Better, ScoreChange


@frozen
class ChangeRule:
    """What a change of one measure is held against, for one population or base.

    ``least`` is the minimal important change in points; ``percent`` the same as a share of the score before: either
    is enough. ``error`` and ``error_percent`` are the measurement error, which must be reached as well. None: not
    known.
    """

    measure: str
    variant: str
    title: str
    unit: str
    high: Fraction
    better: Better
    least: Fraction | None
    percent: Fraction | None
    error: Fraction | None
    error_percent: Fraction | None
    sources: tuple[Source, ...]
    is_default: bool = False

    @property
    def has_ends(self) -> bool:
        """Whether ``high`` is the end of the scale, and not only more than anybody could reach."""
        return self.unit not in ("m", "s")


RULES: tuple[ChangeRule, ...] = (
    ChangeRule(
        measure="nrs",
        variant="",
        title="Numeric pain rating (NRS), 0 to 10",
        unit="points",
        high=Fraction(10),
        better=Better.LOWER,
        least=Fraction(2),
        percent=Fraction(30),
        error=None,
        error_percent=None,
        sources=(s.OSTELO.at("2 points or 30 %"),),
        is_default=True,
    ),
    ChangeRule(
        measure="nrs",
        variant="neck",
        title="Numeric pain rating (NRS), 0 to 10, neck",
        unit="points",
        high=Fraction(10),
        better=Better.LOWER,
        least=Fraction("1.3"),
        percent=None,
        error=None,
        error_percent=None,
        sources=(s.CLELAND.at("1.3 points"),),
    ),
    ChangeRule(
        measure="vas",
        variant="",
        title="Visual analogue scale of pain (VAS), 0 to 100",
        unit="points",
        high=Fraction(100),
        better=Better.LOWER,
        least=Fraction(15),
        percent=None,
        error=None,
        error_percent=None,
        sources=(s.OSTELO.at("15 points"),),
        is_default=True,
    ),
    ChangeRule(
        measure="rmdq",
        variant="",
        title="Roland-Morris Disability Questionnaire (RMDQ), 0 to 24",
        unit="points",
        high=Fraction(24),
        better=Better.LOWER,
        least=Fraction(5),
        percent=Fraction(30),
        error=None,
        error_percent=None,
        sources=(s.OSTELO.at("5 points or 30 %"),),
        is_default=True,
    ),
    ChangeRule(
        measure="odi",
        variant="",
        title="Oswestry Disability Index (ODI), 0 to 100",
        unit="points",
        high=Fraction(100),
        better=Better.LOWER,
        least=Fraction(10),
        percent=Fraction(30),
        error=None,
        error_percent=None,
        sources=(s.OSTELO,),
        is_default=True,
    ),
    ChangeRule(
        measure="ndi",
        variant="50",
        title="Neck Disability Index (NDI), 0 to 50",
        unit="points",
        high=Fraction(50),
        better=Better.LOWER,
        least=Fraction(10),
        percent=None,
        error=None,
        error_percent=None,
        sources=(s.YOUNG,),
    ),
    ChangeRule(
        measure="ndi",
        variant="100",
        title="Neck Disability Index (NDI), 0 to 100 percent",
        unit="percentage points",
        high=Fraction(100),
        better=Better.LOWER,
        least=Fraction(19),
        percent=None,
        error=None,
        error_percent=None,
        sources=(s.CLELAND,),
    ),
    ChangeRule(
        measure="6mwt",
        variant="knee",
        title="Six-minute walk distance (6MWT)",
        unit="m",
        high=Fraction(2000),
        better=Better.HIGHER,
        least=Fraction("74.3"),
        percent=None,
        error=Fraction(79),
        error_percent=None,
        sources=(s.WALK_CHANGE, s.SEVERE_OSTEOARTHRITIS.at("MDC95 79 m, knee")),
        is_default=True,
    ),
    ChangeRule(
        measure="6mwt",
        variant="hip",
        title="Six-minute walk distance (6MWT)",
        unit="m",
        high=Fraction(2000),
        better=Better.HIGHER,
        least=None,
        percent=None,
        error=Fraction("81.5"),
        error_percent=None,
        sources=(s.SEVERE_OSTEOARTHRITIS.at("MDC95 81.5 m, hip"),),
    ),
    ChangeRule(
        measure="tug",
        variant="knee",
        title="Timed up-and-go (TUG)",
        unit="s",
        high=Fraction(600),
        better=Better.LOWER,
        least=None,
        percent=None,
        error=Fraction("1.10"),
        error_percent=None,
        sources=(s.TUG_ERROR,),
        is_default=True,
    ),
    ChangeRule(
        measure="tug",
        variant="hip",
        title="Timed up-and-go (TUG)",
        unit="s",
        high=Fraction(600),
        better=Better.LOWER,
        least=Fraction("1.4"),
        percent=None,
        error=None,
        error_percent=None,
        sources=(s.TUG_HIP,),
    ),
    ChangeRule(
        measure="tug",
        variant="severe knee",
        title="Timed up-and-go (TUG)",
        unit="s",
        high=Fraction(600),
        better=Better.LOWER,
        least=None,
        percent=None,
        error=None,
        error_percent=Fraction("36.7"),
        sources=(s.SEVERE_OSTEOARTHRITIS.at("MDC95 36.7 %, knee"),),
    ),
    ChangeRule(
        measure="tug",
        variant="severe hip",
        title="Timed up-and-go (TUG)",
        unit="s",
        high=Fraction(600),
        better=Better.LOWER,
        least=None,
        percent=None,
        error=None,
        error_percent=Fraction("44.6"),
        sources=(s.SEVERE_OSTEOARTHRITIS.at("MDC95 44.6 %, hip"),),
    ),
)
"""Every change we hold against something. The Neck Disability Index has no default: its base must be named."""

PEG_RULE = ChangeRule(
    measure="peg",
    variant="",
    title="PEG",
    unit="points",
    high=Fraction(10),
    better=Better.LOWER,
    least=None,
    percent=Fraction(30),
    error=None,
    error_percent=None,
    sources=(s.CDC_2022_PEG, s.PEG_CHANGE),
)
BFI_RULE = ChangeRule(
    measure="bfi",
    variant="",
    title="BFI",
    unit="points",
    high=Fraction(100),
    better=Better.LOWER,
    least=Fraction(12),
    percent=None,
    error=None,
    error_percent=None,
    sources=(s.recalled(s.BFI, "a change of 12 or more is meaningful"),),
)


def change(rule: ChangeRule, before: Fraction, after: Fraction) -> ScoreChange:
    """Hold the change from ``before`` to ``after`` against a rule. A change for the worse never counts as a gain."""
    gain = before - after if rule.better is Better.LOWER else after - before
    because: list[str] = []
    counts: bool | None = None
    if rule.least is not None or rule.percent is not None:
        tests = []
        words = []
        if rule.least is not None:
            tests.append(gain >= rule.least)
            words.append(f"{decimal_text(rule.least)} {rule.unit}")
        if rule.percent is not None and before > 0:
            tests.append(gain * 100 >= before * rule.percent)
            words.append(f"{decimal_text(rule.percent)} % of the score before")
        counts = gain > 0 and any(tests)
        if words:
            because.append(f"minimal important change: {' or '.join(words)}")
    error = _error(rule, before)
    if error is not None:
        above = gain >= error
        because.append(
            f"measurement error: {decimal_text(error)} {rule.unit}; "
            f"the change {'reaches' if above else 'does not reach'} it"
        )
        counts = (counts and above) if counts is not None else (None if above else False)
    if rule.least is None and rule.percent is None:
        because.append("no minimal important change with a source is known here")
    return ScoreChange(before, after, abs(gain), gain > 0, counts, tuple(because), rule.sources)


def _error(rule: ChangeRule, before: Fraction) -> Fraction | None:
    if rule.error is not None:
        return rule.error
    return before * rule.error_percent / 100 if rule.error_percent is not None else None
