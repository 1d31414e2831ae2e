"""Words for patients in a language: message catalogues, dates and numbers. English is the text in the source.

Language is not place: emergency numbers, the week's first day and the decimal point are those of the United States in
both languages, as on the labels that the reader compares the card with.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

from attrs import frozen

from medsteward.caches import remembered
from medsteward.errors import MedstewardError
from medsteward.model.number import decimal_text

LANGUAGES: Mapping[str, str] = MappingProxyType({"en": "English", "es": "Spanish"})
"""The languages of the patient card, by code."""

REVIEWED = frozenset({"en"})
"""Languages whose words a clinician who speaks them has read. A card in any other says that this is still to come."""

CATALOGUE = "card"
"""The name of the message catalogues: ``locale/es/LC_MESSAGES/card.po``, and ``card.mo`` made from it."""

FOLDER = Path(__file__).parents[1] / "locale"


class UnknownLanguage(MedstewardError):
    """A language without a catalogue. ``code`` is what was asked for."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f'no card in the language "{code}"; the languages are {", ".join(LANGUAGES)}')


def noted(message: str) -> str:
    """Mark a message for translation where it is declared; it is translated where it is shown."""
    return message


def noted_forms(one: str, many: str) -> tuple[str, str]:
    """Mark a message with a form for one and a form for more, to be chosen by ``Language.count``."""
    return one, many


def capital(text: str) -> str:
    """A sentence that begins with the name of a medicine, with a capital letter."""
    return text[:1].upper() + text[1:]


@frozen
class Language:
    """A language: ``say`` gives one message, ``count`` the form for a number; placeholders are filled by name."""

    code: str
    messages: gettext.NullTranslations

    @property
    def reviewed(self) -> bool:
        """Whether a clinician has read the words."""
        return self.code in REVIEWED

    def say(self, message: str, **parts: str) -> str:
        """A message with its placeholders filled."""
        found = self.messages.gettext(message)
        return found.format(**parts) if parts else found

    def count(self, one: str, many: str, number: int, **parts: str) -> str:
        """The form of a message for ``number`` of something."""
        return self.messages.ngettext(one, many, number).format(**parts)

    def number(self, value: Fraction) -> str:
        """A number as it stands on a label: no trailing zeros, a comma from 1,000."""
        return decimal_text(value, thousands=True)

    def day(self, day: date) -> str:
        """A day in full, with its weekday: Monday, January 4, 2027."""
        # Translators: A day in full, in the order of the language.
        return self.say(
            "{weekday}, {month} {day}, {year}",
            weekday=self.weekday(day),
            month=self.month_name(day),
            day=str(day.day),
            year=str(day.year),
        )

    def short_day(self, day: date) -> str:
        """A day without its year: Monday, January 4."""
        return self.say(
            "{weekday}, {month} {day}", weekday=self.weekday(day), month=self.month_name(day), day=str(day.day)
        )

    def near_day(self, day: date) -> str:
        """A day in short, without its year: Mon, Jan 4."""
        # Translators: A day of a sheet whose title has its year.
        return self.say(
            "{weekday}, {month} {day}",
            weekday=self.say(_SHORT_WEEKDAYS[day.weekday()]),
            month=self.say(_SHORT_MONTHS[day.month - 1]),
            day=str(day.day),
        )

    def label_day(self, day: date) -> str:
        """A day in short, with its year: Mon, Jan 4, 2027."""
        # Translators: A day in a narrow column, with short names of weekday and month.
        return self.say(
            "{weekday}, {month} {day}, {year}",
            weekday=self.say(_SHORT_WEEKDAYS[day.weekday()]),
            month=self.say(_SHORT_MONTHS[day.month - 1]),
            day=str(day.day),
            year=str(day.year),
        )

    def table_day(self, day: date) -> str:
        """A day in short, for a narrow column of days: Jan 4, 2027."""
        # Translators: A day in a narrow column, without its weekday. {short} is the short name of the month.
        return self.say(
            "{short} {day}, {year}",
            short=self.say(_SHORT_MONTHS[day.month - 1]),
            day=str(day.day),
            year=str(day.year),
        )

    def week_from(self, day: date) -> tuple[str, ...]:
        """The short names of seven days from a day on."""
        return tuple(self.say(_SHORT_WEEKDAYS[(day.weekday() + each) % 7]) for each in range(7))

    def full_date(self, day: date) -> str:
        """A day without its weekday: January 4, 2027."""
        return self.say("{month} {day}, {year}", month=self.month_name(day), day=str(day.day), year=str(day.year))

    def month(self, day: date) -> str:
        """A month and its year, as a heading begins: January 2027, Enero de 2027."""
        said = self.say("{month} {year}", month=self.month_name(day), year=str(day.year))
        return said[:1].upper() + said[1:]

    def month_name(self, day: date) -> str:
        """The name of the month of a day."""
        return self.say(_MONTHS[day.month - 1])

    def weekday(self, day: date) -> str:
        """The name of the weekday of a day."""
        return self.weekday_name(day.weekday())

    def weekday_name(self, number: int) -> str:
        """The name of a day of the week, 0 is Monday."""
        return self.say(_WEEKDAYS[number])

    def short_weekday(self, number: int) -> str:
        """The same in short."""
        return self.say(_SHORT_WEEKDAYS[number])


@remembered(1024)
def language(code: str) -> Language:
    """A language by its code. Raises ``UnknownLanguage``."""
    if code not in LANGUAGES:
        raise UnknownLanguage(code)
    if code == "en":
        return Language(code, gettext.NullTranslations())
    return Language(code, gettext.translation(CATALOGUE, FOLDER, [code]))


_MONTHS = (
    noted("January"),
    noted("February"),
    noted("March"),
    noted("April"),
    noted("May"),
    noted("June"),
    noted("July"),
    noted("August"),
    noted("September"),
    noted("October"),
    noted("November"),
    noted("December"),
)
_SHORT_MONTHS = (
    # Translators: Short names of the months, in a narrow column.
    noted("Jan"),
    noted("Feb"),
    noted("Mar"),
    noted("Apr"),
    noted("May"),
    noted("Jun"),
    noted("Jul"),
    noted("Aug"),
    noted("Sep"),
    noted("Oct"),
    noted("Nov"),
    noted("Dec"),
)
_WEEKDAYS = (
    noted("Monday"),
    noted("Tuesday"),
    noted("Wednesday"),
    noted("Thursday"),
    noted("Friday"),
    noted("Saturday"),
    noted("Sunday"),
)
_SHORT_WEEKDAYS = (
    # Translators: Short names of the days, above the boxes of a calendar: three letters.
    noted("Mon"),
    noted("Tue"),
    noted("Wed"),
    noted("Thu"),
    noted("Fri"),
    noted("Sat"),
    noted("Sun"),
)
