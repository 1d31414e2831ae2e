"""Names built from their parts are taken apart into them; nothing that is not a name raises."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from medsteward.drugs.dose_forms import DOSE_FORMS
from medsteward.model.number import decimal_text
from medsteward.readers.codes.rxnorm_name import product_of, read_rxnorm_name

SUBSTANCES = st.sampled_from(
    [
        ("oxycodone", "hydrochloride"),
        ("codeine", "phosphate"),
        ("morphine", "sulfate liposomal"),
        ("fentanyl", ""),
        ("magnesium citrate", ""),
        ("potassium chloride", ""),
        ("polyethylene glycol 3350", ""),
        ("strangeamine", "maleate"),
        ("vitamin b12", ""),
    ]
)
NUMBERS = st.builds(Fraction, st.integers(1, 9_999_999), st.sampled_from([1, 10, 100, 1000, 10000]))
UNITS = st.sampled_from(
    [
        ("MG", "mg"),
        ("MG/ML", "mg/mL"),
        ("MG/HR", "mg/h"),
        ("MG/ACTUAT", "mg/actuation"),
        ("UNT/ML", "units/mL"),
        ("MEQ", "mEq"),
        ("MG/MG", "mg/mg"),
        ("MCI", "mCi"),
        ("PNU", "PNU"),
        ("UNT", "units"),
    ]
)
LEADS = st.sampled_from(["", "12 HR ", "0.5 ML ", "80 ACTUAT ", "Abuse-Deterrent 12 HR ", "Matrix Delivery 24 HR "])
FORMS = st.sampled_from([form.name for form in DOSE_FORMS if form.name != "Pack"])
BRANDS = st.none() | st.text(
    st.characters(codec="utf-8", exclude_characters="[]", exclude_categories=["C", "Z"]), min_size=1
)


@st.composite
def names(draw):
    """A name and its parts."""
    components = draw(st.lists(st.tuples(SUBSTANCES, NUMBERS, UNITS), min_size=1, max_size=5))
    said = [f"{' '.join(filter(None, s))} {decimal_text(n)} {u}" for s, n, (u, _) in components]
    form, brand, lead = draw(FORMS), draw(BRANDS), draw(LEADS)
    text = f"{lead}{' / '.join(said)} {form}{f' [{brand}]' if brand else ''}"
    return text, [(*s, n, u) for s, n, (_, u) in components], form, brand


def parts(name):
    return [(each.name, each.salt, each.strength.value, each.strength.unit) for each in name.ingredients]


@given(names(), st.sampled_from([str, str.upper, str.lower]))
def test_a_name_built_from_parts_is_taken_apart_into_them(built, case):
    text, components, form, brand = built
    body = text.removesuffix(f" [{brand}]")
    name = read_rxnorm_name(case(body) + text[len(body) :])
    assert name.problems == ()
    assert parts(name) == components
    assert (name.form, name.brand) == (form, brand)
    product_of(name)


@given(st.lists(st.tuples(st.integers(1, 60), names()), min_size=1, max_size=4), BRANDS)
def test_a_pack_built_from_items_is_taken_apart_into_them(built, brand):
    items = " / ".join(f"{count} ({text})" for count, (text, _, _, inner) in built)
    if any(inner and set(inner) & set("()") for _, (_, _, _, inner) in built):
        return  # a bracket in a brand that is not closed cannot be told from the pack's own
    name = read_rxnorm_name(f"{{{items} }} Pack{f' [{brand}]' if brand else ''}")
    assert name.problems == ()
    assert name.brand == brand
    assert [(each.count, parts(each.name), each.name.form, each.name.brand) for each in name.pack] == [
        (count, components, form, inner) for count, (_, components, form, inner) in built
    ]
    product_of(name)


WORDS = st.sampled_from(
    [
        "oxycodone",
        "5",
        "0.5",
        "MG",
        "MG/ML",
        "/",
        "Oral",
        "Tablet",
        "[",
        "]",
        "{",
        "}",
        "(",
        ")",
        "Pack",
        "12",
        "HR",
        "ML",
    ]
)


@given(st.text(max_size=200) | st.lists(WORDS, max_size=20).map(" ".join))
def test_nothing_raises_and_nothing_is_lost_in_silence(text):
    name = read_rxnorm_name(text)
    product_of(name)
    if not name.problems:
        # every word of a name that is understood is in one of its parts
        shown = repr(name.ingredients) + repr((name.form, name.brand, name.pack, name.qualifiers))
        for word in text.casefold().replace("[", " ").replace("]", " ").split():
            if word.isalpha() and word not in ("mg", "ml", "hr", "pack", "actuat"):
                assert word in shown.casefold()
