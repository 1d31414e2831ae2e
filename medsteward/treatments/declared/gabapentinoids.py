"""Gabapentinoids for pain and, gabapentin, for restlessness in withdrawal."""

from __future__ import annotations

from fractions import Fraction

from medsteward.bibliography import OURS, cite, practice, recalled
from medsteward.model.drug import DrugClass
from medsteward.model.unit import Unit
from medsteward.schedules.moment import Moment
from medsteward.schedules.trial import Stage
from medsteward.treatments import figures as f
from medsteward.treatments import trial_places as tr
from medsteward.treatments.against import Against, Effect
from medsteward.treatments.declared.shared import (
    NOT_CONTROL,
    SEDATIVES,
    fractions,
    va,
)
from medsteward.treatments.pain import PainKind
from medsteward.treatments.places import DRUG_LIST, SEED, SEED_B
from medsteward.treatments.symptoms import Symptom
from medsteward.treatments.treatment import Eases, ForPain, Treatment
from medsteward.treatments.trial import EVERYBODY, Note, Ramp, TrialDrug, Who, once, thrice, twice

GABAPENTIN_LABEL = cite("GABAPENTIN-LABEL", "2.3 Table 1; 2.1")
_MORNING, _BEDTIME = Moment.MORNING, Moment.BEDTIME
_FOGGY = Note(
    "ask about fogginess and swelling at each contact; the lowest dose that works", tr.ESSAY.at("gabapentinoids")
)


_AGAINST = (
    Against(
        Effect.CAUTION,
        "breathing at risk: lowest dose, watched",
        cite("FDA-DSC-20191219", "respiratory risk"),
        conditions=("sleep apnea",),
    ),
    Against(
        Effect.LOWERS,
        "65 and over: start at half, step slower",
        practice("older people: start half, step slower"),
        age_from=65,
    ),
    SEDATIVES,
)


GABAPENTIN = Treatment(
    id="gabapentin",
    title="gabapentin",
    drugs=("gabapentin",),
    drug_classes=(DrugClass.GABAPENTINOID,),
    against=(*_AGAINST,),
    daily_mg=int(f.GABAPENTIN_SLOW.amount),
    first=(
        (
            f"{f.GABAPENTIN_SLOW.number} to {f.GABAPENTIN_FIRST} one to three times daily, then "
            f"{f.GABAPENTIN_SLOW.number} to {f.GABAPENTIN_FIRST} more every 1 to 7 days",
            recalled(GABAPENTIN_LABEL, "slower start"),
        ),
        (
            f"after shingles, label: {f.GABAPENTIN_FIRST} on day 1, {f.GABAPENTIN_FIRST.times(2)} on day 2, "
            f"{f.GABAPENTIN_FIRST.times(3)} on day 3, then up to "
            f"{f.GABAPENTIN_NO_MORE_ABOVE}",
            GABAPENTIN_LABEL,
        ),
    ),
    ceiling=(
        (f"{f.GABAPENTIN_MOST} in 3 doses", GABAPENTIN_LABEL),
        (f"no added benefit was shown above {f.GABAPENTIN_NO_MORE_ABOVE} after shingles", GABAPENTIN_LABEL),
    ),
    watch=(
        ("fogginess and edema", SEED.at("gabapentinoids: lowest dose that works; fogginess and edema")),
        NOT_CONTROL,
    ),
    for_pain=(
        ForPain(
            PainKind.NEUROPATHIC,
            20,
            "a gabapentinoid for burning or electric pain; lowest dose that works",
            SEED.at("neuropathic pain: a gabapentinoid at the lowest dose that works"),
        ),
    ),
    eases=(
        Eases(
            Symptom.AUTONOMIC,
            20,
            (
                (
                    f"{f.GABAPENTIN_SLOW.number} to {f.GABAPENTIN_FIRST} first, up to {f.GABAPENTIN_WITHDRAWAL.number} "
                    f"to {f.GABAPENTIN_WITHDRAWAL_MOST} in 2 to 3 doses",
                    va("gabapentin"),
                ),
            ),
        ),
    ),
    trials=(
        TrialDrug(
            id="gabapentin",
            title="gabapentin",
            drug="gabapentin",
            route="oral",
            form="capsule",
            release="IR",
            unit=Unit.MG,
            strengths=fractions(100, 300, 400),
            ramps=(
                Ramp(
                    Who(limit=f.GABAPENTIN_MODERATE, label="us", age_from=65),
                    (
                        Stage(0, twice(f.GABAPENTIN_MODERATE_LEAST.amount / 4)),
                        Stage(7, twice(f.GABAPENTIN_MODERATE_LEAST.amount / 2)),
                        Stage(14, twice(300)),
                        Stage(21, twice(400)),
                        Stage(28, twice(500)),
                        Stage(35, twice(f.by_row(f.GABAPENTIN_MODERATE).amount / 2)),
                    ),
                    (tr.GABAPENTIN_KIDNEY, tr.OLDER, tr.TITRATION),
                ),
                Ramp(
                    Who(limit=f.GABAPENTIN_SEVERE, label="us", age_from=65),
                    (
                        Stage(0, once(_BEDTIME, f.GABAPENTIN_SEVERE_LEAST.amount / 2)),
                        Stage(7, once(_BEDTIME, f.GABAPENTIN_SEVERE_LEAST.amount)),
                        Stage(14, once(_BEDTIME, 300)),
                        Stage(21, once(_BEDTIME, 400)),
                        Stage(28, once(_BEDTIME, 500)),
                        Stage(35, once(_BEDTIME, f.by_row(f.GABAPENTIN_SEVERE).amount)),
                    ),
                    (tr.GABAPENTIN_KIDNEY, tr.OLDER, tr.TITRATION),
                ),
                Ramp(
                    Who(limit=f.GABAPENTIN_MODERATE, label="us"),
                    (
                        Stage(0, twice(f.GABAPENTIN_MODERATE_LEAST.amount / 2)),
                        Stage(7, twice(300)),
                        Stage(14, twice(400)),
                        Stage(21, twice(500)),
                        Stage(28, twice(f.by_row(f.GABAPENTIN_MODERATE).amount / 2)),
                    ),
                    (tr.GABAPENTIN_KIDNEY, tr.TITRATION),
                ),
                Ramp(
                    Who(limit=f.GABAPENTIN_SEVERE, label="us"),
                    (
                        Stage(0, once(_BEDTIME, f.GABAPENTIN_SEVERE_LEAST.amount)),
                        Stage(7, once(_BEDTIME, 300)),
                        Stage(14, once(_BEDTIME, 400)),
                        Stage(21, once(_BEDTIME, 500)),
                        Stage(28, once(_BEDTIME, f.by_row(f.GABAPENTIN_SEVERE).amount)),
                    ),
                    (tr.GABAPENTIN_KIDNEY, tr.TITRATION),
                ),
                *(
                    Ramp(
                        Who(limit=band, label="us"),
                        (
                            Stage(0, once(_BEDTIME, f.GABAPENTIN_FAILING_LEAST.amount)),
                            Stage(14, once(_BEDTIME, 200)),
                            Stage(28, once(_BEDTIME, f.by_row(f.GABAPENTIN_FAILING).amount)),
                        ),
                        (tr.GABAPENTIN_KIDNEY, tr.TITRATION),
                    )
                    for band in (f.GABAPENTIN_FAILING, f.GABAPENTIN_BELOW)
                ),
                Ramp(
                    Who(limit="DL-GABAPENTIN-14", label="uk"),
                    (Stage(0, thrice(100)), Stage(14, thrice(200)), Stage(28, thrice(300))),
                    (tr.UK_KIDNEY, tr.TITRATION),
                ),
                Ramp(
                    Who(limit="DL-GABAPENTIN-15", label="uk"),
                    (Stage(0, thrice(100)), Stage(14, thrice(200))),
                    (tr.UK_KIDNEY, tr.TITRATION),
                ),
                Ramp(
                    Who(limit="DL-GABAPENTIN-16", label="uk"),
                    (Stage(0, once(_BEDTIME, 100)), Stage(14, twice(100)), Stage(28, thrice(100))),
                    (tr.UK_KIDNEY, tr.TITRATION),
                ),
                Ramp(
                    Who(age_from=65),
                    (
                        Stage(0, once(_BEDTIME, f.GABAPENTIN_SLOW.amount)),
                        Stage(7, twice(f.GABAPENTIN_SLOW.amount)),
                        Stage(14, thrice(f.GABAPENTIN_SLOW.amount)),
                        Stage(21, thrice(200)),
                        Stage(28, thrice(300)),
                    ),
                    (tr.OLDER, tr.TITRATION),
                ),
                Ramp(
                    EVERYBODY,
                    (
                        Stage(0, once(_BEDTIME, f.GABAPENTIN_FIRST.amount)),
                        Stage(1, twice(f.GABAPENTIN_FIRST.amount)),
                        Stage(2, thrice(f.GABAPENTIN_FIRST.amount)),
                        Stage(9, thrice(300, 600)),
                        Stage(16, ((_MORNING, Fraction(300)), (Moment.NOON, Fraction(600)), (_BEDTIME, Fraction(600)))),
                        Stage(23, thrice(f.GABAPENTIN_NO_MORE_ABOVE.amount / 3)),
                    ),
                    (tr.GABAPENTIN, tr.TITRATION),
                ),
            ),
            exit="gabapentinoid_exit",
            ceiling_words=f"no added benefit was shown above {f.GABAPENTIN_NO_MORE_ABOVE} after shingles",
            length=tr.practice("gabapentin: 3 to 8 weeks of titration and 2 weeks at the highest dose"),
            notes=(_FOGGY,),
        ),
    ),
)


PREGABALIN = Treatment(
    id="pregabalin",
    title="pregabalin",
    drugs=("pregabalin",),
    drug_classes=(DrugClass.GABAPENTINOID,),
    against=(*_AGAINST,),
    daily_mg=int(f.PREGABALIN_LEAST.amount),
    first=(
        (
            f"{f.PREGABALIN_LEAST.number} to {f.PREGABALIN_FIRST} once or twice daily; to {f.PREGABALIN_MOST} in "
            "3 to 7 days",
            practice("pregabalin: a slower start than the label's"),
        ),
        (f"the label begins with {f.PREGABALIN_LABEL_START} in 2 or 3 doses", f.PREGABALIN_LABEL_START.source),
    ),
    ceiling=(
        (
            f"diabetic neuropathy {f.PREGABALIN_MOST}, after shingles {f.PREGABALIN_SHINGLES_MOST}",
            f.PREGABALIN_MOST.source,
        ),
        (
            f"fibromyalgia {f.PREGABALIN_FIBROMYALGIA_MOST}, spinal cord injury {f.PREGABALIN_SPINAL_MOST}",
            f.PREGABALIN_SPINAL_MOST.source,
        ),
        (f"{f.PREGABALIN_MOST} where what it is for is not stated: the lowest of them", OURS),
    ),
    watch=(
        ("fogginess and edema", SEED.at("gabapentinoids: lowest dose that works; fogginess and edema")),
        NOT_CONTROL,
    ),
    for_pain=(
        ForPain(
            PainKind.NEUROPATHIC,
            30,
            "a gabapentinoid for nerve pain; lowest dose that works",
            SEED.at("neuropathic pain: a gabapentinoid at the lowest dose that works"),
        ),
        ForPain(PainKind.NOCIPLASTIC, 20, "a gabapentinoid, for fibromyalgia", DRUG_LIST),
        ForPain(
            PainKind.CRPS,
            20,
            "CRPS and nerve pain",
            SEED_B.at("nerve pain and CRPS: duloxetine, gabapentin or pregabalin"),
        ),
    ),
    trials=(
        TrialDrug(
            id="pregabalin",
            title="pregabalin",
            drug="pregabalin",
            route="oral",
            form="capsule",
            release="IR",
            unit=Unit.MG,
            strengths=fractions(25, 50, 75, 100, 150),
            ramps=(
                Ramp(
                    Who(limit=f.PREGABALIN_FAILING),
                    (
                        Stage(0, once(_BEDTIME, f.PREGABALIN_LOW_START.amount)),
                        Stage(14, once(_BEDTIME, 50)),
                        Stage(28, once(_BEDTIME, f.by_row(f.PREGABALIN_FAILING).amount)),
                    ),
                    (tr.UK_KIDNEY, tr.TITRATION),
                ),
                Ramp(
                    Who(limit=f.PREGABALIN_SEVERE),
                    (
                        Stage(0, once(_BEDTIME, f.PREGABALIN_LOW_START.amount)),
                        Stage(7, twice(25)),
                        Stage(14, twice(50)),
                        Stage(28, twice(f.by_row(f.PREGABALIN_SEVERE).amount / 2)),
                    ),
                    (tr.UK_KIDNEY, tr.TITRATION),
                ),
                Ramp(
                    Who(limit=f.PREGABALIN_MODERATE, age_from=65),
                    (
                        Stage(0, once(_BEDTIME, f.PREGABALIN_LOW_START.amount)),
                        Stage(7, twice(25)),
                        Stage(14, twice(50)),
                        Stage(28, twice(75)),
                        Stage(42, twice(100)),
                        Stage(49, twice(150)),
                    ),
                    (tr.UK_KIDNEY, tr.OLDER, tr.TITRATION),
                ),
                Ramp(
                    Who(limit=f.PREGABALIN_MODERATE),
                    (
                        Stage(0, once(_BEDTIME, f.PREGABALIN_MODERATE_START.amount)),
                        Stage(7, twice(50)),
                        Stage(14, twice(75)),
                        Stage(21, twice(100)),
                        Stage(28, twice(150)),
                    ),
                    (tr.UK_KIDNEY, tr.TITRATION),
                ),
                Ramp(
                    Who(age_from=65),
                    (
                        Stage(0, once(_BEDTIME, f.PREGABALIN_LEAST.amount)),
                        Stage(7, twice(25)),
                        Stage(14, twice(50)),
                        Stage(28, twice(75)),
                    ),
                    (tr.PREGABALIN_RAMP, tr.OLDER, tr.TITRATION),
                ),
                Ramp(
                    EVERYBODY,
                    (
                        Stage(0, once(_BEDTIME, f.PREGABALIN_FIRST.amount)),
                        Stage(7, twice(f.PREGABALIN_FIRST.amount)),
                        Stage(14, twice(100)),
                        Stage(21, twice(f.PREGABALIN_MOST.amount / 2)),
                    ),
                    (tr.PREGABALIN_RAMP, tr.TITRATION),
                ),
            ),
            exit="gabapentinoid_exit",
            length=tr.practice("pregabalin: 4 weeks"),
            notes=(_FOGGY,),
        ),
    ),
)

TREATMENTS = (
    GABAPENTIN,
    PREGABALIN,
)
