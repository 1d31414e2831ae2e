"""Documents as text: what is written by hand is what the standard library would write."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from medsteward.writers.shared.json_text import KeptList, KeptText, one_line, pretty, safe
from tests.counts import examples

texts = st.text(st.characters(), max_size=8)
leaves = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(texts, inner, max_size=4)
        | st.lists(inner, max_size=3).map(KeptList)
        | st.dictionaries(texts, inner, max_size=3).map(KeptText)
    ),
    max_leaves=12,
)


@given(values)
@examples(300)
def test_an_indented_document_is_as_the_standard_library_writes_it(value: Any) -> None:
    assert pretty(value) == safe(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"
    assert pretty([value, value]) == safe(json.dumps([value, value], ensure_ascii=False, indent=2)) + "\n"


@given(st.dictionaries(st.text("abc_", max_size=4), values, max_size=4))
@examples(200)
def test_a_document_on_a_line_holds_the_same(document: dict[str, Any]) -> None:
    assert json.loads(one_line(document)) == json.loads(pretty(document))
