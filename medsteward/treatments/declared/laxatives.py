"""Laxatives: the first three steps of a bowel regimen."""

from __future__ import annotations

from medsteward.treatments import figures as f
from medsteward.treatments import places as s
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.steps import FIRST, OBSTRUCTION, SECOND, THIRD
from medsteward.treatments.treatment import Laxative, Treatment

_STIMULANT_OBSTRUCTION = Against(
    Effect.BLOCKS,
    "no stimulant laxative in known or suspected obstruction: evaluate first",
    s.practice("stimulant laxatives in obstruction"),
    conditions=(OBSTRUCTION,),
)


_SENNA, _PEG = str(f.SENNA_DOSE), str(f.POLYETHYLENE_GLYCOL_DOSE)

SENNA = Treatment(
    id="senna",
    title="senna",
    drugs=("senna",),
    against=(_STIMULANT_OBSTRUCTION,),
    laxative=Laxative(
        FIRST,
        (
            (f"{_SENNA} (2 tablets of {f.SENNA_TABLET}) nightly; with an opioid {_SENNA} twice daily", s.TWYCROSS),
            (
                f"US OTC label: at most 4 tablets of {f.SENNA_TABLET} twice daily ({f.SENNA_OTC_MOST}), not longer "
                "than a week unless directed",
                s.OTC_LABEL,
            ),
            (
                f"palliative care goes up to {f.SENNA_PALLIATIVE_MOST.share(3, 'mg')} three times daily "
                f"({f.SENNA_PALLIATIVE_MOST}); the OTC label differs",
                s.TWYCROSS,
            ),
        ),
        f"a stimulant laxative (senna {_SENNA} twice daily)",
    ),
)


POLYETHYLENE_GLYCOL_3350 = Treatment(
    id="polyethylene-glycol-3350",
    title="polyethylene glycol 3350",
    drugs=("polyethylene glycol 3350",),
    laxative=Laxative(
        FIRST,
        (
            (
                f"{_PEG} daily; at most {f.POLYETHYLENE_GLYCOL_MOST} ({_PEG} twice daily)",
                s.secondary(s.IPAL, "17 to 34 g"),
            ),
            ("the OTC label sets a limit of 7 days", s.recalled(s.OTC_LABEL, "7 days")),
        ),
        f"an osmotic one (polyethylene glycol 3350, {_PEG} daily)",
    ),
)


BISACODYL = Treatment(
    id="bisacodyl",
    title="bisacodyl",
    drugs=("bisacodyl",),
    against=(_STIMULANT_OBSTRUCTION,),
    laxative=Laxative(
        FIRST,
        (
            (
                f"{f.BISACODYL_FIRST.number} to {f.BISACODYL_FULL} nightly; palliative care up to "
                f"{f.BISACODYL_PALLIATIVE_MOST.share(3, 'mg')} three times daily ({f.BISACODYL_PALLIATIVE_MOST})",
                s.TWYCROSS,
            ),
            (
                f"US OTC label: {f.BISACODYL_TABLET.number} to {f.BISACODYL_OTC_MOST} in a single daily dose, "
                "not longer than a week; this differs",
                s.OTC_LABEL,
            ),
        ),
    ),
)


STIMULANT_AND_OSMOTIC = Treatment(
    id="a-stimulant-and-an-osmotic-laxative-together",
    title="a stimulant and an osmotic laxative together",
    drugs=(),
    among=("senna", "polyethylene glycol 3350"),
    against=(_STIMULANT_OBSTRUCTION,),
    laxative=Laxative(SECOND, (("a sensible choice even at the first step", s.WEST_MIDLANDS),)),
)


LACTULOSE = Treatment(
    id="lactulose",
    title="lactulose",
    drugs=("lactulose",),
    laxative=Laxative(
        SECOND,
        (
            (
                f"{f.LACTULOSE_FIRST.number} to {f.LACTULOSE_FIRST_UP_TO} once or twice daily",
                s.practice("lactulose"),
            ),
            (f"at most {f.LACTULOSE_MOST}", f.LACTULOSE_MOST.source),
        ),
    ),
)


SODIUM_PICOSULFATE = Treatment(
    id="sodium-picosulfate",
    title="sodium picosulfate (UK)",
    drugs=("sodium picosulfate",),
    against=(_STIMULANT_OBSTRUCTION,),
    laxative=Laxative(
        SECOND,
        (
            (
                f"{f.PICOSULFATE_FIRST.number} to {f.PICOSULFATE_OPIOID} nightly, {f.PICOSULFATE_OPIOID} with an "
                f"opioid; then {f.PICOSULFATE_FIRST} a day more to effect",
                s.TWYCROSS,
            ),
        ),
    ),
)


MAGNESIUM_HYDROXIDE = Treatment(
    id="magnesium-hydroxide",
    title="magnesium hydroxide",
    drugs=("magnesium hydroxide", "magnesium citrate"),
    against=(
        Against(
            Effect.BLOCKS,
            "magnesium is avoided with CrCl below 30: it accumulates",
            s.practice("magnesium laxatives and kidneys"),
            kidney_below=30,
            said_by=("DDC-271",),
        ),
        Against(
            Effect.CAUTION,
            "many avoid magnesium with CrCl below 60",
            s.practice("magnesium laxatives and kidneys"),
            kidney_below=60,
            kidney_from=30,
        ),
    ),
    laxative=Laxative(SECOND, ((f"{f.MAGNESIUM_FIRST.number} to {f.MAGNESIUM_MOST}", f.MAGNESIUM_MOST.source),)),
)


BY_RECTUM = Treatment(
    id="by-rectum",
    title="by rectum",
    drugs=(),
    among=("bisacodyl",),
    against=(_STIMULANT_OBSTRUCTION,),
    laxative=Laxative(
        THIRD,
        (
            (f"bisacodyl {f.BISACODYL_RECTAL}, glycerin, or a saline enema", s.practice("rectal step")),
            ("no sodium phosphate enema with kidney disease or in older people", s.practice("phosphate enema")),
        ),
    ),
)

TREATMENTS = (
    SENNA,
    POLYETHYLENE_GLYCOL_3350,
    BISACODYL,
    STIMULANT_AND_OSMOTIC,
    LACTULOSE,
    SODIUM_PICOSULFATE,
    MAGNESIUM_HYDROXIDE,
    BY_RECTUM,
)
