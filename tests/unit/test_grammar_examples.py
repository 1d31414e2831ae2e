"""The grammar's own examples, which the page of directions shows: each is the phrase that it is an example of."""

from __future__ import annotations

import pytest

from medsteward.readers.directions import kinds, refused
from medsteward.readers.directions.examples import ASKED, READ
from medsteward.readers.directions.grammar import phrases
from medsteward.readers.directions.kinds import Phrase
from medsteward.readers.directions.tokens import tokens

EXAMPLES = [(kind, words) for kind, _, written in READ for words in written] + [
    (kind, words) for kind, written in ASKED for words in written
]
WITHOUT = {kinds.Joined, kinds.Mark, kinds.UnknownWord}
"""Kinds that nobody writes on purpose."""


@pytest.mark.parametrize(("kind", "words"), EXAMPLES, ids=[words for _, words in EXAMPLES])
def test_an_example_is_the_phrase_it_stands_for(kind: type[Phrase], words: str) -> None:
    found = [each for each in phrases(tokens(words)[0]) if not isinstance(each, kinds.Mark)]
    assert type(found[0]) is kind
    assert len(found) == 1


def test_every_kind_of_phrase_has_an_example() -> None:
    declared = {each for module in (kinds, refused) for each in vars(module).values() if isinstance(each, type)}
    mine = {each for each in declared if issubclass(each, Phrase)}
    concrete = {each for each in mine if not any(other is not each and issubclass(other, each) for other in mine)}
    assert {kind for kind, _ in EXAMPLES} == concrete - WITHOUT
