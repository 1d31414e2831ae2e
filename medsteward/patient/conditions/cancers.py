"""An organ with a word for cancer, as it is written in more ways than a list holds."""

from __future__ import annotations

import re

_ORGANS = (
    r"lungs?|breasts?|prostate|prostatic|colon|colonic|colorectal|rectal|rectum|bowel|pancreas|pancreatic|liver|hepatic|"
    r"hepatocellular|kidneys?|renal|bladder|urothelial|transitional|stomach|gastric|esophageal|esophagus|thyroid|ovary|"
    r"ovarian|uterus|uterine|endometrial|cervix|cervical|testis|testicular|testicle|brain|bones?|head|neck|throat|larynx|"
    r"laryngeal|pharynx|pharyngeal|nasopharyngeal|oropharyngeal|oral|mouth|tongue|lips?|anal|anus|vulva|vulvar|vagina|"
    r"vaginal|penile|penis|bile|ducts?|ductal|lobular|gallbladder|adrenal|spine|spinal|blood|lymph|nodes?|peritoneal|"
    r"peritoneum|pleural|pleura|parotid|salivary|gland|appendix|appendiceal|duodenal|jejunal|ileal|small|large|intestine|"
    r"intestinal|tonsil|tonsillar|sinus|thymic|thymus|mediastinal|soft|tissue|eye|ocular|choroidal|trachea|bronchial|"
    r"bronchus|skin|gi|gu|gyn|gynecologic|hematologic|unknown|primary|ewing|ewings|kaposi|hodgkins?|follicular|mantle|"
    r"marginal|zone|diffuse|burkitt|myeloid|lymphoid|lymphocytic|lymphoblastic|plasma|hairy|squamous|basaloid|germ|clear|"
    r"papillary|medullary|anaplastic|mucinous|serous|neuroendocrine|carcinoid|merkel|triple|negative|her2|er|pr|positive"
)
_KINDS = (
    r"cancers?|ca|carcinoma|adenocarcinoma|malignancy|malignancies|sarcoma|osteosarcoma|lymphoma|leukemia|melanoma|myeloma|"
    r"mesothelioma|glioblastoma|hepatoma|neuroblastoma|cholangiocarcinoma"
)
_BESIDE = (
    r"metastatic|metastasi[sz]ed|metastases|metastasis|mets|metastatic to|advanced|locally|invasive|infiltrating|"
    r"recurrent|"
    r"relapsed|refractory|progressive|inoperable|unresectable|terminal|non|cell|b|t|stage|grade|iv|iii|ii|i|[1-4][abc]?|"
    r"iv[abc]|iii[abc]|of|the|to|and|&|with|left|right|bilateral|upper|lower|lobe|on|chemo|chemotherapy|radiation|under|"
    r"treatment|active|current|known|acute|chronic|multiple|in|x|malignant|neoplasm|tumor|disease"
)
_ALL = re.compile(rf"(?:(?:{_ORGANS}|{_KINDS}|{_BESIDE})(?:[ ,/()+]+|$))+")
_KIND = re.compile(rf"\b(?:{_KINDS}|malignant (?:tumor|neoplasm))\b")
_ORGAN = re.compile(rf"\b(?:{_ORGANS})\b")
_OPEN = re.compile(
    r"\b(?:benign|in situ|basal cell|squamous cell carcinoma of (?:the )?skin|skin cancer|precancer\w*)\b"
)
_LUMP = re.compile(r"\b(?:neoplasm|tumor|mass)\b")
_AS_CANCER = re.compile(rf"{_KIND.pattern}|in situ|{_LUMP.pattern}")


def is_cancer(said: str) -> bool:
    """Whether a plain phrase is an organ with a word for cancer, and nothing else."""
    return (
        _ALL.fullmatch(said) is not None
        and _KIND.search(said) is not None
        and _ORGAN.search(said) is not None
        and not is_open(said)
    )


def is_open(said: str) -> bool:
    """Whether it may or may not be cancer: a tumor, a mass, something benign or in situ."""
    if _OPEN.search(said):
        return _AS_CANCER.search(said) is not None
    return _LUMP.search(said) is not None and _ORGAN.search(said) is not None and _KIND.search(said) is None
