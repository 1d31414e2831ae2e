"""The rules themselves: every one in words, with its sources, their standing and the day of review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from medsteward.interactions.prose import because_text, rule_text, variant_text, when_text
from medsteward.interactions.review_day import CHECKED_ON, REVIEW_BY
from medsteward.interactions.rule import Hazard, Rule
from medsteward.interactions.rules import EVERY_THEME
from medsteward.version import __version__
from medsteward.writers.shared.cells import markdown
from medsteward.writers.shared.json_text import Document
from medsteward.writers.shared.problems import source
from medsteward.writers.shared.screen import fitted
from medsteward.writers.shared.text_table import text_table

SCHEMA = "medsteward.rules/1"
_LISTED = ("rule", "severity", "tier", "standing", "about")


def document(rules: Sequence[Rule]) -> Document:
    """Rules as a document."""
    return {
        "schema": SCHEMA,
        "medsteward": __version__,
        "checked_on": CHECKED_ON.isoformat(),
        "review_by": REVIEW_BY.isoformat(),
        "rules": [_rule(rule) for rule in rules],
    }


def text(rules: Sequence[Rule]) -> str:
    """Rules in full, as prose."""
    last = f"{len(rules)} rule{'' if len(rules) == 1 else 's'}, checked on {CHECKED_ON}, to be reviewed by {REVIEW_BY}"
    return fitted("\n\n".join([*(rule_text(rule) for rule in rules), last])) + "\n"


def list_text(rules: Sequence[Rule]) -> str:
    """A row for each rule: id, severity, tier, standing, name."""
    rows = [(rule.id, rule.severity.words, str(rule.tier), rule.standing.value, rule.name) for rule in rules]
    return f"{text_table(_LISTED, rows)}\n\n{len(rows)} rules, to be reviewed by {REVIEW_BY}\n"


def list_markdown(rules: Sequence[Rule]) -> str:
    """The page of these rules, by theme."""
    chosen = {rule.id for rule in rules}
    themes = {theme: [rule for rule in each if rule.id in chosen] for theme, each in EVERY_THEME.items()}
    return markdown_page({theme: each for theme, each in themes.items() if each})


def markdown_text(rules: Sequence[Rule]) -> str:
    """Rules in full, as one section."""
    return markdown_page({"Rules": rules})


def markdown_page(themes: Mapping[str, Sequence[Rule]] = EVERY_THEME) -> str:
    """The page of all rules, by theme."""
    count = sum(len(rules) for rules in themes.values())
    parts = [
        "# Rules",
        "",
        f"Generated from the declarations in `medsteward/interactions/rules/`: {count} rules, checked on {CHECKED_ON}, "
        f"to be reviewed by {REVIEW_BY}. A finding offers and asks; it never orders. Names that are not understood are "
        "problems (ERR-001 is DRUG-001, ERR-002 is CHECK-101) and never passed over.",
        "",
    ]
    for theme, rules in themes.items():
        parts += [f"## {theme.replace('_', ' ').capitalize()}", ""]
        for rule in rules:
            parts += _markdown_rule(rule)
    return "\n".join(parts).rstrip() + "\n"


def hazard_table(rules: Sequence[Rule]) -> str:
    """Every harm that rules are about, with a cause and the rules that find it, as a markdown table."""
    rows = ["| hazard | cause | control: rules that find it |", "|---|---|---|"]
    for hazard in Hazard:
        mine = [rule for rule in rules if rule.hazard is hazard]
        if mine:
            first = min(mine, key=lambda rule: (rule.tier or 9, -rule.severity, rule.id))
            cause = first.name + (" and others" if len(mine) > 1 else "")
            rows.append(f"| {hazard.value} | {cause} | {', '.join(sorted(rule.id for rule in mine))} |")
    return "\n".join(rows) + "\n"


def _markdown_rule(rule: Rule) -> list[str]:
    lines = [
        f"### {rule.id}: {markdown(rule.name)}",
        "",
        f"*{rule.severity.words}, tier {rule.tier}; {markdown(rule.hazard.value)}; {rule.standing.words}*",
        "",
        f"{markdown(when_text(rule.when))}. {markdown(because_text(rule))}",
        "",
        f"**Consider:** {markdown(rule.consider)}",
        "",
    ]
    lines += [f"- {markdown(variant_text(variant))}" for variant in rule.variants]
    if rule.merged:
        lines.append(f"- Covered by another rule, it adds: {markdown(' '.join(rule.merged))}")
    if rule.absorbs:
        lines.append(f"- Also covers, where they name no further drug: {', '.join(rule.absorbs)}")
    for each in rule.sources:
        where = f": {each.where}" if each.where else ""
        lines.append(f"- Source: {markdown(each.citation + where)} ({each.standing.words})")
    return [*lines, ""]


def _rule(rule: Rule) -> Document:
    return {
        "rule": rule.id,
        "name": rule.name,
        "hazard": rule.hazard.value,
        "severity": rule.severity.words,
        "tier": rule.tier,
        "when": when_text(rule.when),
        "because": because_text(rule),
        "consider": rule.consider,
        "variants": [variant_text(variant) for variant in rule.variants],
        "absorbs": list(rule.absorbs),
        "merged": list(rule.merged),
        "standing": rule.standing.value,
        "sources": [source(each) for each in rule.sources],
    }
