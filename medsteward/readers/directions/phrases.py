"""The phrases of directions, in the order in which they are tried.

A phrase is a pattern in which every capital word is a kind of token (see ``lexicon``) and every small word is one of
``SHAPES``; ``?``, ``*``, ``+``, ``|`` and brackets mean what they mean in a regular expression.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from medsteward.readers.directions import kinds, refused, when
from medsteward.readers.directions import meanings as mean
from medsteward.readers.directions.meanings import Build


@frozen
class PhraseRow:
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
    "small": "(?:AND|OR|A|THE|OF|WITH|SLASH|DASH|TO|ON|IN|AWAKE|AT|SIDE)",
    # unknown words may lead up to a reason, but none may follow it: "for pain cancelled" is not a reason
    "why": "(?:(?:small* UNKNOWN)* (?:small* (?:REASON|SCORE))*)",
    # a pain score: "severe pain (7-10)", "pain scale 4-6"; a bare number after "pain" may be a dose and is none
    "score": "(?:LEFT SCORE* NUM (?:DASH|TO|SLASH|OF) NUM RIGHT|LEFT SCORE+ NUM RIGHT"
    "|(?<=SCORE|REASON) THAN (?:OR? EQUALS|TO)* NUM (?:SLASH NUM)? (?!amount)"
    "|(?<=SCORE) NUM (?:(?:DASH|TO) NUM)? (?:SLASH NUM)? "
    "(?!amount|NUM|DASH|TO|OR|SLASH|EVERY|FREQUENCY|DAILY|X|TIMES|HOURLY|ROUTE|FORM|DOSES|ONCE|MOMENT))",
    "limit": "(?:LIMIT|UPTO)",
    "dispensed": "(?:(?:QUANTITY|REFILL) (?:colon|DASH|TIMES)*|HASH)",
    "place": "(?:(?:TO|ON|ONTO) (?:THE|EVERY|SIDE|A)* REASON+ (?:OF REASON+)?)",
    "again": "(?:span DASH? (?:TIME|HOURLY)|HOURLY)",
    "colon": "(?:COLON|OF|IS|EQUALS|HASH|X)",
}

PHRASES: tuple[PhraseRow, ...] = (
    PhraseRow("nostrils", "BOTH_NOSTRILS", mean.plain(kinds.BothNostrils)),
    PhraseRow(
        "may repeat",
        "(?:AGAIN COMMA?)? REPEAT (?:ONCE|X NUM|NUM (?:TIMES|X)|DOSES|COMMA? (?:IN|BEFORE|EVERY|A|AGAIN|PRN)* again)+"
        "(?:ONCE|X NUM|NUM (?:TIMES|X)|DOSES|COMMA? NOISE* (?:PRN|AGAIN))*",
        mean.plain(kinds.MayRepeat),
    ),
    # limits before doses: "max 6 per day" is not a dose of 6
    PhraseRow("up to times", "UPTO (?:NUM (?:TIMES|X)|ONCE) (?:perday|WEEKLY)", when.times_a_day),
    PhraseRow("up to a frequency", "UPTO FREQUENCY", when.up_to_frequency),
    PhraseRow(
        "daily limit", "DAILY_LIMIT colon* NUM (?!REFILL) (?:amount|DOSES)? (?:OF? NAME)? inday?", when.daily_limit
    ),
    PhraseRow("daily limit", "LIMIT DAILY colon? DOSES? colon? NUM (?:amount)", when.daily_limit),
    PhraseRow(
        "limit",
        "limit DOSES? colon* (?:A|THE)? NUM (?:amount|DOSES|TIMES)? (?:OF? NAME)? TOTAL? inday",
        when.daily_limit,
    ),
    PhraseRow("limit", "NUM (?:amount|DOSES)? (?!EVERY) inday LIMIT (?! colon* NUM)", when.daily_limit),
    PhraseRow("duration", "FOR? A? limit colon* (?:A|THE)? NUM DASH? TIME", mean.days_of(kinds.Duration)),
    PhraseRow(
        "other limit",
        "LIMIT DOSES? colon* NUM (?:amount|DOSES)? (?:PER|A|IN|EVERY|SLASH)+ (?:NUM? (?:TIME|MONTH|DOSES)|WEEKLY)",
        mean.plain(refused.OtherLimit),
    ),
    PhraseRow(
        "other limit", "LIMIT DOSES? colon* NUM (?:amount|DOSES)? (?:WEEKLY|MONTH)", mean.plain(refused.OtherLimit)
    ),
    PhraseRow("limit without a time", "LIMIT DOSES? colon* NUM (?:amount|DOSES)?", when.loose_limit),
    PhraseRow("up to every", "UPTO (?:EVERY? span DASH? HOURLY|HOURLY|EVERY span DASH? TIME)", when.up_to_every),
    PhraseRow("up to", "UPTO NUM (?:(?:DASH|TO|OR) NUM)? (?:amount)?", mean.upto),
    # supply before doses: "30 day supply" is not a frequency
    PhraseRow("days a week", "NUM TIME (?:WEEKLY|(?:PER|A|EVERY|SLASH) TIME)", when.days_a_week),
    PhraseRow("supply", "FOR? A? NUM DASH? TIME DASH? OF? SUPPLY", mean.days_of(kinds.SupplyPhrase)),
    PhraseRow("supply", "LAST FOR? NUM DASH? TIME", mean.days_of(kinds.SupplyPhrase)),
    PhraseRow("supply", "TIME DASH? SUPPLY colon* NUM", mean.days_of(kinds.SupplyPhrase)),
    PhraseRow("number of doses", "(?:X|TIMES|FOR) NUM (?:DOSES|MOMENT|WEEKDAY)", mean.plain(refused.FewDoses)),
    PhraseRow("duration", "FOR (?:UPTO|THE|A|ANY|OTHER)* span DASH? TIME", mean.days_of(kinds.Duration)),
    PhraseRow("duration", "FOR A TIME", mean.days_of(kinds.Duration)),
    PhraseRow("quantity for", "(?:FOR|(?<!NUM) X) HASH? NUM (?:COUNT|VOLUME)", mean.large_quantity),
    PhraseRow(
        "size",
        "NUM DASH? VOLUME (?:PER|SLASH|A)? BOTTLE|(?<!VOLUME DASH) NUM? BOTTLE (?:OF|COLON)* NUM DASH? VOLUME"
        "(?!DASH NUM VOLUME)",
        mean.plain(kinds.Noise),
    ),
    PhraseRow("duration", "(?:X|TIMES) NUM DASH? TIME", mean.days_of(kinds.Duration)),
    PhraseRow(
        "several behind a quantity",
        "dispensed NUM (?:(?:DASH|TO|OR|SLASH|AND|WITH) NUM)+ (?!DASH? (?:TIME|REFILL)) (?:DASH? (?:amount))?"
        "(?:(?:SLASH|PER|IN) NUM? VOLUME)?|REFILL (?:X|COLON|TIMES|DASH)* NUM NUM DASH? MASS",
        mean.plain(refused.SeveralDispensed),
    ),
    PhraseRow(
        "quantity",
        "(?:QUANTITY (?:colon|DASH)*|HASH) NUM (?!HOURLY) (?:COUNT|VOLUME)? (?:(?:SLASH|FOR|PER) NUM DASH? TIME)?",
        mean.quantity,
    ),
    PhraseRow("quantity before refills", "NUM COUNT COMMA? (?=NUM REFILL|REFILL|NO REFILL)", mean.large_quantity),
    PhraseRow(
        "few before refills", "NUM COUNT COMMA? (?:NUM REFILL|REFILL|NO REFILL)", mean.plain(refused.FewBeforeRefills)
    ),
    PhraseRow(
        "refills",
        "REFILL (?:X|COLON|TIMES|DASH)* NUM (?!amount|EVERY|FREQUENCY|DAILY|HOURLY|TIMES|X|NUM (?:TIMES|X))"
        "|NUM REFILL (?!amount|HOURLY|TIMES|X)|NO REFILL|REFILL COLON? NO (?!HARM)"
        "|REFILL (?:IN|EVERY|BEFORE|ON) NUM? TIME|REFILL",
        mean.refills,
    ),
    # how a product is made
    PhraseRow(
        "release hours",
        "NUM DASH? TIME (?=COUNT|FORM|RELEASE|NAME|SALT)|(?<=RELEASE) NUM DASH? TIME",
        mean.release_hours,
    ),
    PhraseRow("wear hours", "(?<=COUNT|FORM) NUM DASH? TIME (?=NOISE|ROUTE|COMMA|STOP_MARK|RIGHT)", mean.patch_hours),
    # strengths
    PhraseRow("strength said", "STRENGTH (?:COLON|OF|IS)* NUM DASH? MASS (?!SLASH|EQUALS)", mean.strength_said),
    PhraseRow("strength said", "STRENGTH (?:COLON|OF|IS)*", mean.plain(kinds.Noise)),
    PhraseRow(
        "strengths per volume", "NUM MASS? (?:(?:DASH|SLASH) NUM MASS?)+ (?:SLASH|PER|IN) NUM? VOLUME", mean.strengths
    ),
    PhraseRow("concentration", "NUM MASS (?:SLASH|PER|IN) NUM? DASH? VOLUME", mean.concentration),
    PhraseRow(
        "per time", "NUM (?:(?:DASH|TO) NUM)? (?:MASS|VOLUME) (?:SLASH|PER|A) TIME (?:SLASH NUM? TIME)?", mean.per_time
    ),
    PhraseRow(
        "strength of a long release",
        "NUM MASS SLASH NUM TIME (?=ROUTE? (?:COUNT|FORM|RELEASE))",
        mean.strength_in_hours,
    ),
    PhraseRow("strengths with units", "NUM MASS (?:SLASH NUM MASS)+", mean.strengths),
    PhraseRow("two masses", "NUM MASS DASH NUM MASS (?!DASH)", mean.dashed_masses),
    PhraseRow("strengths with units", "NUM MASS (?:DASH NUM MASS)+", mean.strengths),
    PhraseRow(
        "strength each",
        "NUM DASH? MASS (?:EVERY|APIECE) (?!(?:NUM|TIME|MOMENT|OTHER|WEEKDAY|EQUALS))",
        mean.strength_each,
    ),
    PhraseRow("per unit", "PER COUNT|(?<=MASS) SLASH DOSES", mean.plain(kinds.Noise)),
    PhraseRow("strengths", "NUM (?:SLASH NUM)+ DASH? MASS?", mean.strengths),
    PhraseRow("strengths", "NUM DASH NUM (?:DASH NUM)+ DASH? MASS?", mean.strengths),
    PhraseRow(
        "worn in part",
        "NUM DASH? TIME ON (?:link)* NUM DASH? TIME OFF|ON FOR NUM DASH? TIME (?:link)* OFF FOR NUM DASH? TIME",
        mean.plain(kinds.WornInPart),
    ),
    PhraseRow(
        "worn in part",
        "FOR (?:UPTO|THE|A)* NUM DASH? TIME|CHANGE (?:AND CHANGE)* COUNT? (?:BEFORE|IN|AT) NUM DASH? TIME",
        mean.worn_in_part,
    ),
    # frequencies
    PhraseRow(
        "times and at bedtime",
        "(?:NUM (?:TIMES|X) perday|ONCE perday|FREQUENCY) (?:AND|WITH) (?:at)* MOMENT (?!link at* MOMENT)",
        when.times_and_moment,
    ),
    PhraseRow("times", "NUM (?:(?:DASH|TO|OR) NUM)? (?:TIMES|X) (?:perday|WEEKLY)", when.times_a_day),
    PhraseRow("times", "ONCE (?:OR ONCE)? (?:perday|WEEKLY)", when.times_a_day),
    PhraseRow("doses a day", "NUM (?:(?:DASH|TO|OR) NUM)? DOSES inday", when.doses_a_day),
    PhraseRow("times", "X NUM (?:(?:DASH|TO|OR) NUM)? (?:DAILY|(?:PER|A|SLASH) A? TIME)", when.times_after),
    PhraseRow(
        "times",
        "(?:(?<=NUM COUNT)|(?<=NUM COUNT ROUTE)) NUM (?:(?:DASH|TO|OR) NUM)? SLASH A? TIME",
        when.times_after,
    ),
    PhraseRow("once every", "ONCE (?=EVERY span TIME)", when.once_every),
    PhraseRow("times", "ONCE (?:at)* MOMENT", when.times_a_day),
    PhraseRow(
        "multiplied times", "X (?=NUM (?:(?:DASH|TO|OR) NUM)? (?:TIMES|X) (?:perday|WEEKLY))", mean.plain(kinds.Mark)
    ),
    PhraseRow("every other moment", "EVERY OTHER MOMENT", when.every_other_moment),
    PhraseRow("every", "EVERY span? DASH? TIME (?:(?:TO|DASH) (?:EVERY)? NUM TIME)?", when.every),
    PhraseRow("every", "EVERY NUM (?:TO|DASH|SLASH) EVERY? NUM TIME", when.every),
    PhraseRow("every", "EVERY? (?:span|NUM SLASH NUM) DASH? HOURLY|EVERY? HOURLY", when.every),
    PhraseRow(
        "every bare",
        "EVERY span (?!amount|TIME|TIMES|X|DAILY|DOSES|SLASH|DASH|PERCENT|HOURLY|MONTH|WEEKDAY|NUM)",
        when.every_bare,
    ),
    PhraseRow("every without a time", "EVERY span", mean.plain(refused.UntimedEvery)),
    PhraseRow("every other weekday", "EVERY OTHER WEEKDAY", mean.plain(refused.StepPhrase)),
    PhraseRow("weekdays", "(?:ON|EVERY)? WEEKDAY (?:(?:link|DASH|TO)* (?:ON|EVERY)? WEEKDAY)*", when.weekdays),
    PhraseRow("frequencies", "(?:FREQUENCY|DAILY|ONCE) (?:DASH|TO|OR) (?:FREQUENCY|DAILY)", when.frequency_span),
    PhraseRow("frequency", "FREQUENCY", when.frequency_word),
    PhraseRow("weekly", "WEEKLY", when.rate_word(Fraction(1, 7))),
    PhraseRow("daily", "DAILY", when.rate_word(Fraction(1))),
    PhraseRow("per unit time", "(?:PER|A|SLASH|IN) (?:A|ANY)? NUM? TIME", when.per_unit_time),
    PhraseRow("moments", "at* (?:MOMENT|AMPM) (?:link* at* (?:MOMENT|AMPM))*", when.moments),
    PhraseRow("awake", "AWAKE", mean.plain(kinds.Awake)),
    # reasons
    # beside a bare "as needed" only known reasons are reasons: "prn held", "prn triple" say something else
    PhraseRow("as needed if", "PRN? FOR? IF (?:small|SCORE|REASON)* (?:REASON|SCORE) score?", mean.as_needed),
    PhraseRow("as needed", "PRN (?:small* (?:REASON|SCORE))* score?", mean.as_needed),
    PhraseRow("indication", "INDICATION (?:COLON|OF|IS|EQUALS)* FOR? why", mean.reason_or_none),
    PhraseRow("reason", "FOR (?=UNKNOWN|small|REASON|SCORE) why score?", mean.reason_or_none),
    PhraseRow(
        "not relieved",
        "NOT_RELIEVED (?:small|NAME|OTHER_MEDICINES|FORM|NOISE)* (?:NAME|OTHER_MEDICINES)",
        mean.not_relieved,
    ),
    PhraseRow("harm", "NO HARM (?:(?:link|OR)* HARM)*", mean.plain(kinds.Noise)),
    PhraseRow(
        "with food",
        "(?:WITH|NO|ON|MEALS|FOR|OR|AND) (?:(?:OR|AND|NO|WITH|A|THE|OF|SLASH|NUM|HOUSEHOLD)* (?:FOOD|MEALS))+",
        mean.with_food,
    ),
    PhraseRow(
        "given",
        "GIVEN (?:AT|ON|COLON|COMMA|DAYREF)* MOMENT+ DAYREF? (?:(?:AND|COMMA)+ AT? MOMENT)*",
        mean.plain(kinds.GivenAt),
    ),
    PhraseRow("given", "GIVEN", mean.plain(refused.GivenPhrase)),
    PhraseRow("divided", "(?:IN? NUM? DIVIDED DOSES?)", mean.plain(kinds.Divided)),
    PhraseRow("score of ten", "(?<=REASON|SCORE) NUM (?:(?:DASH|TO) NUM)? (?:SLASH|OF) NUM", mean.score_of_ten),
    PhraseRow(
        "label",
        "LABEL COLON|DOSES COLON|(?<=COLON|COMMA|SEMICOLON|RIGHT) DOSES (?=span amount)",
        mean.plain(kinds.Noise),
    ),
    # doses
    # "ferrous sulfate 325 mg (65 mg elemental iron)": what of it the salt is not
    PhraseRow("element", "(?<=LEFT) NUM MASS (?:OF? ELEMENT)+ (?=RIGHT)", mean.plain(kinds.Noise)),
    PhraseRow(
        "counted product",
        "NUM NUM DASH? MASS (?=OF? NAME (?:SALT|RELEASE|FORM|ROUTE)* COUNT)"
        "|(?<=LEFT) NUM NUM DASH? MASS (?=COUNT RIGHT)",
        mean.counted_product,
    ),
    PhraseRow(
        "units of a strength",
        "NUM COUNT OF NUM DASH? MASS (?!SLASH|DASH|TO|OR|PER|IN|A|TOTAL|EQUALS|MASS|NUM)",
        mean.units_of_a_strength,
    ),
    PhraseRow("multiplied", "NUM X NUM DASH? MASS|NUM DASH? MASS X NUM COUNT", mean.multiplied),
    # "1 5 mg every 6 hours" may be a broken 15; "2 15 mg tablets" is two of them
    PhraseRow(
        "two numbers",
        "NUM NUM (?=MASS (?!DASH|COUNT|FORM|SLASH|PER|OF|NAME)|COUNT|VOLUME|HOURLY)"
        "|span (?:COMMA|SEMICOLON|STOP_MARK|COLON)+ HOURLY",
        mean.plain(kinds.Joined),
    ),
    PhraseRow("two amounts with one unit", "NUM (?:AND|WITH) NUM (?:amount)", mean.plain(kinds.Joined)),
    PhraseRow("range of measures", "NUM (?:amount) (?:TO|OR|DASH) NUM (?:amount)", mean.measure_to_measure),
    PhraseRow("mass that equals", "NUM MASS (?=EQUALS NUM)", mean.mass_that_equals),
    PhraseRow(
        "day in total",
        "DAY_TOTAL colon* NUM MASS|NUM MASS DAY_TOTAL|EQUALS? NUM MASS (?:SLASH|PER|A) TIME IN? TOTAL"
        "|EQUALS NUM MASS (?:SLASH|PER|A) TIME",
        mean.day_total,
    ),
    PhraseRow(
        "mass in total",
        "(?:COLON|EQUALS)? NUM MASS (?:IN|DASH)? TOTAL|(?<=VOLUME) EQUALS NUM MASS (?=EVERY|FREQUENCY|ROUTE|PRN)"
        "|IE NUM MASS (?:OF? NAME)? (?!SLASH|PER|DAILY|TIME)"
        "|TOTAL (?:DOSES|COLON|OF|EQUALS)* NUM MASS",
        mean.in_total,
    ),
    PhraseRow("count hourly", "NUM (?:COUNT|FORM|REFILL|NOISE|RELEASE|ROUTE|SCORE|EVERY)+ HOURLY", when.count_hourly),
    PhraseRow("measure", "span DASH? (?:amount)", mean.measure),
    PhraseRow("spoonful in mL", "(?:span X?)? SPOON_ML", mean.spoonful),
    # a figure that a program left out: "( mg total)"
    PhraseRow("total without its figure", "(?<=LEFT) MASS TOTAL (?=RIGHT)", mean.plain(kinds.Noise)),
    PhraseRow("household", "span? DASH? HOUSEHOLD", mean.plain(refused.Household)),
    PhraseRow("international", "span INTERNATIONAL", mean.plain(kinds.International)),
    PhraseRow("percent", "NUM PERCENT", mean.percent),
    PhraseRow("supply", "NUM DASH? TIME", mean.days_of(kinds.SupplyPhrase)),
    PhraseRow("time without am or pm", "AT NUM", mean.plain(refused.VagueClock)),
    PhraseRow("number of them", "X NUM", mean.plain(refused.NumberOfThem)),
    PhraseRow("bare", "span", mean.bare_number),
    # names and what they are like
    PhraseRow("name", "NAME", mean.named),
    PhraseRow("salt", "SALT", mean.plain(kinds.Noise)),
    PhraseRow("form", "FORM", mean.worded(kinds.FormPhrase, "FORM")),
    PhraseRow("unit as form", "COUNT", mean.unit_alone),
    PhraseRow("release", "RELEASE", mean.worded(kinds.Release, "RELEASE")),
    PhraseRow("route", "ROUTE", mean.worded(kinds.Route, "ROUTE")),
    PhraseRow("release or route", "PR", mean.plain(kinds.ReleaseOrRoute)),
    PhraseRow("piece", "PIECE", mean.plain(kinds.Noise)),
    # what we will not read, and what carries nothing
    PhraseRow("per kg", "(?:SLASH|PER)? KG", mean.plain(refused.PerKilogram)),
    PhraseRow("unsafe name", "UNSAFE", mean.worded(refused.Unsafe, "UNSAFE")),
    PhraseRow("habit", "HABIT", mean.plain(refused.Habit)),
    PhraseRow("steps", "STEP|REPEAT|AGAIN", mean.plain(refused.StepPhrase)),
    PhraseRow("infusion", "INFUSION", mean.plain(refused.Infusion)),
    PhraseRow("month", "EVERY? NUM? MONTH", mean.plain(refused.Monthly)),
    PhraseRow("once", "ONCE", mean.plain(refused.Once)),
    PhraseRow("meals", "MEALS", mean.plain(kinds.Meals)),
    PhraseRow("change", "CHANGE+", mean.plain(kinds.Change)),
    PhraseRow("wear", "WEAR+", mean.plain(kinds.Wear)),
    # "5 mg to back 10 mg" may be a range with a word in it
    PhraseRow(
        "site in a range",
        "(?<=MASS|VOLUME|COUNT|NUM) (?:place) (?=span DASH? (?:amount))",
        mean.site(kinds.UnknownWord),
    ),
    PhraseRow("site", "place", mean.site(kinds.Noise)),
    PhraseRow("noise", "NOISE|APIECE|IE", mean.plain(kinds.Noise)),
    PhraseRow("total", "TOTAL", mean.plain(refused.Total)),
    PhraseRow("reason words", "(?:REASON|SCORE) (?:small* (?:REASON|SCORE))* score?", mean.reason),
    PhraseRow(
        "small words",
        "AND|WITH|OF|TO|THE|A|IN|ON|AT|OR|COMMA|DASH|SLASH|COLON|STOP_MARK|EQUALS|FOR",
        mean.plain(kinds.Mark),
    ),
    PhraseRow("semicolon", "SEMICOLON", mean.plain(kinds.Mark)),
)
