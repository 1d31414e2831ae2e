"""The sentences of the patient card that are of no medicine alone: titles, what to do, check days, numbers.

What is told of a medicine is data (``patient_words.py``). The words here are ours, at a sixth-grade level or below;
tests score them.
"""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from medsteward.model.drug import DrugClass
from medsteward.writers.card.language import noted
from medsteward.writers.card.patient_words import Topic


class Group(Enum):
    """The classes that the card knows apart."""

    OPIOID = "opioid"
    BENZODIAZEPINE = "benzodiazepine"
    GABAPENTINOID = "gabapentinoid"
    SEDATING = "other that makes sleepy"
    ANTAGONIST = "opioid antagonist"
    OTHER = "other"


_SEDATING = frozenset(
    {
        DrugClass.BARBITURATE,
        DrugClass.SEDATIVE_OTHER,
        DrugClass.TCA,
        DrugClass.MUSCLE_RELAXANT,
        DrugClass.ALPHA2_AGONIST,
        DrugClass.ATYPICAL_ANTIDEPRESSANT,
    }
)


def group_of(drug_class: DrugClass) -> Group:
    """The group of a drug's class. Z-drugs go with benzodiazepines: the same is said of them."""
    if drug_class.is_opioid_agonist:
        return Group.OPIOID
    if drug_class in (DrugClass.BENZODIAZEPINE, DrugClass.Z_DRUG):
        return Group.BENZODIAZEPINE
    if drug_class is DrugClass.OPIOID_ANTAGONIST:
        return Group.ANTAGONIST
    if drug_class in _SEDATING:
        return Group.SEDATING
    return Group.GABAPENTINOID if drug_class is DrugClass.GABAPENTINOID else Group.OTHER


EVERY = frozenset(Group)
OPIOID = frozenset({Group.OPIOID})
ANTAGONIST = frozenset({Group.ANTAGONIST})
SEDATING = EVERY - {Group.OTHER, Group.ANTAGONIST}
TAPER = frozenset({"taper"})
TRIAL = frozenset({"trial"})
BOTH = TAPER | TRIAL


@frozen
class CardLine:
    """A paragraph of a block, in one or a few short sentences, and the groups that it is for."""

    text: str
    groups: frozenset[Group] = EVERY
    kinds: frozenset[str] = BOTH


@frozen
class Block:
    """A titled part of the card: what is told under ``topics``, by medicine, and ``lines`` before or after it.

    ``kinds`` are the plans it is for; ``loud`` blocks stand in a thick frame. ``by_clock`` ones are left out where
    every medicine is taken only as needed. ``in_steps`` ones are for medicines that are not to be stopped all at once,
    ``at_once`` ones for those that may be. A block that has nothing but topics is left out where they say nothing.
    """

    id: str
    title: str
    lines: tuple[CardLine, ...] = ()
    topics: tuple[Topic, ...] = ()
    after: tuple[CardLine, ...] = ()
    groups: frozenset[Group] = EVERY
    kinds: frozenset[str] = BOTH
    loud: bool = False
    by_clock: bool = False
    in_steps: bool = False
    at_once: bool = False


DANGER = Block(
    "danger",
    noted("Danger: get help"),
    topics=(Topic.CALL_911,),
    after=(
        # Translators: The 988 Suicide & Crisis Lifeline. The sentence is that of the rows of medicines.
        CardLine(noted("If you think of harming yourself, call or text 988.")),
        # Translators: Medicines that make one sleepy. "we" is the clinic.
        CardLine(noted("Take nothing else that makes you sleepy, unless we said so."), SEDATING),
    ),
    loud=True,
)
"""The box of page 1. What is told about alcohol is put into it, too."""

BLOCKS: tuple[Block, ...] = (
    Block(
        "no-opioids",
        noted("No opioids with this medicine"),
        (
            CardLine(noted("Do not take an opioid with it. Tramadol, buprenorphine and methadone are opioids too.")),
            CardLine(
                noted(
                    "Start it only if you took no opioid for 7 to 10 days at least. For some opioids it is longer. Ask "
                    "us first. If it is too soon, you can get very sick."
                )
            ),
        ),
        groups=ANTAGONIST,
        kinds=TRIAL,
        loud=True,
    ),
    Block(
        "trial",
        noted("You are trying this out"),
        (
            CardLine(noted("You take this medicine for a set time to see if it helps you do more.")),
            CardLine(noted("On each check day, tell us what you can do now. Tell us what bothers you, too.")),
            CardLine(noted("We stop it if it does not help by the day we decide. We stop it if it harms you.")),
            CardLine(noted("You can ask us to end it at any time. It is good to know what does not help.")),
        ),
        kinds=TRIAL,
    ),
    Block(
        "weeks",
        noted("What you may feel in the first weeks"),
        topics=(Topic.FIRST_WEEKS, Topic.PASSES),
        kinds=TRIAL,
    ),
    Block(
        "feel",
        # Translators: Signs of withdrawal, in everyday words, and without blame.
        noted("What you may feel after a change"),
        topics=(Topic.FEELS, Topic.LASTS),
        after=(CardLine(noted("It does not mean that you did something wrong. Call us if it is hard to bear.")),),
        kinds=TAPER,
        in_steps=True,
    ),
    Block("missed", noted("If you miss a dose"), topics=(Topic.MISSED,), by_clock=True),
    Block(
        "today",
        # Translators: Signs for which the clinic is called on the same day.
        noted("Call us the same day"),
        topics=(Topic.CALL_TODAY,),
        after=(CardLine(noted("Read the Medication Guide that comes with your medicine.")),),
    ),
    Block(
        "alone",
        # Translators: "go back up" is to raise the dose again. The body is no longer used to it.
        noted("Do not go back up on your own"),
        (
            CardLine(
                noted("With each step your body gets used to less. An old dose could now slow or stop your breathing."),
                OPIOID,
            ),
            CardLine(
                noted("An old dose could now make you far too sleepy."),
                frozenset({Group.BENZODIAZEPINE, Group.GABAPENTINOID, Group.SEDATING}),
            ),
            CardLine(noted("If a dose is too low for you, call us. We will find a way with you.")),
        ),
        kinds=TAPER,
        loud=True,
    ),
    Block(
        "more",
        noted("Do not take more than the card says"),
        (
            CardLine(noted("More may not help more, and it can harm you.")),
            CardLine(noted("If it does not help yet, call us first.")),
        ),
        kinds=TRIAL,
        loud=True,
    ),
    Block(
        "stop",
        noted("Do not stop all at once"),
        topics=(Topic.STOPPING,),
        after=(
            CardLine(noted("Call us before you stop. We will tell you how to do it.")),
            CardLine(noted("If it harms you, or you feel very ill, call us at once, or call {emergency}.")),
        ),
        by_clock=True,
        in_steps=True,
    ),
    Block(
        "serious",
        # Translators: This medicine needs no steps: it may be stopped from one day to the next.
        noted("If you want to stop"),
        topics=(Topic.STOPPING,),
        after=(CardLine(noted("If it harms you, or you feel very ill, call us at once, or call {emergency}.")),),
        at_once=True,
    ),
    Block(
        "slow",
        noted("You can ask to slow down or pause"),
        (
            CardLine(noted("This is your plan. You can ask us to slow down or pause at any time.")),
            CardLine(noted("It is fine to stay at one dose for a while. Call us and we will change the dates.")),
            CardLine(noted("Please do not go faster than the card.")),
        ),
        kinds=TAPER,
    ),
    Block(
        "naloxone",
        # Translators: Naloxone reverses an overdose. Name it also as it stands on the box in the United States.
        noted("Keep naloxone at home"),
        (
            CardLine(noted("It can save your life. You cannot give it to yourself. Show those near you how.")),
            CardLine(noted("Keep it where all can find it. Do not lock it up.")),
            CardLine(
                noted(
                    "They call {emergency}, lay you on your back, and spray all of it in one side of your nose. They "
                    "stay. Not awake in 2 to 3 minutes? They use a new spray in the other side."
                )
            ),
        ),
        groups=OPIOID,
        loud=True,
    ),
    Block(
        "bowel",
        noted("Keep your bowels moving"),
        (
            # Translators: A laxative is a medicine that keeps the bowels moving.
            CardLine(noted("An opioid makes stools hard. Drink water and move as you can.")),
            CardLine(noted("If you have a laxative, keep taking it. If not, ask us. Loose stools? Call us.")),
        ),
        groups=OPIOID,
    ),
    Block("use", noted("How to take it"), topics=(Topic.USE, Topic.WHOLE, Topic.HEAT, Topic.FOOD)),
    Block("care", noted("Driving and other medicines"), topics=(Topic.DRIVING, Topic.NOT_WITH, Topic.PREGNANCY)),
    Block("storage", noted("Keep it safe"), topics=(Topic.STORAGE, Topic.DISPOSAL)),
)
"""The blocks in the order in which they are read. A line for one group is not shown for another."""

PLANNED = frozenset({"trial", "weeks", "feel", "slow", "missed", "alone", "more", "stop", "serious"})
"""Blocks that speak of doses on the card: left out where there are none."""

WAITING = Block(
    "waits",
    noted("Your plan waits"),
    (
        CardLine(noted("There is no new dose on this card. Your clinic sees you first and then sets it with you.")),
        # Translators: {dose} is what is taken in one day now, as in "Oxycodone IR: 150 mg".
        CardLine(noted("Until then, stay at the dose you take now: {dose}. Do not stop it all at once.")),
        CardLine(noted("Do not go back to your old dose on your own. Your body is no longer used to it.")),
        CardLine(noted("Too much of an opioid can stop your breathing."), OPIOID),
        CardLine(noted("Call your clinic today. Ask what comes next.")),
        CardLine(noted("Ask for naloxone, too."), OPIOID),
    ),
    loud=True,
)
"""What stands in place of doses while a plan waits and the present dose goes on."""

AFTER_GAP = Block(
    "waits",
    noted("Your plan waits"),
    (
        CardLine(noted("You had no dose for some days. Your body may no longer be used to it.")),
        CardLine(noted("There is no dose on this card. Your clinic sees you first and then sets it with you.")),
        CardLine(noted("Do not take your old dose again. It can stop your breathing.")),
        CardLine(noted("Call your clinic today, before you take any more of it. Ask for naloxone, too.")),
    ),
    loud=True,
)
"""The same after days without an opioid: no dose goes on."""

CHECK_DAYS = {
    # Translators: Days of a trial: side effects are looked at; the first look at whether it helps; the decision.
    "safety_check": noted("Safety check"),
    "first_impression": noted("First look at how it helps"),
    "fair_trial": noted("Time to decide together"),
    "follow_up": noted("Visit or call"),
}
"""Check days by kind; any other is a plain ``CHECK_DAY``."""

CHECK_DAY = noted("Check-in with your clinic")

PROMPTS = (
    # Translators: What the patient may write about beside the boxes of a sheet.
    noted("What I could do"),
    noted("Sleep"),
    noted("How I felt"),
    noted("Clear head"),
    noted("With people"),
)
"""Prompts for the notes of a sheet."""


@frozen
class Numbers:
    """The telephone numbers of a country."""

    emergency: str
    crisis: str
    poison: str


US = Numbers(emergency="911", crisis="988", poison="1-800-222-1222")
