"""The letters of our fonts as fontTools finds them; ``python -m tests.fonts`` writes the list that programs read.

It also makes the fonts of doses: the same letters, whose zero is the O, as narrow as a figure, without a stroke.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
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


ZEROS = ("zero", "zero.tf")


def without_stroke(path: Path) -> TTFont:
    """A font whose zeros are its O, set into the room of a figure."""
    font = TTFont(path)
    glyphs = font.getGlyphSet()
    left, low, right, high = _bounds(glyphs, "O")
    for zero in ZEROS:
        box = _bounds(glyphs, zero)
        across, up = (box[2] - box[0]) / (right - left), (box[3] - box[1]) / (high - low)
        pen = TTGlyphPen(None)
        glyphs["O"].draw(TransformPen(pen, (across, 0, 0, up, box[0] - left * across, box[1] - low * up)))
        font["glyf"][zero] = pen.glyph()
        font["hmtx"][zero] = (font["hmtx"][zero][0], int(box[0]))
    for record in font["name"].names:
        name = record.toUnicode()
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = name.replace("Atkinson Hyperlegible Next", "Medsteward Doses").replace(
                "AtkinsonHyperlegibleNext", "MedstewardDoses"
            )
    return font


def _bounds(glyphs: object, name: str) -> tuple[float, float, float, float]:
    pen = BoundsPen(glyphs)
    glyphs[name].draw(pen)  # type: ignore[index]
    found: tuple[float, float, float, float] = pen.bounds
    return found


if __name__ == "__main__":
    for weight in ("Regular", "Bold"):
        without_stroke(FONTS / f"AtkinsonHyperlegibleNext-{weight}.ttf").save(FONTS / f"MedstewardDoses-{weight}.ttf")
    (FONTS / letters.LIST).write_text(listed(found()), encoding="ascii")
