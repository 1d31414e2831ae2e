"""Conditions and indications by the names a chart uses. Unknown names are problems, never ignored."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
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


@cache
def indication_of(text: str) -> Indication | None:
    """The indication that free text states, or None. Text that denies one (``non-cancer``) does not state it."""
    plain = stated_words(text)
    found = next((indication for indication, words in _INDICATION_WORDS if re.search(words, plain)), None)
    if found is Indication.OPIOID_USE_DISORDER and re.search(r"pain|ache|\bcough", plain):
        return None  # for both: it is not for the disorder alone
    return found


CONDITIONS: dict[str, str] = {
    "sleep apnea": "sleep apnoea|osa|obstructive sleep apnea|obstructive sleep apnoea|"
    "sleep-disordered breathing|sleep disordered breathing|osahs",
    "central sleep apnea": "central sleep apnoea|central apnea|central apnoea|csa",
    "copd": "chronic obstructive pulmonary disease|emphysema|chronic bronchitis|respiratory insufficiency|"
    "hypercapnia|chronic respiratory failure|lung disease|chronic lung disease|interstitial lung disease|"
    "pulmonary fibrosis|bronchiectasis|obesity hypoventilation|obesity hypoventilation syndrome|cystic fibrosis",
    "acute respiratory depression": "respiratory depression|acute respiratory failure|acute severe asthma|"
    "severe acute asthma|status asthmaticus",
    "breathlessness": "dyspnea|dyspnoea|shortness of breath",
    "asthma": "bronchial asthma",
    "heart failure": "chf|hf|congestive heart failure|hfref|hfpef|cardiac failure|left ventricular failure|"
    "cardiomyopathy",
    "cardiovascular disease": "coronary artery disease|cad|ischaemic heart disease|ischemic heart disease|"
    "peripheral artery disease|pad|peripheral vascular disease|pvd|angina|ihd|coronary heart disease|"
    "coronary stent|atherosclerosis|prior mi|old mi|previous myocardial infarction",
    "recent coronary bypass": "cabg|recent cabg|coronary bypass|coronary artery bypass graft",
    "recent myocardial infarction": "recent mi|myocardial infarction|heart attack|mi|acute mi|stemi|nstemi",
    "stroke": "cva|tia|cerebrovascular accident|transient ischaemic attack|transient ischemic attack",
    "arrhythmia": "torsades de pointes|ventricular arrhythmia|ventricular tachycardia|irregular heartbeat",
    "atrial fibrillation": "afib|af|atrial flutter",
    "heart block": "av block|bundle branch block|bradycardia|sick sinus syndrome",
    "long qt": "long qt syndrome|qt prolongation|prolonged qt|prolonged qtc|qtc prolongation|lqts|"
    "congenital long qt syndrome",
    "uncontrolled hypertension": "uncontrolled high blood pressure|severe hypertension|hypertensive crisis|"
    "hypertensive emergency|hypertensive urgency",
    "unstable heart disease": "unstable angina|unstable coronary disease|unstable coronary artery disease|unstable cad|"
    "unstable cardiac disease|acute coronary syndrome|acs|decompensated heart failure",
    "unstable disease": "unstable medical disease|unstable medical condition|medically unstable",
    "hypertension": "high blood pressure|htn",
    "low kidney function": "ckd|chronic kidney disease|"
    "renal impairment|kidney impairment|renal insufficiency|chronic renal failure|kidney disease|renal disease|"
    "reduced kidney function|low renal function|crf|chronic renal insufficiency",
    "ckd stage 3": "ckd 3|ckd3|stage 3 ckd|ckd stage iii|chronic kidney disease stage 3|moderate renal impairment",
    "ckd stage 3a": "ckd 3a|ckd3a|stage 3a ckd|chronic kidney disease stage 3a",
    "ckd stage 3b": "ckd 3b|ckd3b|stage 3b ckd|chronic kidney disease stage 3b",
    "ckd stage 4": "ckd 4|ckd4|stage 4 ckd|ckd stage iv|chronic kidney disease stage 4|severe renal impairment|"
    "severe ckd",
    "ckd stage 5": "ckd 5|ckd5|stage 5 ckd|ckd stage v|chronic kidney disease stage 5|renal failure|kidney failure|"
    "esrd|eskd|end-stage renal disease|end stage renal disease|end-stage kidney disease|dialysis|hemodialysis|"
    "haemodialysis|peritoneal dialysis",
    "ckd stage 1 or 2": "ckd 1|ckd 2|ckd stage 1|ckd stage 2|stage 1 ckd|stage 2 ckd",
    "liver disease": "cirrhosis|hepatic impairment|hepatic failure|liver failure|liver cirrhosis|chronic liver disease|"
    "hepatitis|alcoholic liver disease|chronic hepatitis|liver impairment|hepatic insufficiency|"
    "hepatic encephalopathy|nash|alcoholic hepatitis",
    "seizure disorder": "epilepsy|seizures|seizure|convulsions|history of seizures",
    "gastrointestinal ulcer or bleed": "peptic ulcer|peptic ulcer disease|gi bleed|gi ulcer|"
    "gastrointestinal bleeding|gastric ulcer|duodenal ulcer|pud|gastrointestinal bleed|gi bleeding|"
    "stomach ulcer|upper gi bleed|history of gi bleed",
    "gastrointestinal obstruction": "gi obstruction|bowel obstruction|intestinal obstruction|ileus|paralytic ileus|"
    "small bowel obstruction|sbo|malignant bowel obstruction|obstruction of the bowel",
    "ileostomy": "",
    "diarrhea": "diarrhoea|chronic diarrhea|chronic diarrhoea",
    "constipation": "opioid-induced constipation|opioid induced constipation|oic",
    "breastfeeding": "lactation|nursing|breast feeding|breast-feeding|lactating",
    "pregnancy": "pregnant|gravid",
    "alcohol use": "current alcohol use|drinks alcohol|alcohol|drinking|heavy drinking|regular alcohol use",
    "alcohol use disorder": "aud|alcohol dependence|alcoholism|alcohol abuse|alcohol misuse|alcohol addiction",
    "substance use disorder": "sud|stimulant use disorder|cocaine use disorder|drug use disorder|substance abuse|"
    "drug dependence|addiction|polysubstance use|sedative use disorder|cannabis use disorder",
    "opioid use disorder": "oud|opioid dependence|opioid addiction|heroin use disorder|heroin use",
    "opioid use disorder in remission": "oud in remission|opioid use disorder, in remission|"
    "opioid use disorder in early remission|opioid use disorder in sustained remission|opioid dependence in remission|"
    "opioid dependence, in remission|history of opioid use disorder|history of oud|past opioid use disorder|"
    "history of opioid dependence|history of opioid addiction|history of heroin use",
    "prior overdose": "overdose|previous overdose|history of overdose|opioid overdose|prior opioid overdose|"
    "nonfatal overdose|non-fatal overdose",
    "lost opioid tolerance": "recent detoxification|detox|recent release from prison|recent incarceration|"
    "reduced tolerance|lost tolerance",
    "depression": "major depression|major depressive disorder|mdd|depressive disorder|depressed",
    "anxiety": "anxiety disorder|generalized anxiety disorder|gad|panic disorder",
    "suicidality": "suicidal|suicidal ideation|suicidal thoughts|suicidal ideas|active suicidality|suicide|"
    "suicide attempt|suicide risk|suicide plan|prior suicide attempt|history of suicide attempt|self-harm|self harm|"
    "deliberate self-harm|passive suicidal ideation|active suicidal ideation",
    "bipolar disorder": "bipolar|bipolar affective disorder|mania",
    "schizophrenia": "psychosis|schizoaffective disorder",
    "unstable bipolar disorder": "unstable bipolar|manic|manic episode|acute mania|hypomanic|unstable mood",
    "acute psychosis": "psychotic|psychotic episode|unstable psychosis|unstable schizophrenia",
    "unstable psychiatric disease": "unstable mental illness|unstable mental health|unstable psychiatric illness|"
    "psychiatrically unstable|psychiatric crisis|mental health crisis",
    "post-traumatic stress disorder": "ptsd",
    "narrow-angle glaucoma": "glaucoma|angle-closure glaucoma|narrow angle glaucoma|angle closure glaucoma|"
    "closed-angle glaucoma",
    "open-angle glaucoma": "open angle glaucoma|poag",
    "urinary retention": "bph|benign prostatic hyperplasia|prostatic hyperplasia|enlarged prostate|"
    "bladder outlet obstruction|history of urinary retention",
    "opioid naive": "opioid-naive|opioid naïve|opioid-naïve|not opioid tolerant|opioid non-tolerant",
    "opioid tolerant": "opioid-tolerant",
    "falls": "history of falls|recurrent falls|fall risk|falls risk|fall|frequent falls|hip fracture|"
    "fragility fracture",
    "delirium or dementia": "dementia|delirium|cognitive impairment|alzheimer's disease|alzheimer disease|"
    "alzheimers|vascular dementia|lewy body dementia|mild cognitive impairment|confusion",
    "hyponatremia": "hyponatraemia|low sodium|siadh",
    "hypokalemia": "hypokalaemia|low potassium",
    "hypomagnesemia": "hypomagnesaemia|low magnesium",
    "hypoglycemia": "hypoglycaemia|low blood sugar|low blood glucose",
    "aspirin-sensitive asthma": "aspirin asthma|aspirin-exacerbated respiratory disease|aerd|nsaid asthma|"
    "nsaid-exacerbated respiratory disease|aspirin-sensitive respiratory disease|nsaid allergy|aspirin allergy|"
    "nsaid hypersensitivity|samter's triad",
    "hemiplegic migraine": "hemiplegic or basilar migraine|basilar migraine|hemiplegic migraine or basilar migraine",
    "migraine": "migraines|chronic migraine",
    "diabetes": "diabetes mellitus|type 2 diabetes|type 1 diabetes|t2dm|t1dm|dm|dm2|diabetic",
    "obesity": "obese|morbid obesity|severe obesity",
    "hyperthyroidism": "thyrotoxicosis|overactive thyroid|graves disease",
    "hypothyroidism": "underactive thyroid",
    "hypotension": "low blood pressure|orthostatic hypotension|postural hypotension|syncope",
    "restless legs": "restless legs syndrome|rls",
    "crps": "complex regional pain syndrome",
    "adrenal insufficiency": "addison's disease|addison disease|low cortisol|opioid-induced adrenal insufficiency",
    "hypogonadism": "low testosterone|opioid-induced androgen deficiency|opiad|androgen deficiency",
    "opioid-induced hyperalgesia": "hyperalgesia|opioid induced hyperalgesia|oih|pain worse with higher doses",
    "head injury": "raised intracranial pressure|traumatic brain injury|tbi|brain tumour|brain tumor",
    "post tonsillectomy": "tonsillectomy|adenoidectomy|after tonsillectomy|recent tonsillectomy|"
    "recent tonsillectomy or adenoidectomy|post-tonsillectomy",
    "fever": "febrile|high temperature|pyrexia",
    "fibromyalgia": "fms",
    "low back pain": "back pain|chronic low back pain|lumbago",
    "postherpetic neuralgia": "post-herpetic neuralgia|phn|pain after shingles|neuralgia after shingles",
    "spinal cord injury": "sci|spinal cord injury pain",
    "neuropathy": "diabetic neuropathy|peripheral neuropathy|neuropathic pain",
    "osteoarthritis": "oa|arthritis|knee osteoarthritis",
    "rheumatoid arthritis": "ra",
    "osteoporosis": "",
    "insomnia": "sleep disorder|poor sleep",
    "attention-deficit hyperactivity disorder": "adhd|add",
    "obsessive-compulsive disorder": "ocd",
    "dental disease": "dental caries|tooth decay|poor dentition|dental problems",
    "gastroesophageal reflux": "gerd|reflux|gord",
    "hyperlipidemia": "hyperlipidaemia|high cholesterol|dyslipidemia",
    "swallowing difficulty": "dysphagia|unable to swallow|feeding tube",
    "tobacco use": "smoker|smoking|nicotine dependence",
    "cancer": "active cancer|malignancy|metastatic cancer|cancer pain|tumour|tumor",
    "palliative care": "hospice|hospice care|comfort care|palliative",
    "end of life": "end-of-life care|end of life care|dying|last days of life|terminal illness",
    "sickle cell disease": "sickle cell|scd|sickle cell anemia|sickle cell anaemia",
}
"""Every condition by its name here, with other names for it. Names only; what follows from one is stated elsewhere."""

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


@cache
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, others in CONDITIONS.items():
        for each in (name, *filter(None, others.split("|"))):
            found[each] = name
    return found


def implied(conditions: Iterable[str]) -> frozenset[str]:
    """The conditions and what they also are, by our names."""
    return frozenset(each for name in conditions for each in (name, *IMPLIES.get(name, ())))


@cache
def _contexts() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, others in CONTEXTS.items():
        for each in (name, *others.split("|")):
            found[each] = name
    return found


def context_named(text: str) -> str | None:
    """Our name for a context of care, any case, or None."""
    return _contexts().get(" ".join(text.casefold().split()))


def condition_named(text: str) -> str | None:
    """Our name for a condition as a chart writes it, any case, or None."""
    return _by_name().get(" ".join(text.casefold().split()))


def near_conditions(text: str) -> tuple[str, ...]:
    """Conditions spelled like ``text``, nearest first."""
    return tuple(difflib.get_close_matches(" ".join(text.casefold().split())[:60], _by_name(), n=3, cutoff=0.6))
