"""The phrases of directions, in the order in which they are tried.

A phrase is a pattern in which every capital word is a kind of token (see ``lexicon``) and every small word is one of
``SHAPES``; ``?``, ``*``, ``+``, ``|`` and brackets mean what they mean in a regular expression.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from attrs import frozen

from medsteward.readers.directions import meanings as mean
from medsteward.readers.directions.meanings import Build
from medsteward.readers.directions.tokens import Token


@frozen
class Phrase:
    """A pattern and what it means. ``build`` may decline by returning None: then the next phrase is tried."""

    name: str
    pattern: str
    build: Build


SHAPES = {
    "amount": "MASS|VOLUME|COUNT",
    "span": "NUM (?:(?:DASH|TO|OR) NUM)?",
    "perday": "(?:(?:PER|A|IN|EVERY|SLASH)? (?:A|ANY|THE)? (?:NUM DASH?)? TIME PERIOD?|DAILY)",
    "inday": "(?:(?:PER|A|IN|EVERY|SLASH) (?:A|ANY|THE)? (?:NUM DASH?)? TIME PERIOD?|IN? DAILY)",
    "link": "(?:COMMA|AND|SLASH|WITH|DASH|SEMICOLON)",
    "at": "(?:IN|AT|WITH|BEFORE|ON|EVERY|THE|A)",
    "small": "(?:AND|OR|A|THE|OF|WITH|SLASH|DASH|TO|ON|IN|AWAKE|AT)",
    # unknown words may lead up to a reason, but none may follow it: "for pain cancelled" is not a reason
    "why": "(?:(?:small* UNKNOWN)* (?:small* (?:REASON|SCORE))*)",
    # a pain score: "severe pain (7-10)", "pain scale 4-6"; a bare number after "pain" may be a dose and is none
    "score": "(?:LEFT SCORE* NUM (?:DASH|TO|SLASH|OF) NUM RIGHT|LEFT SCORE+ NUM RIGHT"
    "|(?<=SCORE) NUM (?:(?:DASH|TO) NUM)? (?:SLASH NUM)? (?!amount|NUM|DASH|TO|OR|SLASH|EVERY|FREQUENCY|DAILY|X))",
    "limit": "(?:LIMIT|UPTO)",
    "colon": "(?:COLON|OF|IS|EQUALS|HASH|X)",
}

PHRASES: tuple[Phrase, ...] = (
    Phrase("nostrils", "BOTH_NOSTRILS", mean.plain("twice")),
    # limits before doses: "max 6 per day" is not a dose of 6
    Phrase("up to times", "UPTO NUM (?:TIMES|X) (?:perday|WEEKLY)", mean.times_a_day),
    Phrase("daily limit", "DAILY_LIMIT colon* NUM (?:amount|DOSES)? (?:OF? NAME)? inday?", mean.daily_limit),
    Phrase("daily limit", "LIMIT DAILY colon? DOSES? colon? NUM (?:amount)", mean.daily_limit),
    Phrase(
        "limit",
        "limit DOSES? colon* (?:A|THE)? NUM (?:amount|DOSES|TIMES)? (?:OF? NAME)? TOTAL? inday",
        mean.daily_limit,
    ),
    Phrase("limit", "NUM (?:amount|DOSES)? inday LIMIT (?! colon* NUM)", mean.daily_limit),
    Phrase("duration", "FOR? A? limit colon* (?:A|THE)? NUM DASH? TIME", mean.days_of("duration")),
    Phrase(
        "other limit",
        "LIMIT DOSES? colon* NUM (?:amount|DOSES)? (?:PER|A|IN|EVERY|SLASH)+ (?:NUM? (?:TIME|MONTH|DOSES)|WEEKLY)",
        mean.plain("other_limit"),
    ),
    Phrase("other limit", "LIMIT DOSES? colon* NUM (?:amount|DOSES)? (?:WEEKLY|MONTH)", mean.plain("other_limit")),
    Phrase("limit without a time", "LIMIT DOSES? colon* NUM (?:amount|DOSES)?", mean.plain("untimed_limit")),
    Phrase("up to", "UPTO NUM (?:(?:DASH|TO|OR) NUM)? (?:amount)?", mean.upto),
    # supply before doses: "30 day supply" is not a frequency
    Phrase("days a week", "NUM TIME (?:WEEKLY|(?:PER|A|EVERY|SLASH) TIME)", mean.days_a_week),
    Phrase("supply", "FOR? A? NUM DASH? TIME DASH? OF? SUPPLY", mean.days_of("supply")),
    Phrase("supply", "TIME DASH? SUPPLY colon* NUM", mean.days_of("supply")),
    Phrase("number of doses", "(?:X|TIMES|FOR) NUM (?:DOSES|MOMENT|WEEKDAY)", mean.plain("few_doses")),
    Phrase("duration", "FOR (?:UPTO|THE|A|ANY|OTHER)* span DASH? TIME", mean.days_of("duration")),
    Phrase("duration", "FOR A TIME", mean.days_of("duration")),
    Phrase("duration", "(?:X|TIMES) NUM DASH? TIME", mean.days_of("duration")),
    Phrase(
        "quantity",
        "(?:QUANTITY (?:colon|DASH)*|HASH) NUM (?:COUNT|VOLUME)? (?:(?:SLASH|FOR|PER) NUM DASH? TIME)?",
        mean.quantity,
    ),
    Phrase(
        "refills",
        "REFILL (?:X|COLON|TIMES|DASH)* NUM (?!amount|EVERY|FREQUENCY|DAILY)"
        "|NUM REFILL|NO REFILL|REFILL (?:IN|EVERY|BEFORE|ON) NUM? TIME|REFILL",
        mean.plain("noise"),
    ),
    # how a product is made
    Phrase("release hours", "NUM DASH? TIME (?=COUNT|FORM|RELEASE)", mean.release_hours),
    # strengths
    Phrase("strength said", "STRENGTH colon* NUM DASH? MASS (?!SLASH)", mean.strength_said),
    Phrase("strength said", "STRENGTH colon*", mean.plain("noise")),
    Phrase(
        "strengths per volume", "NUM MASS? (?:(?:DASH|SLASH) NUM MASS?)+ (?:SLASH|PER|IN) NUM? VOLUME", mean.strengths
    ),
    Phrase("concentration", "NUM MASS (?:SLASH|PER|IN) NUM? DASH? VOLUME", mean.concentration),
    Phrase(
        "per time", "NUM (?:(?:DASH|TO) NUM)? (?:MASS|VOLUME) (?:SLASH|PER|A) TIME (?:SLASH NUM? TIME)?", mean.per_time
    ),
    Phrase("strengths with units", "NUM MASS (?:SLASH NUM MASS)+", mean.strengths),
    Phrase("two masses", "NUM MASS DASH NUM MASS (?!DASH)", mean.dashed_masses),
    Phrase("strengths with units", "NUM MASS (?:DASH NUM MASS)+", mean.strengths),
    Phrase(
        "strength each", "NUM DASH? MASS (?:EVERY|APIECE) (?!(?:NUM|TIME|MOMENT|OTHER|WEEKDAY))", mean.strength_each
    ),
    Phrase("per unit", "PER COUNT", mean.plain("noise")),
    Phrase("strengths", "NUM (?:SLASH NUM)+ DASH? MASS?", mean.strengths),
    Phrase("strengths", "NUM DASH NUM (?:DASH NUM)+ DASH? MASS?", mean.strengths),
    Phrase(
        "worn in part",
        "NUM DASH? TIME ON (?:link)* NUM DASH? TIME OFF|ON FOR NUM DASH? TIME (?:link)* OFF FOR NUM DASH? TIME",
        mean.plain("worn_in_part"),
    ),
    # frequencies
    Phrase("times", "NUM (?:(?:DASH|TO|OR) NUM)? (?:TIMES|X) (?:perday|WEEKLY)", mean.times_a_day),
    Phrase("times", "ONCE (?:OR ONCE)? (?:perday|WEEKLY)", mean.times_a_day),
    Phrase("times", "ONCE (?:at)* MOMENT", mean.times_a_day),
    Phrase("every other moment", "EVERY OTHER MOMENT", mean.every_other_moment),
    Phrase("every", "EVERY span? DASH? TIME (?:(?:TO|DASH) (?:EVERY)? NUM TIME)?", mean.every),
    Phrase("every", "EVERY NUM (?:TO|DASH) EVERY NUM TIME", mean.every),
    Phrase("every without a time", "EVERY span", mean.plain("untimed_every")),
    Phrase("every other weekday", "EVERY OTHER WEEKDAY", mean.plain("step")),
    Phrase("weekdays", "(?:ON|EVERY)? WEEKDAY (?:(?:link|DASH|TO)* (?:ON|EVERY)? WEEKDAY)*", mean.weekdays),
    Phrase("frequencies", "(?:FREQUENCY|DAILY|ONCE) (?:DASH|TO|OR) (?:FREQUENCY|DAILY)", mean.frequency_span),
    Phrase("frequency", "FREQUENCY", mean.frequency_word),
    Phrase("weekly", "WEEKLY", mean.rate_word(Fraction(1, 7))),
    Phrase("daily", "DAILY", mean.rate_word(Fraction(1))),
    Phrase("per unit time", "(?:PER|A|SLASH|IN) (?:A|ANY)? NUM? TIME", mean.per_unit_time),
    Phrase("moments", "at* (?:MOMENT|AMPM) (?:link* at* (?:MOMENT|AMPM))*", mean.moments),
    Phrase("awake", "AWAKE", mean.plain("awake")),
    # reasons
    # beside a bare "as needed" only known reasons are reasons: "prn held", "prn triple" say something else
    Phrase("as needed", "PRN (?:small* (?:REASON|SCORE))* score?", mean.as_needed),
    Phrase("indication", "INDICATION colon* FOR? why", mean.reason),
    Phrase("reason", "FOR (?=UNKNOWN|small|REASON|SCORE) why score?", mean.reason),
    Phrase("harm", "NO HARM (?:(?:link|OR)* HARM)*", mean.plain("noise")),
    # doses
    Phrase("multiplied", "NUM X NUM DASH? MASS|NUM DASH? MASS X NUM COUNT", mean.multiplied),
    # "1 5 mg every 6 hours" may be a broken 15; "2 15 mg tablets" is two of them
    Phrase("two numbers", "NUM NUM (?=MASS (?!DASH|COUNT|FORM|SLASH|PER|OF|NAME)|COUNT|VOLUME)", mean.plain("joined")),
    Phrase("two amounts with one unit", "NUM (?:AND|WITH) NUM (?:amount)", mean.plain("joined")),
    Phrase("range of measures", "NUM (?:amount) (?:TO|OR|DASH) NUM (?:amount)", mean.measure_to_measure),
    Phrase("mass that equals", "NUM MASS (?=EQUALS NUM)", mean.mass_that_equals),
    Phrase("measure", "span DASH? (?:amount)", mean.measure),
    Phrase("household", "span? DASH? HOUSEHOLD", mean.plain("household")),
    Phrase("international", "NUM INTERNATIONAL", mean.plain("international")),
    Phrase("percent", "NUM PERCENT", mean.percent),
    Phrase("supply", "NUM DASH? TIME", mean.days_of("supply")),
    Phrase("time without am or pm", "AT NUM", mean.plain("vague_clock")),
    Phrase("bare", "span", mean.bare_number),
    # names and what they are like
    Phrase("name", "NAME", mean.valued("name", "NAME")),
    Phrase("salt", "SALT", mean.plain("noise")),
    Phrase("form", "FORM", mean.valued("form", "FORM")),
    Phrase("unit as form", "COUNT", mean.valued("unit", "COUNT")),
    Phrase("release", "RELEASE", mean.valued("release", "RELEASE")),
    Phrase("route", "ROUTE", mean.valued("route", "ROUTE")),
    # what we will not read, and what carries nothing
    Phrase("per kg", "(?:SLASH|PER)? KG", mean.plain("per_kg")),
    Phrase("unsafe name", "UNSAFE", mean.valued("unsafe", "UNSAFE")),
    Phrase("steps", "STEP", mean.plain("step")),
    Phrase("infusion", "INFUSION", mean.plain("infusion")),
    Phrase("month", "EVERY? NUM? MONTH", mean.plain("month")),
    Phrase("once", "ONCE", mean.plain("once")),
    Phrase("meals", "MEALS", mean.plain("meals")),
    Phrase("change", "CHANGE+", mean.plain("change")),
    Phrase("wear", "WEAR+", mean.plain("wear")),
    Phrase("noise", "NOISE|APIECE", mean.plain("noise")),
    Phrase("total", "TOTAL", mean.plain("total")),
    Phrase("reason words", "(?:REASON|SCORE) (?:small* (?:REASON|SCORE))* score?", mean.reason),
    Phrase(
        "small words",
        "AND|WITH|OF|TO|THE|A|IN|ON|AT|OR|COMMA|DASH|SLASH|COLON|STOP_MARK|EQUALS|FOR",
        mean.plain("mark"),
    ),
    Phrase("semicolon", "SEMICOLON", mean.plain("mark")),
)

# numbers that take several tokens become one before the phrases are read
NUMBERS: tuple[tuple[str, Callable[[Sequence[Token]], Token | None]], ...] = (
    ("NUM LEFT NUM RIGHT", mean.said_twice),
    ("NUM AND NUM DASH? FRACTION", mean.whole_and_half),
    ("NUM AND A? FRACTION", mean.whole_and_half),
    ("NUM DASH FRACTION", mean.share),
    ("(?<!SLASH)(?<!DASH) NUM (?:AND|DASH)? NUM SLASH NUM (?=A?COUNT|(?:DASH|TO|OR)NUM)", mean.mixed),
    ("NUM SLASH NUM (?=OF?A?COUNT|(?:DASH|TO|OR)NUM)", mean.fraction),
    ("NUM SLASH NUM OF? A (?=COUNT)", mean.fraction),
    ("NUM? FRACTION OF? A? (?=COUNT)", mean.share),
    ("A? FRACTION OF? A? (?=COUNT)", mean.share),
    ("A (?=COUNT)", lambda t: Token("NUM", Fraction(1), "1")),
    ("NUM COLON NUM AMPM?", mean.clock),
    # "1 AM, 2 PM" can be one in the morning and two in the evening: a clock follows "at", a dose or another clock
    ("(?<=AT) NUM AMPM?", mean.clock),
    ("(?<=COUNT) NUM AMPM", mean.clock),
    ("(?<=MOMENT) NUM AMPM", mean.clock),
    ("(?<=MOMENT (?:AND|COMMA|SLASH|SEMICOLON|DASH|WITH)) NUM AMPM?", mean.clock),
    ("(?<=MOMENT (?:AND|COMMA)) NUM (?=COMMA|AND|SLASH|MOMENT)", mean.not_understood),
    ("(?<=MOMENT COMMA AND) NUM AMPM?", mean.clock),
    ("(?<=AMPM (?:AND|COMMA)) NUM AMPM", mean.not_understood),
    (
        "(?<=MASS|VOLUME) NUM AMPM",
        lambda t: mean.clock(t) if t[0].value > 3 else mean.not_understood(t),
    ),
    ("NUM AMPM", lambda t: mean.clock(t) if t[0].value > 3 else None),
)
