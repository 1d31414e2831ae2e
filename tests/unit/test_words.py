"""What people read is plain clinical English: no word of a list that readers stumbled over, no British spelling.

The list is that of sentences that were met and mended. It holds for every text of the package that is not a docstring,
for every page of the documentation and for the help of every command. Codes, keys, names and what people may type stay.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import medsteward
from medsteward.cli import COMMANDS, _group
from medsteward.model.codes import CODES

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = Path(medsteward.__file__).parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]

BANNED = {
    "private words": (
        r"\breckon\w*",
        r"\b(held|hold|holds|holding) (it |them |each |this )?against\b",
        r"\b(the|a|dated) way out\b",
        r"\bother ways on\b",
        r"\bways to go on\b",
        r"\btablets at hand\b",
        r"\bnaloxone (is |stays )?at hand\b",
        r"\bcrumbs?\b",
        r"\bgone over\b",
        r"\b[Tt]alk(ed)? over\b",
        r"\bcannot be borne\b",
        r"\bof lesser weight\b",
        r"\b(of|are|is|severity) ours\b",
        r"\(ours\)",
        r"\bchoices? of this project\b",
        r"\band would decide\b",
        r"\bthe bottom: ",
        r"\bin silence\b",
        r"\b[Tt]akes in\b",
        r"\bspeaks? against\b",
        r"\bdefect of (this|the) program\b",
        r"\bno more active\b",
        r"\bConsider to\b",
        r"\ba name we know\b",
        r"\bthat we (know|hold)\b",
        r"\bweigh first\b",
        r"\bfelt as one\b",
        r"\bwhen life happens\b",
        r"\bat one time cannot be meant\b",
    ),
    "words about people": (
        r"\babusers?\b",
        r"\baddicts?\b",
        r"\bnon-?complian(t|ce)\b",
        r"\bjunkies?\b",
        r"\bdrug-seek(er|ing)\b",
        r"\bfailed (the )?(patient|treatment|therapy)\b",
    ),
    "British spelling": (
        *(r"\bcolour", r"\bbehaviour", r"\bfavour", r"\bneighbour", r"\bhumour", r"\btumour", r"\blabour"),
        *(r"\bdiarrhoea", r"\banaemi", r"\boedema", r"\bhaem(o|a)", r"\banaes", r"\bpaediat", r"\boestr", r"\bfoetus"),
        *(r"\bjudgement", r"\blicence", r"\bprogrammes?\b", r"\bcentres?\b", r"\blitres?\b", r"\bfibres?\b"),
        *(
            r"\banalys(e|es|ed|ing)\b",
            r"\brecognis",
            r"\bnormalis",
            r"\bsummaris",
            r"\borganis(e|at)",
            r"\bminimis(e|ing)",
        ),
        *(r"\bpractis(e|ing)\b", r"\bgrey\b", r"\btravelling\b"),
    ),
}
RULES = [re.compile(pattern) for patterns in BANNED.values() for pattern in patterns]

MENDED = (
    "What it does not understand it says",
    "nothing is dropped in silence",
    "with the working shown",
    "fills in clinical scales",
    "a defect of this program",
    "Code releases that you bring",
    "codes are read everywhere",
    "what in this patient speaks against",
    "creatinine clearance is reckoned",
    "ny schedule held against a policy",
    "needs a choice before the first step",
    "no product makes a step within",
    "ours as a ceiling",
    "percentages are of the day's total",
    "Other ways on",
    "Forced, beyond the ceiling",
    "the bottom: no product",
    "Steps to look at",
    "To meet and decide",
    "To offer beside it",
    "Talk over how this step",
    "end it by the dated way out",
    "that cannot be borne",
    "no more active: that is not control",
    "something new that rules it out",
    "kidney function is not known and would tell more",
    "to weigh before going on",
    "Takes in: ",
    "and would decide: ",
    "How closely to follow: ",
    "maximum at or above 50 MME/d, scheduled",
    "maximum below 50 MME",
    "not active: not active",
    "at one time cannot be meant",
    "whole day's amount; a count beside it",
    "rows of one patient do not stand together",
    "unless one of its days tells the order",
    "A day is made so; options",
    "carries its own letters",
    "letters are 14 points",
    "list rule takes in its pairs",
    "neither is corrected for you",
    r"None is due \(warnings page\)",
    r": lower, from \d",
    "In one day: ",
    "Gone over with me",
    "You can not give",
    "First look: does it help",
    "rugs that hold TEXT",
    "change it when life happens",
    "Whose tables hold where",
    "felt as one by patients",
    "Consider to end",
    "heces sueltas",
    "lo que se buscaba",
)
"""Parts of sentences that readers could not follow, each of which was written again: none of them comes back."""
_MENDED = re.compile("|".join(f"(?:{each})" for each in MENDED))
SHOWN = ("*.html", "*.jinja", "*.j2", "*.typ", "*.po", "*.json", "*.toml", "*.js")
"""Files beside modules whose texts people read."""


TYPED = {
    "units.py": "units as people write them",
    "patient/conditions": "phrases of charts, as people write them",
    "model/oud.py": "phrases of charts, as people write them",
    "scales/declared.py": "keys of items",
    "model/conditions.py": "phrases of charts, as people write them",
    "readers": "words of lines and exports, as people write them",
    "page/catalogue": "words as people search for them",
}
"""Where a text is what people may type, and may be of any spelling; private words are banned there too."""
QUOTED = {"tables.md", "decisions.md", "rule_changes.md", "conditions.md", "rules.md", "names.md", "hazards.md"}
"""Pages that quote titles of sources or phrases of charts, whose spelling is theirs."""


def found(text: str, *, spelling: bool = True) -> list[str]:
    """The banned words of a text."""
    rules = RULES if spelling else [re.compile(each) for each in BANNED["private words"]]
    return [match[0] for rule in rules for match in rule.finditer(text)]


def texts(path: Path) -> Iterator[tuple[int, str]]:
    """The texts of a module that are not docstrings, each with its line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if " " in text and id(node) not in aside:
                yield node.lineno, text


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_text_of_the_package_has_a_banned_word(path):
    name = path.relative_to(PACKAGE).as_posix()
    is_typed = any(name.startswith(each) for each in TYPED)
    wrong = [(line, each) for line, text in texts(path) for each in found(text, spelling=not is_typed)]
    assert not wrong


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_no_page_has_a_banned_word(path):
    text = re.sub(r"`[^`\n]+`", "", path.read_text(encoding="utf-8"))
    assert not found(text, spelling=path.name not in QUOTED)


def test_no_sentence_that_was_mended_comes_back():
    for path in PACKAGE.rglob("*.py"):
        assert [text for _, text in texts(path) if _MENDED.search(text)] == [], path.name
    beside = [path for pattern in SHOWN for path in PACKAGE.rglob(pattern)]
    assert len(beside) > 20
    for path in [*beside, *PAGES]:
        assert _MENDED.findall(" ".join(path.read_text(encoding="utf-8").split())) == [], path.name


def pages_of_help(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    """The help of a command and of those below it."""
    context = click.Context(command, info_name=name)
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            each = command.get_command(context, below)
            assert each is not None
            yield from pages_of_help(each, f"{name} {below}")


def test_no_help_has_a_banned_word():
    seen = dict(pages_of_help(_group, "medsteward"))
    assert {f"medsteward {name}" for name in COMMANDS} <= set(seen)
    assert {name: words for name, text in seen.items() if (words := found(" ".join(text.split())))} == {}


def test_no_code_has_a_banned_word():
    assert CODES
    said = {each.name: found(f"{each.means} {each.do}") for each in CODES.values()}
    assert {code: words for code, words in said.items() if words} == {}


def test_codes_are_explained_in_short_sentences():
    def sentences(text: str) -> list[str]:
        return re.split(r"(?<=[.?!:;]) ", re.sub(r"`[^`]+`", "x", text))

    long = {
        each.name: sentence
        for each in CODES.values()
        for sentence in (*sentences(each.means), *sentences(each.do))
        if len(sentence.split()) > 25
    }
    assert long == {}


def test_the_list_finds_what_it_is_for():
    assert found("creatinine clearance is reckoned; the way out (ours); an oedema") == [
        "reckoned",
        "the way out",
        "(ours)",
        "oedema",
    ]
    assert found("Consider stopping the laxative. The exit taper is below.") == []
