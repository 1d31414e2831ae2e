"""What in a patient speaks against an option: what the rules say of its medicines, and what only our lists know.

The lists say what no rule says: a figure, a stricter limit of a source, a caution. What a rule says stands in the rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from types import MappingProxyType

from attrs import evolve, field, frozen

from medsteward.bibliography import OURS
from medsteward.caches import remembered
from medsteward.drugs.index import drugs
from medsteward.interactions.offer import Fit, Held, Medicines, Offers, medicine, medicines
from medsteward.interactions.result import Finding
from medsteward.interactions.rule import Severity
from medsteward.limits.limit import DoseLimit, LimitKind, Strictness
from medsteward.limits.offered import offer_limits
from medsteward.model.drug import DrugClass
from medsteward.model.missing import CHILD_PUGH, GESTATION, KIDNEY, Ask
from medsteward.model.property import Property
from medsteward.model.regimen import Regimen
from medsteward.model.source import Source, Standing
from medsteward.patient.clauses import Age, All, CaseClause, ChildPugh, Has, Kidney, Pregnant, QtcAbove, TakesOnTheDay
from medsteward.patient.drug_group import FOR_ITSELF, DrugGroup, Ingredient, group
from medsteward.patient.picture import Picture
from medsteward.patient.taken import marked


class Effect(Enum):
    """What it means for the option."""

    __hash__ = object.__hash__  # its members are single objects, and offers are sorted by it

    BLOCKS = "not for this patient"
    MAJOR = "major risk"
    LOWERS = "dose or ceiling differs"
    CAUTION = "take care"


@frozen
class Against:
    """One thing that speaks against an option.

    It is found when every test that is set holds; of ``conditions``, ``classes``, ``drugs``, ``properties`` and
    ``contexts`` one each is enough. ``kidney_below`` and ``kidney_above`` do not include the limit, ``kidney_up_to``
    and ``kidney_from`` do, in mL/min. ``daily_mg`` is the most a day, in mg, to which a lower dose keeps the offer.
    ``said_by`` are the rules that say the same in their own words.
    """

    effect: Effect
    text: str
    source: Source
    conditions: tuple[str, ...] = ()
    classes: tuple[DrugClass, ...] = ()
    drugs: tuple[str, ...] = ()
    properties: tuple[Property, ...] = ()
    any_opioid: bool = False
    child_pugh: str = ""
    age_from: int | None = None
    age_over: int | None = None
    gestational_weeks_from: int | None = None
    qtc_over: int | None = None
    kidney_below: int | None = None
    kidney_up_to: int | None = None
    kidney_from: int | None = None
    kidney_above: int | None = None
    daily_mg: int | None = None
    said_by: tuple[str, ...] = ()
    when: CaseClause = field(init=False, repr=False)
    """All tests as one clause."""
    needs: frozenset[str] | None = field(init=False, repr=False)
    """Conditions of which the patient has to have one, where nothing else can make it hold."""

    @when.default
    def _when(self) -> CaseClause:
        ones = tuple(self._clauses())
        if not ones:
            raise ValueError(f"nothing in a patient would show it: {self.text}")
        return ones[0] if len(ones) == 1 else All(ones)

    @needs.default
    def _needs(self) -> frozenset[str] | None:
        return self.when.conditions_needed

    def _clauses(self) -> Iterator[CaseClause]:
        if self.conditions:
            yield Has(self.conditions)
        if self.classes or self.drugs or self.any_opioid:
            yield TakesOnTheDay(_listed(self.classes, self.drugs, self.any_opioid))
        if self.properties:
            yield TakesOnTheDay(group(_words(self.properties), *self.properties, roles=FOR_ITSELF))
        if self.child_pugh:
            yield ChildPugh(self.child_pugh)
        if self.age_from is not None:
            yield Age(at_least=self.age_from)
        if self.age_over is not None:
            yield Age(at_least=self.age_over + 1)
        if self.gestational_weeks_from is not None:
            yield Pregnant(self.gestational_weeks_from)
        if self.qtc_over is not None:
            yield QtcAbove(self.qtc_over)
        limits = (self.kidney_below, self.kidney_from, self.kidney_up_to, self.kidney_above)
        if any(limit is not None for limit in limits):
            yield Kidney(*limits, brief=True)


def _words(ones: Iterable[DrugClass | Property | str]) -> str:
    return " or ".join(each if isinstance(each, str) else each.value for each in ones)


def _listed(classes: tuple[DrugClass, ...], names: tuple[str, ...], any_opioid: bool) -> DrugGroup:
    """The group of these drugs, NSAIDs on the skin included where they are named."""
    if any_opioid:
        classes = (*classes, *(each for each in DrugClass if each.is_opioid_agonist))
    words = "an opioid" if any_opioid else _words((*classes, *names))
    nsaids = [name for name in names if drugs()[name].drug_class in _NSAIDS]
    nsaids_on_skin = [each for each in classes if each is DrugClass.NSAID_TOPICAL]
    systemic = group(words, *classes, *names, roles=FOR_ITSELF)
    if not (nsaids or nsaids_on_skin):
        return systemic
    on_skin = group(words, *nsaids_on_skin, *nsaids, roles=FOR_ITSELF, topical=True)
    return DrugGroup(words, any_of=(systemic, on_skin))


_NSAIDS = (DrugClass.NSAID_ORAL, DrugClass.NSAID_TOPICAL)


@frozen(cache_hash=True)
class Offered:
    """One medicine of an offer: its name in our drug list, and how it is offered, as far as that is stated.

    ``daily_mg`` is the dose a day, in mg. ``regimen`` stands for all of it where directions are written.
    """

    drug: str
    route: str | None = None
    form: str | None = None
    release: str | None = None
    daily_mg: int | Fraction | None = None
    regimen: Regimen | None = None


@frozen
class Found:
    """Something that speaks against an option in this patient, and what in the case shows it.

    ``rules`` are the rules that say so, the one that speaks first; empty where a list does. ``severity`` is theirs.
    ``about`` are the medicines of the option that it is about; ``title`` is the name of the rule. ``said_by`` are rules
    that say the same as a list does. ``of_limit`` is the id of the dose limit that says so. ``facts`` are the facts of
    the patient that made it so, each by itself.
    """

    effect: Effect
    text: str
    shown: str
    source: Source
    rules: tuple[str, ...] = ()
    severity: Severity | None = None
    about: tuple[str, ...] = ()
    title: str = ""
    said_by: tuple[str, ...] = ()
    of_limit: str = ""
    facts: tuple[str, ...] = ()

    @property
    def rule(self) -> str | None:
        """The rule that says so; None: a list does."""
        return self.rules[0] if self.rules else None

    @property
    def words(self) -> str:
        """The reason in one line, with what shows it, the rule, and the rules that it takes in."""
        told = "" if self.severity is None else f"; {self.severity.words}, {', '.join(self.rules)}"
        return f"{self.text} ({self.shown}{told})"


@frozen
class Weighed:
    """What speaks against an option, what rules it out first, and what would have to be known to tell more.

    ``left_out`` are medicines of the option that are contraindicated here; ``kept`` the others, those that fit first.
    ``fit`` is how the option stands by the medicine of it that fits best.
    """

    found: tuple[Found, ...]
    unknown: tuple[Ask, ...]
    fit: Fit = Fit.FITS
    kept: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def is_blocked(self) -> bool:
        """Whether something rules the option out."""
        return bool(self.found) and self.found[0].effect is Effect.BLOCKS


def weigh_offer(
    offered: Sequence[Offered],
    lists: Iterable[Against],
    picture: Picture,
    offers: Offers,
    uses: Collection[str] = frozenset(),
    parts: Mapping[str, Ingredient] = MappingProxyType({}),
) -> Weighed:
    """Hold an option against the patient: its medicines by every rule and limit, and by what a list adds to them.

    A medicine is held at the dose that is offered, or the lower one that a list keeps it to. What the rules would say
    of one that is not in our drug list is not known. ``uses`` are what it is for, in the words of the limits; ``parts``
    are medicines in the form in which they are tried, where they have a trial.
    """
    lists, option = tuple(lists), _option(tuple(offered))
    listed = weigh(lists, picture, option.names)
    regimens, ready = option.regimens, option.parts
    plain = listed is _NOTHING and not (parts or option.strange or picture.is_pregnant)
    if (
        plain
        and offers.are_silent(option.medicines)
        and all(offer_limits(each, picture, uses).is_silent for each in ready)
    ):
        return option.nothing_against
    if listed.found and (most := [each.daily_mg for each in lists if each.daily_mg and each.when.test(picture)]):
        regimens = tuple([_regimen(each, most) for each in option.known])
        ready = tuple([marked(each)[0][0] for each in regimens])
    if parts:
        ready = tuple([parts.get(each.drug, part) for each, part in zip(option.known, ready, strict=True)])
    held = [offers.held(each) for each in regimens]
    by_rule = [each.fit for each in held]
    known, strange, names = option.known, option.strange, option.names
    found = list(listed.found)
    if any(each.reasons for each in held):
        found += _by_rules(held, all_out=not strange and min(by_rule) is Fit.LEFT_OUT)
    limits = by_limits(ready, lists, picture, uses, found)
    found += limits.found
    lacking = [each.ask for one in held for each in one.lacking]
    if not (found or lacking or listed.unknown or limits.lacking or strange or picture.is_pregnant):
        return option.nothing_against
    fits = [max(one, other) for one, other in zip(by_rule, limits.fits, strict=True)]
    fit = Fit.FITS if strange or not held else min(fits)
    if fit is not Fit.LEFT_OUT:
        found = [_not_of_all(each) for each in found]
    if picture.is_pregnant:
        pregnancy = Pregnant().seen(picture)
        if not any(set(pregnancy) & set(each.facts) for each in found):
            found.append(Found(Effect.CAUTION, _PREGNANT, "; ".join(pregnancy), OURS, about=names, facts=pregnancy))
    found.sort(key=_place)
    ranked = sorted(zip(known, fits, strict=True), key=lambda each: each[1])
    lacking += [Ask(f"what the rules would say of {name}") for name in strange]
    return Weighed(
        tuple(found),
        tuple(dict.fromkeys((*listed.unknown, *limits.lacking, *lacking))),
        Fit.LEFT_OUT if listed.is_blocked else fit,
        (*[each.drug for each, one in ranked if one is not Fit.LEFT_OUT], *strange),
        tuple(each.drug for each, one in ranked if one is Fit.LEFT_OUT),
    )


@frozen(eq=False)
class _Option:
    """Medicines of an offer as they are held against every patient whom no list keeps to a lower dose.

    ``strange`` are those that are not in our drug list.
    """

    names: tuple[str, ...]
    known: tuple[Offered, ...]
    strange: tuple[str, ...]
    regimens: tuple[Regimen, ...]
    parts: tuple[Ingredient, ...]
    medicines: Medicines | None
    nothing_against: Weighed


@remembered(1024)
def _option(offered: tuple[Offered, ...]) -> _Option:
    names = tuple(each.drug for each in offered)
    known = tuple(each for each in offered if each.drug in drugs())
    regimens = tuple(_regimen(each, ()) for each in known)
    return _Option(
        names,
        known,
        tuple(each.drug for each in offered if each not in known),
        regimens,
        tuple(marked(each)[0][0] for each in regimens),
        medicines(regimens),
        Weighed((), (), Fit.FITS, names),
    )


def expected(offers: Iterable[Sequence[Offered]]) -> Medicines | None:
    """The medicines of several options, so that those about which no rule can speak are told at once."""
    options = [_option(tuple(offered)) for offered in offers]
    return medicines(tuple(regimen for each in options if each.medicines is not None for regimen in each.regimens))


_PREGNANT = "no rule or limit here speaks of it in pregnancy: ask its prescriber and obstetric care before it begins"


def _not_of_all(found: Found) -> Found:
    """What rules out one medicine of an option, and not all of them, is a major reason of that one."""
    return evolve(found, effect=Effect.MAJOR) if found.of_limit and found.effect is Effect.BLOCKS else found


@frozen
class ByLimits:
    """What the dose limits say of the medicines of an option, how each stands by it, and what would tell more."""

    found: tuple[Found, ...]
    fits: tuple[Fit, ...]
    lacking: tuple[Ask, ...]


def by_limits(
    parts: Sequence[Ingredient],
    lists: Iterable[Against],
    picture: Picture,
    uses: Collection[str],
    said: Iterable[Found] = (),
) -> ByLimits:
    """What the limits say of each medicine: lower ceilings here, and what forbids it or advises against it.

    What a rule or a list has ``said`` already is not said again.
    """
    bounds = [offer_limits(part, picture, uses) for part in parts]
    if all(each.is_silent for each in bounds):
        return ByLimits((), (Fit.FITS,) * len(bounds), ())
    said = tuple(said)
    lower = [rule.when for rule in lists if rule.effect is Effect.LOWERS and rule.when.test(picture)]
    told = {ask for clause in lower for ask in clause.asks} | {LIVER for clause in lower if "liver" in str(clause)}
    found: list[Found] = []
    fits: list[Fit] = []
    lacking: list[Ask] = []
    for part, limits in zip(parts, bounds, strict=True):
        fit = Fit.FITS
        if limits.is_silent:
            fits.append(fit)
            continue
        for row, whom in limits.forbids:
            effect = _forbids(row)
            if effect in (Effect.BLOCKS, Effect.MAJOR):
                fit = max(fit, Fit.LEFT_OUT if effect is Effect.BLOCKS else Fit.MAJOR_REASON)
            if not _is_said(whom, said, picture):
                found.append(_found(effect, f"{part.ingredient}: {_advice(row)}", whom, row, part.ingredient))
        own = [each for each in limits.own if not set(_asked(each.row)) & told]
        if own:
            words = f" in {own[0].use}" if own[0].use and len(own) > 1 else ""
            times = f", in at most {limits.times} doses" if limits.times else ""
            text = f"{part.ingredient}: at most {own[0].text}{words}{times}"
            found.append(_found(Effect.LOWERS, text, own[0].whom, own[0].row, part.ingredient))
        elif limits.apart is not None and not set(_asked(limits.apart[0])) & told:
            row, whom = limits.apart
            found.append(_found(Effect.LOWERS, f"{part.ingredient}: {row}", whom, row, part.ingredient))
        for row, whom in limits.less:
            if not set(_asked(row)) & told:
                text = f"{part.ingredient}: the label asks for a lower dose and gives no figure"
                found.append(_found(Effect.LOWERS, text, whom, row, part.ingredient))
        fits.append(fit)
        lacking += [ask for ask in limits.lacking if ask in _DECIDING]
    return ByLimits(tuple(found), tuple(fits), tuple(dict.fromkeys(lacking)))


LIVER = Ask("liver disease")
"""Not asked for: what a clause about a liver is known by here."""
_DECIDING = (KIDNEY, CHILD_PUGH, GESTATION)


def _asked(row: DoseLimit) -> tuple[Ask, ...]:
    if row.population is None:
        return ()
    return (*row.population.asks, *([LIVER] if "liver" in str(row.population) else []))


def _forbids(row: DoseLimit) -> Effect:
    if row.is_labelled_maximum:
        return Effect.BLOCKS
    recalled = row.standing is Standing.RECALLED
    return Effect.CAUTION if recalled and row.strictness is not Strictness.LABEL_MAXIMUM else Effect.MAJOR


def _advice(row: DoseLimit) -> str:
    label = row.strictness is not Strictness.GUIDELINE_CAUTION
    what = "contraindicated" if row.kind is LimitKind.CONTRAINDICATED else "to be avoided"
    return f"{what} by {'its label' if label else 'a guideline'}"


_OF_LIVER = frozenset({"liver disease", "cirrhosis", *(f"Child-Pugh {grade}" for grade in "ABC")})


def _is_said(whom: Iterable[str], said: Iterable[Found], picture: Picture) -> bool:
    """Whether a rule or a list speaks of the same facts as a reason against it."""
    kidney = picture.kidney
    facts = set(whom)
    if kidney is not None and facts & {str(kidney), kidney.in_full}:
        facts |= {str(kidney), kidney.in_full}
    if facts & _OF_LIVER:
        facts |= _OF_LIVER
    return any(each.effect in (Effect.BLOCKS, Effect.MAJOR) and facts & set(each.facts) for each in said)


def _found(effect: Effect, text: str, whom: Sequence[str], row: DoseLimit, drug: str) -> Found:
    return Found(effect, text, "; ".join(whom), row.source, about=(drug,), of_limit=row.id, facts=tuple(whom))


def _regimen(offered: Offered, most: Iterable[int]) -> Regimen:
    if offered.regimen is not None:
        return offered.regimen
    daily = offered.daily_mg
    return medicine(
        offered.drug,
        route=offered.route,
        form=offered.form,
        release=offered.release,
        daily_mg=daily if daily is None else min([daily, *most]),
    )


def _by_rules(held: Sequence[Held], *, all_out: bool) -> list[Found]:
    """What the rules say, each rule once. Only what rules out every medicine of an option rules out the option."""
    together: dict[tuple[str, Severity], list[tuple[str, Finding]]] = {}
    for one in held:
        for finding in one.reasons:
            together.setdefault((finding.id, finding.severity), []).extend((name, finding) for name in one.names)
    every = {name for one in held for name in one.names}
    found = []
    for (_, severity), told in together.items():
        about, first = tuple(dict.fromkeys(name for name, _ in told)), told[0][1]
        effect = Effect.CAUTION if severity < Severity.MAJOR else Effect.MAJOR
        if severity is Severity.CONTRAINDICATED and all_out:
            effect = Effect.BLOCKS
        others = [name for _, each in told for name in (*each.drugs, *each.conditions) if name not in about]
        shown = "; ".join(dict.fromkeys(others))
        if set(about) != every or not shown:
            shown = f"{', '.join(about)} with {shown}" if shown else ", ".join(about)
        found.append(
            Found(
                effect,
                f"{first.rule.name}: {first.because} {first.consider}".rstrip(". "),
                shown,
                next(each for each in first.rule.sources if each.standing is first.rule.standing),
                tuple(dict.fromkeys(id_ for _, each in told for id_ in (each.id, *each.absorbed))),
                severity,
                about,
                first.rule.name,
                facts=tuple(dict.fromkeys(fact for _, each in told for fact in each.conditions)),
            )
        )
    return found


def weigh(rules: Iterable[Against], picture: Picture, about: tuple[str, ...] = ()) -> Weighed:
    """Hold every rule against the patient. What rules an option out comes first; ``about`` are its medicines."""
    found: list[Found] = []
    unknown: list[Ask] = []
    conditions = picture.conditions
    for rule in rules:
        if rule.needs is not None and conditions.isdisjoint(rule.needs):
            continue
        holds = rule.when.test(picture)
        if holds:
            seen = rule.when.seen(picture)
            shown = "; ".join(seen)
            found.append(
                Found(rule.effect, rule.text, shown, rule.source, about=about, said_by=rule.said_by, facts=seen)
            )
        elif holds is None and rule.when.lacking(picture) == (KIDNEY,):
            unknown.append(KIDNEY)
    if not (found or unknown):
        return _NOTHING
    found.sort(key=_place)
    return Weighed(tuple(found), tuple(dict.fromkeys(unknown)))


_NOTHING = Weighed((), ())
_PLACES = {effect: place for place, effect in enumerate(Effect)}


def _place(found: Found) -> int:
    return _PLACES[found.effect]
