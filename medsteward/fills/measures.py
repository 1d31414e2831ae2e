"""The measures, one declaration each. The population is whoever's fills are given: one measurement year at a time.

Denominator, numerator, exclusions and operators are those of the sources. How days are counted is this program's: a
fill covers its days' supply from the day it was filled, and the run's mode says what overlapping fills of one drug do.
"""

from __future__ import annotations

from collections.abc import Iterable

from medsteward.bibliography import cite
from medsteward.errors import UnknownMeasure
from medsteward.fills.measure import MeasureRate, QualityMeasure
from medsteward.fills.measure_clause import Operator
from medsteward.fills.measure_clauses import (
    AgeAtFirstFill,
    AverageMme,
    CoveredSoon,
    DaysAtMme,
    DaysCovered,
    DaysSupplied,
    DifferentKeys,
    DifferentKeysOfBoth,
    EpisodeLasts,
    FillsOnDifferentDates,
    LongestSpan,
    NewEpisode,
    OverlapDays,
)
from medsteward.fills.supply import DrugKind
from medsteward.model.fill import ExclusionKind
from medsteward.model.source import Standing

_V = Standing.VERIFIED


PQA_SITE = cite("PQA-SITE", "Measure descriptions")
PQA_CODE = cite("PQA-MEASURES", "Published measure pages")
P4QM_3389 = cite("PQM-3389", "Measure page")
CMS_DISPLAY = cite("CMS-DISPLAY", "Measure texts")
NQMC = cite("NQMC-010650", "Measure text")
ECQI_460 = cite("CMS460", "Measure specification")
HEDIS_2020 = cite("HEDIS-2020", "HDO, formerly UOD")
NCQA_TIPS = cite("NCQA-TIPS", "UOP and COU")

HOSPICE, CANCER = ExclusionKind.HOSPICE, ExclusionKind.CANCER
SICKLE_CELL, PALLIATIVE = ExclusionKind.SICKLE_CELL, ExclusionKind.PALLIATIVE
_SEEN = "as described in November 2026"

_TWO_OPIOIDS = FillsOnDifferentDates(of=DrugKind.OPIOID, at_least=2)
_ADULT = AgeAtFirstFill(at_least=18)
_FIFTEEN = DaysSupplied(at_least=15)
_FOUR_PRESCRIBERS = DifferentKeys(who="prescribers", at_least=4)
_FOUR_PHARMACIES = DifferentKeys(who="pharmacies", at_least=4)

MEASURES = (
    QualityMeasure(
        id="OHD",
        title="use of opioids at high dosage (CBE 2940)",
        steward="PQA",
        dated=_SEEN,
        denominator=(_ADULT, _TWO_OPIOIDS, _FIFTEEN, EpisodeLasts(at_least=90)),
        rates=(MeasureRate("high dosage", (AverageMme(operator=Operator.AT_LEAST, at=90),)),),
        exclusions=(HOSPICE, CANCER, SICKLE_CELL, PALLIATIVE),
        exclusions_standing=_V,
        sources=(PQA_SITE, CMS_DISPLAY),
        note="PQA's own rules for the end of an episode and for early refills were not seen; the run's mode serves",
    ),
    QualityMeasure(
        id="OHD-2015",
        title="use of opioids at high dosage, as it was from 2015 to 2017",
        steward="PQA",
        dated="2015 to 2017",
        denominator=(_ADULT, _TWO_OPIOIDS, _FIFTEEN),
        rates=(
            MeasureRate("high dosage", (DaysAtMme(operator=Operator.MORE_THAN, at=120, days=90, consecutive=True),)),
        ),
        exclusions=(CANCER, HOSPICE),
        exclusions_standing=_V,
        sources=(NQMC,),
        superseded=True,
    ),
    QualityMeasure(
        id="COB",
        title="concurrent use of opioids and benzodiazepines (CBE 3389)",
        steward="PQA",
        dated=_SEEN,
        denominator=(_ADULT, _TWO_OPIOIDS, _FIFTEEN),
        rates=(
            MeasureRate(
                "concurrent use",
                (FillsOnDifferentDates(of=DrugKind.BENZODIAZEPINE, at_least=2), OverlapDays(at_least=30)),
            ),
        ),
        exclusions=(HOSPICE, CANCER, SICKLE_CELL),
        exclusions_standing=_V,
        sources=(P4QM_3389, PQA_CODE, CMS_DISPLAY),
        note="CMS leaves out palliative care as well",
    ),
    QualityMeasure(
        id="OMP",
        title="use of opioids from multiple providers (CBE 2950)",
        steward="PQA",
        dated="until June 2024",
        denominator=(_ADULT, _TWO_OPIOIDS, _FIFTEEN),
        rates=(MeasureRate("multiple providers", (DifferentKeysOfBoth(at_least=4, within=180),)),),
        exclusions=(HOSPICE, CANCER, SICKLE_CELL),
        exclusions_standing=_V,
        sources=(PQA_CODE, PQA_SITE),
        retired="retired by PQA in June 2024",
    ),
    QualityMeasure(
        id="CMS460",
        title="potential opioid overuse (eCQM CMS460v2)",
        steward="CMS",
        dated="version 2",
        denominator=(LongestSpan(at_least=90, gap=7),),
        rates=(MeasureRate("overuse", (DaysAtMme(operator=Operator.AT_LEAST, at=90, days=90, consecutive=False),)),),
        exclusions=(HOSPICE, PALLIATIVE, SICKLE_CELL, CANCER),
        exclusions_standing=_V,
        sources=(ECQI_460,),
        note="cancer within 2 years in version 2, 1 year in version 1; records here state cancer without its day",
    ),
    QualityMeasure(
        id="HDO",
        title="use of opioids at high dosage (HEDIS)",
        steward="NCQA",
        dated="HEDIS 2020 and later",
        denominator=(_ADULT, _TWO_OPIOIDS, DaysCovered(at_least=15)),
        rates=(
            MeasureRate("high dosage", (AverageMme(operator=Operator.AT_LEAST, at=90, standing=Standing.RECALLED),)),
        ),
        exclusions=(CANCER, SICKLE_CELL, HOSPICE, PALLIATIVE),
        exclusions_standing=Standing.RECALLED,
        sources=(HEDIS_2020,),
        note="the end of the treatment period and the exclusions need a second source; before HEDIS 2020 it was > 120",
    ),
    QualityMeasure(
        id="UOP",
        title="use of opioids from multiple providers (HEDIS)",
        steward="NCQA",
        dated=_SEEN,
        denominator=(DaysCovered(at_least=15),),
        rates=(
            MeasureRate("prescribers", (_FOUR_PRESCRIBERS,)),
            MeasureRate("pharmacies", (_FOUR_PHARMACIES,)),
            MeasureRate("both", (_FOUR_PRESCRIBERS, _FOUR_PHARMACIES)),
        ),
        exclusions=(),
        exclusions_standing=_V,
        sources=(NCQA_TIPS,),
    ),
    QualityMeasure(
        id="COU",
        title="risk of continued opioid use (HEDIS)",
        steward="NCQA",
        dated=f"{_SEEN}; intake from 1 November to 31 October",
        denominator=(NewEpisode(clean=180),),
        rates=(
            MeasureRate("15 days in 30", (CoveredSoon(at_least=15, within=30, clean=180),)),
            MeasureRate("31 days in 62", (CoveredSoon(at_least=31, within=62, clean=180),)),
        ),
        exclusions=(CANCER, SICKLE_CELL, HOSPICE, PALLIATIVE),
        exclusions_standing=Standing.RECALLED,
        sources=(NCQA_TIPS,),
        note="give the records of one intake year with the 180 days before it; the exclusions need a second source",
    ),
)
"""Every measure, in the order in which they are answered."""


def default_measures() -> tuple[QualityMeasure, ...]:
    """The measures that are answered without being asked for: in force or retired, nothing recalled."""
    return tuple(measure for measure in MEASURES if measure.by_default)


def measures_named(names: Iterable[str]) -> tuple[QualityMeasure, ...]:
    """The measures of these names, any case, each once. Refuses (``UnknownMeasure``) a name that none has."""
    by_name = {measure.id.casefold(): measure for measure in MEASURES}
    found = {}
    for name in names:
        measure = by_name.get(name.casefold())
        if measure is None:
            raise UnknownMeasure(name, tuple(each.id for each in MEASURES))
        found[measure.id] = measure
    return tuple(found.values())
