"""Words that name a salt, an ester or water beside the name of a drug, and never the drug."""

from __future__ import annotations

_WORDS = (
    "hydrochloride hcl sulfate sulphate bitartrate tartrate phosphate citrate sodium potassium calcium magnesium "
    "maleate mesylate acetate besylate hydrobromide succinate polistirex terephthalate napsylate tromethamine "
    "dipotassium disodium fumarate bromide chloride nitrate pamoate oxalate tosylate lactate gluconate carbonate "
    "decanoate palmitate propionate valerate benzoate stearate myristate epolamine xinafoate malate edisylate "
    "medoxomil cilexetil axetil monohydrate dihydrate trihydrate hemihydrate anhydrous lysine arginine erbumine "
    "tannate hyclate camsylate estolate ethylsuccinate dihydrochloride hemifumarate isethionate iodide"
)
_MORE_WORDS = (
    "furoate mesilate besilate mononitrate dinitrate meglumine embonate enanthate acetonide diacetate "
    "dipropionate butyrate salicylate ditosylate fosamil etexilate mofetil olamine trometamol disoproxil "
    "alafenamide pivoxil proxetil saccharate aspartate diphosphate dihydrobromide monosodium trisodium choline "
    "cypionate undecanoate caproate pivalate pentahydrate hexahydrate sesquihydrate hydrate lauroxil"
)
_SHORT = ("hcl", "hci", "hbr", "sulf", "succ")

SALTS = frozenset(_WORDS.split())
"""Those that names of RxNorm end with."""
ALL_SALTS = SALTS | frozenset(_MORE_WORDS.split()) | frozenset(_SHORT)
"""Those, with what other lists and people write."""


def without_salts(text: str) -> str:
    """A name in lower case without the salts it ends with: ``metformin hydrochloride`` is metformin.

    The first word stays, so that ``potassium chloride`` keeps its name, cut to what is left of it.
    """
    words = text.split()
    while len(words) > 1 and words[-1].strip("(),.") in ALL_SALTS:
        words.pop()
    return " ".join(words)
