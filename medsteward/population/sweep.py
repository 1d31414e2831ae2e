"""One patient's fills on the calendar, as questions to a database: the same as ``fills.by_day`` says of one patient.

Each stage is a name and a SELECT. Days are ordinals and MME whole millionths; every sum is cast back to BIGINT, and
every window's frame is spelled out. No figure of medicine stands here: what a fill comes to was read by the scalar
reader (``prescriptions``), marks and windows come as settings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from medsteward.population.engine import Running
from medsteward.population.packing import PackedRuns


@frozen
class SqlStage:
    """A table by its name, and the question that makes it."""

    name: str
    text: str


@frozen
class Shape:
    """What the prescriptions of a run need: fewer columns and stages where nothing of a kind was dispensed.

    ``shifted``: early refills begin when the supply before has run out. ``bands``: some factor depends on the day's
    total. ``apart``: measures leave some counted fill out, ``own_bands``: one whose factor has bands.
    ``buprenorphine``: the table rates it, ``plain``: some counted fill holds it. ``stated``:
    a file says more of patients. ``runs``: how running fills are counted.
    """

    shifted: bool
    bands: bool = False
    apart: bool = False
    own_bands: bool = False
    buprenorphine: bool = False
    plain: bool = False
    stated: bool = False
    runs: PackedRuns = field(factory=PackedRuns)


def used(shape: Shape) -> SqlStage:
    """Every fill that is used, whatever its drug."""
    runs = ", ".join(f"s.{name}" for name in shape.runs.names)
    return SqlStage(
        "used",
        f"""
SELECT f.patient, f.filled, f.ymd, f.prescriber, f.pharmacy, s.prescription, s.days, s.same_drug, s.mme,
       s.banded, {runs}, s.is_looked_at, s.is_opioid, s.is_measured, s.is_counted,
       s.is_missing, s.has_buprenorphine, s.is_benzodiazepine
FROM fact f JOIN supply s ON f.prescription = s.prescription
WHERE f.fate IS NULL AND s.fate IS NULL
""",
    )


SUPPLIED = SqlStage(
    "supplied",
    """
SELECT patient, same_drug, filled, count(*) AS fills, max(days) AS longest
FROM used WHERE is_looked_at
GROUP BY patient, same_drug, filled
""",
)
"""Fills of the same drug on the same day, which begin together."""

APART = 10**12
"""More than all days that fills of one part can supply together, so that what is counted by drug never meets."""


def stock(running: Running) -> SqlStage:
    """When each begins once everything before it has run out.

    The supply runs out at E(i) = max(E(i - 1), d(i)) + m(i), for days d and the longest supply m of each. With S the
    sum of m up to each, E(i) = S(i) + max over j <= i of (d(j) - S(j - 1)): a running sum and a running maximum. Each
    drug of each patient is lifted above the one before it, so that the maximum is its own: the first of each adds
    ``apart_by`` to the sum, which is taken apart again.
    """
    columns = ("patient", "same_drug", "filled")
    before, so_far = running.beside(*columns), running.so_far(*columns)
    return SqlStage(
        "stock",
        f"""
SELECT patient, same_drug, filled, fills, due_alone,
       before - apart + CAST(max(apart + filled - before) {so_far} AS BIGINT) AS begins, out_of_order
FROM (
  SELECT patient, same_drug, filled, fills, due_alone, out_of_order,
         so_far % :apart_by - longest AS before, so_far - so_far % :apart_by AS apart
  FROM (
  SELECT patient, same_drug, filled, fills, longest, due_alone, out_of_order,
         CAST(sum(longest + CASE WHEN due_alone IS NULL THEN :apart_by ELSE 0 END) {so_far} AS BIGINT) AS so_far
  FROM (
    SELECT patient, same_drug, filled, fills, longest, out_of_order,
           CASE WHEN same_before THEN due_before END AS due_alone
    FROM (
      SELECT patient, same_drug, filled, fills, longest,
             lag(patient) {before} = patient AND lag(same_drug) {before} = same_drug AS same_before,
             lag(filled + longest) {before} AS due_before,
             {_out_of_order(before, *columns)} AS out_of_order
      FROM (SELECT * FROM supplied{running.ordered(*columns)}) AS sorted
    ) AS beside
  ) AS due
  ) AS summed
) AS lifted
""",
    )


def _out_of_order(before: str, *columns: str) -> str:
    """Whether a row comes before the one before it, which would make every sum after it wrong."""
    text = "FALSE"
    for column in reversed(columns):
        earlier = f"lag({column}) {before}"
        text = f"({earlier} > {column} OR ({earlier} = {column} AND {text}))"
    return f"COALESCE({text}, FALSE)"


EARLY = SqlStage(
    "early",
    """
SELECT patient,
       CAST(sum(fills) AS BIGINT) AS early_refills,
       CAST(sum(fills * greatest(due_alone - filled, 0)) AS BIGINT) AS early_refill_days,
       CAST(sum(fills * (begins - filled)) AS BIGINT) AS early_refill_days_with_stock
FROM stock
WHERE due_alone IS NOT NULL AND (due_alone > filled OR begins > filled)
GROUP BY patient
""",
)


def placed(shape: Shape) -> SqlStage:
    """Fills of drugs that are looked at, on the days that they cover: from ``first`` to the day before ``ends``."""
    if shape.shifted:
        begins, joined = "t.begins", "JOIN stock t USING (patient, same_drug, filled)"
    else:
        begins, joined = "u.filled", ""
    return SqlStage(
        "placed",
        f"""
SELECT u.patient, {begins} AS first, {begins} + u.days AS ends, u.prescription, u.banded,
       CASE WHEN u.is_counted AND u.banded IS NULL THEN u.mme ELSE 0 END AS flat,
       {", ".join(f"u.{name}" for name in shape.runs.names)}, u.is_counted, u.is_measured, u.has_buprenorphine
FROM used u {joined}
WHERE u.is_looked_at
""",
    )


def banded(shape: Shape) -> tuple[SqlStage, ...]:
    """Fills whose factor the day's total of the ingredient chooses: which of them run together on which days.

    ``together`` names the prescriptions that run on the same days, as text. There are few different ones; what each
    comes to is asked of the scalar engine.
    """
    if not shape.bands:
        return ()
    stages = [
        SqlStage(
            "cuts",
            """
SELECT patient, banded, day, lead(day) OVER (PARTITION BY patient, banded ORDER BY day) AS next_day
FROM (
  SELECT patient, banded, first AS day FROM placed WHERE banded IS NOT NULL
  UNION
  SELECT patient, banded, ends AS day FROM placed WHERE banded IS NOT NULL
) AS changes
""",
        )
    ]
    for name, only in (("banded_days", ""), ("measured_banded_days", " AND p.is_measured")):
        if only and not shape.own_bands:
            continue
        stages.append(
            SqlStage(
                name,
                f"""
SELECT c.patient, c.banded, c.day, c.next_day, joined_numbers(collect_list(p.prescription)) AS together
FROM cuts c JOIN placed p
  ON p.patient = c.patient AND p.banded = c.banded AND p.first <= c.day AND c.day < p.ends{only}
WHERE c.next_day IS NOT NULL
GROUP BY c.patient, c.banded, c.day, c.next_day
""",
            )
        )
    stages.append(
        SqlStage(
            "banded_at_once",
            """
SELECT patient, banded, joined_numbers(collect_list(prescription)) AS together
FROM placed WHERE banded IS NOT NULL
GROUP BY patient, banded
""",
        )
    )
    return tuple(stages)


def _sums(shape: Shape) -> dict[str, str]:
    """What is summed over the days, and what a fill adds to each: fewer where they could not differ."""
    found = {"mme": "flat", **{name: name for name in shape.runs.names}}
    if shape.apart:
        found["measured_mme"] = "CASE WHEN is_measured THEN flat ELSE 0 END"
    if shape.plain:
        found["plain_mme"] = "CASE WHEN has_buprenorphine THEN 0 ELSE flat END"
    return found


def _changes(shape: Shape) -> str:
    """What changes on a day: what each fill adds on its first day, and takes away after its last."""
    sums = _sums(shape)
    adds = ", ".join(f"{text} AS {name}" for name, text in sums.items())
    takes = ", ".join(f"-({text})" for text in sums.values())
    parts = [
        f"  SELECT patient, first AS day, {adds} FROM placed\n  UNION ALL\n  SELECT patient, ends, {takes} FROM placed"
    ]
    if shape.bands:
        own = {"measured_mme": "0"} if shape.own_bands else {}
        parts.append(
            _of_bands("banded_days", sums, {"mme": "b.mme", "measured_mme": "b.mme", "plain_mme": _PLAIN, **own})
        )
        if shape.own_bands:
            parts.append(_of_bands("measured_banded_days", sums, {"measured_mme": "b.mme"}))
    return "\n  UNION ALL\n".join(parts)


_PLAIN = "CASE WHEN g.has_buprenorphine THEN 0 ELSE b.mme END"


def _of_bands(name: str, sums: Iterable[str], adds: Mapping[str, str]) -> str:
    added = ", ".join(adds.get(each, "0") for each in sums)
    taken = ", ".join(f"-({adds[each]})" if each in adds else "0" for each in sums)
    joined = f"FROM {name} d JOIN combination b ON d.together = b.together JOIN band_group g ON d.banded = g.banded"
    return f"  SELECT d.patient, d.day, {added} {joined}\n  UNION ALL\n  SELECT d.patient, d.next_day, {taken} {joined}"


def spans(shape: Shape, running: Running) -> SqlStage:
    """Days that follow one another and change in nothing, of every patient, with what runs on them.

    ``day`` is the first, ``next_day`` the day after the last. MME are those of all counted opioids, of those that
    measures look at, and of those without buprenorphine. Of several changes on a day the last has the day's sums: only
    after it another day comes. A row that was out of order is kept, to be found.
    """
    before = running.beside("patient", "day")
    sums = ",\n         ".join(
        f"CAST(sum({each}) {running.so_far('patient', 'day')} AS BIGINT) AS {each}" for each in _sums(shape)
    )
    return SqlStage(
        "spans",
        f"""
SELECT patient, day, next_day, next_day - day AS days, mme,
       {"measured_mme" if shape.apart else "mme"} AS measured_mme, {"plain_mme" if shape.plain else "mme"} AS plain_mme,
{shape.runs.flags()},
       out_of_order
FROM (
  SELECT patient, day, lead(day) {before} AS next_day,
         {sums},
         {_out_of_order(before, "patient", "day")} AS out_of_order
  FROM (
{_changes(shape)}{running.ordered("patient", "day")}
  ) AS sorted
) AS running
WHERE (next_day > day AND ({" OR ".join(f"{name} > 0" for name in shape.runs.names)})) OR out_of_order
""",
    )


def day_segments(running: Running) -> SqlStage:
    """Days that follow one another and have the same MME of counted opioids, as ``fills`` lists them, in order.

    Of each only the first span and the last are kept, so that the last is the row after the first.
    """
    before = running.beside("patient", "day")

    def goes_on(other: str, ends: str, begins: str) -> str:
        return f"{other}(patient) {before} = patient AND {other}(mme) {before} = mme AND {ends} = {begins}"

    earlier, later = f"lag(next_day) {before}", f"lead(day) {before}"
    return SqlStage(
        "segments",
        f"""
SELECT patient, day, first_day, last_day, mme, out_of_order
FROM (
  SELECT patient, day, day_of(day) AS first_day, mme, starts, out_of_order,
         day_of(CASE WHEN ends THEN next_day ELSE lead(next_day) {before} END - 1) AS last_day
  FROM (
    SELECT patient, day, next_day, mme,
           COALESCE(NOT ({goes_on("lag", earlier, "day")}), TRUE) AS starts,
           COALESCE(NOT ({goes_on("lead", "next_day", later)}), TRUE) AS ends,
           {_out_of_order(before, "patient", "day")} AS out_of_order
    FROM (SELECT patient, day, next_day, mme FROM spans WHERE counted{running.ordered("patient", "day")}) AS sorted
  ) AS marked
  WHERE starts OR ends
) AS found
WHERE starts
""",
    )
