"""What holds of any plan with two releases of one drug: no document names a dose of it without its release."""

from __future__ import annotations

import base64
import json
import re
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from io import BytesIO

from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from pypdf import PdfReader

from medsteward.model.drug import DrugClass
from medsteward.model.unit import Unit
from medsteward.schedules.plan import WhenStuck
from medsteward.writers.card import html as card_html
from medsteward.writers.card import pdf as card_pdf
from medsteward.writers.card.days import card_of
from medsteward.writers.plan import document as plan_json
from medsteward.writers.plan import fhir as fhir_plan
from medsteward.writers.plan import html as plan_html
from medsteward.writers.plan import ics as plan_ics
from medsteward.writers.plan import note as plan_note
from medsteward.writers.plan import pdf as plan_pdf
from medsteward.writers.plan import pharmacy as pharmacy_table
from medsteward.writers.plan import table as plan_table
from tests.cards import parts
from tests.printed_plans import course, plan, report, track, weekly

few = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

DOSE = re.compile(r"\d ?(mg|mL|tablet|capsule|tableta|cápsula)")
RELEASE = re.compile(r"\b(ER|IR)\b")
TABLET, MORPHINE = Unit.TABLET, DrugClass.OPIOID_FULL_AGONIST


def er(*amounts):
    return track("morphine", MORPHINE, amounts, ("15", "30", "60"), release="ER", fewest=min(2, len(amounts)))


def ir(*amounts):
    return track("morphine", MORPHINE, amounts, ("15", "30"))


def liquid(*amounts):
    made = track("morphine", MORPHINE, amounts, ("2",), part=Fraction(1, 2), unit=Unit.ML, form="solution")
    named = evolve(made.supplies[0], product="morphine 10 mg/5 mL solution", per_ml=Fraction(5))
    return evolve(made, supplies=(named,), present=named)


tablets = st.sampled_from((15, 30, 45, 60))


@st.composite
def reports(draw):
    """A plan from an extended-release and an immediate-release line of morphine, whichever goes first."""
    long = er(*draw(st.lists(tablets, min_size=2, max_size=3)))
    short = draw(
        st.lists(tablets, min_size=1, max_size=4).map(lambda doses: ir(*doses))
        | st.lists(st.sampled_from((5, 10)), min_size=2, max_size=4).map(lambda doses: liquid(*doses))
    )
    lines = draw(st.permutations([long, short]))
    one = course(*lines, named=weekly(), total_unit=Unit.MG_PER_D)
    stuck = draw(st.sampled_from((WhenStuck.SMALLEST_STEP, WhenStuck.ASK)))
    made = plan(one, stuck=stuck, fill_days=draw(st.none() | st.just(7)))
    return report(made)


def steps_of(found):
    return [] if found.plan is None else found.plan.steps


def unnamed(texts):
    """The texts that speak of morphine and a dose, and of no release."""
    return [each for each in texts if "morphine" in each and DOSE.search(each) and not RELEASE.search(each)]


def paragraphs(text):
    """Lines as they were before they were wrapped: what is set in further belongs to the line above.

    The headline and the marks above the first empty line are not set in themselves.
    """
    found: list[str] = []
    for line in text.splitlines():
        if line.startswith("    " if "" in found else "  ") and found:
            found[-1] += f" {line.strip()}"
        else:
            found.append(line)
    return found


class Blocks(HTMLParser):
    """The text of each row, item, heading and paragraph of a page."""

    ENDS = frozenset({"tr", "li", "p", "h1", "h2", "h3", "figcaption", "dd", "div", "title"})

    def __init__(self, page):
        super().__init__()
        self.found, self.now, self.skipped = [], "", 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.skipped += tag in ("style", "script")
        self.handle_data(" " + dict(attrs).get("aria-label", ""))

    def handle_endtag(self, tag):
        self.skipped -= tag in ("style", "script")
        if tag in self.ENDS:
            self.found.append(self.now)
            self.now = ""

    def handle_data(self, data):
        self.now += "" if self.skipped else f" {data}"


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def objects(value):
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from objects(each)
    elif isinstance(value, list):
        for each in value:
            yield from objects(each)


@few
@given(reports())
def test_text_markdown_note_and_pages_name_the_release_of_each_dose(found):
    # no dose is lowered without a step: such a plan says why, and the line that could be lowered by name
    assert unnamed(paragraphs(plan_table.text(found))) == []
    assert unnamed(plan_table.markdown_text(found).splitlines()) == []
    assert unnamed(plan_note.note(found).splitlines()) == []
    assert unnamed(Blocks(plan_html.clinician_page(found)).found) == []
    if steps_of(found):
        assert unnamed(paragraphs(pharmacy_table.text(found))) == []
        assert unnamed(Blocks(plan_html.pharmacy_page(found)).found) == []
        assert unnamed([each.sig for each in found.plan.fills if "morphine" in each.sig]) == []


@few
@given(reports())
def test_calendar_and_fhir_name_the_release_of_each_dose(found):
    if not steps_of(found):
        return
    events = Calendar.from_ical(plan_ics.calendar_bytes(found, name_drug=True, doses=True)).walk("VEVENT")
    said = [
        line for each in events for key in ("summary", "description") for line in str(each.get(key, "")).split("\n")
    ]
    assert unnamed(said) == []
    bundle = fhir_plan.document(found)
    for entry in bundle["entry"]:
        resource = entry["resource"]
        if resource["resourceType"] == "MedicationRequest":
            assert RELEASE.search(resource["medicationCodeableConcept"]["text"])
            assert all(RELEASE.search(each["text"]) for each in resource["dosageInstruction"])
        elif resource["resourceType"] == "CarePlan":
            assert unnamed(list(strings(resource))) == []
        elif resource["resourceType"] == "DocumentReference":
            data = json.loads(base64.b64decode(resource["content"][0]["attachment"]["data"]))
            assert data["steps"] == json.loads(json.dumps(plan_json.document(found)))["steps"]


@few
@given(reports())
def test_json_says_release_and_products_beside_each_amount(found):
    table = plan_json.document(found)
    for step, made in zip(table["steps"], steps_of(found), strict=True):
        assert {each["release"] for each in step["daily"]} == {"IR", "ER"}
        for each in step["doses"]:
            known = {"ER": " ER ", "IR": ""}[each["release"]]
            assert all(known in item["product"] for item in each["items"])
        for each in step["daily"]:
            own = [dose for dose in step["doses"] if dose["release"] == each["release"]]
            assert each["products"] == list(dict.fromkeys(item["product"] for dose in own for item in dose["items"]))
            assert sum(dose["amount"] for dose in own) == each["amount"]
        assert {each["release"] for each in step["directions"]} == {dose.release for dose in made.doses}
        assert all(each["release"] in ("IR", "ER") for each in (*step["dispense"], *step["directions"]))
    assert all(each["release"] in ("IR", "ER") for each in table["fills"])


@few
@given(reports(), st.sampled_from(("en", "es")))
def test_the_card_names_the_release_of_each_dose_in_each_language(found, language):
    if not steps_of(found):
        return
    card = card_of(found, language_code=language, sheets="all")
    rows = [f"{row.product} {row.take}" for part in parts(card) for row in part.rows]
    rows += [line.medicine for row in card.steps.rows for line in row.lines] if card.steps else []
    rows += [text for part in parts(card) for text in (*part.changes, *part.totals, *part.new)]
    rows += [text for curve in card.curves for text in (curve.title, curve.alt)]
    assert all("morphine" not in row or RELEASE.search(row) for row in rows)
    assert unnamed(rows) == []
    assert unnamed(Blocks(card_html.page(found, language=language)).found) == []


@few
@given(reports())
def test_a_plan_keeps_the_bytes_that_earlier_versions_wrote(found):
    """What tells the lines apart follows from the request, so that no calendar entry of an older plan is sent anew."""
    base = json.dumps(plan_json.document(found)["base"])
    assert '"told"' not in base
    assert '"release": "IR"' in base  # of the track, as ever
    for step in plan_json.document(found)["base"]["steps"]:
        assert all(set(each) == {"drug", "amount"} for each in step["daily"])
        assert all(set(each) == {"drug", "time", "amount", "items"} for each in step["doses"])


def test_printed_pages_name_the_release_too():
    made = report(plan(course(er(30, 30), ir(15, 15), named=weekly(), total_unit=Unit.MG_PER_D)))
    for language, words in (("en", ("(long-acting)", "(short-acting)")), ("es", ("prolongada)", "corta)"))):
        text = printed(card_pdf.document(made, language=language))
        assert "morphine ER" in text
        assert "15 mg tablet IR" in text or "tableta IR" in text
        assert all(each in text for each in words)
    text = printed(plan_pdf.clinician_document(made))
    assert re.search(r"morphine ER 45 mg/ ?d, morphine IR 30 mg/d", text)


def printed(data):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def test_one_line_of_a_drug_is_called_by_the_drug_alone():
    made = report(plan(course(er(60, 60), named=weekly())))
    header = plan_table.text(made).partition("step  first day")[2].partition("----")[0].split()
    assert "morphine" in header
    assert "ER" not in header
    assert made.as_of == date(2026, 12, 28)
