"""The message catalogues: each is whole, says what the source says, and is what programs read."""

from __future__ import annotations

import gettext
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from medsteward.writers.card.language import CATALOGUE, FOLDER, LANGUAGES, language

ROOT = Path(__file__).resolve().parents[2]
TRANSLATED = sorted(set(LANGUAGES) - {"en"})
every_language = pytest.mark.parametrize("code", TRANSLATED)


def catalogue(text: bytes) -> Catalog:
    return read_po(io.BytesIO(text), locale="es", domain=CATALOGUE)


def kept(code: str, ending: str) -> bytes:
    return (FOLDER / code / "LC_MESSAGES" / f"{CATALOGUE}.{ending}").read_bytes()


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Catalog:
    """Every message of the source, found as ``make messages`` finds them."""
    found = tmp_path_factory.mktemp("messages") / "card.pot"
    where = ("--mapping-file", "pyproject.toml", "--output-file", str(found), "medsteward")
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract", *where], cwd=ROOT, check=True
    )
    return read_po(io.BytesIO(found.read_bytes()))


def forms(text: object) -> tuple[str, ...]:
    """The forms of a message or of its translation."""
    return tuple(text) if isinstance(text, tuple | list) else (str(text),)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def faults(found: Catalog, source: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, against the messages of the source."""
    wanted = {message.id for message in source if message.id}
    there = {message.id for message in found if message.id}
    yield from (f"missing: {each}" for each in sorted(map(str, wanted - there)))
    yield from (f"not in the source: {each}" for each in sorted(map(str, there - wanted)))
    yield from (f"left over: {each}" for each in sorted(map(str, found.obsolete)))
    for message in found:
        if not message.id:
            continue
        asked, given = forms(message.id), forms(message.string)
        if message.fuzzy:
            yield f"fuzzy: {asked[0]}"
        if not all(each.strip() for each in given) or len(given) != (found.num_plurals if message.pluralizable else 1):
            yield f"untranslated: {asked[0]}"
        elif any(placeholders(each) != placeholders(asked[min(n, len(asked) - 1)]) for n, each in enumerate(given)):
            yield f"other placeholders: {asked[0]}"


def test_each_language_has_a_catalogue_and_each_catalogue_a_language():
    assert sorted(each.name for each in FOLDER.iterdir() if each.is_dir()) == TRANSLATED


@every_language
def test_a_catalogue_is_whole_and_no_message_of_the_source_is_without_it(code, template):
    assert list(faults(catalogue(kept(code, "po")), template)) == []


@every_language
def test_what_programs_read_is_what_translators_wrote(code):
    again = io.BytesIO()
    write_mo(again, catalogue(kept(code, "po")))
    again.seek(0)
    made, shipped = gettext.GNUTranslations(again), gettext.GNUTranslations(io.BytesIO(kept(code, "mo")))
    said = [message.id for message in catalogue(kept(code, "po")) if message.id]
    assert len(said) > 150
    for each in said:
        one, *many = forms(each)
        for number in (1, 2) if many else ():
            assert made.ngettext(one, many[0], number) == shipped.ngettext(one, many[0], number) != many[0]
        if not many:
            assert made.gettext(one) == shipped.gettext(one) == language(code).messages.gettext(one)
    assert len(_messages(made)) == len(_messages(shipped))


def _messages(found: gettext.GNUTranslations) -> dict:
    return found._catalog  # type: ignore[attr-defined]


@every_language
def test_clinical_terms_have_notes_for_translators(code):
    noted = {forms(message.id)[0] for message in catalogue(kept(code, "po")) if message.auto_comments}
    for message in (
        "You are here",
        "Do not go back up on your own",
        "What you may feel after a change",
        "Keep naloxone at home",
        "Poison Help",
        "Start",
        "take {count} tablet ({amount})",
    ):
        assert message in noted


def test_english_opens_no_catalogue(monkeypatch):
    monkeypatch.setattr(gettext, "translation", lambda *_, **__: pytest.fail("a catalogue was opened"))
    language.cache_clear()
    assert language("en").say("Tick a box for each dose") == "Tick a box for each dose"
    language.cache_clear()


# The test itself: it must see what it is there to see.

HEAD = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
SOURCE = """
msgid "Step {number}"
msgstr ""

msgid "{count} patch"
msgid_plural "{count} patches"
msgstr[0] ""
msgstr[1] ""
"""
FULL = SOURCE.replace('"Step {number}"\nmsgstr ""', '"Step {number}"\nmsgstr "Paso {number}"')
FULL = FULL.replace('[0] ""', '[0] "{count} parche"').replace('[1] ""', '[1] "{count} parches"')


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("", "", None),
        ('msgstr "Paso {number}"', 'msgstr ""', "untranslated: Step {number}"),
        ('[1] "{count} parches"', '[1] ""', "untranslated: {count} patch"),
        ("Paso {number}", "Paso {numero}", "other placeholders: Step {number}"),
        ('[0] "{count} parche"', '[0] "un parche"', "other placeholders: {count} patch"),
        ('\nmsgid "Step', '\n#, fuzzy\nmsgid "Step', "fuzzy: Step {number}"),
        ('msgid "Step {number}"\nmsgstr "Paso {number}"\n', "", "missing: Step {number}"),
        ('msgid "Step', 'msgid "Old"\nmsgstr "Viejo"\n\nmsgid "Step', "not in the source: Old"),
    ],
)
def test_each_fault_is_seen(before, after, fault):
    found = list(
        faults(catalogue((HEAD + FULL.replace(before, after, 1)).encode()), catalogue((HEAD + SOURCE).encode()))
    )
    assert found == ([] if fault is None else [fault])
