"""The declarations of rules: complete, humane, in step with the pages made from them."""

from __future__ import annotations

import ast
import os
import re
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from medsteward.drugs.index import drugs, find
from medsteward.interactions.also import Also, without
from medsteward.interactions.check import rules
from medsteward.interactions.prose import rule_text, when_text
from medsteward.interactions.ready import groups_of
from medsteward.interactions.review_day import CHECKED_ON, REVIEW_BY
from medsteward.interactions.rule import Severity, Variant
from medsteward.limits.clauses import IsForbidden, PassesLimit
from medsteward.model.property import Property
from medsteward.model.source import Standing
from medsteward.patient.clauses import CaseClause, Palliative, unless
from medsteward.patient.drug_group import DrugGroup
from medsteward.patient.marks import MODULES
from medsteward.patient.taken import parts_of
from medsteward.readers.directions.line import read_line
from medsteward.writers.check import rules as rules_writer
from tests import groups
from tests.spec.check_language import checked

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden" / "rules.txt"
PAGE = ROOT / "docs" / "rules.md"
ACCEPT = bool(os.environ.get("MEDSTEWARD_ACCEPT"))

ALL = [pytest.param(rule, id=rule.id) for rule in rules()]


def texts(rule):
    yield rule.name
    yield rule.because
    yield rule.consider
    yield from rule.merged
    for variant in rule.variants:
        yield from filter(None, (variant.because, variant.consider, variant.add))


def test_ids_are_unique_and_well_formed():
    ids = [rule.id for rule in rules()]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"(DDI|DDC|GAP|HAZ)-\d{3}", id_) for id_ in ids)
    assert len({rule.name for rule in rules()}) == len(ids)


@pytest.mark.parametrize("rule", ALL)
def test_a_rule_is_complete(rule):
    assert rule.drug_clauses or any(isinstance(clause, PassesLimit | IsForbidden) for clause in rule.when)
    assert rule.sources
    assert rule.because.endswith((".", '"')), rule.because
    assert rule.consider.endswith((".", "?"))
    assert (rule.tier == 0) is (rule.severity is Severity.NONE)
    assert all(isinstance(each, CaseClause) and str(each) for each in rule.when)
    assert when_text(rule.when).startswith("When ")
    known = {each.id for each in rules()}
    assert set(rule.absorbs) <= known - {rule.id}


def test_what_takes_in_others_keeps_the_more_severe():
    (falls,) = [f for f in checked("lorazepam [age 70; falls]").findings if f.id == "DDC-267"]
    assert falls.rule.severity is Severity.MODERATE
    assert falls.severity is Severity.MAJOR
    assert falls.absorbed == ("DDC-230",)


def test_contraindicated_rules_interrupt():
    quiet = [rule.id for rule in rules() if rule.severity is Severity.CONTRAINDICATED and rule.tier != 1]
    # Known from memory alone: shown, until a second source is seen.
    recalled = ["DDC-294", "DDC-296", "DDC-300", "DDC-316", "DDI-175", "DDI-220"]
    assert sorted(quiet) == recalled
    assert all(rule.standing is Standing.RECALLED for rule in rules() if rule.id in recalled)


def test_the_first_tier_is_small():
    assert sum(rule.tier == 1 for rule in rules()) <= len(rules()) / 4


# --- wording ----------------------------------------------------------------------------------------------------

PRONE = (
    r"opioid|benzodiazepine|clonidine|antidepressant|methadone|buprenorphine|tramadol|baclofen|lorazepam|duloxetine|"
    r"gabapentin|pregabalin|z-drug|barbiturate|carisoprodol|it|them|either|both|one|drug|treatment|medicine"
)
ORDER = re.compile(rf"\b(stop|discontinue|cease|halt|quit|withdraw|come off)\b[^.;:]*\b({PRONE})\b", re.IGNORECASE)
SAFE = re.compile(r"\b(not|never|neither|none|no|nothing|rather than)\b", re.IGNORECASE)


def bad_orders(text):
    """Sentences that tell to end something, without a word that turns it round."""
    return [s for s in re.split(r"(?<=[.;])\s", text) if ORDER.search(s) and not SAFE.search(s)]


@pytest.mark.parametrize("rule", ALL)
def test_no_text_says_to_stop_what_must_be_tapered(rule):
    for text in texts(rule):
        assert bad_orders(text) == []


@pytest.mark.parametrize("rule", ALL)
def test_stopping_is_spoken_of_only_to_warn_of_it(rule):
    for text in texts(rule):
        for sentence in re.split(r"(?<=[.;])\s", text):
            if re.search(r"\b(stop|stopp\w+|discontinu\w+|abrupt\w*)\b", sentence, re.IGNORECASE):
                assert re.search(r"\b(not|never|neither|none|is dangerous)\b", sentence, re.IGNORECASE), sentence


@pytest.mark.parametrize(
    "text",
    ["Stop the opioid.", "Discontinue clonidine today.", "If so, stop one of them.", "Withdraw the benzodiazepine."],
)
def test_the_search_finds_such_orders(text):
    assert bad_orders(text)


def test_the_search_lets_warnings_pass():
    assert bad_orders("Neither is ever stopped at once. Do not stop the opioid abruptly.") == []


# --- clauses that a page may say once ---------------------------------------------------------------------------


def made(consider, also=(), variants=()):
    given = rules()[0]
    return evolve(given, consider=consider, also=also, variants=variants)


@pytest.mark.parametrize(
    ("consider", "also"),
    [
        ("Ask both. Offer naloxone.", ()),
        ("Ask both.", (Also.NALOXONE,)),
        ("Offer naloxone and look at the PDMP.", (Also.NALOXONE,)),
        ("Offer naloxone, and show how.", (Also.NALOXONE,)),
    ],
)
def test_a_rule_names_the_clauses_of_its_advice_or_does_not_load(consider, also):
    with pytest.raises(ValueError, match=r"in a clause of its own: also=\(\.\.\.\) names just that"):
        made(consider, also)


def test_a_clause_of_a_variant_is_named_too():
    variant = Variant(unless(Palliative()), add="Offer naloxone.")
    assert made("Ask both.", (Also.NALOXONE,), (variant,)).also == (Also.NALOXONE,)
    with pytest.raises(ValueError, match=r"Also\.NALOXONE in a clause"):
        made("Ask both.", (), (variant,))


@pytest.mark.parametrize(
    ("advice", "rest"),
    [
        ("Ask both. Offer naloxone. Go slowly.", "Ask both. Go slowly."),
        ("Offer naloxone; watch for sedation.", "Watch for sedation."),
        ("Offer naloxone, and show how.", "Offer naloxone, and show how."),
        ("Offer naloxone.", ""),
    ],
)
def test_advice_without_a_clause(advice, rest):
    assert without(advice, (Also.NALOXONE,)) == rest
    assert without(advice, ()) == advice


# --- groups and properties --------------------------------------------------------------------------------------


def named_groups():
    return {name: who for module in MODULES for name, who in vars(module).items() if isinstance(who, DrugGroup)}


def test_every_drug_named_by_a_group_is_known():
    def members(who):
        yield from who.ingredients
        for inner in (*who.but, *who.any_of, *who.besides):
            yield from members(inner)

    named = {name for who in named_groups().values() for name in members(who)}
    assert sorted(name for name in named if find(name) is None) == []


@pytest.mark.parametrize("module", MODULES)
def test_a_group_that_names_drugs_beside_others_says_why_no_class_or_property_will_do(module):
    source = Path(module.__file__).read_text("utf-8")
    lines = source.splitlines()
    unexplained = []
    for node in ast.parse(source).body:
        calls = [each for each in ast.walk(node) if isinstance(each, ast.Call) and ast.unparse(each.func) == "group"]
        members = [each.args[1:] for each in calls]
        if any(len(each) > 1 and any(isinstance(one, ast.Constant) for one in each) for each in members):
            written = lines[node.lineno - 2 : node.end_lineno]
            if not any(line.strip().startswith("# Named") for line in written):
                unexplained.append(written[1])
    assert unexplained == []


def test_every_group_is_used():
    used = {who for rule in rules() for who in groups_of(rule)}

    def inner(who):
        yield who
        for each in (*who.but, *who.any_of, *who.besides):
            yield from inner(each)

    everything = {each for who in used for each in inner(who)}
    assert sorted(name for name, who in named_groups().items() if who not in everything) == []


def test_every_property_is_that_of_some_drug():
    assert [one.name for one in Property if not any(one in drug.properties for drug in drugs().values())] == []


def test_groups_read_every_property_but_that_of_bleeding_and_of_pressure():
    """Rules about bleeding name classes; what lowers pressure or pulse is read by the lists of reasons against."""

    def read(who):
        return {*who.properties, *who.doing}.union(*(read(inner) for inner in (*who.but, *who.any_of, *who.besides)))

    unread = set(Property) - set().union(*(read(who) for who in named_groups().values()))
    assert unread == {Property.BLEEDING_RISK, Property.LOWERS_PRESSURE_OR_PULSE}


def test_members_of_every_group_are_those_of_the_golden_file():
    """Read a change as a pharmacist would, then accept it: ``python -m tests.groups``."""
    assert groups.text() == groups.GOLDEN.read_text("utf-8")


@pytest.mark.parametrize(
    ("sig", "drug_class"),
    [
        ("aspirin 81 mg daily", "antiplatelet"),
        ("aspirin 325 mg tablet, 2 tablets every 6 hours", "NSAID"),
        ("diclofenac gel", "topical NSAID"),
        ("diclofenac 50 mg tablet", "NSAID"),
        ("Voltaren gel", "topical NSAID"),
    ],
)
def test_the_same_name_may_mean_another_class(sig, drug_class):
    regimen = read_line(sig).regimen
    assert regimen is not None
    (part,) = parts_of(regimen)
    assert part.drug_class.value == drug_class


# --- pages made from the rules ----------------------------------------------------------------------------------


def compare(path, text):
    if ACCEPT:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text, f"{path.name} is not in step; read the change, then accept it"


def test_rules_in_prose_are_those_that_were_read():
    compare(GOLDEN, "\n\n".join(rule_text(rule) for rule in rules()) + "\n")


def test_the_rules_page_is_in_step():
    compare(PAGE, rules_writer.markdown_page())


def test_recalled_rules_say_so():
    for rule in rules():
        if rule.standing is Standing.RECALLED:
            assert "needs a second source" in rule_text(rule)


def test_the_rules_are_not_past_their_review():
    assert CHECKED_ON < REVIEW_BY
    assert date.today() < REVIEW_BY, "the rules are due for review"


def test_the_hazard_log_is_in_step():
    path = ROOT / "docs" / "hazards.md"
    head, mark, _ = path.read_text(encoding="utf-8").partition("<!-- from here on generated -->\n\n")
    compare(path, head + mark + rules_writer.hazard_table(rules()))


def test_the_hazard_log_names_tests_that_exist():
    log = (ROOT / "docs" / "hazards.md").read_text(encoding="utf-8")
    written = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", log))
    assert named
    assert sorted(name for name in named if f"def {name}(" not in written) == []


def test_rule_changes_are_those_of_the_declarations():
    page = (ROOT / "docs" / "rule_changes.md").read_text(encoding="utf-8")
    by_id = {rule.id: rule for rule in rules()}
    rows = re.findall(r"^\| ((?:DDI|DDC|GAP)-\d{3}) \|[^|]*\| [a-z]+/\d \| ([a-z]+)/(\d) \|", page, re.MULTILINE)
    assert rows
    for id_, severity, tier in rows:
        assert (by_id[id_].severity.words, by_id[id_].tier) == (severity, int(tier)), id_
