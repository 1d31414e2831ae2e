"""The writing of a line made even before its words are looked up: dashes, quotes, marks of lists and of dictation."""

from __future__ import annotations

import re
import unicodedata

from medsteward.readers.directions.clocks import with_clocks

_FOLDED = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "‒": "-",
        "−": "-",
        "⁄": "/",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "·": " ",
    }
)
_UNSEEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"
"""Marks that nobody sees: of byte order, of no width, of reading direction, and where a word may be parted."""
_UNSEEN_MARKS = re.compile(rf"(?<![\d.,/-])[{_UNSEEN}]+|[{_UNSEEN}]+(?![\d.,/-]|[{_UNSEEN}])")
"""Unseen marks that part no number: ``1`` and ``5`` with one between them may be 15, or two numbers."""
_PLURAL_IN_BRACKETS = re.compile(r"(?<=[a-z])\((e?s)\)|(?<=\btab)/s\b|(?<=\btablet)/s\b|(?<=\bcap)/s\b")
_BOXES = "•▪‣◦●○■□►▶➢➤❖\u2043∙‧※\uf0b7\uf0a7☐☑✓✔❑❏❐❒◻◽▢⬜→»"
_BULLET = re.compile(
    rf"(?:\s|[{_BOXES}]|\[[ x]?\](?=\W*[a-z\d])|\(\s\)"
    r"|[*-]{1,3}(?=\s)|\*{1,3}(?=[a-z])|>+\s)+",
    re.IGNORECASE,
)
"""Marks of the lines of a list: dots, asterisks, dashes, boxes to check. A cross in a box may mean "no" and is none."""
_BOXED = re.compile(rf"(\s*[(\[]?\d{{1,2}}[.)\]:]+)\s*(?:[{_BOXES}]|\[[ x]?\]|\*+(?=\s|[a-z]))\s*", re.IGNORECASE)
"""A box or a dot behind the number of a line."""
_TABBED = re.compile(
    r"(\s*[(\[]?\d{1,3}[.)\]:]*)[ ]*[\t\n\v\f\r·•][\s·•]*(?!\s|(?:mc?g|micrograms?|g|ml|hrs?|hours?|x)\b)",
    re.IGNORECASE,
)
"""A number that a tab or a dot of a list parts from the rest of the line; one before its unit is an amount."""
_DICTATED = (
    (re.compile(r"\bq\.\s?(?=\d)"), "q"),  # q.6h.
    (re.compile(r"\b(q ?\d{1,2}(?:-\d{1,2})?)\.\s?(?=(?:h|hrs?|hours?|d|days?|min|minutes?|weeks?)\b)"), r"\1"),  # q4.h
    (re.compile(r"(?<=\dh)\.(?=[a-z]\.)"), ". "),  # q4h.p.r.n.
    (re.compile(r"(?<=\b[a-z]\.[a-z]\.)(?=q\.? ?\d)"), " "),  # p.o.q.4h.
    (re.compile(r"\b(max|maximum|qty|disp|approx)\.(?=\s)"), r"\1"),  # max. 4 a day
)
"""Full stops of dictation that are no decimal points, and what they come to."""
_RUN_TOGETHER = re.compile(
    r"(?:(?<=\dh)|(?<=\dhr)|(?<=\dhrs)|(?<=hour)|(?<=hours)|(?<=hourly)|(?<=hrly)|(?<=daily)|(?<=\b[btq]id)|(?<=\bqhs))"
    r"(?=prn\b)|(?<=\bpo)(?=q ?\d|[btq]id\b)"
)
"""Where "q6hprn", "q6hrsprn", "bidprn" and "poq6h" come apart."""
_NUMBERED = re.compile(r"(?<!refill )(?<!refills )(?<!refills: )\bno\.?\s?(?=[2-4](?![\d./-]))")
"""Tylenol No. 3."""
_SNOMED_TAG = re.compile(
    r"\((?:product|substance|medicinal product(?: form)?|(?:real |packaged |real packaged )?clinical drug)\)|"
    r"^product (?:containing|only containing) (?:only |precisely )*"
)
"""What SNOMED CT puts around the name of a substance or a product."""
_DIGIT = re.compile(r"\d")
_ORDER = re.compile(r"\[\d{6,}\]")
"""The number of an order, in brackets: no dose has so many digits."""
_AT_A_TIME = re.compile(r"@\s?(?=\d{1,2}(?::\d\d)?\s?[ap]\.?m|\d\d?:\d\d|\d{4}\b)")
_REGISTERED = str.maketrans(dict.fromkeys("®™©℠", " "))
_STARRED = re.compile(r"(?<=[:\s])\*(?=\S)([^*]{0,39}[^*\s])\*(?!\w)|(?<!\w)\*\*(?=\w)|(?<=[\w)])\*\*(?!\w)")
"""Asterisks that only set off what they hold: ``Disp:*40 Tablet(s)*``, ``**oxycodone**``."""


def fold(text: str) -> str:
    """Lower case, one form for each dash, fraction and quote, no control characters, single spaces.

    ``1½`` becomes ``1 1/2``: a fraction written as one character never joins the digits before it.
    """
    plain_text = text.isascii() and text.isprintable()
    if not plain_text:
        text = _UNSEEN_MARKS.sub("", text.translate(_REGISTERED))
    if text[:1] == text[-1:] == '"' and '"' not in text[1:-1]:
        text = text[1:-1]
    if not text[:1].isalpha():  # no mark of a list begins with a letter
        text = _without_marks(text)
    if not plain_text:
        text = unicodedata.normalize("NFKC", "".join(map(_digit_safe, text)))
    plain = text.lower() if plain_text else text.translate(_FOLDED).casefold()
    if "*" in plain:
        plain = _STARRED.sub(lambda found: f" {found[1] or ''} ", plain)
    if "product" in plain or "(substance" in plain or "clinical drug" in plain:
        plain = _SNOMED_TAG.sub(" ", plain)
    if "." in plain:
        for pattern, instead in _DICTATED:
            plain = pattern.sub(instead, plain)
    if "no" in plain:
        plain = _NUMBERED.sub("#", plain)
    if "prn" in plain or "poq" in plain or "pobid" in plain or "potid" in plain:
        plain = _RUN_TOGETHER.sub(" ", plain)
    if "@" in plain:
        plain = _AT_A_TIME.sub("at ", plain)
    if _DIGIT.search(plain):
        plain = with_clocks(_ORDER.sub(" ", plain) if "[" in plain else plain)
    if "(" in plain or "/s" in plain:
        plain = _PLURAL_IN_BRACKETS.sub(lambda found: found[1] or "s", plain)
    plain = " ".join(plain.split())
    return plain[1:-1].strip() if plain[:1] in "([" and _is_enclosed(plain) else plain


def _without_marks(text: str) -> str:
    """A text without the bullet, the box or the tab that sets it apart in a list."""
    if (bullet := _BULLET.match(text)) is not None and not bullet.group().isspace():
        text = text[bullet.end() :]
    if (boxed := _BOXED.match(text)) is not None:
        text = f"{boxed[1]} {text[boxed.end() :]}"
    if (tabbed := _TABBED.match(text)) is not None:
        text = f"{tabbed[1]}) {text[tabbed.end() :]}"
    return text


def _is_enclosed(plain: str) -> bool:
    """Whether the first bracket is closed by the last letter, and holds the whole line."""
    depth = 0
    for at, char in enumerate(plain):
        depth += (char in "([") - (char in ")]")
        if depth == 0:
            return 0 < at == len(plain) - 1
    return False


def without_bullet(folded: str) -> int:
    """Where the words of a folded line begin, behind the marks of a list."""
    found = None if folded[:1].isalpha() else _BULLET.match(folded)
    return found.end() if found else 0


def _digit_safe(char: str) -> str:
    """A character that must not join the digits around it: 1½ is 1 1/2, and 5² is not 52."""
    if char.isspace():
        return " "
    if char in "\uf0b7\uf0a7":
        return char
    if not char.isprintable():
        return "\ufffd"  # an invisible character may stand within a number, as in 1 and 5
    if char.isascii():
        return char
    if char in "½¼¾⅓⅔":
        return f" {unicodedata.normalize('NFKC', char)}"
    if unicodedata.category(char) != "Nd" and any(c.isdigit() for c in unicodedata.normalize("NFKC", char)):
        return "\ufffd"
    return char
