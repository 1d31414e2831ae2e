"""Cases and plans that are opened from a file, and a case that is kept in one: nothing is kept elsewhere."""

from __future__ import annotations

import io
from datetime import date

from medsteward.errors import MedstewardError
from medsteward.page.answer import Answer
from medsteward.page.chart import chart_of, form_of_case
from medsteward.page.form import SentForm
from medsteward.page.medicines import medicines
from medsteward.page.plan import plan
from medsteward.page.start import start
from medsteward.readers.case.files import read_cases
from medsteward.readers.plan.document import read_plan
from medsteward.writers.case.document import case_document
from medsteward.writers.shared.cells import plain
from medsteward.writers.shared.json_text import pretty


def opened(form: SentForm, today: date) -> Answer:
    """What was opened: a plan goes to its screen, a case to the medicines."""
    upload = form.files.get("file")
    if upload is None or not upload.data:
        return start(form, today, said="Choose a file first: a case, a list or a plan.")
    if b"medsteward.plan/" in upload.data[:4096]:
        try:
            read_plan(upload.data, "the file")
        except MedstewardError as error:
            return start(form, today, said=plain(str(error)))
        text = upload.data.decode("utf-8", "replace")
        return plan(form.with_(plan=text), today)
    try:
        cases = read_cases("-", io.BytesIO(upload.data), as_of=today)
        case = next(cases, None)
        if case is None:
            return start(form, today, said="The file holds no case.")
        more = next(cases, None) is not None
    except (MedstewardError, ValueError) as error:
        return start(form, today, said=plain(str(error)).replace("standard input", "the file"))
    if more:
        return start(form, today, said="The file holds several cases; open one with one case.")
    return medicines(form_of_case(case, form), today)


def kept(form: SentForm, today: date) -> Answer:
    """The case as a file that can be opened again."""
    text = pretty(case_document(chart_of(form, today).case))
    return Answer(text.encode(), "application/json", file="case.json")
