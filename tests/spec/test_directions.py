"""Directions as prescribers and pharmacy labels write them, one line each, with the day's amount they mean.

The expected figures were worked out by hand, before the program was run, from two rules: nothing is assumed, and
nothing is dropped silently. ``scheduled`` counts as-needed as nothing and ranges at their low end; ``maximum`` is the
most the directions allow. Figures are mg a day of the opioid, or of the first ingredient; ``mcg`` says micrograms a
day and ``mcg/h`` the rate of the patches worn.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from medsteward.advice.case.mme import mme_per_day
from medsteward.advice.case.mme_report import MmeReport
from medsteward.doses.daily import daily_doses
from medsteward.drugs.matching import leading_ingredient
from medsteward.mme.result import CompleteTotal, Status
from medsteward.model.regimen import Case
from medsteward.model.unit import Unit
from medsteward.readers.directions.line import read_line
from medsteward.tables.load import factor_table

UNITS = {"mg": Unit.MG_PER_D, "mcg": Unit.MCG_PER_D, "mcg/h": Unit.MCG_PER_H}


def report_of(*lines: str, table: str = "cdc_2022") -> MmeReport:
    return mme_per_day(Case(date(2026, 11, 23), tuple(map(read_line, lines))), table=factor_table(table))


# (line, drug, scheduled, maximum) or, where a word of caution is due, (line, drug, scheduled, maximum, codes)
Row = tuple[str, str, str, str] | tuple[str, str, str, str, str]

FREQUENCY: list[Row] = [
    # every so many hours
    ("oxycodone 5 mg q4h", "oxycodone", "30", "30"),
    ("oxycodone 5 mg q 4 h", "oxycodone", "30", "30"),
    ("oxycodone 5 mg Q4H", "oxycodone", "30", "30"),
    ("oxycodone 5 mg q4hr", "oxycodone", "30", "30"),
    ("oxycodone 5 mg q4hrs", "oxycodone", "30", "30"),
    ("oxycodone 5 mg q4 hours", "oxycodone", "30", "30"),
    ("oxycodone 5 mg every 4 hours", "oxycodone", "30", "30"),
    ("oxycodone 5 mg every four hours", "oxycodone", "30", "30"),
    ("oxycodone 5 mg every 4 hrs", "oxycodone", "30", "30"),
    ("oxycodone 5 mg every 4 hr.", "oxycodone", "30", "30"),
    ("oxycodone 5 mg each 4 hours", "oxycodone", "30", "30"),
    ("oxycodone 5 mg q6h", "oxycodone", "20", "20"),
    ("oxycodone 5 mg q8h", "oxycodone", "15", "15"),
    ("oxycodone 5 mg every eight hours", "oxycodone", "15", "15"),
    ("oxycodone ER 20 mg q12h", "oxycodone", "40", "40"),
    ("oxycodone ER 20 mg Q 12 HR", "oxycodone", "40", "40"),
    ("oxycodone ER 20 mg every twelve hours", "oxycodone", "40", "40"),
    ("hydrocodone ER 30 mg q24h", "hydrocodone", "30", "30"),
    ("hydrocodone ER 30 mg every 24 hours", "hydrocodone", "30", "30"),
    ("hydromorphone 2 mg q3h", "hydromorphone", "16", "16"),
    ("hydromorphone 2 mg q2h", "hydromorphone", "24", "24"),
    ("hydromorphone 2 mg q1h", "hydromorphone", "48", "48"),
    ("hydromorphone 2 mg every hour", "hydromorphone", "48", "48"),
    ("oxycodone 5 mg q.6h.", "oxycodone", "20", "20"),
    ("oxycodone 5 mg q. 6 h.", "oxycodone", "20", "20"),
    ("oxycodone 5 mg, 1 tab q.4.h", "oxycodone", "30", "30"),
    ("oxycodone 5 mg q.4-6h. p.r.n.", "oxycodone", "0", "30"),
    ("oxycodone 5 mg q.4h.p.r.n.", "oxycodone", "0", "30"),
    ("oxycodone 5 mg p.o. q.12 hrs.", "oxycodone", "10", "10"),
    ("oxycodone 5 mg every 6 (six) hours", "oxycodone", "20", "20"),
    # ranges of intervals: the longer interval is the lower end
    ("oxycodone 5 mg q4-6h", "oxycodone", "20", "30"),
    ("oxycodone 5 mg q4–6h", "oxycodone", "20", "30"),
    ("oxycodone 5 mg q 4 - 6 hrs", "oxycodone", "20", "30"),
    ("oxycodone 5 mg every 4-6 hours", "oxycodone", "20", "30"),
    ("oxycodone 5 mg every 4 to 6 hours", "oxycodone", "20", "30"),
    ("oxycodone 5 mg every four to six hours", "oxycodone", "20", "30"),
    ("oxycodone 5 mg every 6 to 8 hours", "oxycodone", "15", "20"),
    ("oxycodone 5 mg every 6 or 8 hours", "oxycodone", "15", "20"),
    ("oxycodone 5 mg every 4 hours to every 6 hours", "oxycodone", "20", "30"),
    ("hydromorphone 2 mg q3-4h", "hydromorphone", "12", "16"),
    ("morphine ER 15 mg every 8 to 12 hours", "morphine", "30", "45"),
    # times a day
    ("oxycodone 5 mg bid", "oxycodone", "10", "10"),
    ("oxycodone 5 mg BID", "oxycodone", "10", "10"),
    ("oxycodone 5 mg b.i.d.", "oxycodone", "10", "10"),
    ("oxycodone 5 mg twice daily", "oxycodone", "10", "10"),
    ("oxycodone 5 mg twice a day", "oxycodone", "10", "10"),
    ("oxycodone 5 mg two times a day", "oxycodone", "10", "10"),
    ("oxycodone 5 mg 2 times daily", "oxycodone", "10", "10"),
    ("oxycodone 5 mg 2x daily", "oxycodone", "10", "10"),
    ("oxycodone 5 mg tid", "oxycodone", "15", "15"),
    ("oxycodone 5 mg t.i.d.", "oxycodone", "15", "15"),
    ("oxycodone 5 mg three times daily", "oxycodone", "15", "15"),
    ("oxycodone 5 mg 3 times a day", "oxycodone", "15", "15"),
    ("oxycodone 5 mg 3 times per day", "oxycodone", "15", "15"),
    ("oxycodone 5 mg 3 times each day", "oxycodone", "15", "15"),
    ("oxycodone 5 mg 3x/day", "oxycodone", "15", "15"),
    ("oxycodone 5 mg 3 x day", "oxycodone", "15", "15"),
    ("oxycodone 5 mg 3×/day", "oxycodone", "15", "15"),
    ("oxycodone 5 mg 3 times in 24 hours", "oxycodone", "15", "15"),
    ("oxycodone 5 mg qid", "oxycodone", "20", "20"),
    ("oxycodone 5 mg Q.I.D.", "oxycodone", "20", "20"),
    ("oxycodone 5 mg four times daily", "oxycodone", "20", "20"),
    ("oxycodone 5 mg 4 (four) times daily", "oxycodone", "20", "20"),
    ("oxycodone 5 mg 5 times daily", "oxycodone", "25", "25"),
    ("oxycodone 5 mg six times a day", "oxycodone", "30", "30"),
    ("oxycodone 5 mg 2-3 times daily", "oxycodone", "10", "15"),
    ("oxycodone 5 mg two to three times a day", "oxycodone", "10", "15"),
    ("oxycodone 5 mg 3 or 4 times a day", "oxycodone", "15", "20"),
    ("oxycodone 5 mg 3-4x/day", "oxycodone", "15", "20"),
    ("oxycodone 5 mg once or twice daily", "oxycodone", "5", "10"),
    ("oxycodone 5 mg bid-tid", "oxycodone", "10", "15"),
    ("oxycodone 5 mg up to 3 times a day", "oxycodone", "0", "15", "DIR-104"),
    # once a day, by name or by hour
    ("tramadol ER 100 mg daily", "tramadol", "100", "100"),
    ("tramadol ER 100 mg once daily", "tramadol", "100", "100"),
    ("tramadol ER 100 mg once a day", "tramadol", "100", "100"),
    ("tramadol ER 100 mg one time a day", "tramadol", "100", "100"),
    ("tramadol ER 100 mg every day", "tramadol", "100", "100"),
    ("tramadol ER 100 mg qd", "tramadol", "100", "100", "UNIT-101"),
    ("tramadol ER 100 mg q.d.", "tramadol", "100", "100", "UNIT-101"),
    ("tramadol ER 100 mg every morning", "tramadol", "100", "100"),
    ("tramadol ER 100 mg in the morning", "tramadol", "100", "100"),
    ("tramadol ER 100 mg qam", "tramadol", "100", "100"),
    ("tramadol ER 100 mg once daily in the morning", "tramadol", "100", "100"),
    ("tramadol ER 100 mg every evening", "tramadol", "100", "100"),
    ("tramadol ER 100 mg with dinner", "tramadol", "100", "100"),
    ("tramadol 50 mg nightly", "tramadol", "50", "50"),
    ("tramadol 50 mg every night", "tramadol", "50", "50"),
    ("tramadol 50 mg at bedtime", "tramadol", "50", "50"),
    ("tramadol 50 mg at night", "tramadol", "50", "50"),
    ("tramadol 50 mg qhs", "tramadol", "50", "50", "UNIT-101"),
    ("tramadol 50 mg q.h.s.", "tramadol", "50", "50", "UNIT-101"),
    ("tramadol 50 mg nightly at bedtime", "tramadol", "50", "50"),
    ("tramadol 50 mg every night at bedtime", "tramadol", "50", "50"),
    ("tramadol 50 mg daily at bedtime", "tramadol", "50", "50"),
    # several times of day by name
    ("oxycodone 5 mg morning and night", "oxycodone", "10", "10"),
    ("oxycodone 5 mg in the morning and at bedtime", "oxycodone", "10", "10"),
    ("oxycodone 5 mg every morning and every evening", "oxycodone", "10", "10"),
    ("oxycodone 5 mg in the AM and PM", "oxycodone", "10", "10"),
    ("oxycodone 5 mg twice daily, morning and night", "oxycodone", "10", "10"),
    ("oxycodone 5 mg morning, noon and night", "oxycodone", "15", "15"),
    ("oxycodone 5 mg with breakfast, lunch and dinner", "oxycodone", "15", "15"),
    ("oxycodone 5 mg at breakfast, lunch, dinner, and bedtime", "oxycodone", "20", "20"),
    ("oxycodone 5 mg 3 times daily with meals", "oxycodone", "15", "15"),
    # by the clock
    ("oxycodone 5 mg at 8 am and 8 pm", "oxycodone", "10", "10"),
    ("oxycodone 5 mg at 8am, 2pm and 10pm", "oxycodone", "15", "15"),
    ("oxycodone 5 mg at 8:00 and 20:00", "oxycodone", "10", "10"),
    ("oxycodone 5 mg at 6:30 a.m. and 6:30 p.m.", "oxycodone", "10", "10"),
    ("oxycodone 5 mg bid at 8 am and 8 pm", "oxycodone", "10", "10"),
    ("oxycodone 5 mg daily at 9 pm", "oxycodone", "5", "5"),
    # around the clock, and only while awake
    ("oxycodone 5 mg every 6 hours around the clock", "oxycodone", "20", "20"),
    ("oxycodone 5 mg q6h ATC", "oxycodone", "20", "20"),
    ("oxycodone 5 mg every 4 hours while awake", "oxycodone", "30", "30", "DIR-103"),
    ("oxycodone 5 mg q4h when awake", "oxycodone", "30", "30", "DIR-103"),
    # less often than daily
    ("tramadol 50 mg every other day", "tramadol", "25", "25", "DIR-102"),
    ("tramadol 50 mg qod", "tramadol", "25", "25", "DIR-102 UNIT-101"),
    ("tramadol 50 mg every second day", "tramadol", "25", "25", "DIR-102"),
    ("tramadol 50 mg every 2 days", "tramadol", "25", "25", "DIR-102"),
    ("tramadol 50 mg every 48 hours", "tramadol", "25", "25", "DIR-102"),
    ("tramadol 50 mg every other night", "tramadol", "25", "25", "DIR-102"),
    ("tramadol 50 mg every 3 days", "tramadol", "50/3", "50/3", "DIR-102"),
    ("tramadol 50 mg every third day", "tramadol", "50/3", "50/3", "DIR-102"),
    ("tramadol 50 mg q3d", "tramadol", "50/3", "50/3", "DIR-102"),
    ("tramadol 50 mg every 72 hours", "tramadol", "50/3", "50/3", "DIR-102"),
    ("tramadol 50 mg every 36 hours", "tramadol", "100/3", "100/3", "DIR-102"),
    ("tramadol 50 mg weekly", "tramadol", "50/7", "50/7", "DIR-102"),
    ("tramadol 50 mg once a week", "tramadol", "50/7", "50/7", "DIR-102"),
    ("tramadol 50 mg every week", "tramadol", "50/7", "50/7", "DIR-102"),
    ("tramadol 50 mg twice a week", "tramadol", "100/7", "100/7", "DIR-102"),
    ("tramadol 50 mg 3 times a week", "tramadol", "150/7", "150/7", "DIR-102"),
    ("tramadol 50 mg tiw", "tramadol", "150/7", "150/7", "DIR-102 UNIT-101"),
    ("tramadol 50 mg every Monday", "tramadol", "50/7", "50/7", "DIR-102"),
    ("tramadol 50 mg on Monday, Wednesday and Friday", "tramadol", "150/7", "150/7", "DIR-102"),
    # a whole day's amount
    ("methadone 20.5 mg/d", "methadone", "20.5", "20.5"),
    ("methadone 20.5 mg/day", "methadone", "20.5", "20.5"),
    ("methadone 20.5 mg per day", "methadone", "20.5", "20.5"),
    ("morphine 60 mg/24 h", "morphine", "60", "60"),
]

DOSE: list[Row] = [
    # the strength, then how many
    ("oxycodone 5 mg tablet, 1 tablet every 6 hours", "oxycodone", "20", "20"),
    ("oxycodone 5 mg tablet take 2 tablets every 6 hours", "oxycodone", "40", "40"),
    ("oxycodone 5 mg 2 tabs q6h", "oxycodone", "40", "40"),
    ("oxycodone 5mg 2tabs q6h", "oxycodone", "40", "40"),
    ("oxycodone 5 mg two q6h", "oxycodone", "40", "40"),
    ("oxycodone 5 mg two po q6h", "oxycodone", "40", "40"),
    ("oxycodone 5mg 1po q6h", "oxycodone", "20", "20"),
    ("oxycodone 5 mg take one tablet by mouth every six hours", "oxycodone", "20", "20"),
    ("oxycodone 5 mg: take one (1) tablet by mouth every six (6) hours", "oxycodone", "20", "20"),
    ("oxycodone 5 mg: take two (2) tablets by mouth every 6 (six) hours", "oxycodone", "40", "40"),
    ("oxycodone 5 mg capsule, 2 capsules every 6 hours", "oxycodone", "40", "40"),
    ("oxycodone 5 mg caps, 2 caps q6h", "oxycodone", "40", "40"),
    ("oxycodone 5 mg, 3 tablets 4 times daily", "oxycodone", "60", "60"),
    ("oxycodone 5 mg tablet every 6 hours", "oxycodone", "20", "20"),
    ("oxycodone 5 mg a tablet every 6 hours", "oxycodone", "20", "20"),
    # how many, then the strength
    ("take 2 tablets of oxycodone 5 mg every 6 hours", "oxycodone", "40", "40"),
    ("2 x 5 mg oxycodone tablets every 6 hours", "oxycodone", "40", "40"),
    ("oxycodone 2 x 5 mg every 6 hours", "oxycodone", "40", "40"),
    ("2 tabs in the morning and 3 at night of morphine ER 15 mg", "morphine", "75", "75"),
    # a strength and a dose by mass
    ("oxycodone 5 mg tablets, take 10 mg every 6 hours", "oxycodone", "40", "40"),
    ("oxycodone 5 mg tablet, 10 mg q6h", "oxycodone", "40", "40"),
    ("oxycodone 5 mg, 2 tablets (10 mg) every 6 hours", "oxycodone", "40", "40"),
    ("oxycodone 5 mg tablets, take 10 mg (2 tablets) every 6 hours", "oxycodone", "40", "40"),
    ("oxycodone 10 mg (2 x 5 mg tablets) q6h", "oxycodone", "40", "40"),
    ("oxycodone 5 mg = 1 tablet q6h", "oxycodone", "20", "20"),
    ("oxycodone 10 mg = 2 tablets q6h", "oxycodone", "40", "40"),
    ("oxycodone 5 mg, 6 tablets per day", "oxycodone", "30", "30"),
    ("oxycodone 5 mg tablet, take 1 tablet (5 mg total) by mouth every 6 hours", "oxycodone", "20", "20"),
    ("oxycodone 5 mg tablet, take 0.5 tablets (2.5 mg total) by mouth every 6 hours", "oxycodone", "10", "10"),
    # halves and other parts
    ("oxycodone 5 mg, 1/2 tablet every 6 hours", "oxycodone", "10", "10"),
    ("oxycodone 5 mg, ½ tablet every 6 hours", "oxycodone", "10", "10"),
    ("oxycodone 5 mg, half a tablet every 6 hours", "oxycodone", "10", "10"),
    ("oxycodone 5 mg, half tab q6h", "oxycodone", "10", "10"),
    ("oxycodone 5 mg, one-half tablet q6h", "oxycodone", "10", "10"),
    ("hydrocodone/apap 10/325 half tablet q6h", "hydrocodone", "20", "20"),
    ("hydrocodone/apap 10/325, half tablet q6h", "hydrocodone", "20", "20"),
    ("Norco 5-325 half tab q6h", "hydrocodone", "10", "10"),
    ("oxycodone 5 mg, one half tablet q6h", "oxycodone", "10", "10"),
    ("oxycodone 5 mg, 0.5 tablet every 6 hours", "oxycodone", "10", "10"),
    ("oxycodone 5 mg, 1/4 tablet every 6 hours", "oxycodone", "5", "5"),
    ("oxycodone 5 mg, 1.5 tablets every 6 hours", "oxycodone", "30", "30"),
    ("oxycodone 5 mg, 1 1/2 tablets every 6 hours", "oxycodone", "30", "30"),
    ("oxycodone 5 mg, 1-1/2 tablets every 6 hours", "oxycodone", "30", "30"),
    ("oxycodone 5 mg, 1½ tablets every 6 hours", "oxycodone", "30", "30"),
    ("oxycodone 5 mg, 1 ½ tabs every 6 hours", "oxycodone", "30", "30"),
    ("oxycodone 5 mg, one and a half tablets every 6 hours", "oxycodone", "30", "30"),
    ("oxycodone 5 mg, one and one half tablets every 6 hours", "oxycodone", "30", "30"),
    ("oxycodone ER 10 mg, half a tablet every 12 hours", "oxycodone", "10", "10", "PROD-102"),
    # ranges of doses
    ("oxycodone 5 mg, 1-2 tablets every 6 hours", "oxycodone", "20", "40"),
    ("oxycodone 5 mg, 1–2 tablets every 6 hours", "oxycodone", "20", "40"),
    ("oxycodone 5 mg, 1 to 2 tablets every 6 hours", "oxycodone", "20", "40"),
    ("oxycodone 5 mg, one to two tablets every 6 hours", "oxycodone", "20", "40"),
    ("oxycodone 5 mg, one or two tablets every 6 hours", "oxycodone", "20", "40"),
    ("oxycodone 5 mg, 1 tablet to 2 tablets every 6 hours", "oxycodone", "20", "40"),
    ("oxycodone 5 mg, 1/2 to 1 tablet every 6 hours", "oxycodone", "10", "20"),
    ("oxycodone 5 mg, ½-1 tablet every 6 hours", "oxycodone", "10", "20"),
    ("oxycodone 5 mg, 0.5-1 tablets (2.5-5 mg total) by mouth every 4 hours", "oxycodone", "15", "30"),
    ("oxycodone 5-10 mg every 6 hours", "oxycodone", "20", "40"),
    ("oxycodone 5 mg to 10 mg every 6 hours", "oxycodone", "20", "40"),
    ("oxycodone 5 to 10 mg every 4 to 6 hours", "oxycodone", "20", "60"),
    ("oxycodone 5 mg, 1-2 tabs q4-6h", "oxycodone", "20", "60"),
    ("hydromorphone 2-4 mg q3-4h", "hydromorphone", "12", "32"),
    # other doses at other times
    ("methadone 10 mg morning, 10 mg midday, 15 mg night", "methadone", "35", "35"),
    ("methadone 10 mg: 1 tab in the morning, 1 tab at noon, 2 tabs at bedtime", "methadone", "40", "40"),
    ("morphine ER 15 mg, 2 tablets in the morning and 1 tablet in the evening", "morphine", "45", "45"),
    ("oxycodone 5 mg 1 tab qam and 2 tabs qhs", "oxycodone", "15", "15", "UNIT-101"),
    ("oxycodone 5 mg one in the morning, one at lunch and two at bedtime", "oxycodone", "20", "20"),
    ("oxycodone 5 mg 1 tablet every 6 hours and 2 tablets at bedtime", "oxycodone", "30", "30"),
    ("in the morning 1 tablet, at bedtime 2 tablets oxycodone 5 mg", "oxycodone", "15", "15"),
]

AS_NEEDED: list[Row] = [
    ("oxycodone 5 mg q6h prn", "oxycodone", "0", "20"),
    ("oxycodone 5 mg q6h p.r.n.", "oxycodone", "0", "20"),
    ("oxycodone 5 mg q6h PRN pain", "oxycodone", "0", "20"),
    ("oxycodone 5 mg every 6 hours as needed", "oxycodone", "0", "20"),
    ("oxycodone 5 mg every 6 hours as needed for pain", "oxycodone", "0", "20"),
    ("oxycodone 5 mg every 6 hours if needed for severe pain", "oxycodone", "0", "20"),
    ("oxycodone 5 mg every 6 hours when needed", "oxycodone", "0", "20"),
    ("oxycodone 5 mg every 6 hours as required", "oxycodone", "0", "20"),
    ("oxycodone 5 mg as needed every 6 hours", "oxycodone", "0", "20"),
    ("oxycodone 5 mg prn pain q6h", "oxycodone", "0", "20"),
    ("oxycodone 5 mg every 6 hours as needed for pain (pain score 4-6)", "oxycodone", "0", "20"),
    ("oxycodone 5 mg every 6 hours as needed for severe pain (7-10)", "oxycodone", "0", "20"),
    ("oxycodone 5 mg 1-2 tabs po q4-6h prn breakthrough pain", "oxycodone", "0", "60"),
    ("oxycodone 5 mg at bedtime as needed for pain", "oxycodone", "0", "5"),
    ("oxycodone 5 mg up to 4 times a day as needed", "oxycodone", "0", "20"),
    ("oxycodone 5 mg every 6 hours for pain", "oxycodone", "20", "20"),
    ("oxycodone 5 mg every 6 hours for moderate to severe pain", "oxycodone", "20", "20"),
    ("oxycodone 5 mg every 6 hours for low back pain", "oxycodone", "20", "20"),
]

LIMITS: list[Row] = [
    # a length of time is no limit
    ("oxycodone 5 mg, 1 tablet q4h prn for up to 5 days", "oxycodone", "0", "30"),
    ("oxycodone 5 mg, 1-2 tablets q4h prn pain for up to 5 days", "oxycodone", "0", "60"),
    ("oxycodone 5 mg, 1-2 tablets q4h prn pain up to 3 days", "oxycodone", "0", "60"),
    ("oxycodone 5 mg, 1 tablet q4h prn, max 3 days", "oxycodone", "0", "30"),
    ("oxycodone 5 mg q4h, no more than 3 days", "oxycodone", "30", "30"),
    # a limit of a day
    ("oxycodone 5 mg, 1 tablet q4h prn, max 4 tablets per day", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, max 4/day", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, max 4 per day", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, max 4 tabs/24h", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn (max 4 tablets/day)", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn. Maximum 4 tablets in 24 hours", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn. Maximum of 4 tablets daily", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn. Max daily amount: 4 tablets", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn. Max daily amount: 20 mg", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn. Max daily dose: 20 mg", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn. Maximum daily dose 4 tablets", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, MDD 4 tablets", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, MDD: 4", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, NTE 4/day", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, not to exceed 4 tablets in 24 hours", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, do not exceed 4 tablets per 24 hours", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, do not exceed 4 tabs in a 24-hour period", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, no more than 4 tablets a day", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, no more than 4 in 24 hours", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, do not take more than four tablets in one day", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, no more than 4 in a day", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, limit 4 per day", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, limit 4 doses per day", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, max 4 doses in 24 hours", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, up to 4 per day", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, up to 4 tablets a day", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, up to four tablets daily", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, max 20 mg per day", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h prn, max 20 mg/day", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet q4h, max 4 per day", "oxycodone", "20", "20"),
    ("oxycodone 5 mg, 1-2 tablets q4h prn, max 8 tablets per day", "oxycodone", "0", "40"),
    ("oxycodone 5 mg, 1-2 tablets q4h prn, max 8 per day", "oxycodone", "0", "40", "DIR-106"),
    ("oxycodone 5 mg, 1-2 tablets q4h prn, max 4 doses per day", "oxycodone", "0", "40"),
    ("oxycodone 5 mg, 1-2 tablets q4h, max 8 tablets per day", "oxycodone", "30", "40"),
    ("oxycodone 5 mg, 1 tablet bid, max 6 tablets per day", "oxycodone", "10", "10"),
    ("oxycodone 5 mg, 1 tablet as needed, max 4 per day", "oxycodone", "0", "20"),
    ("oxycodone 5 mg, 1 tablet prn, no more than 3 per day", "oxycodone", "0", "15"),
    ("oxycodone 10 mg q4h prn, max 40 mg in 24 hours", "oxycodone", "0", "40"),
    ("morphine 10 mg/5 mL, 5 mL q4h prn, max 20 mL per day", "morphine", "0", "40"),
    # how often without how much: the limit alone is what is allowed
    ("oxycodone q4h prn, max 30 mg a day", "oxycodone", "0", "30"),
    ("morphine 10 mg/5 mL q4h prn, max 20 mL per day", "morphine", "0", "40"),
    ("oxycodone/acetaminophen 5/325 1 tab q4h prn, max 4 tabs/day", "oxycodone", "0", "20"),
    (
        "Percocet 5/325 1 tab q6h prn, max 3000 mg/day",
        "oxycodone",
        "0",
        "20",
        "DIR-106",
    ),
    (
        "oxycodone/acetaminophen 5/325 1 tab q6h prn, max 3000 mg acetaminophen per day",
        "oxycodone",
        "0",
        "20",
        "DIR-106",
    ),
]

SUPPLY: list[tuple[str, str, str | None, str]] = [
    # line, scheduled, expected, maximum
    ("oxycodone 5 mg, 1 tablet q4h prn, #60, 30 days", "0", "10", "30"),
    ("oxycodone 5 mg, 1 tablet q4h prn, # 60, 30 day supply", "0", "10", "30"),
    ("oxycodone 5 mg, 1 tablet q4h prn, qty 60, 30-day supply", "0", "10", "30"),
    ("oxycodone 5 mg, 1 tablet q4h prn, Qty: 60, for 30 days", "0", "10", "30"),
    ("oxycodone 5 mg, 1 tablet q4h prn for 30 days, quantity: 60 tablets", "0", "10", "30"),
    ("oxycodone 5 mg, 1 tablet q4h prn x 30 days, disp 60", "0", "10", "30"),
    ("oxycodone 5 mg, 1 tablet q4h prn x30d, Disp #60", "0", "10", "30"),
    ("oxycodone 5 mg, 1 tablet q4h prn, dispense 60 tablets, 30 days supply, no refills", "0", "10", "30"),
    ("oxycodone 5 mg, 1 tablet q4h prn, dispense #14, for 1 week, refills: 0", "0", "10", "30"),
    ("oxycodone 5 mg, 1 tablet q4h prn, #28 for two weeks", "0", "10", "30"),
    ("oxycodone 5 mg, 1 tablet q4h prn for up to 5 days, #10", "0", "10", "30"),
    ("oxycodone 5 mg, 1 tablet q4h prn, #60", "0", None, "30"),
    ("oxycodone 5 mg, 1 tablet q4h prn, 30 day supply", "0", None, "30"),
    ("oxycodone 5 mg, 1 tablet q4h prn for 5 days", "0", None, "30"),
    ("oxycodone 5 mg, 1 tablet q6h for 3 to 5 days", "20", None, "20"),
    ("oxycodone 5 mg, 1 tablet q6h, #120, 30 days", "20", "20", "20"),
    ("morphine 20 mg/mL, 0.25 mL q4h prn, qty 30 mL, 30 days", "0", "20", "30"),
    ("oxycodone/acetaminophen 5-325 mg, 1 tab q6h prn pain, #20 (twenty), 5 days", "0", "20", "20"),
]

LIQUID: list[Row] = [
    ("morphine 20 mg/mL, 0.25 mL (5 mg) every 4 hours", "morphine", "30", "30"),
    ("morphine 20 mg/mL, 0.25 mL every 4 hours", "morphine", "30", "30"),
    ("morphine 20 mg/ml, take 5 mg every 4 hours", "morphine", "30", "30"),
    ("morphine concentrate 100 mg/5 mL, 0.25 mL q4h", "morphine", "30", "30"),
    ("morphine concentrate 100 mg per 5 ml (20 mg/ml), take 0.25 ml by mouth q4h", "morphine", "30", "30"),
    ("morphine 10 mg/5 mL oral solution, 5 mL every 4 hours", "morphine", "60", "60"),
    ("morphine 10 mg/5 mL oral solution, 2.5-5 mL every 4 hours prn", "morphine", "0", "60"),
    ("morphine sulfate 10 mg / 5 mL soln take 5 mL po q4h", "morphine", "60", "60"),
    ("morphine solution 10 mg every 4 hours", "morphine", "60", "60"),
    ("oxycodone 5 mg/5 mL solution, 10 mL q6h", "oxycodone", "40", "40"),
    ("oxycodone 100 mg/5 mL, 0.5 mL q4h", "oxycodone", "60", "60"),
    ("oxycodone 5 mg/5 mL, 5 to 10 mL every 4 to 6 hours", "oxycodone", "20", "60"),
    ("methadone 10 mg/mL concentrate, 1 mL twice daily", "methadone", "20", "20"),
    ("methadone 10 mg per 5 mL, 5 mL bid", "methadone", "20", "20"),
    ("methadone 5 mg/5 mL, take 10 mg (10 mL) every 8 hours", "methadone", "30", "30"),
    ("hydromorphone 1 mg/mL, 2-4 mL q4h prn", "hydromorphone", "0", "24"),
    ("hydrocodone-acetaminophen 7.5-325 mg/15 mL, 15 mL every 4 to 6 hours", "hydrocodone", "30", "45"),
    ("hydrocodone-acetaminophen 7.5 mg-325 mg/15 mL, 15 mL q6h", "hydrocodone", "30", "30"),
    ("hydrocodone-acetaminophen 10-325 mg per 15 mL, 15 mL q6h", "hydrocodone", "40", "40"),
    ("acetaminophen-codeine 120-12 mg/5 mL, 10 mL q6h", "codeine", "96", "96"),
    ("guaifenesin-codeine 100-10 mg/5 mL, 10 mL q6h prn", "codeine", "0", "80"),
    ("tramadol 5 mg/mL, 10 mL every 6 hours", "tramadol", "200", "200"),
    ("meperidine 50 mg/5 mL, 5 mL q4h", "meperidine", "300", "300"),
    ("oxycodone 5 mg/5 mL, 5 cc q6h", "oxycodone", "20", "20", "UNIT-101"),
]

SPRAYS_FILMS_LOZENGES: list[Row] = [
    ("butorphanol 1 mg nasal spray, 1 spray q4h", "butorphanol", "6", "6"),
    ("butorphanol 1 mg nasal spray, 1 spray in one nostril q4h", "butorphanol", "6", "6"),
    ("butorphanol 1 mg nasal spray, 1 spray in each nostril q4h", "butorphanol", "12", "12"),
    ("butorphanol 1 mg/spray nasal spray, 1 spray q4h", "butorphanol", "6", "6"),
    ("butorphanol 1 mg nasal spray, 1-2 sprays q4h prn", "butorphanol", "0", "12"),
    ("Lazanda 100 mcg nasal spray, 1 spray up to 4 times a day prn", "fentanyl", "0 mcg", "400 mcg"),
    ("Subsys 100 mcg spray, 1 spray sublingually q4h prn, max 4 sprays per day", "fentanyl", "0 mcg", "400 mcg"),
    ("fentanyl 400 mcg lozenge, 1 lozenge prn, max 4 per day", "fentanyl", "0 mcg", "1600 mcg"),
    ("Actiq 400 mcg lozenge prn, max 4 lozenges per day", "fentanyl", "0 mcg", "1600 mcg"),
    ("fentanyl citrate 200 mcg lollipop q6h", "fentanyl", "800 mcg", "800 mcg"),
    ("fentanyl lozenge 0.4 mg once daily", "fentanyl", "400 mcg", "400 mcg"),
    ("Fentora 100 mcg buccal tablet q6h", "fentanyl", "400 mcg", "400 mcg"),
    ("Abstral 100 mcg sublingual tablet, 1 tablet qid", "fentanyl", "400 mcg", "400 mcg"),
    ("Belbuca 450 mcg buccal film q12h", "buprenorphine", "900 mcg", "900 mcg"),
    ("Suboxone 8-2 mg film, 1 film twice daily", "buprenorphine", "16", "16"),
    ("Suboxone 8 mg/2 mg film, 2 films daily", "buprenorphine", "16", "16"),
    ("buprenorphine-naloxone 8-2 mg SL film, 1 strip daily", "buprenorphine", "8", "8"),
    ("buprenorphine/naloxone film 8 mg/2 mg, 2 daily", "buprenorphine", "16", "16"),
    ("buprenorphine 8 mg SL tab bid", "buprenorphine", "16", "16"),
    ("Subutex 8 mg sublingual tablet, 1/2 tablet under the tongue bid", "buprenorphine", "8", "8"),
    ("Zubsolv 5.7-1.4 mg SL tablet daily", "buprenorphine", "5.7", "5.7"),
    ("morphine 10 mg suppository rectally q4h", "morphine", "60", "60"),
    ("morphine suppository 10 mg, 1 supp PR every 4 hours", "morphine", "60", "60"),
    ("hydromorphone 3 mg rectal suppository q6h prn", "hydromorphone", "0", "12"),
]

PATCHES: list[Row] = [
    ("fentanyl 25 mcg/hr patch q72h", "fentanyl", "25 mcg/h", "25 mcg/h"),
    ("fentanyl patch 25 mcg/h", "fentanyl", "25 mcg/h", "25 mcg/h"),
    ("fentanyl 25 mcg/hour transdermal patch, apply 1 patch every 3 days", "fentanyl", "25 mcg/h", "25 mcg/h"),
    ("fentaNYL 25 MCG/HR, place 1 patch onto the skin every 72 hours", "fentanyl", "25 mcg/h", "25 mcg/h"),
    ("fentaNYL (DURAGESIC) 25 mcg/hr patch, change every 72 (seventy-two) hours", "fentanyl", "25 mcg/h", "25 mcg/h"),
    ("Duragesic 50 mcg/hr q3d", "fentanyl", "50 mcg/h", "50 mcg/h"),
    ("fentanyl patch 75 mcg/h every 48 hours", "fentanyl", "75 mcg/h", "75 mcg/h", "DIR-101"),
    ("fentanyl patch 75 mcg/h daily", "fentanyl", "75 mcg/h", "75 mcg/h", "DIR-101"),
    ("fentanyl patch 12 mcg/h every 72 hours", "fentanyl", "12 mcg/h", "12 mcg/h", "PROD-104"),
    ("fentanyl two 50 mcg/h patches every 72 hours", "fentanyl", "100 mcg/h", "100 mcg/h"),
    ("fentanyl 50 mcg/h patch, 2 patches every 72 hours", "fentanyl", "100 mcg/h", "100 mcg/h"),
    ("fentanyl 50 mcg/h patch, apply two patches q72h", "fentanyl", "100 mcg/h", "100 mcg/h"),
    ("fentanyl 25 mcg/h patch, 1-2 patches every 72 hours", "fentanyl", "25 mcg/h", "50 mcg/h"),
    ("fentanyl 0.025 mg/h patch q72h", "fentanyl", "25 mcg/h", "25 mcg/h"),
    ("Butrans 10 mcg/hr patch weekly", "buprenorphine", "10 mcg/h", "10 mcg/h"),
    ("buprenorphine 20 mcg/hour patch every 7 days", "buprenorphine", "20 mcg/h", "20 mcg/h"),
    ("buprenorphine patch 5 mcg/h once a week", "buprenorphine", "5 mcg/h", "5 mcg/h"),
]

COMBINATIONS: list[Row] = [
    ("hydrocodone/acetaminophen 5/325 q6h", "hydrocodone", "20", "20"),
    ("hydrocodone-acetaminophen 5-325 q6h", "hydrocodone", "20", "20"),
    ("hydrocodone-acetaminophen 5-325 mg q6h", "hydrocodone", "20", "20"),
    ("hydrocodone-acetaminophen 5 mg-325 mg q6h", "hydrocodone", "20", "20"),
    ("hydrocodone-acetaminophen 5 mg/325 mg q6h", "hydrocodone", "20", "20"),
    ("hydrocodone 5 mg/acetaminophen 325 mg q6h", "hydrocodone", "20", "20"),
    ("hydrocodone 5 mg - acetaminophen 325 mg, 1 tablet q6h", "hydrocodone", "20", "20"),
    ("hydrocodone with acetaminophen 5/325 q6h", "hydrocodone", "20", "20"),
    ("hydrocodone w/ APAP 5/325 q6h", "hydrocodone", "20", "20"),
    ("hydrocodone-APAP 10-325, 1 tab q6h prn", "hydrocodone", "0", "40"),
    ("HYDROCODONE BITARTRATE/ACETAMINOPHEN 7.5/325 1 TAB TID", "hydrocodone", "22.5", "22.5"),
    ("acetaminophen/hydrocodone 325/5 q6h", "hydrocodone", "20", "20"),
    ("Norco 5/325 q6h", "hydrocodone", "20", "20"),
    ("Norco 10-325 mg tablet, 1-2 tablets q6h prn", "hydrocodone", "0", "80"),
    ("Norco 5 mg q6h", "hydrocodone", "20", "20"),
    ("HYDROcodone-acetaminophen (NORCO) 10-325 mg tablet, 1 tablet q6h", "hydrocodone", "40", "40"),
    ("Vicodin 5-300 q6h", "hydrocodone", "20", "20"),
    ("Lortab 7.5/325 q6h", "hydrocodone", "30", "30"),
    ("hydrocodone-ibuprofen 7.5-200 mg tid", "hydrocodone", "22.5", "22.5"),
    ("Vicoprofen 7.5/200 tid", "hydrocodone", "22.5", "22.5"),
    ("oxycodone/acetaminophen 10/325 two q6h", "oxycodone", "80", "80"),
    ("oxyCODONE-acetaminophen (PERCOCET) 5-325 MG per tablet, take 1 tablet q6h", "oxycodone", "20", "20"),
    ("Percocet 5/325 every 6 hours", "oxycodone", "20", "20"),
    ("Percocet 10/325 mg 1 po q4-6h prn", "oxycodone", "0", "60"),
    ("Percocet 7.5-325, 1 tab tid", "oxycodone", "22.5", "22.5"),
    ("Endocet 10-325 bid", "oxycodone", "20", "20"),
    ("acetaminophen 325 mg/oxycodone 5 mg, 1 tablet q6h", "oxycodone", "20", "20"),
    ("oxycodone 5 mg and acetaminophen 325 mg tablet, 1 tablet q6h", "oxycodone", "20", "20"),
    ("acetaminophen-codeine 300-30 mg q6h", "codeine", "120", "120"),
    ("APAP/codeine 300/30 1 tab q6h", "codeine", "120", "120"),
    ("codeine/acetaminophen 30/300 q6h", "codeine", "120", "120"),
    ("Tylenol #3 1 tab q6h", "codeine", "120", "120"),
    ("Tylenol #3 1-2 tabs q4-6h prn", "codeine", "0", "360"),
    ("Tylenol No. 3 1 tab q6h", "codeine", "120", "120"),
    ("Tylenol with codeine #4 1 tab q6h", "codeine", "240", "240"),
    ("Tylenol w/ codeine #3, 2 tabs q6h", "codeine", "240", "240"),
    ("tramadol-acetaminophen 37.5-325 mg, 2 tabs q6h", "tramadol", "300", "300"),
    ("Ultracet 37.5/325, 1 tab q6h", "tramadol", "150", "150"),
    ("butalbital/acetaminophen/caffeine/codeine 50/325/40/30 1 cap q6h", "codeine", "120", "120"),
    ("Fioricet with codeine 50-300-40-30 mg 1 capsule q4h prn", "codeine", "0", "180"),
    ("carisoprodol/aspirin/codeine 200-325-16 mg 1 tab qid", "codeine", "64", "64"),
    ("pentazocine-naloxone 50-0.5 mg q4h", "pentazocine", "300", "300"),
    ("Apadaz 6.12/325 q6h", "benzhydrocodone", "24.48", "24.48"),
    ("Embeda 30/1.2 daily", "morphine", "30", "30"),
    ("dihydrocodeine/acetaminophen/caffeine 16/320.5/30 q6h", "dihydrocodeine", "64", "64"),
]

NAMES: list[Row] = [
    ("OxyContin 20 mg bid", "oxycodone", "40", "40"),
    ("oxycontin 20mg BID", "oxycodone", "40", "40"),
    ("Roxicodone 15 mg q6h", "oxycodone", "60", "60"),
    ("Xtampza ER 18 mg capsule q12h with food", "oxycodone", "36", "36", "PROD-103"),
    ("MS Contin 15 mg q12h", "morphine", "30", "30"),
    ("Kadian 50 mg daily", "morphine", "50", "50"),
    ("Dilaudid 2 mg q4h", "hydromorphone", "12", "12"),
    ("Exalgo 16 mg daily", "hydromorphone", "16", "16"),
    ("Opana ER 20 mg bid", "oxymorphone", "40", "40"),
    ("Nucynta 50 mg q6h", "tapentadol", "200", "200"),
    ("Nucynta ER 100 mg bid", "tapentadol", "200", "200"),
    ("Ultram 50 mg qid", "tramadol", "200", "200"),
    ("Dolophine 10 mg tid", "methadone", "30", "30"),
    ("Demerol 50 mg q4h", "meperidine", "300", "300"),
    ("Hysingla ER 40 mg daily", "hydrocodone", "40", "40"),
    ("levorphanol 2 mg q8h", "levorphanol", "6", "6"),
    # salts are set aside
    ("morphine sulfate 15 mg q4h", "morphine", "90", "90"),
    ("morphine sulphate ER 30 mg q12h", "morphine", "60", "60"),
    ("oxycodone HCl 5 mg q6h", "oxycodone", "20", "20"),
    ("oxycodone hydrochloride 5 mg q6h", "oxycodone", "20", "20"),
    ("hydromorphone HCL 4 mg q6h", "hydromorphone", "16", "16"),
    ("codeine sulfate 30 mg q6h", "codeine", "120", "120"),
    ("methadone hydrochloride 10 mg q8h", "methadone", "30", "30"),
    ("tramadol hcl 50 mg q6h", "tramadol", "200", "200"),
    ("levorphanol tartrate 2 mg q8h", "levorphanol", "6", "6"),
    # tall letters, capitals, spaces, dashes, marks
    ("oxyCODONE 5 mg q6h", "oxycodone", "20", "20"),
    ("HYDROmorphone 4 mg q6h", "hydromorphone", "16", "16"),
    ("oxyMORphone 10 mg q6h", "oxymorphone", "40", "40"),
    ("OXYCODONE HCL 5 MG TABLET TAKE 1 TABLET BY MOUTH EVERY 6 HOURS AS NEEDED FOR PAIN", "oxycodone", "0", "20"),
    ("MORPHINE SULF ER 15 MG TABLET, TAKE 1 TABLET BY MOUTH TWICE DAILY", "morphine", "30", "30"),
    ("OXYCODONE-ACETAMINOPHEN 5-325 TAKE ONE TABLET EVERY SIX HOURS AS NEEDED", "oxycodone", "0", "20"),
    ("oxyCODONE (ROXICODONE) 5 mg immediate release tablet, take 1 tablet q6h", "oxycodone", "20", "20"),
    ("morphine (MS CONTIN) 15 mg 12 hr tablet, take 1 tablet every 12 hours", "morphine", "30", "30"),
    ("  oxycodone   5 mg\tq6h  ", "oxycodone", "20", "20"),
    ("oxycodone 5mg q6h", "oxycodone", "20", "20"),
    ("oxycodone\u00a05\u00a0mg every\u00a06\u00a0hours", "oxycodone", "20", "20"),
    ("oxycodone 5 mg — 1 tablet every 6 hours", "oxycodone", "20", "20"),
    ("oxycodone - 5 mg - 1 tablet every 6 hours", "oxycodone", "20", "20"),
    ("oxycodone; 5 mg; q6h;", "oxycodone", "20", "20"),
    ("oxycodone 5 mg tablet. Take 1 tablet by mouth every 6 hours.", "oxycodone", "20", "20"),
    ("oxycodone \uff15 \uff4d\uff47 q6h", "oxycodone", "20", "20"),
    ("oxycodone 5 ㎎ q6h", "oxycodone", "20", "20"),
    ("fentanyl 400 µg lozenge q6h", "fentanyl", "1600 mcg", "1600 mcg"),
    ("oxycodone 5 milligrams q6h", "oxycodone", "20", "20"),
    ("oxycodone 5 mgs q6h", "oxycodone", "20", "20"),
    ("10,000 ug of oxycodone q12h", "oxycodone", "20", "20"),
    ("oxycodone 0.01 g q12h", "oxycodone", "20", "20"),
    ("oxycodone 5.0 mg q6h", "oxycodone", "20", "20", "NUM-101"),
    ("morphine 20 mg/mL, 5 mL every 4 hours", "morphine", "600", "600", "NUM-102"),
    ("oxycodone 20 mg/mL, 2 mL q6h", "oxycodone", "160", "160", "NUM-102"),
    ("oxycodone 10.00 mg q12h", "oxycodone", "20", "20", "NUM-101"),
    # whole prescriptions
    (
        "Take 1 tablet (5 mg total) by mouth every 6 (six) hours as needed for moderate pain for up to 5 days. "
        "Max Daily Amount: 20 mg. oxycodone 5 mg tablet",
        "oxycodone",
        "0",
        "20",
    ),
    (
        "oxycodone 5 mg tablet, take 1-2 tablets (5-10 mg total) by mouth every 4 (four) hours as needed for "
        "severe pain. Max daily amount: 60 mg",
        "oxycodone",
        "0",
        "60",
    ),
    (
        "Hydrocodone-Acetaminophen 5-325 MG Oral Tablet; Sig: TAKE 1 TABLET EVERY 4 TO 6 HOURS AS NEEDED FOR PAIN; "
        "Qty: 30; Refills: 0",
        "hydrocodone",
        "0",
        "30",
    ),
    ("oxycodone 5 mg tablets, #12, sig: 1 tab po q6h prn pain, no refills", "oxycodone", "0", "20"),
    ("tramadol 50 mg, 1 tab every 6 hrs prn pain, do not drive, no alcohol", "tramadol", "0", "200"),
    ("morphine ER 30 mg, swallow whole, do not crush or chew, 1 tablet every 12 hours", "morphine", "60", "60"),
]

READ = [
    pytest.param(*row[:4], row[4] if len(row) == 5 else "", id=row[0])
    for group in (
        FREQUENCY,
        DOSE,
        AS_NEEDED,
        LIMITS,
        LIQUID,
        SPRAYS_FILMS_LOZENGES,
        PATCHES,
        COMBINATIONS,
        NAMES,
    )
    for row in group
]


def amount(text: str) -> tuple[Fraction, Unit]:
    number, _, unit = text.partition(" ")
    return Fraction(number), UNITS[unit or "mg"]


@pytest.mark.parametrize(("text", "drug", "scheduled", "maximum", "cautions"), READ)
def test_a_line_is_read_as_it_is_meant(text, drug, scheduled, maximum, cautions):
    line = read_line(text)
    assert [(problem.code, problem.text) for problem in line.problems] == []
    assert line.regimen is not None
    doses = daily_doses(line.regimen)
    lead = leading_ingredient(tuple(each.ingredient for each in doses.ingredients))
    dose = next(each for each in doses.ingredients if each.ingredient == lead)
    assert dose.daily is not None, dose.lacking
    for found, expected in ((dose.daily.scheduled, scheduled), (dose.daily.maximum, maximum)):
        value, unit = amount(expected)
        assert found.to(unit).value == value
    assert lead == drug
    given = {caution.code for caution in (*line.cautions, *doses.cautions)}
    assert set(cautions.split()) <= given
    if not cautions:
        assert not {code for code in given if code.startswith(("DIR", "NUM", "UNIT"))} - {"DIR-105"}


@pytest.mark.parametrize(
    ("text", "scheduled", "expected", "maximum"), [pytest.param(*row, id=row[0]) for row in SUPPLY]
)
def test_quantity_and_days_give_the_expected_amount(text, scheduled, expected, maximum):
    line = read_line(text)
    assert [(problem.code, problem.text) for problem in line.problems] == []
    assert line.regimen is not None
    daily = daily_doses(line.regimen).ingredients[0].daily
    assert daily is not None
    assert daily.scheduled.value == Fraction(scheduled)
    assert daily.maximum.value == Fraction(maximum)
    assert (None if daily.expected is None else daily.expected.value) == (
        None if expected is None else Fraction(expected)
    )


# What must not be counted: the line, the codes any one of which is a right answer, and the exit code.
WRONG: list[tuple[str, str, int]] = [
    # numbers that invite a tenfold error
    ("morphine .5 mg q4h", "NUM-001", 3),
    ("hydromorphone 2 mg, .5 tablet q4h", "NUM-001", 3),
    ("morphine 20 mg/mL, .25 mL q4h", "NUM-001", 3),
    ("morphine 2,5 mg q4h", "NUM-002", 3),
    ("methadone 12,50 mg daily", "NUM-002", 3),
    ("oxycodone 1.000,5 mg q4h", "NUM-002", 3),
    ("oxycodone 10 000 mcg q12h", "NUM-002 DIR-004 DIR-007 DIR-005", 3),
    ("oxycodone -5 mg q6h", "NUM-002", 3),
    ("oxycodone 0 mg q6h", "NUM-002", 3),
    ("oxycodone 5 mg 0 tablets q6h", "NUM-002", 3),
    ("oxycodone 10-5 mg q6h", "NUM-002", 3),
    ("oxycodone 5 mg, 2-1 tablets q6h", "NUM-002", 3),
    ("oxycodone 1e3 mg q6h", "NUM-002 DIR-005 DRUG-001", 3),
    ("oxycodone NaN mg q6h", "NUM-002 DIR-005 DRUG-001", 3),
    ("oxycodone 5 mg 200 tablets q6h", "NUM-002", 3),
    ("oxycodone 5 mg every 0 hours", "NUM-002 DIR-005 DIR-007", 3),
    ("oxycodone 5 mg every 15 minutes", "DIR-007", 3),
    ("morphine 15 mg every 30 minutes", "DIR-007", 3),
    ("oxycodone 5 mg q 0.6 h", "DIR-007", 3),
    ("oxycodone 5 mg 30 times a day", "DIR-007", 3),
    ("morphine 20 mg/mL, 0.25 mL SL every 30 minutes as needed", "DIR-007", 3),
    ("oxycodone 5 mg 100 times a day", "DIR-007", 3),
    ("oxycodone 99999999999 mg q6h", "NUM-002", 3),
    # units
    ("oxycodone 5 gr q6h", "UNIT-001 DIR-005", 3),
    ("oxycodone 5 mgg q6h", "UNIT-001 DIR-005", 3),
    ("oxycodone 5 milliliter tablets q6h", "UNIT-001 DIR-002 DIR-007", 3),
    ("oxycodone 5 units q6h", "UNIT-001 DIR-005", 3),
    ("oxycodone 5 U q6h", "UNIT-001 DIR-005", 3),
    ("oxycodone 5 MME q6h", "UNIT-001 DIR-005", 3),
    ("oxycodone 5 mEq q6h", "UNIT-001 DIR-005", 3),
    ("oxycodone 5 mg tablet, 5 units q6h", "UNIT-001 DIR-005 DIR-007", 3),
    ("oxycodone 5 mg tablet, 1 tablet q6h, 5 units", "UNIT-001 DIR-005 DIR-007", 3),
    ("oxycodone 5 mg/kg q6h", "DIR-011", 3),
    ("oxycodone 5 ug q6h", "UNIT-002", 3),
    ("oxycodone 5 mcg tablet, 1 tablet q6h", "UNIT-002", 3),
    ("morphine 15 g q12h", "UNIT-002", 3),
    ("fentanyl 400 mg lozenge q6h", "UNIT-002", 3),
    ("fentanyl patch 25 mg/h q72h", "UNIT-002", 3),
    ("fentanyl patch 25 mg q72h", "UNIT-001 UNIT-002", 3),
    ("fentanyl patch 25 mcg q72h", "UNIT-001", 3),
    ("fentanyl patch 25 mcg/72 h", "UNIT-001", 3),
    ("buprenorphine 8 mcg SL tablet daily", "UNIT-002", 3),
    ("Belbuca 450 mg film q12h", "UNIT-002", 3),
    ("oxycodone 25 mcg/h q72h", "UNIT-001 DIR-010 MME-001", 4),
    # unsafe abbreviations
    ("MS 15 mg q4h", "DRUG-002", 3),
    ("MSO4 15 mg q4h", "DRUG-002", 3),
    ("MgSO4 15 mg q4h", "DRUG-002", 3),
    # household measures
    ("morphine 10 mg/5 mL, 1 tsp q4h", "DIR-003", 4),
    ("morphine 10 mg/5 mL, 2 teaspoonfuls every 4 hours", "DIR-003", 4),
    ("morphine 10 mg/5 mL, 1 tablespoon q4h", "DIR-003", 4),
    ("morphine 20 mg/mL, 5 drops q4h", "DIR-003", 4),
    ("morphine 20 mg/mL, 1 dropperful q4h", "DIR-003", 4),
    # two medications in one line
    ("oxycodone 5 mg q6h and morphine ER 15 mg bid", "DRUG-003", 3),
    ("oxycodone 5 mg and gabapentin 300 mg tid", "DRUG-003", 3),
    ("oxycodone 5 mg q6h, gabapentin 300 mg tid", "DRUG-003", 3),
    ("OxyContin 20 mg bid and Percocet 5/325 q6h", "DRUG-003 DIR-007", 3),
    ("OxyContin 20 mg bid, oxycodone 5 mg q6h prn", "DRUG-003 DIR-007", 3),
    ("OxyContin 20 mg bid; Roxicodone 5 mg q6h", "DRUG-003 DIR-007", 3),
    ("morphine ER 30 mg bid, morphine IR 15 mg q4h prn", "DRUG-003 DIR-007", 3),
    ("Percocet 5/325 q6h, acetaminophen 500 mg q6h", "DRUG-003 DIR-007", 3),
    ("Percocet 5/325 1 tab q6h, acetaminophen 500 mg q6h", "DRUG-003 DIR-007", 3),
    ("Percocet 5/325 1 tab q6h, oxycodone 5 mg 1 tab q6h", "DRUG-003 DIR-007", 3),
    ("Norco 5/325 1 tab q6h and Tylenol 500 mg 1 tab q6h", "DRUG-003 DIR-007", 3),
    ("morphine ER 30 mg bid and 15 mg IR q4h prn", "DRUG-003 DIR-007", 3),
    ("Percocet 10/325 q6h, oxycodone 5 mg q6h", "DRUG-003 DIR-007", 3),
    ("fentanyl patch 25 mcg/h q72h, oxycodone 5 mg q6h prn", "DRUG-003", 3),
    ("fentanyl 25 mcg/h and 12 mcg/h patches every 72 hours", "DIR-007 DRUG-003", 3),
    ("morphine or oxycodone 5 mg q6h", "DRUG-003", 3),
    ("oxycodone 5 mg every 6 hours for pain and hydrmorphone 2 mg every 4 hours", "DRUG-001 DRUG-003 DIR-005", 3),
    ("oxycodone 5 mg every 6 hours as needed for pain, zzz 20 mg daily", "DRUG-001 DIR-005 DIR-007", 3),
    # contradictions
    ("morphine 20 mg/mL, 5 mL (5 mg) every 4 hours", "DIR-004", 3),
    ("oxycodone 5 mg, 2 tablets (5 mg) q6h", "DIR-004", 3),
    ("oxycodone 5 mg, 1 tablet (10 mg) q6h", "DIR-004", 3),
    ("oxycodone 5 mg bid q6h", "DIR-007", 3),
    ("oxycodone 5 mg daily every 12 hours", "DIR-007", 3),
    ("oxycodone 5 mg 3 times daily every 6 hours", "DIR-007", 3),
    ("oxycodone 5 mg bid in the morning", "DIR-007", 3),
    ("oxycodone 5 mg three times daily, morning and night", "DIR-007", 3),
    ("oxycodone 5 mg every 6 hours at 8 am and 8 pm", "DIR-007", 3),
    ("oxycodone 5 mg tablet, 5 mL q6h", "DIR-007", 3),
    ("oxycodone 5 mg/5 mL, 1 tablet q6h", "DIR-007", 3),
    ("oxycodone ER IR 10 mg q12h", "DIR-007", 3),
    ("oxycodone 5 mg tablet patch q6h", "DIR-007 UNIT-001", 3),
    ("oxycodone 5/325 q6h", "DIR-007", 3),
    ("acetaminophen/oxycodone 5/325 q6h", "DIR-007", 3),
    ("oxycodone 5 mg, 1 tablet 2 tablets q6h", "DIR-007", 3),
    ("oxycodone 5 mg 20 mg/day q6h", "DIR-007 DIR-004", 3),
    ("oxycodone 5 mg tid, 30 mg per day", "DIR-007 DIR-004", 3),
    ("oxycodone 5 mg q6h, total 25 mg per day", "DIR-004", 3),
    ("oxycodone 5 mg bid: 1 tab in the morning, 2 tabs in the evening", "DIR-007 DIR-005", 3),  # 15, never 25
    ("oxycodone 5 mg twice daily, 1 tab am, 1 tab pm", "DIR-007 DIR-005", 3),  # 10, never 20
    ("oxycodone 5 mg 2 tabs twice daily (1 am, 1 pm)", "DIR-007 DIR-005", 3),
    ("oxycodone 5 mg 4 tabs daily, 1 q6h", "DIR-007", 3),
    ("oxycodone 5 mg 1 tab q4h prn (6 tablets/day)", "DIR-007 DIR-004 DIR-005", 3),
    ("oxycodone 5 mg q6h or q4h", "DIR-007 DIR-005", 3),
    ("oxycodone 5 mg every 6 hours or 10 mg every 4 hours", "DIR-007 DIR-005", 3),
    ("oxycodone 5 mg 1 tab q6h prn mild pain or 2 tabs q6h prn severe pain", "DIR-007 DIR-005", 3),
    ("oxycodone 5 mg (20 mg) q6h", "DIR-007 DIR-004", 3),
    ("oxycodone 10 mg (2 tablets) every 6 hours", "DIR-004 DIR-007", 3),  # 2 of 10 mg, or 10 mg in 2?
    ("oxycodone 5 mg, 1 tablet tid and 1 tablet at bedtime as needed", "DIR-007", 3),
    ("oxycodone 5 mg tablets, take 10 mg (4 tablets) q6h", "DIR-004 DIR-007", 3),
    ("morphine 10 mg/5 mL, 10 mg (10 mL) q4h", "DIR-004", 3),
    ("morphine 15 mg tablet, 10 mL q4h", "DIR-007", 3),
    ("Percocet 10/325 650 mg q6h", "DIR-004 DIR-007 NUM-002", 3),
    ("hydrocodone/acetaminophen 325/5 1 tab q6h", "DIR-007", 3),
    ("oxycodone 10 mg every 6 hours, max 5 mg per day", "DIR-007 DIR-004", 3),
    ("oxycodone 5 mg, 10 mg, 15 mg q6h", "DIR-007", 3),
    ("fentanyl 25-50 mcg/h patch q72h", "DIR-007", 3),
    ("morphine 15 mg by mouth IV q4h", "DIR-007", 3),
    ("oxycodone 5 mg q6h #30 #60", "DIR-007", 3),
    ("oxycodone 5 mg, 1 tablet every 6 hours, 12 tablets", "DIR-001 DIR-007", 3),
    ("oxycodone 5 mg, 1 tablet at 8", "DIR-007 DIR-001 DIR-005", 3),
    ("morphine 20 mg/mL 0.5 mL to 7.5 mL q4h", "DIR-007", 3),
    ("morphine 20 mg/mL 0.25-1.5 mL q4h", "DIR-007", 3),
    ("hydromorphone 1 mg/mL 0.5-5 mL q4h", "DIR-007", 3),
    ("oxycodone 1-10 mg q4h", "DIR-007", 3),
    ("oxycodone/acetaminophen 10-5 mg q6h", "DIR-005", 3),
    ("fentanyl patch 25 mcg/h 12 hours on 12 hours off", "DIR-008", 3),
    # a rate alone may be that of an infusion
    ("fentanyl 50 mcg/hr", "DIR-010", 4),
    ("fentanyl 50 mcg/hr #10", "DIR-010", 4),
    ("fentanyl 50 mcg/hr for back pain", "DIR-010", 4),
    ("buprenorphine 10 mcg/h", "DIR-010", 4),
    # directions that change over time
    ("oxycodone 10 mg q6h for 3 days, then 5 mg q6h for 3 days", "DIR-008", 3),
    ("oxycodone 10 mg q6h for 3 days, 5 mg q6h for 3 days", "DIR-008 DIR-007", 3),
    ("oxycodone 10 mg q6h x 3 days followed by 5 mg q6h", "DIR-008", 3),
    ("oxycodone 5 mg 1 tab q6h x 5 days, 1 tab q8h x 5 days", "DIR-008 DIR-007", 3),
    ("morphine ER 15 mg bid, increase to 30 mg bid", "DIR-008", 3),
    ("oxycodone 10 mg tid taper by 10% per week", "DIR-008", 3),
    ("oxycodone 5 mg q6h, may repeat once", "DIR-008 DIR-005", 3),
    ("oxycodone 5 mg q6h until pain is gone", "DIR-008 DIR-005", 3),
    ("Week 1: oxycodone 10 mg bid, week 2: 10 mg daily", "DIR-008 DIR-005 DIR-007", 3),
    ("oxycodone 5 mg alternating with 10 mg every 6 hours", "DIR-008", 3),
    # words not understood
    ("hydromorhpone 4 mg q6h", "DRUG-001", 3),
    ("oxycodne 5 mg q6h", "DRUG-001", 3),
    ("oxicodone 5 mg q6h", "DRUG-001", 3),
    ("morphne 15 mg q4h", "DRUG-001", 3),
    ("hydromorphine 4 mg q6h", "DRUG-001", 3),
    ("fentynal patch 25 mcg/h", "DRUG-001", 3),
    ("Perocet 5/325 q6h", "DRUG-001", 3),
    ("Tylenol 3 1 tab q6h", "DRUG-002", 3),  # Tylenol #3 holds codeine: no complete 0
    ("Wonderopioid 10 mg q6h", "DRUG-001", 3),
    ("oxycodone 5 mg evry 6 hours", "DIR-005", 3),
    ("oxycodone 5 mg every 6 huors", "DIR-005", 3),
    ("oxycodone 5 mg dayly", "DIR-005 DRUG-001", 3),
    ("oxycodone 5 mg twise daily", "DIR-005 DRUG-001", 3),
    ("oxycodone 5 mg 2 tablts q6h", "DIR-005 DRUG-001", 3),
    ("oxycodone 5 mg every 6", "DIR-001 DIR-005", 4),
    ("oxycodone 5 mg 4x", "DIR-005 DIR-001 DIR-007", 3),
    ("oxycodone 5 mg, 1 tablet q4h, max 5 tablets", "DIR-001 DIR-005", 4),
    ("oxycodone 5 mg, 1T q6h", "DIR-005", 3),
    ("oxycodone 5 mg tab.1 q6h", "NUM-001", 3),  # a full stop or a decimal point?
    ("oxycodone 5 mg 1-1-2", "DIR-005 DIR-001 DIR-007", 3),
    ("oxycodone 5 mg q6h, may take 2 if severe", "DIR-005 DIR-007", 3),
    ("oxycodone 5 mg q6h, max 30 tablets per month", "DIR-005 DIR-007", 3),
    ("oxycodone 5 mg q6h prn, max 10 per week", "DIR-005 DIR-007", 3),
    ("oxycodone 5 mg q6h prn, max 2 tablets per dose", "DIR-005 DIR-007", 3),
    ("oxycodone 5 mg once", "DIR-005", 3),
    ("oxycodone 5 mg monthly", "DIR-005", 3),
    ("morphine PCA 1 mg q10 min", "DIR-011", 3),
    ("fentanyl infusion 25 mcg/h", "DIR-011", 3),
    ("oxycodone " + "5 mg q6h " * 200, "DIR-009", 3),
    ("5 mg q6h", "DRUG-004 DRUG-001", 3),
    ("", "DRUG-004", 4),
    ("1 tablet every 6 hours as needed for pain", "DRUG-004", 4),
    # patches are counted: a mass, a volume or a limit a day does not say how many are worn
    ("fentanyl patch 25 mcg/h 10 mg daily", "DIR-007", 3),
    ("fentanyl patch 25 mcg/h 0.5 mL every 72 hours", "DIR-007", 3),
    ("fentanyl patch 25 mcg/h, 20 mcg daily", "DIR-007", 3),
    ("fentanyl patch 25 mcg/h, max 3 patches per day", "DIR-007", 3),
    ("fentanyl patch 25 mcg/h 1 patch every 72 hours, not to exceed 4 tablets in 24 hours", "DIR-007", 3),
    # a part is missing
    ("oxycodone", "DIR-006", 4),
    ("oxycodone 5 mg", "DIR-001", 4),
    ("oxycodone 5 mg tablet", "DIR-001", 4),
    ("oxycodone 5 mg, 1 tablet", "DIR-001", 4),
    ("oxycodone 5 mg, 1 tablet prn", "DIR-001", 4),
    ("oxycodone 5 mg, 1 tablet as needed for pain", "DIR-001", 4),
    ("oxycodone 5 mg #120, 30 days", "DIR-001", 4),
    ("oxycodone 5 mg as directed", "DIR-001", 4),
    ("oxycodone every 6 hours", "DIR-006 DIR-002", 4),
    ("oxycodone tid", "DIR-006 DIR-002", 4),
    ("oxycodone 1 tablet every 6 hours", "DIR-002", 4),
    ("oxycodone 2 q6h", "DIR-002", 4),
    ("Percocet 1 tablet q6h", "DIR-002", 4),
    ("morphine solution 5 mL q4h", "DIR-002", 4),
    ("methadone 10 mL daily", "DIR-002", 4),
    ("morphine 20 mg/mL q4h", "DIR-006", 4),
    ("fentanyl patch every 72 hours", "DIR-002", 4),
    ("fentanyl 100 mcg q6h", "MME-001", 4),
    ("fentanyl 100 mcg tablet q6h", "MME-001", 4),
    ("buprenorphine 8 mg daily", "DIR-010 MME-001", 4),
    ("butorphanol 10 mg/mL nasal spray, 1 spray q4h", "DIR-002 MME-001", 4),
]


@pytest.mark.parametrize(("text", "codes", "exit_code"), [pytest.param(*row, id=row[0][:80]) for row in WRONG])
def test_a_wrong_or_incomplete_line_is_not_counted(text, codes, exit_code):
    report = report_of(text)
    given = {problem.code for problem in report.problems}
    assert given & set(codes.split()), [(p.code, p.text) for p in report.problems]
    assert not any(entry.status is Status.COUNTED for entry in report.entries)
    assert not isinstance(report.total, CompleteTotal)
    assert report.exit_code in ((3, 4) if len(codes.split()) > 1 else (exit_code,))


def test_there_are_enough_lines():
    assert len(READ) + len(SUPPLY) + len(WRONG) >= 250


def test_no_line_stands_twice():
    lines = [row[0] for row in (*SUPPLY, *WRONG)] + [str(param.values[0]) for param in READ]
    assert len(lines) == len(set(lines))
