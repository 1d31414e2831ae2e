"""Conditions and indications by the names a chart uses. Unknown names are problems, never ignored."""

from __future__ import annotations

import difflib
import re
from enum import Enum
from functools import cache


class Indication(Enum):
    """What a medicine is for, as far as it changes what is counted or said."""

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


_INDICATION_WORDS: tuple[tuple[Indication, str], ...] = (
    (
        Indication.OPIOID_USE_DISORDER,
        r"\boud\b|\bmoud\b|\bmat\b|opioid use disorder|opioid dependence|opioid addiction|opioid agonist treatment",
    ),
    (Indication.SICKLE_CELL_PAIN, r"sickle"),
    (Indication.PALLIATIVE_CARE, r"palliat|hospice|end of life|end-of-life|comfort care"),
    (Indication.CANCER_PAIN, r"cancer|tumou?r|malignan|metasta|oncolog"),
    (Indication.ACUTE_PAIN, r"\bacute|post-? ?op|surg|fracture|injur|dental|tooth|procedur"),
    (Indication.CHRONIC_PAIN, r"chronic"),
)


@cache
def indication_of(text: str) -> Indication | None:
    """The indication that free text states, or None. Text that denies one (``non-cancer``) does not state it."""
    plain = re.sub(
        r"\b(?:non|no|not|without|denies|unrelated to|rule out|ruled out)[- ]+(?:\w+ ){0,3}?\w+", " ", text.casefold()
    )
    plain = re.sub(r"\bnoncancer\b|\bhistory of [\w ]+", " ", plain)
    found = next((indication for indication, words in _INDICATION_WORDS if re.search(words, plain)), None)
    if found is Indication.OPIOID_USE_DISORDER and re.search(r"pain|ache|\bcough", plain):
        return None  # for both: it is not for the disorder alone
    return found


CONDITIONS: dict[str, str] = {
    "sleep apnea": "sleep apnoea|osa|obstructive sleep apnea|obstructive sleep apnoea|central sleep apnea|"
    "sleep-disordered breathing|sleep disordered breathing",
    "copd": "chronic obstructive pulmonary disease|emphysema|chronic bronchitis|respiratory insufficiency|"
    "hypercapnia|chronic respiratory failure",
    "asthma": "",
    "heart failure": "chf|hf|congestive heart failure|hfref|hfpef",
    "cardiovascular disease": "coronary artery disease|cad|ischaemic heart disease|ischemic heart disease|"
    "peripheral artery disease",
    "recent myocardial infarction": "recent mi|myocardial infarction|heart attack|mi",
    "stroke": "cva|tia|cerebrovascular accident",
    "arrhythmia": "long qt|long qt syndrome|qt prolongation|atrial fibrillation|torsades de pointes",
    "uncontrolled hypertension": "uncontrolled high blood pressure",
    "hypertension": "high blood pressure|htn",
    "low kidney function": "ckd|chronic kidney disease|ckd 3|ckd 3a|ckd 3b|ckd 4|ckd 5|ckd stage 3|ckd stage 4|"
    "ckd stage 5|renal impairment|renal failure|kidney failure|esrd|dialysis",
    "liver disease": "cirrhosis|hepatic impairment|hepatic failure|liver failure|liver cirrhosis|chronic liver disease|"
    "hepatitis|alcoholic liver disease",
    "seizure disorder": "epilepsy|seizures",
    "gastrointestinal ulcer or bleed": "peptic ulcer|peptic ulcer disease|gi bleed|gi ulcer|"
    "gastrointestinal bleeding|gastric ulcer|duodenal ulcer",
    "gastrointestinal obstruction": "gi obstruction|bowel obstruction|intestinal obstruction|ileus|paralytic ileus",
    "ileostomy": "",
    "diarrhea": "diarrhoea|chronic diarrhea",
    "constipation": "opioid-induced constipation|opioid induced constipation|oic",
    "breastfeeding": "lactation|nursing",
    "pregnancy": "pregnant",
    "alcohol use": "current alcohol use|drinks alcohol|alcohol",
    "alcohol use disorder": "aud|alcohol dependence|alcoholism",
    "substance use disorder": "sud|stimulant use disorder|cocaine use disorder",
    "opioid use disorder": "oud|opioid dependence",
    "prior overdose": "overdose|previous overdose|history of overdose|opioid overdose",
    "depression": "major depression|major depressive disorder|mdd",
    "anxiety": "anxiety disorder|generalized anxiety disorder|gad",
    "suicidality": "suicidal|suicidal ideation|suicide attempt",
    "bipolar disorder": "",
    "post-traumatic stress disorder": "ptsd",
    "narrow-angle glaucoma": "glaucoma|angle-closure glaucoma|narrow angle glaucoma",
    "urinary retention": "bph|benign prostatic hyperplasia|prostatic hyperplasia",
    "opioid naive": "opioid-naive|opioid naïve",
    "falls": "history of falls|recurrent falls|fall risk",
    "delirium or dementia": "dementia|delirium|cognitive impairment|alzheimer's disease",
    "hyponatremia": "hyponatraemia|low sodium",
    "hypokalemia": "hypokalaemia|low potassium",
    "hypomagnesemia": "hypomagnesaemia|low magnesium",
    "aspirin-sensitive asthma": "aspirin asthma|aspirin-exacerbated respiratory disease|aerd",
    "hemiplegic migraine": "hemiplegic or basilar migraine|basilar migraine",
    "migraine": "",
    "diabetes": "diabetes mellitus|type 2 diabetes|type 1 diabetes|t2dm|t1dm",
    "obesity": "",
    "restless legs": "restless legs syndrome|rls",
    "crps": "complex regional pain syndrome",
    "adrenal insufficiency": "",
    "head injury": "raised intracranial pressure|traumatic brain injury|tbi",
    "cancer": "active cancer|malignancy|metastatic cancer",
    "palliative care": "hospice|end of life|end-of-life care",
    "sickle cell disease": "sickle cell|scd",
}
"""Every condition by its name here, with other names for it. Names only; what follows from one is stated elsewhere."""


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, others in CONDITIONS.items():
        for each in (name, *filter(None, others.split("|"))):
            found[each] = name
    return found


def condition_named(text: str) -> str | None:
    """Our name for a condition as a chart writes it, any case, or None."""
    return _by_name().get(" ".join(text.casefold().split()))


def near_conditions(text: str) -> tuple[str, ...]:
    """Conditions spelled like ``text``, nearest first."""
    return tuple(difflib.get_close_matches(" ".join(text.casefold().split())[:60], _by_name(), n=3, cutoff=0.6))
