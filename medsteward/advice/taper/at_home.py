"""What is not ended at home by a plan, or not before somebody is asked: each a clause, its words and its sources."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from medsteward.advice.plan.clauses import OfPatient
from medsteward.advice.plan.gate import Gate, GateWords
from medsteward.advice.taper.asked import TaperAsked
from medsteward.advice.taper.clauses import (
    Answered,
    LineTreats,
    Lowers,
    PolicyIsNotFor,
    SupervisedFrom,
    TakesBeside,
    TaperClause,
)
from medsteward.model.answer import how_to_answer
from medsteward.model.drug import DrugClass
from medsteward.model.source import Source
from medsteward.model.stated import SupervisorRole
from medsteward.patient.clause import Every, Some, Without
from medsteward.patient.clauses import Has
from medsteward.treatments import taper_places as t

SPECIALIST = "specialist"
"""The name of the question whether somebody who treats it was asked."""


@frozen
class LoweringWords:
    """What is said of lowering ``what`` where ``when`` holds as well (None: always)."""

    what: Lowers
    when: TaperClause | None
    words: str
    sources: tuple[Source, ...]

    @property
    def clause(self) -> TaperClause:
        """Where it is said."""
        return self.what if self.when is None else Every((self.what, self.when))


def _has(*names: str) -> TaperClause:
    return OfPatient(Has(names))


def _has_or_treats(*names: str) -> TaperClause:
    return Some((_has(*names), LineTreats(names)))


_AGAINST_SEIZURES = (
    "carbamazepine",
    "clobazam",
    "clonazepam",
    "gabapentin",
    "gabapentin enacarbil",
    "lamotrigine",
    "oxcarbazepine",
    "pregabalin",
    "topiramate",
)
_ANTIDEPRESSANTS = Lowers(
    "an antidepressant", (DrugClass.SSRI, DrugClass.SNRI, DrugClass.TCA, DrugClass.ATYPICAL_ANTIDEPRESSANT)
)
_KIDNEYS = ("ckd stage 4", "ckd stage 5", "low kidney function", "acute kidney injury")

REFUSED_AT_HOME = (
    LoweringWords(
        Lowers("a medicine against seizures", ingredients=_AGAINST_SEIZURES),
        _has_or_treats("seizure disorder"),
        "with a seizure disorder its end can bring seizures: whoever treats the epilepsy decides, and no plan is made",
        (t.ANTICONVULSANT_EXITS, t.OURS),
    ),
    LoweringWords(
        Lowers(
            "carbamazepine, oxcarbazepine or lamotrigine",
            ingredients=("carbamazepine", "lamotrigine", "oxcarbazepine"),
        ),
        _has_or_treats("bipolar disorder", "unstable bipolar disorder"),
        "in bipolar disorder it keeps the mood stable: whoever treats that decides, and no plan is made",
        (t.ANTICONVULSANT_EXITS, t.OURS),
    ),
)
"""Whose end is planned by others."""

ASKED_BEFORE = (
    LoweringWords(
        _ANTIDEPRESSANTS,
        _has("bipolar disorder", "schizophrenia", "acute psychosis"),
        "with mania or psychosis in the history its end is planned with whoever treats that",
        (t.ANTIDEPRESSANT_EXITS,),
    ),
    LoweringWords(
        Lowers("bupropion", ingredients=("bupropion",)),
        _has("seizure disorder"),
        "with seizures in the history its prescriber is asked first",
        (t.ANTIDEPRESSANT_EXITS,),
    ),
    LoweringWords(
        Lowers("a benzodiazepine or a Z-drug", (DrugClass.BENZODIAZEPINE, DrugClass.Z_DRUG)),
        Every(
            (
                _has("seizure disorder", "alcohol use disorder", "opioid use disorder", "alcohol withdrawal"),
                Without(PolicyIsNotFor()),
            )
        ),
        "with seizures, or an alcohol or opioid use disorder, an inpatient or specialist setting is considered first",
        (t.BENZODIAZEPINE_INPATIENT,),
    ),
    LoweringWords(
        Lowers("a gabapentinoid", (DrugClass.GABAPENTINOID,)),
        _has(*_KIDNEYS),
        "with dialysis or a creatinine clearance below 30 it stays in the body longer, and its doses go by dialysis. "
        "Smaller steps may be needed: ask whoever treats the kidneys",
        (t.KIDNEY_EXITS,),
    ),
    LoweringWords(
        Lowers("baclofen", ingredients=("baclofen",)),
        _has(*_KIDNEYS, "seizure disorder"),
        "with dialysis, a creatinine clearance below 30 or seizures a specialist is asked first: it builds up in "
        "kidney disease, and its withdrawal can bring seizures",
        (t.BACLOFEN_EXITS,),
    ),
    LoweringWords(
        Lowers("tizanidine or guanfacine", ingredients=("tizanidine", "guanfacine")),
        Some(
            (TakesBeside("a beta blocker", (DrugClass.BETA_BLOCKER,)), _has("cardiovascular disease", "heart failure"))
        ),
        "with a beta blocker or coronary disease blood pressure may rebound more: its prescriber is asked first, and "
        "the beta blocker is not ended at once either",
        (t.ALPHA2_EXITS,),
    ),
    LoweringWords(
        Lowers("carisoprodol", ingredients=("carisoprodol",)),
        Every(
            (
                TakesBeside("an opioid", tuple(each for each in DrugClass if each.is_opioid_agonist)),
                TakesBeside("a benzodiazepine", (DrugClass.BENZODIAZEPINE,)),
            )
        ),
        "beside an opioid and a benzodiazepine a specialist is asked first: its withdrawal is that of meprobamate",
        (t.CARISOPRODOL_EXITS,),
    ),
)
"""Before whose end somebody is asked."""

SAID_FIRST = (
    LoweringWords(
        Lowers(
            "an anticonvulsant for pain",
            ingredients=("carbamazepine", "lamotrigine", "oxcarbazepine", "topiramate"),
        ),
        None,
        "never at once, and never where it is taken against seizures or for mood, also of childhood: ask first. "
        "Seizures are possible without epilepsy too, and pain may return",
        (t.ANTICONVULSANT_EXITS,),
    ),
    LoweringWords(
        Lowers("a medicine", tuple(DrugClass)),
        _has("ckd stage 5"),
        "dialysis or kidney failure: doses and their times go by the days of dialysis, which no step of this plan "
        "knows. Agree them with the dialysis team before the first step",
        (t.OURS,),
    ),
    LoweringWords(
        Lowers("carbamazepine", ingredients=("carbamazepine",)),
        None,
        "as it is lowered its induction of CYP3A4 fades over about 2 to 3 weeks (needs a second source): oxycodone, "
        "fentanyl, methadone, buprenorphine, tramadol, benzodiazepines, oral anticoagulants and contraceptives act "
        "more. Look at each of them before the first step",
        (t.ANTICONVULSANT_EXITS,),
    ),
    LoweringWords(
        Lowers("carisoprodol", ingredients=("carisoprodol",)),
        None,
        "after months or years its end can bring tremor, hallucinations and seizures, from 12 to 48 hours for about a "
        "week. More than 4 tablets a day, seizures or alcohol: a specialist",
        (t.CARISOPRODOL_EXITS,),
    ),
)
"""What is said before such a plan."""


def _words(rows: Iterable[LoweringWords], asked: TaperAsked, lifts: str = "") -> Iterable[GateWords]:
    for row in rows:
        if row.clause.test(asked) is True:
            names = dict.fromkeys(
                (*asked.of(*row.what.classes), *(n for n in asked.names if n in row.what.ingredients))
            )
            for name in names:
                yield GateWords(asked.where(name), f"{name}: {row.words}{lifts}")


def _sources(rows: Iterable[LoweringWords], asked: TaperAsked) -> tuple[Source, ...]:
    return tuple(source for row in rows if row.clause.test(asked) is True for source in row.sources)


_LIFTS = f". Name who goes along (--supervised-by ROLE:NAME), or say what was agreed: {how_to_answer(SPECIALIST)}"

REFUSES = Gate(
    "TAPER-035",
    Some(tuple(row.clause for row in REFUSED_AT_HOME)),
    lambda asked: _words(REFUSED_AT_HOME, asked),
    lambda asked: _sources(REFUSED_AT_HOME, asked),
)
ASKS = Gate(
    "TAPER-036",
    Every(
        (
            Some(tuple(row.clause for row in ASKED_BEFORE)),
            Without(SupervisedFrom(tuple(SupervisorRole))),
            Without(Answered(SPECIALIST)),
        )
    ),
    lambda asked: _words(ASKED_BEFORE, asked, _LIFTS),
    lambda asked: _sources(ASKED_BEFORE, asked),
)
SAYS = Gate("TAPER-132", Some(tuple(row.clause for row in SAID_FIRST)), lambda asked: _words(SAID_FIRST, asked))
