"""One patient's fills on the calendar, as questions to a database: the same as ``fills.by_day`` says of one patient.

Each stage is a name and a SELECT. Days are ordinals and MME whole millionths; every sum is cast back to BIGINT, and
every window's frame is spelled out. No figure of medicine stands here: what a fill comes to was read by the scalar
reader (``prescriptions``), marks and windows come as settings.

How many fills of a kind are running is counted in two packed numbers, so that one running sum serves four counts.
A count never passes ``records.MOST_ROWS``, which is below ``ROOM``.
"""

from __future__ import annotations

from attrs import frozen

ROOM = 1 << 15
"""Each packed count has room for this many."""


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
    ``buprenorphine``: the table rates it.
    """

    shifted: bool
    bands: bool = False
    apart: bool = False
    own_bands: bool = False
    buprenorphine: bool = False


USED = SqlStage(
    "used",
    """
SELECT f.patient, f.filled, f.ymd, f.prescriber, f.pharmacy, s.prescription, s.days, s.same_drug, s.mme,
       s.banded, s.counts, s.sedatives, s.is_looked_at, s.is_opioid, s.is_measured, s.is_counted,
       s.is_missing, s.has_buprenorphine, s.is_benzodiazepine
FROM fact f JOIN supply s ON f.prescription = s.prescription
WHERE f.fate IS NULL AND s.fate IS NULL
""",
)
"""Every fill that is used, whatever its drug."""

SUPPLIED = SqlStage(
    "supplied",
    """
SELECT patient, same_drug, filled, count(*) AS fills, max(days) AS longest
FROM used WHERE is_looked_at
GROUP BY patient, same_drug, filled
""",
)
"""Fills of the same drug on the same day, which begin together."""

STOCK = SqlStage(
    "stock",
    """
SELECT patient, same_drug, filled, fills, due_alone,
       before + CAST(max(filled - before) OVER (
         PARTITION BY patient, same_drug ORDER BY filled ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
       ) AS BIGINT) AS begins
FROM (
  SELECT patient, same_drug, filled, fills,
         CAST(sum(longest) OVER (
           PARTITION BY patient, same_drug ORDER BY filled ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
         ) AS BIGINT) - longest AS before,
         lag(filled + longest) OVER (PARTITION BY patient, same_drug ORDER BY filled) AS due_alone
  FROM supplied
) AS so_far
""",
)
"""When each begins once everything before it has run out.

The supply runs out at E(i) = max(E(i - 1), d(i)) + m(i), for days d and the longest supply m of each. With S the sum of
m up to each, E(i) = S(i) + max over j <= i of (d(j) - S(j - 1)): a running sum and a running maximum.
"""

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
SELECT u.patient, u.filled, {begins} AS first, {begins} + u.days AS ends, u.days, u.prescription, u.mme, u.banded,
       u.counts, u.sedatives, u.is_counted, u.is_measured, u.is_opioid, u.has_buprenorphine
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


def changes(shape: Shape) -> SqlStage:
    """What each day adds to the day before it, of every patient."""
    parts = [
        """
  SELECT patient, first AS day, mme, measured_mme, plain_mme, counts, sedatives FROM deltas
  UNION ALL
  SELECT patient, ends AS day, -mme, -measured_mme, -plain_mme, -counts, -sedatives FROM deltas"""
    ]
    if shape.bands:
        parts.append(_of_bands("banded_days", ("b.mme", "0" if shape.own_bands else "b.mme", _PLAIN)))
        if shape.own_bands:
            parts.append(_of_bands("measured_banded_days", ("0", "b.mme", "0")))
    columns = ", ".join(f"CAST(sum({each}) AS BIGINT) AS {each}" for each in _SUMS)
    return SqlStage(
        "changes",
        f"SELECT patient, day, {columns}\nFROM ({' UNION ALL '.join(parts)}\n) AS each_change GROUP BY patient, day",
    )


_PLAIN = "CASE WHEN g.has_buprenorphine THEN 0 ELSE b.mme END"
_SUMS = ("mme", "measured_mme", "plain_mme", "counts", "sedatives")

DELTAS = SqlStage(
    "deltas",
    """
SELECT patient, first, ends, flat AS mme, CASE WHEN is_measured THEN flat ELSE 0 END AS measured_mme,
       CASE WHEN has_buprenorphine THEN 0 ELSE flat END AS plain_mme, counts, sedatives
FROM (SELECT placed.*, CASE WHEN is_counted AND banded IS NULL THEN mme ELSE 0 END AS flat FROM placed) AS with_flat
""",
)
"""What each fill adds on its first day, and takes away after its last."""


def _of_bands(name: str, sums: tuple[str, str, str]) -> str:
    mme, measured, plain = sums
    taken = ", ".join(f"-({each})" for each in sums)
    joined = f"FROM {name} d JOIN combination b ON d.together = b.together JOIN band_group g ON d.banded = g.banded"
    return f"""
  SELECT d.patient, d.day, {mme}, {measured}, {plain}, 0, 0 {joined}
  UNION ALL
  SELECT d.patient, d.next_day, {taken}, 0, 0 {joined}"""


def spans() -> SqlStage:
    """Days that follow one another and change in nothing, of every patient, with what runs on them.

    ``day`` is the first, ``next_day`` the day after the last. MME are those of all counted opioids, of those that
    measures look at, and of those without buprenorphine.
    """
    over = "OVER (PARTITION BY patient ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    sums = ",\n         ".join(f"CAST(sum({each}) {over} AS BIGINT) AS {each}" for each in _SUMS)
    return SqlStage(
        "spans",
        f"""
SELECT patient, day, next_day, next_day - day AS days, mme, measured_mme, plain_mme,
       counts % :room AS counted,
       whole_part(counts, :room) % :room AS plain,
       whole_part(counts, :room_2) % :room AS opioids,
       whole_part(counts, :room_3) AS measured,
       sedatives % :room AS benzodiazepines,
       whole_part(sedatives, :room) % :room AS z_drugs,
       whole_part(sedatives, :room_2) AS gabapentinoids
FROM (
  SELECT patient, day, lead(day) OVER (PARTITION BY patient ORDER BY day) AS next_day,
         {sums}
  FROM changes
) AS running
WHERE next_day IS NOT NULL AND (counts > 0 OR sedatives > 0)
""",
    )


def day_segments() -> SqlStage:
    """Days that follow one another and have the same MME of counted opioids, as ``fills`` lists them."""
    over = "PARTITION BY patient ORDER BY day"
    return SqlStage(
        "segments",
        f"""
SELECT patient, day_of(min(day)) AS first_day, day_of(max(next_day) - 1) AS last_day, mme
FROM (
  SELECT patient, day, next_day, mme, CAST(sum(starts) OVER (
    {over} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS BIGINT) AS run
  FROM (
    SELECT patient, day, next_day, mme,
           CASE WHEN day = lag(next_day) OVER ({over}) AND mme = lag(mme) OVER ({over}) THEN 0 ELSE 1 END AS starts
    FROM spans WHERE counted > 0
  ) AS marked
) AS numbered
GROUP BY patient, run, mme
""",
    )
