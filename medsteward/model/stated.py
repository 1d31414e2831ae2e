"""What is stated about why a dose is lowered: who asks, why, under whom. Fields decide, prose never does."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from attrs import field, frozen

from medsteward.model.answer import Answers


class RequestedBy(Enum):
    """Who asks for it."""

    PATIENT = "patient"
    CLINICIAN = "clinician"


class Because(Enum):
    """Why it is lowered."""

    ADVERSE_EFFECTS = "adverse-effects"
    OVERSEDATION = "oversedation"
    OVERDOSE = "overdose"
    DIVERSION = "diversion"
    NO_BENEFIT = "no-benefit"
    RISK = "risk"
    PATIENT_WISH = "patient-wish"
    RECOVERED = "recovered"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The reason as it is printed."""
        return self.value.replace("-", " ")


class SupervisorRole(Enum):
    """Whose field it is that somebody supervises from."""

    OBSTETRICS = "obstetrics"
    MATERNAL_FETAL_MEDICINE = "maternal-fetal-medicine"
    ADDICTION_MEDICINE = "addiction-medicine"
    PAIN_MEDICINE = "pain-medicine"
    PALLIATIVE_CARE = "palliative-care"
    PSYCHIATRY = "psychiatry"
    NEUROLOGY = "neurology"
    ONCOLOGY = "oncology"
    HEMATOLOGY = "hematology"
    CARDIOLOGY = "cardiology"
    GERIATRICS = "geriatrics"
    PHARMACY = "pharmacy"
    PRIMARY_CARE = "primary-care"

    @property
    def words(self) -> str:
        """The role as it is printed."""
        return self.value.replace("-", " ")


_ALSO: Mapping[str, SupervisorRole] = MappingProxyType(
    {
        "obstetrician": SupervisorRole.OBSTETRICS,
        "obgyn": SupervisorRole.OBSTETRICS,
        "ob-gyn": SupervisorRole.OBSTETRICS,
        "mfm": SupervisorRole.MATERNAL_FETAL_MEDICINE,
        "maternal-foetal-medicine": SupervisorRole.MATERNAL_FETAL_MEDICINE,
        "perinatology": SupervisorRole.MATERNAL_FETAL_MEDICINE,
        "perinatologist": SupervisorRole.MATERNAL_FETAL_MEDICINE,
        "addiction": SupervisorRole.ADDICTION_MEDICINE,
        "addiction-psychiatry": SupervisorRole.ADDICTION_MEDICINE,
        "addiction-specialist": SupervisorRole.ADDICTION_MEDICINE,
        "pain": SupervisorRole.PAIN_MEDICINE,
        "pain-clinic": SupervisorRole.PAIN_MEDICINE,
        "pain-specialist": SupervisorRole.PAIN_MEDICINE,
        "palliative": SupervisorRole.PALLIATIVE_CARE,
        "palliative-medicine": SupervisorRole.PALLIATIVE_CARE,
        "psychiatrist": SupervisorRole.PSYCHIATRY,
        "neurologist": SupervisorRole.NEUROLOGY,
        "oncologist": SupervisorRole.ONCOLOGY,
        "haematology": SupervisorRole.HEMATOLOGY,
        "hematologist": SupervisorRole.HEMATOLOGY,
        "cardiologist": SupervisorRole.CARDIOLOGY,
        "geriatrician": SupervisorRole.GERIATRICS,
        "pharmacist": SupervisorRole.PHARMACY,
        "family-medicine": SupervisorRole.PRIMARY_CARE,
        "general-practice": SupervisorRole.PRIMARY_CARE,
        "gp": SupervisorRole.PRIMARY_CARE,
    }
)
"""Other names of roles. Names only: what follows from a role is stated where it is asked for."""


def role_named(text: str) -> SupervisorRole | None:
    """The role by our name or another usual one, any case, spaces or hyphens; None: not one that we know."""
    name = "-".join(text.casefold().replace("_", " ").replace("/", " ").replace("-", " ").split())
    found = next((each for each in SupervisorRole if each.value == name), None)
    return found or _ALSO.get(name)


@frozen
class Supervisor:
    """Somebody who supervises: the role, and the name as it is printed."""

    role: SupervisorRole
    name: str

    def __str__(self) -> str:
        return f"{self.role.value}:{self.name}"

    @property
    def words(self) -> str:
        """Who, in words: ``Dr. Rivera (obstetrics)``."""
        return f"{self.name} ({self.role.words})"


class ContradictoryRequest(ValueError):
    """The patient's wish as the reason, and somebody else who asks."""

    def __init__(self) -> None:
        super().__init__(
            "patient-wish means that the patient asks: leave requested-by out, or write patient; "
            "if the clinician asks, give another reason"
        )


def _one_line(text: str) -> str:
    return " ".join(text.split())


@frozen
class Stated:
    """Why a dose is lowered, in fields, and ``reason``: a text that is printed and decides nothing.

    ``answers`` are to the questions that stood in the way. Raises ``ContradictoryRequest``.
    """

    requested_by: RequestedBy | None = None
    because: Because | None = None
    supervised_by: tuple[Supervisor, ...] = ()
    reason: str = field(default="", converter=_one_line)
    answers: Answers = ()

    def __attrs_post_init__(self) -> None:
        if self.because is Because.PATIENT_WISH and self.requested_by is RequestedBy.CLINICIAN:
            raise ContradictoryRequest

    @property
    def is_by_patient(self) -> bool:
        """Whether the patient asks for it."""
        return self.requested_by is RequestedBy.PATIENT or self.because is Because.PATIENT_WISH

    @property
    def says_why(self) -> bool:
        """Whether a field says why it is lowered."""
        return self.because is not None or self.is_by_patient

    def supervised_from(self, *roles: SupervisorRole) -> Supervisor | None:
        """Who supervises from one of these roles."""
        return next((each for each in self.supervised_by if each.role in roles), None)

    def over(self, other: Stated) -> Stated:
        """These put over those of another place, field by field. Raises ``ContradictoryRequest``."""
        return Stated(
            requested_by=self.requested_by or other.requested_by,
            because=self.because or other.because,
            supervised_by=self.supervised_by or other.supervised_by,
            reason=self.reason or other.reason,
            answers=(*other.answers, *self.answers),
        )
