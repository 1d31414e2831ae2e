"""Each work once, each fact with its key, and no standing above that of the work."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

import medsteward
from medsteward.bibliography import OURS, Work, cite, old_keys, practice, read_works, recalled, secondary, works
from medsteward.model.source import Source, Standing
from medsteward.tables.load import table_ids
from medsteward.writers.shared.problems import source as shown

PACKAGE = Path(medsteward.__file__).parent
PAGE = PACKAGE.parent / "docs" / "how_to_add_a_source.md"
MAKES_SOURCES = {"bibliography.py", "advice/case/mme_thresholds.py"}
"""Where a ``Source`` is made: of the list of works, and of a factor table, which has its own citation."""

PRIVATE = re.compile(
    r"\bS\d{1,3}\b"  # a line of a list that only its makers have
    r"|fact base|seed rule|stored copy|droracle|docslib|medilib|prescriberpoint"
    r"|\b(?:[\w-]+\.)+(?:com|org|net|ir)\s+[\w-]*\d{3,}"  # a page's number inside a site
    r"|\b(?:MDCalc|Medscape|empr|UpToDate)\s+\d{3,}"
    r"|/work|\.csv\b|\.md\b",
    re.IGNORECASE,
)
DOI = re.compile(r"10\.\d{4,9}/[^\s,;)\"]+")


def doi_of(work: Work) -> str | None:
    """The DOI in its link or its citation, in small letters."""
    found = DOI.search(f"{work.url or ''} {work.citation}")
    return found[0].rstrip(".").casefold() if found else None


def link_of(work: Work) -> str | None:
    """Its link without what does not tell pages apart."""
    return re.sub(r"^https?://(www\.)?", "", work.url.casefold()).rstrip("/") if work.url else None


def title_of(work: Work) -> str:
    """Its citation in letters and digits alone, with its year."""
    return re.sub(r"[^a-z0-9]", "", work.citation.casefold()) + f" {work.year}"


def twice(found: Iterable[Work]) -> list[str]:
    """What more than one of these works has: a DOI, a link, a title, a key."""
    found = list(found)
    marks = Counter(mark for each in found for mark in {doi_of(each), link_of(each)} - {None})
    marks.update(Counter(title_of(each) for each in found))
    marks.update(Counter(each.key.casefold() for each in found if each.key.casefold() != title_of(each)))
    return sorted(str(mark) for mark, number in marks.items() if number > 1)


WALK = """
import gc, importlib, json, pkgutil, medsteward
from medsteward.model.source import Source

for found in pkgutil.walk_packages(medsteward.__path__, "medsteward."):
    if not found.name.endswith("__main__"):
        importlib.import_module(found.name)
print(json.dumps([
    [each.citation, each.where, each.year, each.url, each.standing.value, each.key]
    for each in gc.get_objects() if isinstance(each, Source)
]))
"""


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    """Every source that any module declares: asked of a process of its own, which no other test has touched."""
    asked = subprocess.run([sys.executable, "-c", WALK], capture_output=True, encoding="utf-8", check=True)
    return [
        Source(citation, where, year, url, Standing(standing), key)
        for citation, where, year, url, standing, key in json.loads(asked.stdout)
    ]


def test_the_walk_finds_the_sources_there_are(sources):
    assert len(sources) > 500
    assert {"CDC-2022", "WESSON-2003", "NICE-NG222", "OURS"} <= {each.key for each in sources}


def test_every_source_has_a_key_that_resolves(sources):
    known = {*works(), *table_ids()}
    assert sorted({f"{each.key}: {each.citation}" for each in sources if each.key not in known}) == []


def test_a_source_says_what_its_work_says(sources):
    for each in sources:
        if each.key in works():
            work = works()[each.key]
            assert (each.citation, each.year, each.url) == (work.citation, work.year, work.url)


def test_nothing_stands_above_its_work(sources):
    order = [Standing.RECALLED, Standing.SECONDARY, Standing.VERIFIED]
    for each in sources:
        if each.key in works():
            of_work = works()[each.key].standing
            if of_work is Standing.OURS:
                assert each.standing in {Standing.OURS, Standing.RECALLED}, each
            else:
                assert order.index(each.standing) <= order.index(of_work), each


def test_sources_are_made_in_one_place():
    """A fact cites a key: no module but these writes a citation of its own."""
    makers = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Source":
                makers.add(path.relative_to(PACKAGE).as_posix())
    assert makers == MAKES_SOURCES


def test_a_place_has_one_home():
    """A place that is cited twice has a name, and the name is used."""
    found: Counter[str] = Counter()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "cite":
                parts = node.args[:2]
                if all(isinstance(each, ast.Constant) for each in parts):
                    found[", ".join(ast.unparse(each) for each in parts)] += 1
    assert len(found) > 150
    assert [place for place, number in found.items() if number > 1] == []


def test_each_work_is_there_once():
    assert twice(works().values()) == []


def test_every_work_is_whole():
    rows = list(read_works(PACKAGE / "bibliography.csv"))
    assert len(rows) == len(works()), "a key stands twice"
    assert [each.key for each in rows] == sorted((each.key for each in rows), key=str.casefold)
    for each in rows:
        assert each.key == each.key.strip()
        assert each.key
        assert each.citation
        assert each.url is None or re.fullmatch(r"https?://[^\s\"]+", each.url), each
        assert each.year is None or 1950 <= each.year <= 2030, each
        assert each.seen is None or isinstance(each.seen, date), each


def test_no_private_id_stands_in_a_source(sources):
    texts = {each.citation for each in sources} | {each.where for each in sources}
    texts |= {f"{each.citation} {each.publisher}" for each in works().values()}
    assert sorted(each for each in texts if PRIVATE.search(each)) == []


def test_verified_is_no_summary():
    said = re.compile(
        r"\bsummary|\bmonograph|\bmirror|\bpress reports|\breseller|as quoted|tip pages|from memory", re.I
    )
    assert [
        each.key for each in works().values() if each.standing is Standing.VERIFIED and said.search(each.citation)
    ] == []


def test_keys_of_earlier_lists_resolve():
    assert len(old_keys()) > 100
    for old, key in old_keys().items():
        assert old not in works()
        assert cite(old).key == key == works()[key].key


# The checks themselves: they must see what they are there to see.

A = Work(
    "A-2020",
    "A and others. On pain. J Pain 2020;1:1",
    "journal",
    2020,
    "https://doi.org/10.1000/ABC.1",
    None,
    Standing.VERIFIED,
)


@pytest.mark.parametrize(
    "other",
    [
        evolve(A, key="B", citation="Pain, on. doi 10.1000/abc.1", url=None),
        evolve(A, key="B", citation="Another", url="http://www.doi.org/10.1000/abc.1/"),
        evolve(A, key="B", citation="A AND OTHERS: On pain, J. Pain 2020 1(1)", url=None),
        evolve(A, key="a-2020", citation="Another", url=None),
    ],
)
def test_the_same_work_is_seen_under_another_name(other):
    assert twice([A, other])


@pytest.mark.parametrize(
    "other",
    [
        evolve(A, key="A-2021", url="https://doi.org/10.1000/abc.2", year=2021),
        evolve(A, key="B", citation="Another", url=None),
    ],
)
def test_another_work_is_no_other_name(other):
    assert twice([A, other]) == []


@pytest.mark.parametrize(
    "text",
    [
        "BJSM Table 4, adjuvants (bjsm.bmj.com 108282)",
        "UK regional sheet on gabapentinoids (docslib 9197801)",
        "fact base, before November",
        "S12",
        "age 80 (S33)",
        "www.droracle.ai",
        "Zimhi label (Medscape 343741)",
        "dose_limits.csv",
    ],
)
def test_a_private_id_is_seen(text):
    assert PRIVATE.search(text)


@pytest.mark.parametrize(
    "text", ["PubMed 31919729", "Reed 2023, PMC10859144", "section 2.3, table 1", "Utah R384-210-2"]
)
def test_a_public_id_is_no_private_one(text):
    assert not PRIVATE.search(text)


# Citing.


def test_a_place_is_cited_by_its_key():
    found = cite("BUPROPION-LABEL", "warnings")
    assert (found.where, found.standing, found.key) == ("warnings", Standing.SECONDARY, "BUPROPION-LABEL")
    assert found.citation.startswith("Bupropion US label")


def test_a_place_may_stand_below_its_work():
    assert cite("CDC-2022", "p. 99", Standing.RECALLED).standing is Standing.RECALLED
    assert recalled(cite("CDC-2022"), "p. 99").standing is Standing.RECALLED
    assert secondary(cite("CDC-2022"), "p. 99").standing is Standing.SECONDARY
    assert practice("x").standing is Standing.RECALLED
    assert OURS.standing is Standing.OURS


@pytest.mark.parametrize(
    ("key", "standing"),
    [
        ("BUPROPION-LABEL", Standing.VERIFIED),
        ("ZURNAI-PRESS", Standing.SECONDARY),
        ("MEMORY", Standing.VERIFIED),
        ("SEED", Standing.VERIFIED),
        ("OURS", Standing.SECONDARY),
        ("CDC-2022", Standing.OURS),
    ],
)
def test_a_standing_above_the_work_is_refused(key, standing):
    with pytest.raises(ValueError, match=f"{key} is {works()[key].standing.value}"):
        cite(key, "p. 1", standing)


def test_what_was_recalled_is_not_lifted_to_secondary():
    with pytest.raises(ValueError, match="MEMORY is recalled"):
        secondary(practice("x"), "y")


def test_an_unknown_key_is_named():
    with pytest.raises(LookupError, match="NO-SUCH-WORK"):
        cite("NO-SUCH-WORK", "p. 1")


def test_the_document_of_a_source_keeps_its_shape():
    assert list(shown(cite("CDC-2022", "p. 20"))) == ["citation", "where", "year", "url", "standing"]


# The page that says how a source is added is followed here.


def test_following_the_page_adds_a_source(tmp_path):
    rows, code = re.findall(r"```(?:csv|python)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    header, row = (line.strip() for line in rows.strip().splitlines())
    listed = (PACKAGE / "bibliography.csv").read_text(encoding="utf-8").splitlines()
    assert header == listed[0]
    others = [line for line in listed[1:] if line != row]
    assert len(others) == len(listed) - 2, "the row of the page is not that of the list"

    grown = tmp_path / "bibliography.csv"
    grown.write_text("\n".join([header, *sorted([*others, row], key=str.casefold)]), encoding="utf-8")
    found = {each.key: each for each in read_works(grown)}
    assert len(found) == len(others) + 1
    assert twice(found.values()) == []
    assert twice([*found.values(), evolve(found[row.split(",")[0]], key="AGAIN")])

    made: dict[str, object] = {}
    exec(textwrap.dedent(code), made)
    cited = made["LOPERAMIDE_LEVELS"]
    assert isinstance(cited, Source)
    assert cited.citation == found[cited.key].citation
    assert isinstance(made["RECALLED_FIGURE"], Source)
    assert made["RECALLED_FIGURE"].standing is Standing.RECALLED
