"""Words that speak of suicide or self-harm. The one thing that free text is searched for: such words ask, and no more.

Broad on purpose, and deaf to negation: "no suicidal thoughts" is found too. A question costs a minute; a sentence
that is read wrongly the other way can cost a life.
"""

from __future__ import annotations

import re
import unicodedata

_SELF = r"(?:(?:him|her|them|my|your|one|it|the|their|our|him or her)[ -]?sel(?:f|ves)|self)"
_WHOSE = r"(?:his|her|their|my|your|our|its|this|that|the|one's)"
_WANTS = (
    r"(?:want\w*|wish\w*|wanna|hop(?:e|es|ed|ing)|pray\w*|long(?:s|ed|ing)?|ready|rather|prefer\w*|plan\w*|intend\w*|"
    r"intent\w*|threat\w*|attempt\w*|tr(?:y|ies|ied|ying)|thought\w*|think\w*|consider\w*|desir\w*|urge\w*|fantas\w*|"
    r"ideation\w*|decid\w*)"
)
_SMALL = (
    r"(?:\W+(?:to|of|about|just|only|that|he|she|they|i|we|it|was|were|is|are|had|could|would|might|be|being|an|a|"
    r"really|simply|often|taking|going))*\W+"
)
_PURPOSELY = r"(?:intentional\w*|deliberate\w*|purposely|purposeful\w*|will?ful\w*)"
_FOR_GOOD = r"(?=\W*(?:$|again\b|any ?more\b|in the morning\b|ever\b|[.,;!?)]))"
_PATTERNS = (
    # the words themselves, and usual slips of them
    r"\b(?:para)?suic\w*|\bsucid\w*|\bsuis[ai]d\w*|\bsiucid\w*",
    r"\bself[ -]?(?:harm|injur|mutilat|poison|hurt|destruct|inflict|kill|murder|cutting|immolat)\w*",
    r"\bc[ -]?ssrs\b|\bdsh\b",
    # what is done to oneself
    rf"\b(?:kill|murder|harm|hang|hung|shoot|shot|drown|poison|starv|stab)\w*\s+{_SELF}\b",
    rf"\b(?:hurt(?:s|ing)?|injur(?:e|es|ing)|cut(?:s|ting)?|burn(?:s|ing)?)\s+{_SELF}\b",
    rf"\b(?:kill(?:s|ed|ing)?\s+me|do(?:es|ing|ne)?\s+away\s+with\s+{_SELF}|do(?:es|ing|ne)?\s+{_SELF}\s+in)\b",
    rf"\b(?:to\s+(?:off|top)|end(?:s|ed|ing)?|throw(?:s|n|ing)?|threw)\s+{_SELF}\b",
    rf"\b(?:t[ao]k(?:e|es|en|ing)|took)\s+{_WHOSE}\s+(?:own\s+)?(?:life|lives)\b",
    rf"\bend(?:s|ed|ing)?\s+(?:{_WHOSE}\s+)?(?:own\s+)?(?:life|lives)\b|\bend(?:s|ed|ing)?\s+it\s+all\b",
    r"\b(?:slit|slash|cut)(?:s|ting|ted|ing|ed)?\s+(?:his|her|their|my|the)?\s*(?:own\s+)?wrists?\b",
    r"\bwrist[ -]?(?:cutting|slashing)\b|\bgun\s+(?:to|in)\s+(?:his|her|their|my)\s+(?:own\s+)?(?:head|mouth)\b",
    r"\bjump\w*\s+(?:off|from|out\s+of|in\s+front\s+of|under)\s+(?:(?:a|the|his|her|their)\s+)?"
    r"(?:bridge|building|roof|window|balcony|cliff|train|car|bus|tower)\w*",
    # the wish to die, or not to live
    rf"\b{_WANTS}{_SMALL}(?:die|dying|dead|death|never\s+been\s+born)\b",
    r"\b(?:better\s+off|rather\s+be|wish\w*)\s+dead\b|\bdeath\s+wish\w*",
    r"(?:\b(?:not|no\s+longer|never)|n't)\s+(?:really\s+)?(?:want|wish|care|desire|like)\w*\s+(?:to\s+)?"
    r"(?:live|be\s+alive|exist|go\s+on\s+living|be\s+here)\b",
    r"\b(?:no|without|lost\s+the|lost|losing\s+the|any)\s+(?:reason|will|wish|desire|point)\s+(?:to|in|of)\s+"
    r"(?:live|living|be\s+alive|being\s+alive|go\s+on|going\s+on)\b",
    r"\bbetter\s+off\s+without\s+(?:me|him|her|them)\b|\bunaliv\w*|\blethal\s+means\b|\bend(?:s|ed|ing)?\s+things\b",
    r"\bnothing\s+(?:left\s+)?to\s+live\s+for\b|\bno\s+point\s+(?:in\s+)?living\b",
    r"\blife\b[\w' ]{0,20}(?:\bnot|n't)\s+(?:be\s+)?worth\b|\blife\s+\w+n't\s+worth\b|(?:\bnot|n't)\s+worth\s+living\b",
    r"\b(?:tired|sick|weary|done|had\s+enough)\s+(?:of|with)\s+(?:living|life|being\s+alive)\b",
    r"\b(?:cannot|can't|can\s+not|could\s+not|couldn't)\s+(?:go\s+on|keep)\s+living\b",
    rf"(?:\b(?:not|never)|n't)\s+(?:want\s+to\s+|to\s+)?wak(?:e|es|ing)\s+up{_FOR_GOOD}",
    # an overdose that is meant
    rf"\b{_PURPOSELY}(?:\W+\w+){{0,2}}?\W+(?:overdos\w*|od|ingest\w*|poison\w*)\b",
    rf"\b(?:overdos\w*|od|od'd|ingest\w*)(?:\W+\w+){{0,3}}?\W+(?:{_PURPOSELY}|on\s+purpose)\b",
    rf"\b{_WANTS}{_SMALL}overdos\w*|\boverdos\w*\s+(?:attempt|threat)\w*|\bto\s+od\b(?=\W*(?:on\b|$|[.,;]))",
    r"\btoo\s+many\b[\w' ]{0,40}\b(?:on\s+purpose|purposely|intentionally|deliberately)\b",
    r"\b(?:t[ao]k(?:e|es|en|ing)|took|swallow\w*)\s+(?:all|every|the\s+whole\s+bottle)\b[\w' ]{0,40}\bat\s+once\b",
    # in Spanish
    r"\bautolesi\w*|\bquit(?:ar|arse|arme|arte|o)\s+la\s+vida\b|\bmatar(?:se|me|te)\b|\bdeseos?\s+de\s+morir\w*|"
    r"\b(?:qui(?:ere|ero|eren)|desea|deseo|ganas\s+de|prefiere|prefiero|quisiera)\s+(?:morir\w*|estar\s+muert[oa])\b|"
    r"\bno\s+(?:qui(?:ere|ero)|desea|deseo)\s+(?:seguir\s+)?(?:vivir|viviendo)\b|\bacabar\s+con\s+(?:su|mi)\s+vida\b|"
    r"\bhacer(?:se|me)\s+daño\b",
)
_FOUND = re.compile("|".join(f"(?:{each})" for each in _PATTERNS))
_IDEATION = re.compile(  # the letters of charts; beside them the sacroiliac joint, which is no ideation
    r"\bSI ?/ ?HI\b|\bHI ?/ ?SI\b|(?i:\b(?:passive|active|deni\w+|denying|endors\w+|fleeting)\s+SI\b|[+-]\s?SI\b)"
    r"(?!\W*(?i:joint|inject|belt|fus|dysf|pain|strain|unit|block|arth|region|ligam|radio|tender))"
    r"|\bSI ?(?:\+|[:=]? ?(?i:(?:positive|present|active|denied|denies|endorsed|with (?:a )?plan)\b))"
    r"|\bS\. ?I\.(?!\W*(?i:joint|inject|belt|fus|pain|unit))"
    r"|\b(?:no|[Nn]o|reports?|current|recent|positive|negative|with|without|any|has|had|of)\s+SI\b"
    r"(?!\W*(?i:joint|inject|belt|fus|dysf|pain|strain|unit|block|arth|region|ligam|radio|tender))"
)
_GAPS = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SAME = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "_": " ", "\u2010": "-", "\u2011": "-"})


def words_of_suicide(text: str) -> str:
    """The words of a text that speak of suicide or self-harm, as they were written; empty: none."""
    plain = " ".join(unicodedata.normalize("NFKC", text).translate(_GAPS).translate(_SAME).split())
    found = _IDEATION.search(plain) or _FOUND.search(plain.casefold())
    return found.group(0).strip()[:60] if found else ""
