"""Conditions and indications by the names a chart uses. Unknown names are problems, never ignored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from medsteward.caches import made_once, remembered


class Indication(Enum):
    """What a medicine is for, as far as it changes what is counted or said."""

    __hash__ = object.__hash__  # its members are single objects, and this is asked for in every case

    ACUTE_PAIN = "acute pain"
    CHRONIC_PAIN = "chronic pain"
    CANCER_PAIN = "cancer pain"
    PALLIATIVE_CARE = "palliative care"
    SICKLE_CELL_PAIN = "sickle cell pain"
    OPIOID_USE_DISORDER = "opioid use disorder"

    @property
    def is_outside_thresholds(self) -> bool:
        """Whether CDC's guideline leaves this care out, so that no threshold language applies."""
        return self in (Indication.CANCER_PAIN, Indication.PALLIATIVE_CARE, Indication.SICKLE_CELL_PAIN)


OUD_WORDS = re.compile(
    r"\boud\b|\bmoud\b|\bmat\b|\boat\b|medication[- ]assisted treatment|opioid agonist (?:treatment|therapy)"
    r"|(?:opioid|opiate|heroin)s? (?:use disorder|dependenc[ey]|addiction)"
)
"""Words for opioid use disorder or its treatment in an indication, lower case."""

_INDICATION_WORDS: tuple[tuple[Indication, str], ...] = (
    (Indication.OPIOID_USE_DISORDER, OUD_WORDS.pattern),
    (Indication.SICKLE_CELL_PAIN, r"sickle"),
    (Indication.PALLIATIVE_CARE, r"palliat|hospice|end of life|end-of-life|comfort care"),
    (Indication.CANCER_PAIN, r"cancer|tumou?r|malignan|metasta|oncolog"),
    (Indication.ACUTE_PAIN, r"\bacute|post-? ?op|surg|fracture|injur|dental|tooth|procedur"),
    (Indication.CHRONIC_PAIN, r"chronic"),
)


def stated_words(text: str, *, past: bool = False) -> str:
    """Text in lower case without what it denies ("non-cancer", "not for ..."); with a history only if ``past``."""
    plain = re.sub(r"\bnot (?:\w+ ){0,2}for\b[^.;,]*", " ", text.casefold())
    plain = re.sub(r"\b(?:non|no|not|without|denies|unrelated to|rule out|ruled out)[- ]+(?:\w+ ){0,3}?\w+", " ", plain)
    plain = re.sub(r"\bnoncancer\b", " ", plain)
    return plain if past else re.sub(r"\bhistory of [\w ]+", " ", plain)


@remembered(1024)
def indication_of(text: str) -> Indication | None:
    """The indication that free text states, or None. Text that denies one (``non-cancer``) does not state it."""
    plain = stated_words(text)
    found = next((indication for indication, words in _INDICATION_WORDS if re.search(words, plain)), None)
    if found is Indication.OPIOID_USE_DISORDER and re.search(r"pain|ache|\bcough", plain):
        return None  # for both: it is not for the disorder alone
    return found


CONDITIONS: tuple[str, ...] = (
    "sleep apnea",
    "central sleep apnea",
    "copd",
    "acute respiratory depression",
    "breathlessness",
    "asthma",
    "heart failure",
    "cardiovascular disease",
    "recent coronary bypass",
    "recent myocardial infarction",
    "stroke",
    "arrhythmia",
    "atrial fibrillation",
    "heart block",
    "long qt",
    "uncontrolled hypertension",
    "unstable heart disease",
    "unstable disease",
    "hypertension",
    "low kidney function",
    "ckd stage 3",
    "ckd stage 3a",
    "ckd stage 3b",
    "ckd stage 4",
    "ckd stage 5",
    "ckd stage 1 or 2",
    "liver disease",
    "seizure disorder",
    "gastrointestinal ulcer or bleed",
    "gastrointestinal obstruction",
    "ileostomy",
    "diarrhea",
    "constipation",
    "breastfeeding",
    "pregnancy",
    "alcohol use",
    "alcohol use disorder",
    "substance use disorder",
    "opioid use disorder",
    "opioid use disorder in remission",
    "prior overdose",
    "early run-out",
    "lost opioid tolerance",
    "depression",
    "anxiety",
    "suicidality",
    "bipolar disorder",
    "schizophrenia",
    "unstable bipolar disorder",
    "acute psychosis",
    "unstable psychiatric disease",
    "post-traumatic stress disorder",
    "narrow-angle glaucoma",
    "open-angle glaucoma",
    "urinary retention",
    "opioid naive",
    "opioid tolerant",
    "falls",
    "delirium or dementia",
    "hyponatremia",
    "hypokalemia",
    "hypomagnesemia",
    "hypoglycemia",
    "aspirin-sensitive asthma",
    "hemiplegic migraine",
    "migraine",
    "diabetes",
    "obesity",
    "hyperthyroidism",
    "hypothyroidism",
    "hypotension",
    "restless legs",
    "crps",
    "adrenal insufficiency",
    "hypogonadism",
    "opioid-induced hyperalgesia",
    "head injury",
    "post tonsillectomy",
    "fever",
    "fibromyalgia",
    "low back pain",
    "postherpetic neuralgia",
    "spinal cord injury",
    "neuropathy",
    "osteoarthritis",
    "rheumatoid arthritis",
    "osteoporosis",
    "insomnia",
    "attention-deficit hyperactivity disorder",
    "obsessive-compulsive disorder",
    "dental disease",
    "gastroesophageal reflux",
    "hyperlipidemia",
    "swallowing difficulty",
    "tobacco use",
    "cancer",
    "palliative care",
    "end of life",
    "sickle cell disease",
    "raised intracranial pressure",
    "brain tumor",
    "coma or stupor",
    "biliary disease",
    "pancreatitis",
    "frailty or wasting",
    "gut wall at risk",
    "gastrointestinal narrowing",
    "bariatric surgery",
    "infectious diarrhea",
    "inflammatory bowel disease",
    "neuromuscular disease",
    "myasthenia gravis",
    "kyphoscoliosis",
    "acute kidney injury",
    "kidney transplant",
    "bleeding disorder",
    "intracranial bleeding",
    "dehydration",
    "parkinson disease",
    "tardive dyskinesia",
    "pheochromocytoma",
    "porphyria",
    "bone marrow depression",
    "eating disorder",
    "alcohol withdrawal",
    "sulfonamide allergy",
    "kidney stones",
    "urea cycle or mitochondrial disorder",
    "hyperkalemia",
    "serotonin syndrome",
    "gastroparesis",
    "CYP2D6 poor metabolizer",
    "CYP2D6 ultrarapid metabolizer",
    "HLA-B*15:02 positive",
    "HLA-B*15:02 negative",
    "oversedation",
    "cirrhosis",
    "hospice",
    "traumatic brain injury",
    "no gallbladder",
    "childbearing potential",
    "illicit opioid use",
    "stimulant use",
    "xylazine exposure",
    "multiple sclerosis",
)

_IN_FULL = {
    "copd": "chronic lung disease (COPD)",
    "crps": "complex regional pain syndrome",
    "long qt": "long QT interval",
    **{f"ckd stage {each}": f"chronic kidney disease, stage {each}" for each in ("3", "3a", "3b", "4", "5", "1 or 2")},
}


def in_full(word: str) -> str:
    """A condition as a sentence says it; words that are plain already stay as they are."""
    return _IN_FULL.get(word, word)


"""Every condition by its name here. How charts write them stands in ``patient/conditions``; what follows from one
is stated elsewhere."""

IMPLIES: dict[str, tuple[str, ...]] = {
    "central sleep apnea": ("sleep apnea",),
    "ckd stage 3": ("low kidney function",),
    "ckd stage 3a": ("low kidney function",),
    "ckd stage 3b": ("low kidney function",),
    "ckd stage 4": ("low kidney function",),
    "ckd stage 5": ("low kidney function",),
    "recent coronary bypass": ("cardiovascular disease",),
    "recent myocardial infarction": ("cardiovascular disease",),
    "end of life": ("palliative care",),
    "hemiplegic migraine": ("migraine",),
    "postherpetic neuralgia": ("neuropathy",),
    "unstable heart disease": ("cardiovascular disease",),
    "unstable bipolar disorder": ("bipolar disorder",),
    "acute psychosis": ("schizophrenia",),
    "cirrhosis": ("liver disease",),
    "hospice": ("palliative care",),
    "infectious diarrhea": ("diarrhea",),
    "myasthenia gravis": ("neuromuscular disease",),
    "alcohol withdrawal": ("alcohol use disorder",),
    "intracranial bleeding": ("stroke",),
}
"""What a narrower condition also is."""

EGFR_RANGE: dict[str, tuple[int, int]] = {
    "ckd stage 5": (0, 15),
    "ckd stage 4": (15, 30),
    "ckd stage 3b": (30, 45),
    "ckd stage 3a": (45, 60),
    "ckd stage 3": (30, 60),
    "low kidney function": (0, 60),
}
"""The eGFR in mL/min/1.73 m2, from and below, that a stage stands for; lowest first. Chronic kidney disease without a
stage, and "renal impairment", are taken as below 60: how far below is then not known."""

CONTEXTS: dict[str, str] = {
    "supervised taper": "taper|opioid taper|tapering|withdrawal management|opioid withdrawal|withdrawal|detoxification",
    "perioperative": "peri-operative|surgery|operation|postoperative|post-operative|preoperative",
    "opioid treatment program": "otp|methadone program|methadone clinic|medication for opioid use disorder|moud",
    "planned switch": "switching|rotation|opioid rotation|cross-taper",
    "low-dose buprenorphine start": "microinduction|micro-induction|low-dose initiation|low dose initiation|"
    "bernese method|overlapping initiation",
    "buprenorphine start": "buprenorphine induction|induction|starting buprenorphine",
    "palliative care": "palliative|hospice|comfort care",
    "end of life": "end-of-life|dying|last days of life",
    "inpatient": "hospital|hospitalized|admitted|icu",
    "anesthesia": "anaesthesia|procedural sedation|sedation for a procedure",
}
"""Every context of care by its name here, with other names for it."""


def implied(conditions: Iterable[str]) -> frozenset[str]:
    """The conditions and what they also are, by our names."""
    return frozenset(each for name in conditions for each in (name, *IMPLIES.get(name, ())))


@made_once
def _contexts() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, others in CONTEXTS.items():
        for each in (name, *others.split("|")):
            found[each] = name
    return found


def context_named(text: str) -> str | None:
    """Our name for a context of care, any case, or None."""
    return _contexts().get(" ".join(text.casefold().split()))
