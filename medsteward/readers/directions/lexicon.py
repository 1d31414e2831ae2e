"""The words of directions: what kind of word each one is, and its value.

A lexeme is one or more words in lower case. The longest lexeme that fits wins, so ``every other day`` is one word and
``MS Contin`` is a brand although ``MS`` alone is refused. Drug names come from ``medsteward.drugs``; everything else
here, in ``product_words`` and in ``advice_words``.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from medsteward.model.unit import Unit
from medsteward.readers.directions.advice_words import FOOD, HOUSEHOLD, NOISE, REASONS, SPOON_ML
from medsteward.readers.directions.product_words import CONTAINERS, FORMS, MADE, MAKERS, RELEASES, SALTS
from medsteward.readers.directions.site_words import AMOUNTS, APPLIED, PARTS
from medsteward.units import SPELLINGS

Meaning = Fraction | Unit | str | None
"""The value of a word: a number, a unit, another word for it, or nothing but its kind."""

MORNING, NOON, EVENING, BEDTIME = "morning", "noon", "evening", "bedtime"

_NUMBER_WORDS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "seventeen": 17,
    "nineteen": 19,
    "hundred": 100,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "eighteen": 18,
}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

_TIMES_PER_DAY = {
    "bid": 2,
    "twice daily": 2,
    "twice-daily": 2,
    "tid": 3,
    "thrice daily": 3,
    "qid": 4,
    "qday": 1,
    "qdaily": 1,
    "once-a-day": 1,
    "twice-a-day": 2,
    "b i d": 2,
    "t i d": 3,
    "q i d": 4,
    "b d": 2,
    "t d s": 3,
    "q d s": 4,
    "bd": 2,
    "tds": 3,
    "qds": 4,
}

_MOMENTS = {
    MORNING: "morning mornings breakfast qam mane",
    NOON: "noon midday midi lunch lunchtime afternoon",
    EVENING: "evening evenings dinner supper suppertime dinnertime",
    BEDTIME: "bedtime night bed nocte nighttime",
}

_ROUTES = {
    "oral": "oral|orally|po|by mouth|per os|through the mouth|in the mouth|by oral route|oral route|via oral route|"
    "per tube|via tube|by tube|through tube|enteral|enterally|via enteral tube|per enteral tube|"
    + "|".join(
        f"{by} {tube}"
        for by in ("per", "via", "through", "by", "down")
        for tube in (
            *("g tube", "g-tube", "gt", "gtube", "peg", "peg tube", "peg-tube", "ng", "ng tube", "ng-tube", "ngt"),
            *("og", "og tube", "ogt", "j tube", "j-tube", "jt", "gj tube", "feeding tube", "nasogastric tube"),
            *("gastrostomy", "gastrostomy tube", "dobhoff", "dht"),
        )
    )
    + "|ng tube|ngt|peg tube|g-tube|feeding tube|nasogastric tube|"
    + "|".join(f"po{mark}{tube}" for mark in ("/", " or ", " / ") for tube in ("ng", "ngt", "og", "gt", "pt", "peg"))
    + "|ng/po|ngt/po|gt/po|peg/po",
    "sublingual": "sublingual|sublingually|sl|under the tongue|under tongue|beneath the tongue",
    "buccal": "buccal|buccally|inside the cheek|inside cheek|between cheek and gum|between the cheek and gum|"
    "to the inside of the cheek",
    "transmucosal oral": "transmucosal|transmucosally",
    "nasal": "nasal|nasally|intranasal|intranasally|into the nose|in the nose|in nose",
    "transdermal": "transdermal|transdermally|td|to the skin|to skin|on the skin|on skin|onto skin|onto the skin|"
    "to clean dry skin|to intact skin",
    "rectal": "rectal|rectally|per rectum|into the rectum|in the rectum|into rectum|p/r",
    "topical": "topical|topically",
    "inhaled": "inhaled|inhalation|by inhalation|via nebulizer|via inhaler",
    "ophthalmic": "|".join(
        f"{lead}{which} {eye}"
        for lead in ("", "in ", "into ", "to ", "in the ", "into the ", "to the ")
        for which, eye in (
            *(("both", "eyes"), ("each", "eye"), ("left", "eye"), ("right", "eye"), ("affected", "eye")),
            *(("affected", "eyes"), ("every", "eye")),
        )
    ),
    "otic": "|".join(
        f"{lead}{which} {ear}"
        for lead in ("", "in ", "into ", "to ", "in the ", "into the ", "to the ")
        for which, ear in (
            *(("both", "ears"), ("each", "ear"), ("left", "ear"), ("right", "ear"), ("affected", "ear")),
            *(("affected", "ears"),),
        )
    ),
    "parenteral": "iv|intravenous|intravenously|im|intramuscular|intramuscularly|subcutaneous|subcutaneously|subcut|"
    "inject|under the skin|under skin|beneath the skin|into the skin|"
    "subq|sc|sq|injection|injected|inj|injectable|ivp|iv push",
    "epidural": "epidural|intrathecal|epidurally|intrathecally",
}

_PLAIN: dict[str, str] = {
    "EVERY": "every|q|each|ea",
    "OTHER": "other|second|alternate",
    "TIMES": "times|time",
    "PR": "pr",
    "DIVIDED": "divided|in divided doses|divided doses|divided dose|in divided dose|in equally divided doses",
    "PIECE": "pill|pills",
    "DAYREF": "yesterday|today|the day before|day before|this morning|last night|the night before|this am|this evening",
    "IF": "if|in case of|in the event of",
    "THAN": ">|<|≥|≤|greater than|less than|more than|above|at least",
    "NOT_RELIEVED": "not controlled by|not controlled with|not relieved by|not relieved with|unrelieved by|"
    "unrelieved with|unresponsive to|not responsive to|not responding to|uncontrolled by|despite|refractory to|"
    "not helped by|not managed by|not managed with|if not relieved by|if not controlled by|if not controlled with",
    "OTHER_MEDICINES": "scheduled medications|scheduled medication|scheduled meds|other medications|other meds|"
    "other analgesics|non-opioid analgesics|nonopioid analgesics|other measures|other pain medications|"
    "non-opioids|nsaids|over the counter medications|otc medications|otc meds|scheduled pain medications|"
    "long acting opioid|first line|other pain meds|non-opioid medications",
    "GIVEN": "given|last given|last dose|last dose given|last dose received|last dose taken|last taken|last received|"
    "last dose was given|last dose was received|last dose was taken",
    "X": "x|×",
    "A": "a|an",
    "PER": "per",
    "IN": "in|within|during|into",
    "AT": "at",
    "IE": "ie|that is|which is|equivalent to|equal to|equals",
    "APPROXIMATE": "about|around|approximately|approx|roughly|~",
    "ON": "on",
    "OFF": "off",
    "ONTO": "onto|over",
    "SIDE": "both|either|most|each of the",
    "ELEMENT": "elemental iron|elemental calcium|elemental magnesium",
    "THE": "the",
    "OF": "of",
    "TO": "to|thru|through",
    "OR": "or",
    "AND": "and|&|then also",
    "WITH": "with|w|plus|+",
    "BEFORE": "before|after",
    "ANY": "any",
    "FOR": "for|x for",
    "UPTO": "up to|as much as|as many as|at most",
    "LIMIT": "max|maximum|limit|limited to|not to exceed|do not exceed|don't exceed|dont exceed|not exceed|"
    "not exceeding|to not exceed|no more than|not more than|do not take more than|don't take more than|"
    "do not use more than|maximum of|max of|nte|but no more than|should not exceed|must not exceed|no longer than",
    "DAILY_LIMIT": "mdd|max daily dose|maximum daily dose|max daily amount|maximum daily amount|"
    "max total daily dose|maximum total daily dose|max dose per day|maximum dose per day",
    "MEALS": "with meals|with each meal|with a meal|with every meal|after meals|before meals|after each meal|"
    "before each meal|after food|before food|ac|pc",
    "DOSES": "dose|doses|application|applications",
    "DAILY": "daily|everyday|each day|every day|a day|per day",
    "LABEL": "notes|note|comment|comments|instructions|instruction|indications|patient instructions|"
    "route|freq|frequency|drug|medication|med|dosage|dosage form|form",
    "WEEKLY": "weekly|every week|a week|per week|once weekly",
    "MONTH": "month|months|monthly|mo|mos",
    "PRN": "at onset of migraine|at the onset of migraine|at onset of headache|at onset|"
    "prn|as needed|if needed|when needed|as required|if required|as necessary|only if needed|"
    "only as needed|where needed|when necessary|when required|if necessary|where required|where necessary|"
    "only when needed|only when required|only if required|only if necessary|as and when required|"
    "as and when needed|as and when necessary|as and when|as needed only|prn only|as-needed|whenever needed|"
    "on an as needed basis|on as needed basis|on an as-needed basis|as needed basis|on a prn basis|prn basis|"
    "as req|as reqd|as req'd|when req|when reqd|when req'd|if req|if reqd|sos",
    "AWAKE": "while awake|when awake|waking hours|during waking hours",
    "INDICATION": "indication|dx|diagnosis|indicated for|used for",
    "IS": "is",
    "QUANTITY": "qty|quantity|disp|dispense|dispensed|quantity dispensed|dispense quantity|disp qty|supply of",
    "SUPPLY": "supply|supplies|ds",
    "REFILL": "refill|refills|rf|r|rfl|rfls|refil|refils",
    "LAST": "must last|to last|should last|will last",
    "NO": "none|no|not|do not|don't|without|never",
    "WEEKDAY": "monday|mondays|mon|tuesday|tuesdays|tue|tues|wednesday|wednesdays|wed|thursday|thursdays|thu|thur|"
    "thurs|friday|fridays|fri|saturday|saturdays|sat|sunday|sundays|sun",
    "AMPM": "am|pm|a m|p m",
    "BOTH_NOSTRILS": "in each nostril|each nostril|in both nostrils|both nostrils|into each nostril|"
    "per nostril|into both nostrils",
    "SCORE": "scale|score|scores|level|levels|rated|rating|intensity|out of",
    "HARM": "crush|chew|break|cut|split|open|drive|drink|alcohol|operate|machinery|crushed|chewed|bitten",
    "PERIOD": "period|periods",
    "TOTAL": "total|totalling|totaling|in total|total of",
    "CHANGE": "change|changed|replace|replaced|remove|discard|old|new|usual|site",
    "APIECE": "apiece",
    "HABIT": "usually|normally|typically|sometimes|occasionally|mostly|generally|on average|averaging|average",
    "DAY_TOTAL": "total daily dose|tdd|total daily|daily total",
    "STEP": "then|taper|tapering|titrate|titrating|increase|increasing|decrease|decreasing|reduce|reducing|"
    "alternating|"
    "until|hold|stop|stopped|discontinue|discontinued|d/c|dc|followed by|skip|"
    "starting|beginning|double|load|loading|cancel|canceled|cancelled|finish|finished|complete|completed|expired|"
    "refused|refuses|inactive|quit|wean|weaning|weaned|unless|administered|received|took|previously|"
    "formerly|switch|switched|increased|decreased|reduced|tapered|resume|restart|pause|paused|on hold|not taking|"
    "instead|if not|trial|allergy|allergic|held|withheld|on hold|suspended|ceased|ceasing|halted|ended|dced|dcd|dc'd|"
    "d'ced|dc'ed|aborted|void|voided|triple|tripled|doubled|quadruple|halve|halved|omit|omitted",
    "REPEAT": "repeat|may repeat|can repeat|may be repeated|can be repeated|may repeat dose|repeat dose|"
    "may repeat the dose|may take another|may use another|may take another dose|may take a second dose|"
    "repeat if needed|may repeat if needed",
    "AGAIN": "if no relief|if unresolved|if not resolved|if not effective|if still needed|"
    "if not relieved|if no response|if ineffective|if needed and no relief|"
    + "|".join(
        f"if {the}{what} {stays}"
        for the in ("", "the ")
        for what in ("headache", "migraine", "pain", "symptoms")
        for stays in ("persists", "persist", "returns", "return", "recurs", "recur", "continues", "continue")
    ),
    "INFUSION": "infusion|infuse|drip|pca|basal|bolus|continuous|pump",
    "STRENGTH": "strength|strengths",
    "WEAR": f"{APPLIED}|leave on|leave on skin|leave in place|keep on|keep in place|"
    "apply|applied|applying|wear|worn|wearing|together|at once|at the same time|at a time|at any one time|"
    "at one time",
    "KG": "kg|kilogram|kilograms|kg of body weight",
}

ERROR_PRONE = {
    "°": "hours",
    "qd": "daily",
    "q d": "daily",
    "od": "daily",
    "qod": "every other day",
    "qhs": "at bedtime",
    "hs": "at bedtime",
    "bt": "at bedtime",
    "qn": "nightly",
    "u": "units",
    "iu": "units",
    "cc": "mL",
    "ccs": "mL",
    "sc": "subcutaneous",
    "sq": "subcutaneous",
    "subq": "subcutaneous",
    "tiw": "3 times weekly",
    "biw": "2 times weekly",
}
"""Abbreviations that are understood with a warning, and what to write instead (Joint Commission, ISMP)."""

_PER_DAY = {
    "qd": Fraction(1),
    "od": Fraction(1),
    "qod": Fraction(1, 2),
    "tiw": Fraction(3, 7),
    "biw": Fraction(2, 7),
    "every other day": Fraction(1, 2),
    "every second day": Fraction(1, 2),
    "every 2nd day": Fraction(1, 2),
    "every third day": Fraction(1, 3),
    "every 3rd day": Fraction(1, 3),
    "weekdays": Fraction(5, 7),
    "mwf": Fraction(3, 7),
    "m/w/f": Fraction(3, 7),
    "alternate days": Fraction(1, 2),
    "on alternate days": Fraction(1, 2),
}

_UNSAFE = {
    "ms|mso4|mgso4": "morphine sulfate or magnesium sulfate",
    "|".join(
        f"{name} {mark}{number}".replace(" -", "-")
        for name in ("tylenol", "acetaminophen", "apap", "paracetamol")
        for mark in (("", "#", "-", "nr ") if name == "tylenol" else ("#", "-", "nr "))
        for number in (2, 3, 4)
    ): "Tylenol with Codeine or a number of plain Tylenol",
    "guaifenesin ac|guaifenesin-ac|guaifenesin/ac": "guaifenesin with codeine or guaifenesin before meals",
}
"""Names that must not be guessed at, and what they could be."""


def lexemes() -> Iterator[tuple[str, str, Meaning]]:
    """Every lexeme as ``(words, kind, value)``; the first of two equal ones holds."""
    for group, meanings in _UNSAFE.items():
        for words in group.split("|"):
            yield words, "UNSAFE", meanings
    for words, number in _NUMBER_WORDS.items():
        yield words, "NUM", Fraction(number)
        for tens, ten in _TENS.items():
            if 0 < number < 10:
                yield f"{tens} {words}", "NUM", Fraction(ten + number)
                yield f"{tens}-{words}", "NUM", Fraction(ten + number)
    for tens, ten in _TENS.items():
        yield tens, "NUM", Fraction(ten)
    for head, hundreds in (("one", 100), ("two", 200), ("three", 300)):
        yield f"{head} hundred", "NUM", Fraction(hundreds)
        for words, number in (_NUMBER_WORDS | _TENS).items():
            if 10 <= number < 100:
                yield f"{head} hundred {words}", "NUM", Fraction(hundreds + number)
                yield f"{head} hundred and {words}", "NUM", Fraction(hundreds + number)
    for words, days in (("half", Fraction(1, 2)), ("quarter", Fraction(1, 4)), ("third", Fraction(1, 3))):
        yield words, "FRACTION", days
    for words, times in _TIMES_PER_DAY.items():
        yield words, "FREQUENCY", Fraction(times)
    for words, rate in _PER_DAY.items():
        yield words, "FREQUENCY", rate
    yield "°", "TIME", Fraction(1, 24)
    for words in ("hourly", "hrly", "hly"):
        yield words, "HOURLY", Fraction(1, 24)
    for number, words in enumerate(("i t", "ii tt", "iii ttt", "iiii"), 1):
        for word in words.split():
            yield word, "ROMAN", Fraction(number)
    for words, number in (("once", 1), ("twice", 2), ("thrice", 3)):
        yield words, "ONCE", Fraction(number)
    for words in ("qhs", "hs", "nightly", "qpm", "qn", "every night", "bt"):
        yield words, "MOMENT", EVENING if words == "qpm" else BEDTIME
    for moment, words in _MOMENTS.items():
        for word in words.split():
            yield word, "MOMENT", moment
    for spelling, unit in SPELLINGS.items():
        yield spelling, *_unit_kind(unit)
    for words in ("unit/ml", "units/ml", "u/ml", "iu/ml"):
        yield words, "INTERNATIONAL", Unit.IU
    for kind, table in (("ROUTE", _ROUTES), ("FORM", FORMS), ("RELEASE", RELEASES)):
        for value, words in table.items():
            for lexeme in words.split("|"):
                yield lexeme, kind, value
    for salt in SALTS:
        yield salt, "SALT", salt
    for kind, words in _PLAIN.items():
        for lexeme in words.split("|"):
            yield lexeme, kind, None
    for kind, words in (
        ("FOOD", FOOD),
        ("HOUSEHOLD", HOUSEHOLD),
        ("SPOON_ML", SPOON_ML),
        ("NOISE", NOISE),
        ("NOISE", AMOUNTS),
        ("NOISE", MADE),
        ("NOISE", MAKERS),
        ("BOTTLE", CONTAINERS),
        ("REASON", REASONS),
        ("REASON", "|".join(sorted(PARTS))),
    ):
        for lexeme in words.split("|"):
            yield lexeme, kind, None


def _unit_kind(unit: Unit) -> tuple[str, Meaning]:
    if unit.is_count:
        return "COUNT", unit
    kinds: dict[Unit, tuple[str, Meaning]] = {
        Unit.MG: ("MASS", unit),
        Unit.MCG: ("MASS", unit),
        Unit.G: ("MASS", unit),
        Unit.ML: ("VOLUME", unit),
        Unit.L: ("VOLUME", unit),
        Unit.H: ("TIME", Fraction(1, 24)),
        Unit.MIN: ("TIME", Fraction(1, 1440)),
        Unit.D: ("TIME", Fraction(1)),
        Unit.WEEK: ("TIME", Fraction(7)),
        Unit.PERCENT: ("PERCENT", unit),
        Unit.IU: ("INTERNATIONAL", unit),
        Unit.MEQ: ("INTERNATIONAL", unit),
        Unit.MME: ("INTERNATIONAL", unit),
    }
    return kinds[unit]
