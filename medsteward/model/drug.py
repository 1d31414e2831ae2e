"""What a drug is: its names, class, mechanisms and schedule; what products of it exist."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from attrs import field, frozen
from attrs.validators import instance_of

from medsteward.model.drug_class import DrugClass as DrugClass
from medsteward.model.product import Product
from medsteward.model.property import Property
from medsteward.model.source import Standing


def _as_set(properties: Iterable[Property]) -> frozenset[Property]:
    return frozenset(properties)


@frozen
class OfBase:
    """What the label says of products that are labeled in mg of the base, where others are labeled in mg of a salt.

    ``share`` is how many mg of the base it says are the same as 1 mg of the salt; ``use`` how they are taken.
    """

    share: Fraction
    use: str = ""


@frozen
class Drug:
    """One ingredient.

    ``brands`` hold this ingredient alone; combination brands are ``Combination`` declarations. ``route_scope`` says
    where the entry applies (``topical`` diclofenac is another entry than oral). ``rxcui`` is the RxNorm ingredient
    code, empty where none was seen. ``identifiers`` and ``clinical`` are the standing of the codes and of class,
    mechanism and schedule; names, brands and properties are recalled throughout. ``uses`` says of a dose form how it
    is used, in words for a label.

    ``properties`` are what the drug does beyond its class, as far as rules ask for it. What its class asks for
    (``DrugClass.asks_for``) is answered: it is among ``properties``, or among ``without``, which says that no source
    of ours lists the drug for it. A drug of a sedating class is sedative. Raises ``ValueError`` for anything else, so
    that an opioid or a sedative cannot be declared while the rules about it stay silent. ``not_judged`` is the third
    answer, for drugs that are read from data: nobody has looked.

    ``unsure`` are properties that are known from memory alone, and ``unsure_class`` says the same of the class: a
    finding that may interrupt and rests on nothing better is shown at the next tier, "needs a second source".
    """

    name: str = field(validator=instance_of(str))
    drug_class: DrugClass = field(validator=instance_of(DrugClass))
    mechanisms: tuple[str, ...] = ()
    properties: frozenset[Property] = field(default=frozenset(), converter=_as_set)
    without: frozenset[Property] = field(default=frozenset(), converter=_as_set)
    synonyms: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    salts: tuple[str, ...] = ()
    schedule: str = ""
    rxcui: str = ""
    route_scope: str = "systemic"
    identifiers: Standing = Standing.VERIFIED
    clinical: Standing = Standing.RECALLED
    sources: tuple[str, ...] = ()
    uses: tuple[tuple[str, str], ...] = ()
    not_judged: frozenset[Property] = field(default=frozenset(), converter=_as_set)
    unsure: frozenset[Property] = field(default=frozenset(), converter=_as_set)
    unsure_class: bool = False
    of_base: OfBase | None = None
    """About products that are labeled in mg of the base, where others are labeled in mg of a salt."""

    def use_of(self, form: str) -> str:
        """How a dose form of it is used, in words for a label; empty: nothing beyond its directions."""
        return dict(self.uses).get(form, "")

    def __attrs_post_init__(self) -> None:
        said = f'drug "{self.name}" ({self.drug_class.value})'
        if unanswered := self.drug_class.asks_for - self.properties - self.without - self.not_judged:
            raise ValueError(
                f"{said} does not say: {_listed(unanswered)}. Put each into properties=(...) or without=(...)"
            )
        if both := self.properties & self.without:
            raise ValueError(f"{said} says both: {_listed(both)}. Take each out of properties or out of without")
        if self.drug_class.is_sedating and Property.CNS_DEPRESSANT in self.without:
            raise ValueError(
                f"{said} is of a sedating class. Put Property.CNS_DEPRESSANT into properties, or choose another class"
            )


def _listed(properties: Iterable[Property]) -> str:
    return ", ".join(f"Property.{one.name}" for one in Property if one in set(properties))


@frozen
class Combination:
    """A brand that holds several ingredients, named in the order of its label."""

    brand: str
    ingredients: tuple[str, ...]
    release: str | None = None
    synonyms: tuple[str, ...] = ()
    note: str = ""
    standing: Standing = Standing.RECALLED
    taken_at_once: str = ""
    """How many units are usual at one time, where that is more than one; recalled, for a word of caution only."""


@frozen(cache_hash=True)
class ListedProduct:
    """A product that exists: what it is, its brands, whether it can be split, its labelled interval in hours as text.

    ``splittable`` is yes, no or unknown; unknown counts as no in plans. ``standing`` is about the strength existing;
    splitting, intervals, brands and schedules are recalled unless the note says otherwise. ``remark`` is a warning
    that goes with every use of the product, under the code ``remark_code``; both are empty for most. ``few_makers``:
    hardly any pharmacy has it: one or two packages are listed, or it is a brand beside the generics of other makers.
    """

    product: Product
    brands: tuple[str, ...]
    splittable: str
    interval: str
    schedule: str
    rxcui_ingredient: str
    source: str
    standing: Standing
    in_fda_ndc_2025: str
    note: str
    few_makers: bool = False
    makers: str = ""
    remark_code: str = ""
    remark: str = ""
