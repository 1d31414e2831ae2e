"""The patient card in Spanish: the doses of the plan, nothing left in English, easily read, marked as not reviewed."""

from __future__ import annotations

import gettext
import io
import re
from datetime import date
from fractions import Fraction
from html.parser import HTMLParser
from typing import Any

import pytest
from attrs import evolve
from pypdf import PdfReader

from medsteward.drugs.products import listed_products
from medsteward.model.amount import Amount
from medsteward.model.unit import Unit
from medsteward.schedules.step import Item, StepKind
from medsteward.writers.card import days as card
from medsteward.writers.card import html as card_html
from medsteward.writers.card import pdf as card_pdf
from medsteward.writers.card.blocks import NOT_REVIEWED
from medsteward.writers.card.days import card_of
from medsteward.writers.card.language import FOLDER, Language, UnknownLanguage, language
from medsteward.writers.card.patient_words import ToldRow
from medsteward.writers.card.words import MOMENTS, amount_words, dose_words, drug_words, product_words
from tests import printed_plans as printed
from tests.build import pages_of_pdf as pages
from tests.cards import cells, lines, parts
from tests.reading_ease import EASY, QUITE_EASY, ease, syllables
from tests.unit.test_card import MADE, OPIOID, PATCH, plan_of

SPANISH, ENGLISH = language("es"), language("en")
everyone = pytest.mark.parametrize("name", MADE)
printed_ones = pytest.mark.parametrize("name", ["patch", "benzodiazepine", "trial"])
DRUGS = "morphine|oxycodone|fentanyl|clonazepam|gabapentin|duloxetine|naloxone|naloxona"


def item(unit: Unit, count: str, strength: str = "5", per: Unit = Unit.MG) -> Item:
    return Item("any", Amount(Fraction(strength), per), unit, Fraction(count))


# --- doses, dates and names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        (item(Unit.TABLET, "1"), "tome 1 (uno) tableta (5 mg)"),
        (item(Unit.TABLET, "2"), "tome 2 (dos) tabletas (10 mg)"),
        (item(Unit.TABLET, "1/2"), "tome media tableta (2.5 mg)"),
        (item(Unit.TABLET, "3/2"), "tome 1 (uno) tableta y media (7.5 mg)"),
        (item(Unit.TABLET, "5/2"), "tome 2 (dos) tabletas y media (12.5 mg)"),
        (item(Unit.TABLET, "3", "400"), "tome 3 (tres) tabletas (1,200 mg)"),
        (item(Unit.CAPSULE, "1"), "tome 1 (uno) cápsula (5 mg)"),
        (item(Unit.CAPSULE, "2"), "tome 2 (dos) cápsulas (10 mg)"),
        (item(Unit.PATCH, "1", "25", Unit.MCG_PER_H), "use 1 (uno) parche (25 mcg por hora)"),
        (item(Unit.PATCH, "2", "25", Unit.MCG_PER_H), "use 2 (dos) parches (50 mcg por hora)"),
        (item(Unit.PATCH, "1", "1", Unit.PATCH), "use 1 (uno) parche"),
        (item(Unit.PATCH, "3", "1", Unit.PATCH), "use 3 (tres) parches"),
        (item(Unit.G, "4", "1", Unit.G), "aplique 4 g"),
        (item(Unit.ML, "2.5", "2"), "tome 2.5 mL (5 mg)"),
        (item(Unit.SUPPOSITORY, "2"), "use 2 (dos) supositorios (10 mg)"),
        (item(Unit.SPRAY, "1"), "use 1 (uno) rociada (5 mg)"),
    ],
)
def test_a_dose_agrees_with_its_number(taken, said):
    assert dose_words(taken, SPANISH) == said


def test_a_count_that_is_an_amount_is_said_once_in_english_too():
    assert dose_words(item(Unit.G, "4", "1", Unit.G), ENGLISH) == "put on 4 g"
    assert dose_words(item(Unit.PATCH, "1", "1", Unit.PATCH), ENGLISH) == "wear 1 (one) patch"
    assert dose_words(item(Unit.PATCH, "2", "1", Unit.PATCH), ENGLISH) == "wear 2 (two) patches"
    assert amount_words(Fraction(16), Unit.G_PER_D, ENGLISH) == "16 g a day"
    assert amount_words(Fraction(2), Unit.PATCH, ENGLISH) == "2 patches"


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (120, Unit.MG_PER_D, "120 mg al día"),
        (1800, Unit.MG_PER_D, "1,800 mg al día"),
        (25, Unit.MCG_PER_H, "25 mcg por hora"),
        (16, Unit.G_PER_D, "16 g al día"),
        (1, Unit.PATCH, "1 parche"),
        (2, Unit.PATCH, "2 parches"),
    ],
)
def test_a_days_amount(value, unit, said):
    assert amount_words(Fraction(value), unit, SPANISH) == said


def test_days_and_months():
    day = date(2027, 1, 4)
    assert SPANISH.full_date(day) == "4 de enero de 2027"
    assert SPANISH.day(day) == "lunes 4 de enero de 2027"
    assert SPANISH.short_day(day) == "lunes 4 de enero"
    assert SPANISH.month(day) == "Enero de 2027"
    assert SPANISH.week_from(day) == ("lun", "mar", "mié", "jue", "vie", "sáb", "dom")
    assert SPANISH.label_day(day) == "lun 4 de ene de 2027"
    assert parts(card_of(MADE["opioids"], language_code="es"))[0].when.startswith("Del lunes 4 de enero al ")


@pytest.mark.parametrize(
    ("product", "said"),
    [
        ("morphine sulfate ER 30 mg tablet", "morphine sulfate ER 30 mg, tableta"),
        ("morphine sulfate ER 30 mg capsule [Kadian]", "morphine sulfate ER 30 mg, cápsula [Kadian]"),
        ("fentanyl 25 mcg/h patch", "fentanyl 25 mcg/h, parche"),
        (
            "clonazepam 0.5 mg orally disintegrating tablet",
            "clonazepam 0.5 mg, tableta que se deshace en la boca",
        ),
        ("oxycodone hydrochloride 1 mg/mL solution", "oxycodone hydrochloride 1 mg/mL, líquido (solución)"),
        ("house mixture 7", "house mixture 7"),
        ("tablet", "tablet"),
    ],
)
def test_the_name_of_a_product_stays_and_its_form_is_said(product, said):
    assert product_words(product, SPANISH) == said
    assert product_words(product, ENGLISH) == product


def test_the_form_of_every_listed_product_is_said():
    for each in listed_products():
        name = each.product.listed
        assert name is not None
        assert product_words(name, ENGLISH) == name
        assert product_words(name, SPANISH) != name, name


def test_what_is_put_on_the_skin_says_so():
    assert drug_words("diclofenac topical", SPANISH) == "diclofenac para la piel"
    assert drug_words("diclofenac topical", ENGLISH) == "diclofenac topical"
    assert drug_words("morphine", SPANISH) == "morphine"


def test_no_two_times_of_the_day_and_no_two_changes_are_alike():
    times = [SPANISH.say(each) for each in MOMENTS.values()]
    assert len(set(times)) == len(times)
    changes = [SPANISH.say(each) for each in ("Start", "Stop", "Lower", "Higher", "Same", "Change")]
    assert len(set(changes)) == len(changes)
    assert max(map(len, changes)) <= 7


def translations() -> list[str]:
    """Every text of the catalogue."""
    found = gettext.GNUTranslations(io.BytesIO((FOLDER / "es" / "LC_MESSAGES" / "card.mo").read_bytes()))
    return [text for name, text in found._catalog.items() if name]  # type: ignore[attr-defined]


def test_words_that_could_be_mistaken_or_hurt_are_not_in_it():
    """ "once" is eleven in Spanish, "mañana" alone is tomorrow; the rest blames."""
    for text in translations():
        words = re.findall(r"\w+", text.lower())
        for wrong in (
            "once",
            "daily",
            "adicto",
            "adicta",
            "adicción",
            "abuso",
            "limpio",
            "fracaso",
            "culpa",
            "tú",
            "su(s)",
        ):
            assert wrong not in words, text
        assert text.lower() != "mañana"
        assert "(s)" not in text


# --- the plan, the same in both languages -------------------------------------------------------------------------

_HALVES = re.compile(r"\bhalf\b|\bmedia\b")


def figures(text: str) -> tuple[list[str], bool]:
    """The numbers of a dose in order, and whether there is a half."""
    return re.findall(r"\d[\d,.]*\d|\d", text), bool(_HALVES.search(text))


@everyone
def test_each_day_is_on_it_as_often_and_with_the_same_dose(name):
    english, spanish = (card_of(MADE[name], language_code=code, sheets="all") for code in ("en", "es"))
    assert [(cell.day, cell.boxes, bool(cell.change)) for cell, _ in cells(english)] == [
        (cell.day, cell.boxes, bool(cell.change)) for cell, _ in cells(spanish)
    ]
    assert [each.day for part in parts(english) for each in part.patches] == [
        each.day for part in parts(spanish) for each in part.patches
    ]
    # longer words may need a sheet more, never another dose
    left, right = ({part.step: part for part in reversed(parts(card))} for card in (english, spanish))
    assert left.keys() == right.keys()
    for step, part in left.items():
        assert [figures(row.take) for row in part.rows] == [figures(row.take) for row in right[step].rows]
        for line, linea in zip((*part.changes, *part.totals), (*right[step].changes, *right[step].totals), strict=True):
            assert figures(line) == figures(linea)
    assert english.steps is not None
    assert spanish.steps is not None
    for row, fila in zip(english.steps.rows, spanish.steps.rows, strict=True):
        assert [[figures(count) for count in line.counts] for line in row.lines] == [
            [figures(count) for count in line.counts] for line in fila.lines
        ]


def test_halves_are_told_apart_by_this_test():
    assert figures("take half a tablet (0.25 mg)") == figures("tome media tableta (0.25 mg)") == (["0.25"], True)
    assert figures("take 1 and a half tablets (7.5 mg)") == figures("tome 1 tableta y media (7.5 mg)")
    assert figures("tome 1 (uno) tableta (5 mg)") != figures("tome 1 tableta y media (5 mg)")


def test_which_way_a_dose_goes():
    lower, trial = (card_of(MADE[name], language_code="es", sheets="all") for name in ("gabapentinoid", "trial"))
    assert parts(lower)[0].changes[0].startswith("Gabapentin baja: de 1,800 a 1,")
    assert plan_of("gabapentinoid").steps[-1].kind is StepKind.STOP
    assert lower.steps is not None
    assert lower.steps.rows[-1].note == "Gabapentin: fin. Desde este día, no use más este medicamento."
    assert [part.changes[0] for part in parts(trial) if part.changes] == [
        "Duloxetine: empiece con 30 mg al día.",
        "Duloxetine sube: de 30 a 60 mg al día.",
    ]
    assert "Si no sigue, la dosis baja paso a paso." in trial.ending


def said(name: str) -> str:
    return " ".join(lines(card_of(MADE[name], language_code="es", sheets="all")))


@pytest.mark.parametrize(
    ("words", "whose"),
    [
        ("naloxona", OPIOID),
        ("laxante", OPIOID),
        ("frenar o parar su respiración", OPIOID),
        ("almohadilla", PATCH),
        ("No tome alcohol", set(MADE) - {"trial"}),
        ("ir más despacio o hacer una pausa", set(MADE) - {"trial"}),
        ("No suba la dosis por su cuenta", set(MADE) - {"trial"}),
        ("No tome más de lo que dice la tarjeta", {"trial"}),
        ("Sáltela. Tome la siguiente", {"opioids", "liquid"}),
        ("No maneje", set(MADE)),
    ],
)
def test_each_class_is_told_its_own(words, whose):
    assert {name for name in MADE if words in said(name)} == whose


@everyone
def test_the_numbers_of_the_country_are_filled_in(name):
    found = {each.label: each.value for each in card_of(MADE[name], language_code="es").contacts}
    assert found["Emergencia"] == "911"
    assert found["Línea de crisis"] == "988"
    assert found["Ayuda por intoxicación (Poison Help)"] == "1-800-222-1222"
    assert found["Mi clínica"] == found["Teléfono de día"] == ""
    if name in OPIOID:
        assert "Llaman al 911" in said(name)


def test_a_language_without_a_catalogue_is_named():
    with pytest.raises(UnknownLanguage, match=r'"fr"; the languages are en, es'):
        card_of(MADE["trial"], language_code="fr")


# --- how easily it is read ----------------------------------------------------------------------------------------


def without_drugs(text: str) -> str:
    return re.sub(DRUGS, "lo", text, flags=re.IGNORECASE)


@pytest.mark.parametrize(
    ("word", "number"),
    [
        *(("tableta", 3), ("día", 2), ("que", 1), ("guitarra", 3), ("cuerpo", 2), ("náuseas", 3), ("leer", 2)),
        *(("aún", 2), ("muy", 1), ("preocupación", 5), ("llámenos", 3), ("y", 1), ("después", 2), ("farmacia", 3)),
    ],
)
def test_syllables(word, number):
    assert syllables(word) == number


def test_the_formulas_know_hard_from_easy():
    assert (
        max(ease("La administración concomitante de benzodiacepinas requiere individualizar la deprescripción.")) < 30
    )
    assert min(ease("El gato está en la mesa. Come pan.")) > 90


@everyone
def test_the_card_is_easy_to_read(name):
    huerta, perspicuity = ease(without_drugs(said(name)))
    assert huerta >= EASY
    assert perspicuity >= EASY  # "very easy" by INFLESZ, "easy" (76 to 85) or better by its author


@everyone
def test_no_block_of_it_is_less_than_quite_easy(name):
    for block in card_of(MADE[name], language_code="es").blocks:
        huerta, perspicuity = ease(without_drugs(" ".join(block.lines)))
        assert huerta >= 70, block.id
        assert perspicuity >= QUITE_EASY, block.id


# --- nothing of it is left in English -----------------------------------------------------------------------------


class Marked(gettext.NullTranslations):
    """A translation into nothing but the letter ñ: any other letter on a card did not come from a catalogue."""

    def gettext(self, message: str) -> str:
        return "".join(
            part if part.startswith("{") else re.sub(r"[A-Za-z]", "ñ", part) for part in re.split(r"(\{\w+\})", message)
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


class Words(HTMLParser):
    """What a page shows or reads aloud, but what is said to be in English."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inside: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += [
            value for name, value in attrs if name in ("alt", "title", "aria-label", "placeholder") and value
        ]
        if tag not in ("meta", "br", "col", "rect", "line", "path"):
            self.inside.append((tag, tag == "style" or (tag != "html" and ("lang", "en") in attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1][0] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not any(left for _, left in self.inside):
            self.words.append(data)


def shown(page: str) -> str:
    reader = Words()
    reader.feed(page)
    return " ".join(" ".join(reader.words).split())


DATA = re.compile(rf"\b(?:(?i:{DRUGS})|ER|mg|mcg|mL|h|story-a4|story-d1)\b")
"""What is not translated: names and strengths as on the label, symbols of units, what the plan is called."""


@pytest.fixture
def marked(monkeypatch):
    monkeypatch.setattr(card, "language", lambda code: Language(code, Marked()))
    # rows of data have their own translation beside them
    monkeypatch.setattr(ToldRow, "said", lambda row, _: Marked().gettext(row.text))


def left_over(text: str) -> str:
    return " ".join(re.findall(r"\S*[A-Za-z]\S*", DATA.sub("", text)))


MANY = {
    **MADE,
    "paused": printed.report(
        printed.paused(printed.plan(printed.course(printed.MORPHINE)), date(2027, 3, 15), date(2027, 4, 4)),
        faster_than=("a source",),
    ),
}


@pytest.mark.parametrize("name", MANY)
def test_every_word_of_the_page_comes_from_the_catalogue(name, marked):
    page = shown(card_html.page(MANY[name], language="xx"))
    assert len(page) > 3000
    assert left_over(page) == ""


@pytest.mark.parametrize("name", ["paused", "trial", "patch"])
def test_every_word_of_the_pdf_comes_from_the_catalogue(name, marked):
    for page in pages(card_pdf.document(MANY[name], language="xx")):
        assert left_over(page.replace(NOT_REVIEWED, "")) == ""


def test_english_on_a_page_is_seen_by_this_test(marked):
    page = card_html.page(MADE["trial"], language="xx")
    assert left_over(shown(page.replace("</h1>", " over time</h1>"))) == "over time"
    assert left_over(shown(page.replace('aria-label="', 'aria-label="my ', 1))) == "my"


# --- the printed card ---------------------------------------------------------------------------------------------


@everyone
def test_the_page_says_its_language_and_that_no_one_has_reviewed_it(name):
    page = card_html.page(MADE[name], language="es")
    made = card_of(MADE[name], language_code="es")
    assert '<html lang="es">' in page
    assert page.count("<span>Traducción aún no revisada.</span>") == len(made.sheets) + 1
    assert page.count('<span lang="en">Translation not yet reviewed.</span>') == len(made.sheets) + 1
    head = page[: page.index("</header>")]
    assert "<li>Traducción aún no revisada.</li>" in head
    assert '<li lang="en">Translation not yet reviewed.</li>' in head
    assert "reviewed" not in card_html.page(MADE[name])


@printed_ones
@pytest.mark.parametrize("large", [False, True])
def test_the_pdf_says_so_on_every_page(name, large):
    found = pages(card_pdf.document(MADE[name], language="es", large_print=large))
    for number, page in enumerate(found, start=1):
        assert "Traducción aún no revisada. Translation not yet reviewed." in page
        assert f"Página {number} / {len(found)}" in page


@printed_ones
def test_the_text_of_the_pdf_agrees_with_the_plan(name):
    made = card_of(MADE[name], language_code="es", sheets="all")
    document = card_pdf.document(MADE[name], language="es", sheets="all")
    text = " ".join(pages(document)).replace("\u00a0", " ")
    for sheet in made.sheets:
        part = text[text.index(sheet.title) :]
        for each in sheet.parts:
            for row in each.rows:
                assert row.product in part
                assert row.take in part
            for change in each.changes:
                assert change in part


def test_the_pdf_is_tagged_in_spanish():
    data = card_pdf.document(MADE["opioids"], language="es")
    reader = PdfReader(io.BytesIO(data))
    root: Any = reader.trailer["/Root"].get_object()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "es"
    assert reader.metadata is not None
    assert reader.metadata.title == "Mi plan para bajar la dosis"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("code", ["en", "es"])
@pytest.mark.parametrize("large", [False, True])
def test_nothing_of_the_pdf_runs_off_the_paper(code, large):
    """All marks at once make the highest foot."""
    report = evolve(MADE["benzodiazepine"], faster_than=("a source",))
    assert len(card_of(report, language_code=code).marks) >= 2
    for page in PdfReader(io.BytesIO(card_pdf.document(report, language=code, large_print=large))).pages:
        heights: list[float] = []

        def place(text, outer, inner, _font, _size, heights=heights):
            if text.strip():
                heights.append(inner[4] * outer[1] + inner[5] * outer[3] + outer[5])

        page.extract_text(visitor_text=place)
        assert min(heights) >= 18
        assert max(heights) <= float(page.mediabox.height) - 18


def test_the_same_plan_gives_the_same_bytes():
    assert card_pdf.document(MADE["trial"], language="es") == card_pdf.document(MADE["trial"], language="es")
    assert card_html.page(MADE["trial"], language="es") == card_html.page(MADE["trial"], language="es")
