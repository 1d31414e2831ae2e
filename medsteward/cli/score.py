"""``medsteward score``."""

from __future__ import annotations

from fractions import Fraction

import click

from medsteward.cli.answers import answer
from medsteward.cli.options import format_option, output_option
from medsteward.cli.running import write
from medsteward.errors import NotANumber
from medsteward.model.number import decimal_text, exact
from medsteward.scales.score import items_of, near_scales, scale_ids
from medsteward.scales.score import score as score_of
from medsteward.writers.formats import SCORE

_YES = {"yes": True, "true": True, "no": False, "false": False}


@click.command(
    help=f"""Score a clinical scale from its items: {", ".join(scale_ids())}.

    Each ITEM=VALUE gives one item; values are numbers, yes or no. Without items, the items are listed. The wording of
    scales that others own is not part of medsteward.

    \b
    Examples:
      medsteward score peg pain=7 enjoyment=6 general_activity=8
      medsteward score odi before=40 after=28
    """,
)
@click.argument("scale")
@click.argument("items", metavar="[ITEM=VALUE]...", nargs=-1)
@click.option("--variant", default=None, help="Base of the NDI (50 or 100), or joint of 6mwt and tug (knee, hip).")
@format_option(SCORE)
@output_option
def score(scale: str, items: tuple[str, ...], variant: str | None, style: str, output: str | None) -> int:
    """Fill in a scale, or list its items."""
    known = items_of(scale)
    if known and not items:
        write([_items(scale)], output, shared=True)
        return 0
    if not known:
        near = near_scales(scale[:40])
        hint = f"did you mean {' or '.join(near)}?" if near else f"the scales are {', '.join(scale_ids())}"
        raise click.UsageError(f'there is no scale "{scale[:40]}"; {hint}')
    if items and not any("=" in item for item in items):
        needed = [item.name for item in known if item.needed]
        if len(needed) == len(items):
            named = " ".join(f"{name}={value[:20]}" for name, value in zip(needed, items, strict=True))
            raise click.UsageError(f"name each item; if this is their order, write: medsteward score {scale} {named}")
    report = score_of(scale, dict(_value(item) for item in items), variant=variant)
    return answer(SCORE, iter([report]), style, output)


def _items(scale: str) -> str:
    lines = [f"Items of {scale}:"]
    for item in items_of(scale):
        if item.allowed is not None:
            values = ", ".join(decimal_text(value) for value in item.allowed)
        else:
            values = f"{decimal_text(item.low)} to {decimal_text(item.high)} {item.unit}".rstrip()
        lines.append(f"  {item.name}: {item.about} ({values}{'' if item.needed else '; may be left out'})")
    return "\n".join(lines) + "\n"


def _value(text: str) -> tuple[str, Fraction | bool]:
    name, mark, value = text.partition("=")
    if not mark or not name.strip():
        raise click.UsageError(f'"{text[:60]}": write ITEM=VALUE, as in pain=7')
    if value.strip().casefold() in _YES:
        return name, _YES[value.strip().casefold()]
    try:
        return name, exact(value.strip())
    except NotANumber as error:
        raise click.UsageError(f"{name[:30]}: {error}") from None
