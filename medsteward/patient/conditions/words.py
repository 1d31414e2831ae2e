"""One phrase of a chart, as free as charts are, to what it says of the patient.

The order: the whole phrase; words of suicide; qualifiers; what is only a risk or an order; what is denied or of the
family; the past; a treatment beside it; an organ with cancer. What names several conditions is taken apart, and every
part must be read.
"""

from __future__ import annotations

import re

from attrs import evolve

from medsteward.caches import remembered
from medsteward.model.self_harm import words_of_suicide
from medsteward.patient.conditions.asking import of_row, shown
from medsteward.patient.conditions.cancers import is_cancer, is_open
from medsteward.patient.conditions.past import SUICIDALITY, past
from medsteward.patient.conditions.phrases import known_phrases
from medsteward.patient.conditions.qualifiers import CHILD_PUGH, YEAR, is_qualifier, without_qualifiers
from medsteward.patient.conditions.reading import UNREAD, Reading, joined
from medsteward.patient.conditions.spelling import plain
from medsteward.patient.conditions.stages import by_qualifiers

_SUICIDE = re.compile(
    r"suicid|self (?:harm|injur|mutilat|poison|inflict)|(?:kill|hurt|harm)\w* (?:him|her|my|them|one)sel|"
    r"end (?:his|her|my|their) life|better off dead|wish\w* (?:to be |for )?(?:dead|death)|want\w* to die|"
    r"intentional overdose|overdose on purpose"
)
_IDEATION = re.compile(r"\b(?:si|hi)\b(?! ?joint)")
_DENIED = (
    r"no|not|non|nor|denie[sd]|deny|denying|negative(?: for)?|without|w/o|never|free of|absence of|absent|ruled out|"
    r"rule out|r/o|neg"
)
_FAMILY = (
    r"family|familial history|fh|fhx|mothers?|fathers?|mom|dad|sisters?|brothers?|sons?|daughters?|wife|husband|spouse|"
    r"partner|parents?|siblings?|aunt|uncle|cousin|grand(?:mother|father|parent)s?|maternal|paternal|twin"
)
_SCREENED = r"screen|screening|screened"
_UNSURE = r"query|possible|possibly|probable|probably|questionable"
_ADVICE = r"prevention|education|counsel|counseling|counseled|vaccination|vaccine|immunization"
_REFUSE = re.compile(rf"(?:^|[ (:])(?:{_DENIED}|{_FAMILY}|{_SCREENED}|{_UNSURE}|{_ADVICE}|if)(?=[ :),]|$)|\?")
_NEGATES = re.compile(rf"(?:^|[ (:])(?:{_DENIED}|{_FAMILY}|{_SCREENED})(?=[ :),]|$)")
_OTHERS = re.compile(rf"(?:^|[ (:])(?:{_FAMILY})(?=[ :),]|$)")
_LISTS = re.compile(rf"^(?:(?:pt|patient|he|she) )?(?:denie[sd]|denying|negative for|neg for|{_FAMILY})\b")
_OPEN_SUICIDE = re.compile(rf"(?:^|[ (:])(?:{_DENIED}|{_SCREENED}|assessment|questionnaire|{_ADVICE})(?=[ :),]|$)")
_ASK = re.compile(
    r"(?:^| )(?:(?:at |high |increased |elevated )?risk (?:of|for)|at risk|precautions?|suspected|suspicion of|"
    r"in childhood|as a child|childhood|concern(?:ing)? for|suspect)(?=[ ,)]|$)"
)
_PREGNANCY_OPEN = re.compile(
    r"pregnan.*(?:possib|not (?:been )?(?:excluded|ruled out)|wish|want|trying|hop)|"
    r"(?:possib|may be|might be|wish|want|trying|hop).*pregnan"
)
_TOLERANT = re.compile(r"opi(?:oid|ate)s? toleran|toleran\w* (?:of|to) opi|\bon opi(?:oid|ate)s? (?:for|since|x)\b")
_PAST_BEFORE = re.compile(
    r"^(?:personal history of|personal hx of|past (?:medical )?history of|past (?:medical )?hx of|pmhx?(?: of)?:?|"
    r"history of|h/o|hx:?(?: of)?|history:?|(?:remote|distant) (?:history of|hx of)|past|prior|previous|previously had|"
    r"former|ex|s/p|status post|old|remote|resolved|cured|healed|treated|recovered from|post)[ :]+(?=\S)"
)
_PAST_AFTER = re.compile(
    r"[ ,(]+(?:in (?:early |sustained |full |partial |early full |sustained full |complete )?remission|"
    r"in (?:long term |sustained )?recovery|resolved|cured|healed|remote|old|by history|history|hx|in the past|"
    r"treated(?: (?:in )?(?:19|20)\d\d)?|past|(?:\d+ )?years? ago)\)?$"
)
_JOINT = re.compile(
    r" (?:without|w/o) |(?<=[a-z]{3}) ?\. (?=[a-z])|;|, and |,| and | & | \+ |/(?=[a-z])| with | w/ ?| but "
)
_HEADING = re.compile(
    r"^(?:(?:dx|diagnos[ei]s|(?:active |medical )?problems?(?: list)?|conditions?|comorbidit(?:y|ies)) ?: ?|"
    r"\d{1,2} ?(?:w|wks?|weeks?) (?=pregnan))"
)
"""What stands before a condition and says nothing of it: a heading; weeks of pregnancy, which only a code tells."""
_LETTERS_WITH_SLASH = re.compile(r"\b(?:[rhs]/[op]|d/o|[nc]/[vco]|w/o?|b/l|t&a)\b")
_FEATURE = re.compile(
    r"(?:(?:acute|recent|frequent|mild|moderate|severe|multiple|some|no) )*(?:exacerbations?|cris[ie]s|complications?|"
    r"residual \w+(?: \w+)?|deficits?|stents?(?: x ?\d)?|luts|symptoms|behavioral disturbance|anxious distress|"
    r"flares?|features|pain)"
)
_INSIDE = re.compile(r"[ ,(]+(no longer|no|not on|not|denies|denying|never had|never|negative for) ([^,;]+)$")
_CAUSE = re.compile(r"[ ,(]+(?:due to|secondary to|2/2|caused by|because of) ([^,;()]{2,60})\)?$")
_SAME_BREATH = frozenset({"and", "&", "/", "+", ", and"})
_BESIDE = re.compile(r"[ ,(]+(on|uses|using|s/p|status post) ([a-z0-9][^,;()]{1,60})\)?$")
_TREATED = re.compile(
    r"(?:\w+ )?(?:cpap|bipap|bi pap|pap|apap|asv|(?:hemo|peritoneal )?dialysis|hd|pd|(?:home )?(?:oxygen|o2)|"
    r"maintenance(?: therapy| treatment)?|insulin|agonist (?:therapy|treatment)|moud|treatment|therapy|medication|meds|"
    r"diet|inhalers?)(?: (?:mwf|tts|ttsat|nightly|daily|qhs|at night|weekly|qday|prn|therapy))*"
)
_INFARCTION, _BYPASS = "recent myocardial infarction", "recent coronary bypass"
_WHEN = {
    "mi": _INFARCTION,
    "myocardial infarction": _INFARCTION,
    "heart attack": _INFARCTION,
    "cabg": _BYPASS,
    "coronary bypass": _BYPASS,
    "coronary artery bypass graft": _BYPASS,
}
"""Phrases that ask when it was, and what they are where it is called recent."""
_RECENT = re.compile(r"^(?:recent|acute|new|very recent) |,? (?:recent|last (?:week|month)|this (?:week|month))$")
_IN_THE_PAST = "cardiovascular disease"
"""What those are where a year, or a word for the past, says that they are not recent."""
_LONG = 7
"""Letters from which a phrase may be read as one or as several of the same."""
_PARTS = 12
"""Parts of one text that are read."""


@remembered(8192)
def read_words(text: str) -> Reading:
    """What a phrase says. Where it, or a part of it, was not read, nothing of it counts."""
    said = _HEADING.sub("", plain(text))
    if not said:
        return UNREAD
    found = _row(said) or _turned(said) or _several(said)
    if found is None and "(" in said:
        found = _several(said.replace(" (", ", ").replace(")", ""))
    if found is None:
        return UNREAD
    grade = CHILD_PUGH.search(said)
    return evolve(found, child_pugh=grade[1].upper()) if grade is not None and found.conditions else found


def _turned(said: str) -> Reading | None:
    """A phrase that a list turns around: "glaucoma, open angle"."""
    found = re.fullmatch(r"([^,;/]+), ([^,;/]+)", said)
    return None if found is None else _row(f"{found[2]} {found[1]}")


def _row(said: str) -> Reading | None:
    meaning = known_phrases().get(said)
    if meaning is None and len(said) >= _LONG:  # one or several of the same
        meaning = known_phrases().get(said.removesuffix("s") if said.endswith("s") else f"{said}s")
    return None if meaning is None else of_row(said, meaning)


# --- several in one text -----------------------------------------------------------------------------------------


def _pieces(said: str) -> list[tuple[str, str]]:
    """The parts of a text, each with the word or sign that joins it to the one before. Qualifiers stay with theirs."""
    masked = _LETTERS_WITH_SLASH.sub(lambda found: found.group().replace("/", "\0").replace("&", "\1"), said)
    found: list[tuple[str, str]] = []
    at, joint = 0, ""
    for cut in (*_JOINT.finditer(masked), None):
        piece = (masked[at : cut.start()] if cut else masked[at:]).replace("\0", "/").replace("\1", "&")
        if found and (is_qualifier(piece.strip(" ,()")) or _PAST_AFTER.fullmatch(" " + piece.strip(" ,"))):
            before, words = found[-1]
            found[-1] = (before, f"{words}, {piece.strip(' ,')}")
        elif found and re.match(r"(?:on|uses|s/p|status post) ", piece.strip(" ,")) and joint in (",", ""):
            before, words = found[-1]
            found[-1] = (before, f"{words} {piece.strip(' ,')}")
        elif found and (begins := re.match(r"(.+?) (?:on|uses|s/p) ", piece.strip(" ,"))) and is_qualifier(begins[1]):
            before, words = found[-1]
            found[-1] = (before, f"{words}, {piece.strip(' ,')}")
        elif found and joint in ("with", "w/") and _FEATURE.fullmatch(piece.strip(" ,")):
            pass  # how it is, not what it is
        elif found and joint not in (",", ";", "but", ".") and _OTHERS.match(found[-1][1]):
            before, words = found[-1]
            found[-1] = (before, f"{words} {joint} {piece.strip(' ,')}")
        elif piece.strip(" ,;"):
            found.append((joint, piece.strip(" ,;")))
        if cut:
            at, joint = cut.end(), cut.group().strip()
    return found


def _several(said: str) -> Reading | None:
    """A text that may name several conditions; None where a part is not read.

    A negation reaches to the end of its part, over "and", "&" and a slash, and makes what follows it in a list asked.
    """
    pieces = _pieces(said)
    if len(pieces) > _PARTS:
        return None
    readings: list[Reading] = []
    denied = lists = over = False
    for joint, piece in pieces:
        goes_on = joint in _SAME_BREATH and not re.match(r"(?:has|but|with|positive|has had) ", piece)
        if joint in ("without", "w/o") or (denied and goes_on):
            readings.append(_denial(piece))
            denied = True
            continue
        found = _part(piece)
        if found is None:
            return None
        if lists and joint == "," and found.conditions:
            readings.append(_unclear(piece))
            continue
        readings.append(past(found, f'"{shown(piece)}"') if over and goes_on and not found.kept else found)
        denied = bool(found.refused or found.asks) and _NEGATES.search(piece) is not None
        lists = denied and _LISTS.search(piece) is not None
        over = (over and goes_on) or _PAST_BEFORE.match(piece) is not None
    return joined(readings) if readings else None


def _unclear(piece: str) -> Reading:
    return Reading(asks=(f'"{shown(piece)}" follows a denial, so it was not counted. If it is there, write it apart',))


def _denial(said: str) -> Reading:
    """What is said of something that is denied; words of suicide are never refused."""
    if _SUICIDE.search(said) or _IDEATION.search(said):
        return Reading(asks=(f'"{shown(said)}" is denied and was not counted. Ask again before any taper',))
    return Reading(refused=(f'"{shown(said)}" is denied, uncertain or about someone else, so it was not counted',))


# --- one part ----------------------------------------------------------------------------------------------------


def _part(said: str) -> Reading | None:
    """What one part says, or None where it is not read."""
    found = _row(said)
    if found is not None:
        return found
    if _RECENT.search(said) and (name := _WHEN.get(_RECENT.sub("", said))) is not None:
        return Reading(conditions=(name,))
    if _SUICIDE.search(said):
        return _suicide(said)
    if words_of_suicide(said):
        return Reading(asks=(f'"{shown(said)}" was not counted. Ask the person today, and before any taper',))
    if _TOLERANT.search(said):
        ask = "Tolerance is not read from a phrase. State opioid_tolerant, or list the opioids with dates"
        return Reading(asks=(f'"{shown(said)}" was not counted. {ask}',))
    if _PREGNANCY_OPEN.search(said):
        return Reading(asks=(f'"{shown(said)}" was not counted. Is the patient pregnant?',))
    found = _qualified(said)
    if found is not None:
        return found
    if _ASK.search(said):
        said_ = f'"{shown(said)}" is a risk, an order or of childhood'
        return Reading(asks=(f"{said_}, so it was not counted. Did it happen, or is it so now?",))
    if _REFUSE.search(said):
        return _denied_inside(said) or _denial(said)
    return _past(said) or _beside(said) or _cancer(said)


def _denied_inside(said: str) -> Reading | None:
    """A condition, and after it a denial: "CKD 4 not on dialysis" counts the first; one that is not clear asks."""
    found = _INSIDE.search(said)
    if found is None or _REFUSE.search(said[: found.start()]):
        return None
    before = _part(said[: found.start()].strip(" ,("))
    if before is None or not before.conditions:
        return None
    denied = found[2].strip(" )")
    if _part(denied) is not None or _TREATED.fullmatch(denied):
        return joined((before, _denial(f"{found[1]} {denied}")))
    ask = "names a condition and denies something: it was not counted. Write them apart"
    return Reading(asks=(f'"{shown(said)}" {ask}',))


def _suicide(said: str) -> Reading:
    """Words of suicide and self-harm count, or ask; they are never refused."""
    if _OTHERS.search(said):
        return Reading(asks=(f'"{shown(said)}" is about another person and was not counted. Ask the patient too',))
    if _OPEN_SUICIDE.search(said):
        return Reading(asks=(f'"{shown(said)}" was not counted. Ask the person today, and before any taper',))
    return Reading(conditions=(SUICIDALITY,))


def _qualified(said: str) -> Reading | None:
    """A known phrase with qualifiers, which are kept."""
    for rest, taken in without_qualifiers(said):
        meaning = known_phrases().get(rest)
        if meaning is None:
            continue
        dated = any(YEAR.search(each) for each in taken)
        if dated and (rest in _WHEN or not {_INFARCTION, _BYPASS}.isdisjoint(meaning.conditions)):
            return Reading(conditions=(_IN_THE_PAST,), kept=taken)
        found = by_qualifiers(of_row(rest, meaning), rest, taken)
        if "treated" in taken and "cancer" in found.conditions:  # treated now, or over?
            return past(found, f'"{shown(said)}"').keeping(*taken)
        if dated and meaning.time == "event" and found.conditions:
            found = evolve(found, asks=())  # the question was when
        return found.keeping(*taken)
    return None


def _past(said: str) -> Reading | None:
    """A known phrase that is called past."""
    before = _PAST_BEFORE.match(said)
    after = None if before else _PAST_AFTER.search(said)
    if before is None and after is None:
        return None
    rest = (said[before.end() :] if before else said[: after.start()] if after else "").strip(" ,:")
    if rest in _WHEN:
        return Reading(conditions=(_IN_THE_PAST,), kept=("past",))
    meaning = known_phrases().get(rest)
    if meaning is not None and meaning.time in ("history", "remission"):
        return of_row(rest, meaning)
    found = _row(rest) or _qualified(rest) or _past(rest) or _cancer(rest)
    if found is None:
        return None
    return past(found, f'"{shown(said)}"').keeping("past")


def _beside(said: str) -> Reading | None:
    """A known phrase with a treatment, or with something that was done."""
    cause = _CAUSE.search(said)
    if cause is not None:
        before, other = _part(said[: cause.start()].strip(" ,(")), _part(cause[1].strip())
        if before is None:
            return None
        return before.keeping(f"due to {cause[1]}") if other is None else joined((before, other))
    found = _BESIDE.search(said)
    if found is None:
        return None
    rest, word, more = said[: found.start()].strip(" ,("), found[1], found[2].strip(" )")
    before = _part(rest) if rest else None
    if before is None:
        return None
    if word in ("s/p", "status post"):
        done = _row(f"s/p {more}") or _qualified(f"s/p {more}") or _past(f"s/p {more}")
        if done is not None:
            return joined((before, done))
        if "cancer" in before.conditions:  # it was operated on: treated now, or over?
            return past(before, f'"{shown(said)}"')
        return before.asking(f'"{shown(more)}" in "{shown(said)}" was not read. Does it matter now?')
    other = _row(f"on {more}") or _row(more)
    if other is not None:
        return joined((before, other)).keeping(f"on {more}")
    if _TREATED.fullmatch(more):
        return before.keeping(f"on {more}")
    ask = f'"{shown(said)}" names a treatment: if "{shown(more)}" is a medicine, write it as a medication line'
    return before.asking(ask).keeping(f"on {more}")


def _cancer(said: str) -> Reading | None:
    """An organ with a word for cancer."""
    if is_cancer(said):
        return Reading(conditions=("cancer",))
    if is_open(said):
        ask = 'Is it cancer, and is it treated now? If so, write "cancer"'
        return Reading(asks=(f'"{shown(said)}" was not counted as cancer. {ask}',))
    return None
