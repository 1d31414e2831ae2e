"""The phrases of directions, in the order in which they are tried.

A phrase is a pattern in which every capital word is a kind of token (see ``lexicon``) and every small word is one of
``SHAPES``; ``?``, ``*``, ``+``, ``|`` and brackets mean what they mean in a regular expression.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from medsteward.readers.directions import kinds, refused
from medsteward.readers.directions import meanings as mean
from medsteward.readers.directions.meanings import Build


@frozen
class Row:
    """A pattern and what it means. ``build`` may decline by returning None: then the next row is tried."""

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

PHRASES: tuple[Row, ...] = (
    Row("nostrils", "BOTH_NOSTRILS", mean.plain(kinds.BothNostrils)),
    # limits before doses: "max 6 per day" is not a dose of 6
    Row("up to times", "UPTO NUM (?:TIMES|X) (?:perday|WEEKLY)", mean.times_a_day),
    Row("daily limit", "DAILY_LIMIT colon* NUM (?:amount|DOSES)? (?:OF? NAME)? inday?", mean.daily_limit),
    Row("daily limit", "LIMIT DAILY colon? DOSES? colon? NUM (?:amount)", mean.daily_limit),
    Row(
        "limit",
        "limit DOSES? colon* (?:A|THE)? NUM (?:amount|DOSES|TIMES)? (?:OF? NAME)? TOTAL? inday",
        mean.daily_limit,
    ),
    Row("limit", "NUM (?:amount|DOSES)? inday LIMIT (?! colon* NUM)", mean.daily_limit),
    Row("duration", "FOR? A? limit colon* (?:A|THE)? NUM DASH? TIME", mean.days_of(kinds.Duration)),
    Row(
        "other limit",
        "LIMIT DOSES? colon* NUM (?:amount|DOSES)? (?:PER|A|IN|EVERY|SLASH)+ (?:NUM? (?:TIME|MONTH|DOSES)|WEEKLY)",
        mean.plain(refused.OtherLimit),
    ),
    Row("other limit", "LIMIT DOSES? colon* NUM (?:amount|DOSES)? (?:WEEKLY|MONTH)", mean.plain(refused.OtherLimit)),
    Row("limit without a time", "LIMIT DOSES? colon* NUM (?:amount|DOSES)?", mean.plain(refused.UntimedLimit)),
    Row("up to", "UPTO NUM (?:(?:DASH|TO|OR) NUM)? (?:amount)?", mean.upto),
    # supply before doses: "30 day supply" is not a frequency
    Row("days a week", "NUM TIME (?:WEEKLY|(?:PER|A|EVERY|SLASH) TIME)", mean.days_a_week),
    Row("supply", "FOR? A? NUM DASH? TIME DASH? OF? SUPPLY", mean.days_of(kinds.Supply)),
    Row("supply", "TIME DASH? SUPPLY colon* NUM", mean.days_of(kinds.Supply)),
    Row("number of doses", "(?:X|TIMES|FOR) NUM (?:DOSES|MOMENT|WEEKDAY)", mean.plain(refused.FewDoses)),
    Row("duration", "FOR (?:UPTO|THE|A|ANY|OTHER)* span DASH? TIME", mean.days_of(kinds.Duration)),
    Row("duration", "FOR A TIME", mean.days_of(kinds.Duration)),
    Row("quantity for", "(?:FOR|(?<!NUM) X) HASH? NUM (?:COUNT|VOLUME)", mean.large_quantity),
    Row(
        "size",
        "NUM DASH? VOLUME (?:PER|SLASH|A)? BOTTLE|NUM? BOTTLE (?:OF|COLON)* NUM DASH? VOLUME",
        mean.plain(kinds.Noise),
    ),
    Row("duration", "(?:X|TIMES) NUM DASH? TIME", mean.days_of(kinds.Duration)),
    Row(
        "quantity",
        "(?:QUANTITY (?:colon|DASH)*|HASH) NUM (?:COUNT|VOLUME)? (?:(?:SLASH|FOR|PER) NUM DASH? TIME)?",
        mean.quantity,
    ),
    Row(
        "refills",
        "REFILL (?:X|COLON|TIMES|DASH)* NUM (?!amount|EVERY|FREQUENCY|DAILY)"
        "|NUM REFILL|NO REFILL|REFILL (?:IN|EVERY|BEFORE|ON) NUM? TIME|REFILL",
        mean.plain(kinds.Noise),
    ),
    # how a product is made
    Row(
        "release hours",
        "NUM DASH? TIME (?=COUNT|FORM|RELEASE|NAME|SALT)|(?<=RELEASE) NUM DASH? TIME",
        mean.release_hours,
    ),
    Row("wear hours", "(?<=COUNT|FORM) NUM DASH? TIME (?=NOISE|ROUTE|COMMA|STOP_MARK|RIGHT)", mean.patch_hours),
    # strengths
    Row("strength said", "STRENGTH colon* NUM DASH? MASS (?!SLASH)", mean.strength_said),
    Row("strength said", "STRENGTH colon*", mean.plain(kinds.Noise)),
    Row("strengths per volume", "NUM MASS? (?:(?:DASH|SLASH) NUM MASS?)+ (?:SLASH|PER|IN) NUM? VOLUME", mean.strengths),
    Row("concentration", "NUM MASS (?:SLASH|PER|IN) NUM? DASH? VOLUME", mean.concentration),
    Row(
        "per time", "NUM (?:(?:DASH|TO) NUM)? (?:MASS|VOLUME) (?:SLASH|PER|A) TIME (?:SLASH NUM? TIME)?", mean.per_time
    ),
    Row("strengths with units", "NUM MASS (?:SLASH NUM MASS)+", mean.strengths),
    Row("two masses", "NUM MASS DASH NUM MASS (?!DASH)", mean.dashed_masses),
    Row("strengths with units", "NUM MASS (?:DASH NUM MASS)+", mean.strengths),
    Row("strength each", "NUM DASH? MASS (?:EVERY|APIECE) (?!(?:NUM|TIME|MOMENT|OTHER|WEEKDAY))", mean.strength_each),
    Row("per unit", "PER COUNT", mean.plain(kinds.Noise)),
    Row("strengths", "NUM (?:SLASH NUM)+ DASH? MASS?", mean.strengths),
    Row("strengths", "NUM DASH NUM (?:DASH NUM)+ DASH? MASS?", mean.strengths),
    Row(
        "worn in part",
        "NUM DASH? TIME ON (?:link)* NUM DASH? TIME OFF|ON FOR NUM DASH? TIME (?:link)* OFF FOR NUM DASH? TIME",
        mean.plain(kinds.WornInPart),
    ),
    # frequencies
    Row("times", "NUM (?:(?:DASH|TO|OR) NUM)? (?:TIMES|X) (?:perday|WEEKLY)", mean.times_a_day),
    Row("times", "ONCE (?:OR ONCE)? (?:perday|WEEKLY)", mean.times_a_day),
    Row("doses a day", "NUM (?:(?:DASH|TO|OR) NUM)? DOSES inday", mean.doses_a_day),
    Row("times", "X NUM (?:(?:DASH|TO|OR) NUM)? (?:DAILY|(?:PER|A|SLASH) A? TIME)", mean.times_after),
    Row("once every", "ONCE (?=EVERY span TIME)", mean.plain(kinds.Noise)),
    Row("times", "ONCE (?:at)* MOMENT", mean.times_a_day),
    Row("every other moment", "EVERY OTHER MOMENT", mean.every_other_moment),
    Row("every", "EVERY span? DASH? TIME (?:(?:TO|DASH) (?:EVERY)? NUM TIME)?", mean.every),
    Row("every", "EVERY NUM (?:TO|DASH|SLASH) EVERY? NUM TIME", mean.every),
    Row("every", "EVERY? (?:span|NUM SLASH NUM) DASH? HOURLY|EVERY? HOURLY", mean.every),
    Row(
        "every bare",
        "EVERY span (?!amount|TIME|TIMES|X|DAILY|DOSES|SLASH|DASH|PERCENT|HOURLY|MONTH|WEEKDAY|NUM)",
        mean.every_bare,
    ),
    Row("every without a time", "EVERY span", mean.plain(refused.UntimedEvery)),
    Row("every other weekday", "EVERY OTHER WEEKDAY", mean.plain(refused.Step)),
    Row("weekdays", "(?:ON|EVERY)? WEEKDAY (?:(?:link|DASH|TO)* (?:ON|EVERY)? WEEKDAY)*", mean.weekdays),
    Row("frequencies", "(?:FREQUENCY|DAILY|ONCE) (?:DASH|TO|OR) (?:FREQUENCY|DAILY)", mean.frequency_span),
    Row("frequency", "FREQUENCY", mean.frequency_word),
    Row("weekly", "WEEKLY", mean.rate_word(Fraction(1, 7))),
    Row("daily", "DAILY", mean.rate_word(Fraction(1))),
    Row("per unit time", "(?:PER|A|SLASH|IN) (?:A|ANY)? NUM? TIME", mean.per_unit_time),
    Row("moments", "at* (?:MOMENT|AMPM) (?:link* at* (?:MOMENT|AMPM))*", mean.moments),
    Row("awake", "AWAKE", mean.plain(kinds.Awake)),
    # reasons
    # beside a bare "as needed" only known reasons are reasons: "prn held", "prn triple" say something else
    Row("as needed", "PRN (?:small* (?:REASON|SCORE))* score?", mean.as_needed),
    Row("indication", "INDICATION colon* FOR? why", mean.reason),
    Row("reason", "FOR (?=UNKNOWN|small|REASON|SCORE) why score?", mean.reason),
    Row("harm", "NO HARM (?:(?:link|OR)* HARM)*", mean.plain(kinds.Noise)),
    Row(
        "with food",
        "(?:WITH|NO|ON|MEALS|FOR|OR|AND) (?:(?:OR|AND|NO|WITH|A|THE|OF|SLASH|NUM|HOUSEHOLD)* (?:FOOD|MEALS))+",
        mean.with_food,
    ),
    Row("given", "GIVEN (?:AT|ON|COLON|COMMA)* MOMENT+", mean.plain(kinds.Noise)),
    Row("given", "GIVEN", mean.plain(refused.Given)),
    Row("label", "LABEL COLON|DOSES COLON", mean.plain(kinds.Noise)),
    # doses
    Row("multiplied", "NUM X NUM DASH? MASS|NUM DASH? MASS X NUM COUNT", mean.multiplied),
    # "1 5 mg every 6 hours" may be a broken 15; "2 15 mg tablets" is two of them
    Row(
        "two numbers",
        "NUM NUM (?=MASS (?!DASH|COUNT|FORM|SLASH|PER|OF|NAME)|COUNT|VOLUME|HOURLY)",
        mean.plain(kinds.Joined),
    ),
    Row("two amounts with one unit", "NUM (?:AND|WITH) NUM (?:amount)", mean.plain(kinds.Joined)),
    Row("range of measures", "NUM (?:amount) (?:TO|OR|DASH) NUM (?:amount)", mean.measure_to_measure),
    Row("mass that equals", "NUM MASS (?=EQUALS NUM)", mean.mass_that_equals),
    Row("day in total", "DAY_TOTAL colon* NUM MASS|NUM MASS DAY_TOTAL", mean.day_total),
    Row(
        "mass in total",
        "(?:COLON|EQUALS)? NUM MASS (?:IN|DASH)? TOTAL|TOTAL (?:DOSES|COLON|OF|EQUALS)* NUM MASS",
        mean.in_total,
    ),
    Row("measure", "span DASH? (?:amount)", mean.measure),
    Row("household", "span? DASH? HOUSEHOLD", mean.plain(refused.Household)),
    Row("international", "NUM INTERNATIONAL", mean.plain(kinds.International)),
    Row("percent", "NUM PERCENT", mean.percent),
    Row("supply", "NUM DASH? TIME", mean.days_of(kinds.Supply)),
    Row("time without am or pm", "AT NUM", mean.plain(refused.VagueClock)),
    Row("bare", "span", mean.bare_number),
    # names and what they are like
    Row("name", "NAME", mean.named),
    Row("salt", "SALT", mean.plain(kinds.Noise)),
    Row("form", "FORM", mean.worded(kinds.Form, "FORM")),
    Row("unit as form", "COUNT", mean.unit_alone),
    Row("release", "RELEASE", mean.worded(kinds.Release, "RELEASE")),
    Row("route", "ROUTE", mean.worded(kinds.Route, "ROUTE")),
    Row("release or route", "PR", mean.release_or_route),
    Row("piece", "PIECE", mean.plain(kinds.Noise)),
    # what we will not read, and what carries nothing
    Row("per kg", "(?:SLASH|PER)? KG", mean.plain(refused.PerKilogram)),
    Row("unsafe name", "UNSAFE", mean.worded(refused.Unsafe, "UNSAFE")),
    Row("steps", "STEP", mean.plain(refused.Step)),
    Row("infusion", "INFUSION", mean.plain(refused.Infusion)),
    Row("month", "EVERY? NUM? MONTH", mean.plain(refused.Monthly)),
    Row("once", "ONCE", mean.plain(refused.Once)),
    Row("meals", "MEALS", mean.plain(kinds.Meals)),
    Row("change", "CHANGE+", mean.plain(kinds.Change)),
    Row("wear", "WEAR+", mean.plain(kinds.Wear)),
    Row("noise", "NOISE|APIECE", mean.plain(kinds.Noise)),
    Row("total", "TOTAL", mean.plain(refused.Total)),
    Row("reason words", "(?:REASON|SCORE) (?:small* (?:REASON|SCORE))* score?", mean.reason),
    Row(
        "small words",
        "AND|WITH|OF|TO|THE|A|IN|ON|AT|OR|COMMA|DASH|SLASH|COLON|STOP_MARK|EQUALS|FOR",
        mean.plain(kinds.Mark),
    ),
    Row("semicolon", "SEMICOLON", mean.plain(kinds.Mark)),
)
