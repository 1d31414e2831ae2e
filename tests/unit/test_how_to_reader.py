"""The page that says how to add a phrase or a reader, followed on a copy."""

from __future__ import annotations

import pytest

from tests.how_to import copy_of_the_package, follow, run

PAGE = "how_to_add_a_reader.md"
NEW = "medsteward/readers/case/rows.py"
READ = "from medsteward.readers.directions.line import read_line\n"


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    copy = copy_of_the_package(tmp_path_factory.mktemp("copy"))
    (copy / NEW).touch()
    changed = follow(PAGE, copy)
    room = "medsteward/readers/directions"
    assert sorted(set(changed)) == [NEW, f"{room}/lexicon.py", f"{room}/phrases.py", f"{room}/refused.py"]
    return copy


def said(copy, program: str) -> list[str]:
    done = run(copy, program)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_new_word_is_a_number_of_days(followed):
    shown = "print(read_line('tramadol 50 mg tablet, 1 tablet every fortnight').regimen.sig.takings[0].times_per_day)"
    assert said(followed, READ + shown) == ["Span(low=Fraction(1, 14), high=Fraction(1, 14))"]


def test_the_new_phrase_is_refused_with_its_sentence_and_no_line_that_was_read_before_is(followed):
    shown = (
        "for said in ('10 mg/m2 every 4 hours', '10 mg per square meter daily', '10 mg bid'):\n"
        "    print([(p.code, p.text) for p in read_line(f'morphine {said}').problems])"
    )
    tail = "doses by body surface are not read; write the dose that is taken"
    assert said(followed, READ + shown) == [
        str([("DIR-011", f'"/ m 2": {tail}')]),
        str([("DIR-011", f'"per square meter": {tail}')]),
        "[]",
    ]


def test_the_new_reader_gives_a_case_and_refuses_what_is_too_long(followed):
    program = (
        "from datetime import date\n"
        "from medsteward.errors import UnreadableInput\n"
        "from medsteward.readers.case.rows import read_rows\n"
        "case = read_rows('oxycodone 5 mg bid\\n\\nlorazepam 1 mg daily\\n', 'mine', as_of=date(2027, 1, 4))\n"
        "print(*(line.regimen.product.lead for line in case.lines))\n"
        "try:\n    read_rows('x\\n' * 201, 'mine', as_of=date(2027, 1, 4))\n"
        "except UnreadableInput as error:\n    print(error)"
    )
    leads, error = said(followed, program)
    assert leads == "oxycodone lorazepam"
    assert error == "mine: it has 201 rows; at most 200 are read"
