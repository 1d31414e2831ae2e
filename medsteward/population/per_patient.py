"""What is counted of each patient's rows and fills, whatever the day: a table of a row a patient each."""

from __future__ import annotations

from collections.abc import Mapping

from medsteward.model.fill import ExclusionKind
from medsteward.population.columns import exclusion_column
from medsteward.population.sweep import SqlStage

_FLAGS = ",\n       ".join(
    f"max(CASE WHEN f.fate IS NULL AND s.{exclusion_column(kind)} THEN 1 ELSE 0 END) > 0 AS {exclusion_column(kind)}"
    for kind in ExclusionKind
)

TALLY = SqlStage(
    "tally",
    f"""
SELECT f.patient,
       count(CASE WHEN COALESCE(f.fate, s.fate) > 0 THEN 1 END) AS failed_rows,
       count(CASE WHEN COALESCE(f.fate, s.fate) < 0 THEN 1 END) AS excluded_rows,
       count(CASE WHEN f.fate IS NULL AND s.fate IS NULL THEN 1 END) AS fills,
       min(CASE WHEN f.fate IS NULL THEN f.birth END) AS born_first,
       max(CASE WHEN f.fate IS NULL THEN f.birth END) AS born_last,
       min(CASE WHEN f.fate IS NULL THEN f.age END) AS stated_age,
       {_FLAGS}
FROM fact f LEFT JOIN supply s ON f.prescription = s.prescription
WHERE f.patient IS NOT NULL
GROUP BY f.patient
""",
)
"""What became of each patient's rows, and what those that were understood say of the patient."""

GIVEN = SqlStage(
    "given",
    """
SELECT patient,
       min(filled) AS earliest,
       min(CASE WHEN is_opioid THEN ymd END) AS first_opioid,
       min(CASE WHEN is_opioid THEN filled END) AS opioids_from,
       max(CASE WHEN is_opioid THEN filled END) AS opioids_to,
       count(CASE WHEN is_opioid THEN 1 END) AS opioid_fills,
       count(CASE WHEN is_counted THEN 1 END) AS counted_fills,
       count(CASE WHEN is_counted AND NOT has_buprenorphine THEN 1 END) AS plain_fills,
       count(CASE WHEN is_missing THEN 1 END) AS fills_without_factor,
       count(CASE WHEN is_missing AND is_measured THEN 1 END) > 0 AS is_uncounted,
       CAST(sum(CASE WHEN is_counted THEN days ELSE 0 END) AS BIGINT) AS supplied,
       CAST(sum(CASE WHEN is_counted AND NOT has_buprenorphine THEN days ELSE 0 END) AS BIGINT) AS plain_supplied,
       CAST(sum(CASE WHEN is_counted AND banded IS NULL THEN mme ELSE 0 END) AS BIGINT) AS flat_at_once,
       count(CASE WHEN is_measured THEN 1 END) AS measured_fills,
       CAST(sum(CASE WHEN is_measured THEN days ELSE 0 END) AS BIGINT) AS measured_days_supplied,
       count(CASE WHEN is_measured AND prescriber IS NULL THEN 1 END) AS unnamed_prescribers,
       count(CASE WHEN is_measured AND pharmacy IS NULL THEN 1 END) AS unnamed_pharmacies
FROM used
GROUP BY patient
""",
)


def _different(name: str, column: str, counts: Mapping[str, str]) -> SqlStage:
    """How many different values of a column each patient has on fills of some kinds.

    Grouped twice, which is several times as fast as counting what is distinct.
    """
    flags = ", ".join(f"max(CASE WHEN {test} THEN 1 ELSE 0 END) AS {found}" for found, test in counts.items())
    sums = ", ".join(f"CAST(sum({found}) AS BIGINT) AS {found}" for found in counts)
    return SqlStage(
        name,
        f"""
SELECT patient, {sums}
FROM (SELECT patient, {flags} FROM used WHERE {column} IS NOT NULL GROUP BY patient, {column}) AS each_one
GROUP BY patient
""",
    )


DATES = _different("dates", "filled", {"opioid_dates": "is_measured", "benzodiazepine_dates": "is_benzodiazepine"})
PRESCRIBERS = _different(
    "named_prescribers", "prescriber", {"prescribers": "is_opioid", "measured_prescribers": "is_measured"}
)
PHARMACIES = _different(
    "named_pharmacies", "pharmacy", {"pharmacies": "is_opioid", "measured_pharmacies": "is_measured"}
)

STARTS = SqlStage(
    "starts",
    """
SELECT patient, CAST(min(first) AS BIGINT) AS first,
       CAST(min(CASE WHEN NOT has_buprenorphine THEN first END) AS BIGINT) AS plain_first
FROM placed WHERE is_counted
GROUP BY patient
""",
)
"""The first day with a counted opioid, on which the fixed window begins."""

PEAKS = SqlStage(
    "peaks",
    """
SELECT patient, max(mme) AS peak, max_by(days, mme) AS peak_days, max_by(day, mme) AS peak_day
FROM (
  SELECT patient, mme, CAST(sum(days) AS BIGINT) AS days, min(day) AS day
  FROM spans WHERE counted GROUP BY patient, mme
) AS levels
GROUP BY patient
""",
)

ENROLLED_THROUGHOUT = SqlStage(
    "enrolled_throughout",
    """
SELECT g.patient, max(CASE WHEN e.since <= g.opioids_from AND e.until >= g.opioids_to THEN 1 ELSE 0 END) > 0 AS holds
FROM given g JOIN enrolled e ON e.number = g.patient
WHERE g.opioids_from IS NOT NULL
GROUP BY g.patient
""",
)
"""Whether one span of enrolment holds every day from the first opioid fill to the last."""

AT_ONCE = SqlStage(
    "at_once",
    """
SELECT b.patient, CAST(sum(c.mme) AS BIGINT) AS banded_at_once
FROM banded_at_once b JOIN combination c ON b.together = c.together
GROUP BY b.patient
""",
)
