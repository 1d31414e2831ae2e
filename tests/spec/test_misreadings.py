"""Lines that were once misread, each kept with what it means: a figure, or None where it must not be counted."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from medsteward import case_of, factor_table, mme_per_day
from medsteward.mme.result import CompleteTotal

# Maximum MME per day under cdc_2022; None: a problem, and no complete total.
LINES: list[tuple[str, str | None]] = [
    ("oxycodone 5 mg, 1 tablet every 4 hours as needed for up to 3 days", "45"),
    ("hydromorphone 2 mg, 1 tab q3h prn for up to 2 days", "80"),
    ("oxycodone 5 mg 1 tab q4h prn pain, max 3 days", "45"),
    ("oxycodone 5 mg 1 tab q4h for no more than 3 days", "45"),
    ("oxycodone 5 mg 1 tablet Mon Wed Fri", "45/14"),
    ("oxycodone 5 mg 1 tablet Mon-Fri", "75/14"),
    ("oxycodone 5 mg 2 tabs Mon Wed Fri and 1 tab Tue Thu Sat Sun", None),
    ("Percocet 5/325 q4h prn #20 (twenty)", "45"),
    ("Norco 5/325 tid, 90 tabs", None),
    ("Norco 5/325 1 tab q6h prn, 28 tablets for 7 days", None),
    ("Norco 5/325 1 tab tid dx M54.5", "15"),
    ("Norco 5/325 tid dx M54.5", "15"),
    ("Percocet 5/325 q6h prn pain scale 4-6", "30"),
    ("Percocet 5/325 q6h prn 7-10 pain", None),
    ("oxycodone 10 mg q4h for stage 4 cancer", None),
    ("oxycodone 5 mg/5 mL q6h, 120 mL", None),
    ("fentanyl patch 25 mcg/h every 72 hours, 10 patches", None),
    ("fentanyl patch 25 mcg/h, 10 patches", None),
    ("2. Percocet 5/325 q6h prn", "30"),
    ("12. Percocet 5/325 q6h", "30"),
    ("methadone 10 mg tid for pain and opioid use disorder", "141"),
    ("OxyContin 80 mg & 20 mg q12h", None),
    ("oxycodone ER 80 mg + 40 mg q12h", None),
    ("MS Contin 60 mg + 30 mg bid", None),
    ("oxycodone 5 mg and 10 mg q6h", None),
    ("oxyCODONE 10 mg = 2 tab, Oral, q4h", "90"),
    ("oxyCODONE 5 mg oral tablet, 10 mg = 2 tab, Oral, q4h", "90"),
    ("oxycodone 10 mg (2 tablets) q4h", None),
    ("oxycodone 2 tabs q6h (10 mg)", None),
    ("oxycodone 5 mg 2 tabs (10 mg) q6h", "60"),
    ("methadone 30 mg daily for 7 days, 25 mg daily for 7 days", None),
    ("oxycodone 5 mg #120/30 days", None),
    ("OXYCODONE-ACETAMINOPHEN 10-325 #90/30d 1 tab tid", "45"),
    ("Percocet 5/325 refill in 30 days", None),
    ("hydrocodone-acetaminophen 10-325-2 tabs q6h", None),
    ("oxycodone 5 mg 1 tab with meals and at bedtime", None),
    ("oxycodone 5 mg 1 tab tid with meals", "22.5"),
    ("oxycodone 10 mg q6h changed to 5 mg q6h", None),
    ("oxycodone 5 mg qid (20 mg/day)", "30"),
    ("oxycodone 5 mg qid (25 mg/day)", None),
    ("oxycodone 5 mg qid (20 mg daily)", "30"),
    ("oxycodone 5 mg qid, 20 mg daily", None),
    ("oxycodone 5 mg 1-2 tabs q4h, total of 8 per day", None),
    ("oxycodone 5 mg 1 tab q4h prn, takes 3 per day", None),
    ("oxycodone 10 mg bid for pain and gabapentn 300 mg tid", None),
    ("oxycodone 10 mg q6h prn pain hydromorphne 4 mg q6h", None),
    ("oxycodone 5 mg bid for pain cancelled", None),
    ("oxycodone 5 mg bid for pain completed", None),
    ("tramadol ER 100 mg 24 hr tablet, 1 tablet daily, qty 30", "20"),
    ("methadone 10 mg tid and 5 mg q6h prn", None),
    ("OxyContin 20 mg q12h + oxycodone 5 mg q4h prn", None),
    ("oxycodone 5 mg 1 tab q4h or 2 tabs q6h", None),
    ("oxycodone 5 mg 1 tab q6h prn mild pain, 2 tabs q6h prn severe pain", None),
    ("oxycodone 5 mg 1 tab nightly at 9 pm", None),
    ("oxycodone 5 mg 1 tab in the evening, before bed", None),
    ("oxycodone 5 mg 1 AM, 2 PM", None),
    ("oxycodone 5 mg 1 tab at 8 am and 8 pm", "15"),
    ("oxycodone 5 mg 1 tab at 0800 and 2000", "15"),
    ("fentanyl 75 + 25 mcg/h patches q72h", None),
    ("fentanyl patch 100 & 50 mcg/h q72h", None),
    ("oxycodone 5 mg, 30 tabs, q6h", None),
    ("oxycodone 500 mg q6h", None),
    ("Percocet 5-10 mg q6h", "60"),
    ("oxycodone 5 mg 1 tab q6h max 0 per day", None),
    ("Percocet 0/325 1 tab q6h", None),
    ("oxycodone 5² mg q6h", None),
    ("oxycodone 5 mg 1 tab q6h, max 6 tabs per 24 hours and 30 per week", None),
    ("morphine 20 mg/mL 0.25-0.5 mL (1-10 mg) q4h", None),
    ("oxycodone 5 mg 1 tab about 4 a day", None),
    ("oxycodone 5 mg with acetaminophen 650 mg q6h", None),
    ("oxycodone 5 mg 1 tablet every 4 (four) hours as needed for pain", "45"),
    ("oxycodone 5 mg one (1) tablet 4 (four) times daily", "30"),
    ("oxycodone 5 mg tab(s) 2 tab(s) q6h", "60"),
    ("oxycodone 5 mg 1/2-1 tab q6h", "30"),
    ("oxycodone 5 mg ½-1 tab q6h", "30"),
    ("oxycodone 5 mg one-half tablet q6h", "15"),
    ("oxycodone 5 mg ONE AND ONE-HALF TABLETS q6h", "45"),
    ("oxycodone 5 mg 1 tab q4-6", None),
    ("oxycodone 5 mg 1 tab q4h prn MDD 6", "45"),
    ("oxycodone 5 mg 1 tab q4h prn, 4 per day max", "30"),
    ("oxycodone 5 mg 1 tab q4h prn max 6", None),
    ("morphine 20 mg/mL 0.25 mL PO/SL q4h", "30"),
    ("fentanyl 25 mcg/h patch, apply 1 patch topically every 72 hours", "60"),
    ("oxycodone 5 mg 1 tab bid-tid", "22.5"),
    ("oxycodone 5mg-10mg q6h", "60"),
    ("oxycodone 5 mg 1 tab q4h-q6h", "45"),
    ("oxycodone 5 mg 1 tab q4h x 3 doses", None),
    ("acetaminophen-codeine #3 1 tab q6h", "18"),
    ("Suboxone 8/2 dissolve 1 film under the tongue daily for pain", None),
    ("2 tabs oxycodone (5 mg each) q6h", "60"),
    ("oxycodone 5 mg x 2 tabs q6h", "60"),
    ("Sublocade 300 mg every 28 days", None),
    ("OxyContin 20 bid", None),
    ("oxycodone 5 mg 1 tab 11/23/2026", None),
    ("take 1 tablet oxycodone 5 mg every 6 hours as needed for moderate to severe pain", "30"),
    ("every morning take 2 tablets of oxycodone 5 mg and every night take 3 tablets of it", None),
    ("oxycodone 10 mg 12 hr tablet, 1 tablet every 12 hours", "30"),
    ("fentanyl 75 mcg/hr/72hr patch, 1 patch every 72 hours", "180"),
    ("Percocet 5/325 1 tab moderate pain 2 tabs severe pain q6h prn", None),
    ("oxycodone 10 mg split bid", None),
    ("4 - oxycodone 5 mg q6h", "30"),
    ("Percocet 5/325 q6h prn for pain 4-6", None),
    ("oxycodone 1.000,5 mg q4h", None),
    ("hydrocodone/apap 10/325 half tablet q6h", "20"),
]


@pytest.mark.parametrize(("line", "mme"), LINES, ids=[line for line, _ in LINES])
def test_a_line_once_misread(line: str, mme: str | None) -> None:
    report = mme_per_day(case_of(line, as_of=date(2027, 1, 4)), table=factor_table("cdc_2022"))
    if mme is None:
        assert report.problems
        assert not isinstance(report.total, CompleteTotal)
    else:
        assert not report.problems
        assert isinstance(report.total, CompleteTotal)
        assert report.total.maximum.value == Fraction(mme)
