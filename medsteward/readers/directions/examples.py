"""What each kind of phrase looks like, as people write it: the grammar's own examples, which the pages show."""

from __future__ import annotations

from medsteward.readers.directions import kinds, refused
from medsteward.readers.directions.kinds import Phrase

READ: tuple[tuple[type[Phrase], str, tuple[str, ...]], ...] = (
    (
        kinds.MeasurePhrase,
        "an amount",
        ("10 mg", "1 to 2 tablets", "5 mL", "ii tabs", "up to 2 tablets", "5 mg total", "two 5 mL spoonfuls"),
    ),
    (kinds.BareNumber, "a number of the product", ("2", "one or two", "2 pills", "up to 2")),
    (kinds.Multiplied, "so many of a strength", ("2 x 10 mg",)),
    (kinds.PerDay, "the amount of a day", ("20 mg/day", "total daily dose 40 mg")),
    (kinds.Divided, "a day's amount, divided", ("in divided doses", "divided")),
    (kinds.Strengths, "strengths of a combination", ("5/325", "7.5-325 mg/15 mL", "300 mg/30 mg")),
    (kinds.Pair, "strengths or a range", ("5-325", "5-10 mg")),
    (kinds.Concentration, "a concentration", ("20 mg/mL", "10 mg per 5 mL")),
    (kinds.Strength, "a strength that is said", ("strength 10 mg", "5 mg each")),
    (kinds.Rate, "the rate of a patch", ("25 mcg/h", "0.025 mg/hr")),
    (kinds.Percent, "a strength in percent", ("5 %",)),
    (
        kinds.Often,
        "how often",
        (
            *("every 4 to 6 hours", "q6h", "q.4-6h.", "q4", "6 hourly", "2-4 hrly", "3 times a day", "x4 daily", "bid"),
            *(
                "t.d.s.",
                "twice daily",
                "4 doses a day",
                "up to 4 hourly",
                "up to qds",
                "three times a day and at bedtime",
            ),
            *("every other day", "on Monday and Friday", "3 days a week"),
        ),
    ),
    (kinds.AtTimes, "at which times", ("in the morning and at bedtime", "at 8 am and 10 pm", "at 20:00", "nocte")),
    (kinds.Awake, "while awake", ("while awake",)),
    (kinds.Meals, "with meals", ("with meals", "after food")),
    (kinds.AsNeeded, "as needed", ("as needed", "prn", "p.r.n.", "when required", "prn pain")),
    (kinds.AmountLimit, "a limit of a day", ("max 40 mg per day", "no more than 8 tablets in 24 hours")),
    (kinds.NumberLimit, "a limit without its unit", ("max 8 per day", "mdd 4", "max 5 in 12 hours")),
    (kinds.DosesLimited, "a limit of doses", ("max 4 doses per day",)),
    (kinds.LooseLimit, "a limit without its time, where it changes nothing", ("do not exceed 6 tablets",)),
    (kinds.Duration, "how long", ("for 5 days", "x 7 days", "for up to 3 days")),
    (kinds.SupplyPhrase, "days' supply", ("30 day supply", "must last 30 days")),
    (kinds.Quantity, "what is dispensed", ("#90", "qty 90 tablets", "Disp: 30 tablets", "for 90 tabs")),
    (kinds.ReasonPhrase, "what it is for", ("for pain", "not relieved by ibuprofen")),
    (kinds.NamePhrase, "a name", ("oxycodone", "Percocet", "Tylenol #3")),
    (kinds.FormPhrase, "a form", ("oral solution", "orodispersible tablets", "concentrated solution")),
    (kinds.UnitAlone, "a unit as a form", ("tablet", "patch")),
    (kinds.Release, "how it lets go", ("extended release", "m/r", "SR", "XL", "CR", "TBCR", "T12A", "IR")),
    (kinds.Route, "a route", ("by mouth", "po", "per tube", "under the tongue")),
    (kinds.ReleaseOrRoute, "prolonged release or by the rectum, as the product is made", ("PR",)),
    (kinds.GivenAt, "a dose that was given", ("given at 08:00",)),
    (kinds.BothNostrils, "both nostrils", ("in each nostril",)),
    (kinds.Wear, "what is worn", ("apply", "at the same time")),
    (kinds.Change, "a patch that is changed", ("change", "replace")),
    (kinds.WornInPart, "worn for a part of the time", ("12 hours on, 12 hours off", "for up to 12 hours")),
    (kinds.MayRepeat, "a further dose where it is needed", ("may repeat once after 2 hours",)),
    (kinds.International, "other units", ("100 units",)),
    (
        kinds.Noise,
        "what changes nothing",
        (
            *("take", "with food and water", "on an empty stomach", "swallow whole", "may cause drowsiness"),
            *("sugar free", "30 mL bottle", "2 refills", "as directed", "unit dose"),
        ),
    ),
)

ASKED: tuple[tuple[type[refused.RefusedPhrase], tuple[str, ...]], ...] = (
    (refused.Household, ("1 teaspoon", "5 drops")),
    (refused.GivenPhrase, ("given", "last dose")),
    (refused.StepPhrase, ("taper", "held", "may repeat")),
    (refused.Habit, ("usually", "sometimes")),
    (refused.SeveralDispensed, ("qty 8-2 mg",)),
    (refused.MixedTimes, ("1 or three times a day",)),
    (refused.FewBeforeRefills, ("3 tablets, 2 refills",)),
    (refused.FewDoses, ("for 3 doses",)),
    (refused.NumberOfThem, ("x 2",)),
    (refused.Once, ("once",)),
    (refused.Monthly, ("monthly",)),
    (refused.UntimedEvery, ("every 6",)),
    (refused.OtherLimit, ("max 10 per week",)),
    (refused.VagueClock, ("at 25",)),
    (refused.VagueTimes, ("morning bedtime",)),
    (refused.Total, ("total",)),
    (refused.Infusion, ("drip", "PCA")),
    (refused.PerKilogram, ("per kg",)),
    (refused.Unsafe, ("MS",)),
)


def table() -> str:
    """The kinds of phrases with their examples, as a table, and those that are asked about with their answers."""
    rows = ["| what is said | as in |", "|---|---|"]
    rows += [f"| {title} | {'; '.join(f'`{each}`' for each in written)} |" for _, title, written in READ]
    rows += [
        "",
        "Asked about wherever it stands, with what to write instead:",
        "",
        "| as in | the answer |",
        "|---|---|",
    ]
    for kind, written in ASKED:
        sentence = kind.sentence.replace("{}", written[0], 1).format("...") if "{}" in kind.sentence else kind.sentence
        rows.append(f"| {'; '.join(written)} | {sentence} |")
    return "\n".join(rows)
