"""Whatever is sent to a screen, it answers with a page; and what was typed is never markup in it."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from medsteward.page.form import Upload, form_of
from medsteward.page.index import SCREENS, answer
from medsteward.page.start import EXAMPLE
from tests.counts import examples

DAY = date(2027, 1, 4)
FIELDS = (
    *("medicines", "age", "sex", "egfr", "weight_kg", "tolerance", "indication", "opioid_since", "as_of", "pregnant"),
    *("conditions", "condition_add", "table", "use_table", "compare", "json", "choose", "base", "ack", "by", "have"),
    *("start", "policy", "percent", "every", "ceiling", "target", "requested_by", "because", "supervised_by", "answer"),
    *("reason", "first", "weekday", "avoid", "split", "when_stuck", "taken", "scored", "pick", "plan", "on", "change"),
    *("keep", "why", "pause_from", "pause_to", "set_step", "set_dose", "replan", "replan_form", "present_dose"),
    *("drug", "trial_start", "goal", "baseline", "pain", "site", "days", "decide", "measure", "paper", "large_print"),
    *("product", "quantity", "days_supply", "patient_key", "q", "done:naloxone", "done:", "unknown"),
)
ODD = (
    *("", " ", "yes", "0", "-1", "1e9999", "NaN", "inf", "2027-01-04", "9999-12-31", "0001-01-01", "2027-02-30"),
    *("<script>x</script>", "'\"&", "\x00", "\u202e", "=1+1", "a" * 5000, "\n" * 50, "{}", "[]", "null", '{"a": 1}'),
    *("oxycodone 10 mg every 6 hours", "methadone", "morphine=15 mg/d", "DDI-001=will_monitor", "smallest-step"),
    *("patient", "medsteward taper 'x' --start", "PEG=7", "card", "fhir", "pause", "undo", "neuropathic", "10%", "4w"),
    *("duloxetine", "humane", "weekends,holidays:US", "pain-medicine:Dr. A", "suicidality=no", "monday", "anzca_2021"),
)
values = st.sampled_from(ODD) | st.text(max_size=30)
forms = st.lists(st.tuples(st.sampled_from(FIELDS), values), max_size=14)


@examples(150)
@given(st.sampled_from(sorted(SCREENS)), forms, st.booleans(), st.none() | st.binary(max_size=60))
def test_every_form_is_answered(name, pairs, with_list, file):
    if with_list:
        pairs = [("medicines", EXAMPLE), *pairs]
    files = {} if file is None else {"file": Upload("x", file), "fills": Upload("x", file)}
    found = answer(name, form_of(pairs, files), today=DAY)
    assert found.status in (200, 400)
    assert b"<script>x" not in found.body
    if name != "keep" and found.kind == "text/html":
        assert found.body.count(b"</html>") == 1
