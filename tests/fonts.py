"""The letters of our fonts as fontTools finds them; ``python -m tests.fonts`` writes the list that programs read."""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont

from medsteward.writers.shared import letters

FONTS = Path(letters.__file__).parents[1] / "fonts"


def found() -> set[int]:
    """The code points of the basic plane that every font beside the list has; NUL is no letter."""
    each = [set(TTFont(path).getBestCmap()) for path in sorted(FONTS.glob("*.ttf"))]
    return set.intersection(*each) & set(range(1, 0xFFFF))


def listed(codes: set[int]) -> str:
    """Code points as spans, a line each."""
    spans: list[list[int]] = []
    for code in sorted(codes):
        if spans and code == spans[-1][1] + 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"{low:04X}-{high:04X}\n" if low != high else f"{low:04X}\n" for low, high in spans)


if __name__ == "__main__":
    (FONTS / letters.LIST).write_text(listed(found()), encoding="ascii")
