"""Words beside a condition that say how it is: taken off where a known phrase remains, and kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

_STAGE = r"(?:[1-5][ab]?|i{1,3}|iv|v)"
_WORDS = (
    r"(?:very |moderate(?:ly)? to )?severe|mild|mildly|moderate|end stage|advanced|early|acute on chronic|"
    r"acute|chronic|"
    r"subacute|recurrent|unstable|stable|(?:well|poorly|not well|fairly|partly|partially) controlled|uncontrolled|"
    r"controlled|active|untreated|treated|left|right|bilateral|unspecified|nos|primary|secondary|idiopathic|essential|"
    r"resistant|malignant|decompensated|compensated|current|ongoing|known|established|confirmed|longstanding|"
    r"long standing|symptomatic|asymptomatic|persistent|intermittent|chronic stable|significant|"
    r"paroxysmal|permanent|refractory|intractable|accidental|unintentional|nonfatal|"
    r"new onset|new|recently diagnosed|newly diagnosed|continuous|episodic|generalized|uncomplicated|improving|"
    r"worsening|"
    r"not otherwise specified|at baseline|by history|diagnosis of|dx of|patient has|pt has|has|with a diagnosis of"
)
_NUMBERED = (
    rf"type {_STAGE}|stage {_STAGE}|stages? {_STAGE} ?(?:to|/) ?{_STAGE}|grade {_STAGE}|class {_STAGE}|"
    rf"nyha(?: class)? {_STAGE}|gold(?: stage| group)? ?[1-4abcde]|child pugh(?: class| score)? ?[abc]|"
    r"ccs(?: class)? [1-4]"
)
_DATED = (
    r"\(?(?:since |in |dx(?:ed)? ?(?:in )?|diagnosed ?(?:in )?|from |circa )?(?:(?:0?[1-9]|1[0-2])/)?(?:19|20)\d\d\)?|"
    r"x ?\d{1,2} ?(?:y|yr|yrs|years|months|mo)|for \d{1,2} (?:years|months)|since childhood"
)
_SITED = (
    r"(?:(?:of|in) (?:the |both )?)?(?:(?:left|right|bilateral|both|upper|lower|r|l|b/l) ){0,2}"
    r"(?:arms?|legs?|hands?|foot|feet|knees?|hips?|shoulders?|ankles?|wrists?|elbows?|extremity|extremities|limbs?)|"
    r"(?:at )?[ctl]\d{1,2}(?:[ /][ctls]?\d{1,2})?"
)
_FIGURE = r"(?:lv)?ef ?[<>~]? ?\d{1,2}(?: ?%)?(?: (?:to )?\d{1,2} ?%?)?|bmi ?[<>~]? ?\d\d(?:\.\d)?|\d\d? ?%"
_LEADING = re.compile(rf"(?:{_WORDS}|{_NUMBERED}),?(?= )")
_TRAILING = re.compile(rf"[ ,(]+(?:{_WORDS}|{_NUMBERED}|{_DATED}|{_SITED}|{_FIGURE}|syndrome|disorder|disease)\)?$")
_ANY = re.compile(rf"(?<=[ ,(])(?:{_NUMBERED}|{_DATED})(?=[ ,)]|$)")
_MANY = 7

_ONLY = re.compile(
    rf"(?:{_WORDS}|{_NUMBERED}|{_DATED}|syndrome|disorder|disease)(?:[ ,]+(?:{_WORDS}|{_NUMBERED}|{_DATED}))*"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
CHILD_PUGH = re.compile(r"child pugh(?: class)? ?([abc])\b")


def is_qualifier(text: str) -> bool:
    """Whether a part of a text is no condition of its own, but says how the one before it is."""
    return _ONLY.fullmatch(text) is not None


def without_qualifiers(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The phrases that remain where qualifiers are taken off, each with what was taken; fewest taken off first."""
    spans: list[tuple[int, int]] = []
    start = 0
    while len(spans) < _MANY and (found := _LEADING.match(text, start)):
        spans.append((start, found.end() + 1))
        start = found.end() + 1
    end = len(text)
    while len(spans) < _MANY and (found := _TRAILING.search(text[:end])) and found.start() > start:
        spans.append((found.start(), end))
        end = found.start()
    for found in _ANY.finditer(text, start, end):
        if len(spans) < _MANY:
            spans.append((found.start(), found.end()))
    spans.sort()
    for many in range(1, len(spans) + 1):
        for chosen in combinations(spans, many):
            rest, at = "", 0
            for begin, stop in chosen:
                rest += text[at:begin] + " "
                at = stop
            rest = " ".join((rest + text[at:]).split()).strip(" ,()")
            rest = re.sub(r" ,", ",", rest)
            if rest:
                yield rest, tuple(text[begin:stop].strip(" ,()") for begin, stop in chosen)
