"""What speaks against trials that the options by kind of pain do not name: tramadol, and opioids for a time."""

from __future__ import annotations

from medsteward.bibliography import practice
from medsteward.model.drug import DrugClass
from medsteward.treatments import trial_places as s
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.options import NALTREXONE, OPTIONS, Advised, PainKind

_ANTAGONIST = Against(
    Effect.BLOCKS,
    "takes an opioid antagonist: the opioid would not work, and forcing it is dangerous",
    NALTREXONE,
    classes=(DrugClass.OPIOID_ANTAGONIST,),
)
OPIOID: tuple[Against, ...] = (
    _ANTAGONIST,
    Against(
        Effect.CAUTION,
        "kidneys: lower and less often, and not morphine or codeine below 30",
        practice("opioids with eGFR below 30"),
        kidney_below=30,
    ),
)
TRAMADOL: tuple[Against, ...] = (
    _ANTAGONIST,
    Against(Effect.LOWERS, "CrCl below 30: every 12 hours, at most 200 mg/d", s.TRAMADOL, kidney_below=30),
)


def advised(option: str) -> Advised | None:
    """The option of this id, whatever kind of pain it stands under."""
    return next((each for options in OPTIONS.values() for each in options if each.id == option), None)


def against(option: str, *, is_opioid: bool = False) -> tuple[Against, ...]:
    """What speaks against a trial by its option."""
    if option == "tramadol":
        return TRAMADOL
    found = advised(option)
    return found.against if found is not None else (OPIOID if is_opioid else ())


def is_named_for(option: str, kind: PainKind) -> bool:
    """Whether the sources name the option for a kind of pain."""
    return any(each.id == option for each in OPTIONS[kind])
