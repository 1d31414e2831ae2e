"""What the patient card tells beside the doses: blocks of short sentences, each for the drug classes it is true of.

The words are ours, at a sixth-grade level or below; tests score them. Every fact in them is held elsewhere with its
source: the timeline of withdrawal and naloxone in the reminders, patches and heat in the rules about long use.
"""

from __future__ import annotations

from enum import Enum

from attrs import field, frozen
from attrs.validators import min_len

from medsteward.model.drug import DrugClass
from medsteward.writers.card.language import noted


class Group(Enum):
    """The classes that the card knows apart."""

    OPIOID = "opioid"
    BENZODIAZEPINE = "benzodiazepine"
    GABAPENTINOID = "gabapentinoid"
    ANTAGONIST = "opioid antagonist"
    OTHER = "other"


def group_of(drug_class: DrugClass) -> Group:
    """The group of a drug's class. Z-drugs go with benzodiazepines: the same is said of them."""
    if drug_class.is_opioid_agonist:
        return Group.OPIOID
    if drug_class in (DrugClass.BENZODIAZEPINE, DrugClass.Z_DRUG):
        return Group.BENZODIAZEPINE
    if drug_class is DrugClass.OPIOID_ANTAGONIST:
        return Group.ANTAGONIST
    return Group.GABAPENTINOID if drug_class is DrugClass.GABAPENTINOID else Group.OTHER


EVERY = frozenset(Group)
OPIOID = frozenset({Group.OPIOID})
ANTAGONIST = frozenset({Group.ANTAGONIST})
SEDATING = EVERY - {Group.OTHER, Group.ANTAGONIST}


@frozen
class CardLine:
    """A paragraph of a block, in one or a few short sentences, and the groups that it is for."""

    text: str
    groups: frozenset[Group] = EVERY
    only_taper: bool = False
    only_patch: bool = False
    not_patch: bool = False
    by_clock: bool = False


@frozen
class Block:
    """A titled part of the card. ``kinds`` are the plans it is for; ``loud`` blocks stand in a thick frame.

    ``by_clock`` ones, and such lines, are left out where every medicine is taken only as needed. ``in_steps`` ones are
    for medicines that are not to be stopped all at once, ``at_once`` ones for those that may be.
    """

    id: str
    title: str
    lines: tuple[CardLine, ...] = field(validator=min_len(1))
    groups: frozenset[Group] = EVERY
    kinds: frozenset[str] = frozenset({"taper", "trial"})
    only_patch: bool = False
    loud: bool = False
    by_clock: bool = False
    in_steps: bool = False
    at_once: bool = False


TAPER = frozenset({"taper"})
TRIAL = frozenset({"trial"})

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
        "use",
        noted("How to use this card"),
        (
            # Translators: "once" is "after" here. Beware of "once", eleven in Spanish; never let it stand.
            CardLine(noted("Use this card once your clinic has gone over it with you.")),
            CardLine(noted("Each month begins on its own page. Tick a box each time you take a dose."), by_clock=True),
            CardLine(noted("A thick frame marks a change day. Read the new doses first on that day.")),
            CardLine(
                noted("Check the names and numbers on this card with your bottles. If they are not the same, call us.")
            ),
        ),
    ),
    Block(
        "trial",
        noted("You are trying this out"),
        (
            CardLine(noted("You take this medicine for a set time to see if it helps you do more.")),
            CardLine(noted("On each check day, tell us what you can do now. Tell us what bothers you, too.")),
            CardLine(noted("Pain can take longer to change. Look at what you can do as well.")),
            CardLine(noted("If it does not help, that is good to know. We will plan what comes next with you.")),
        ),
        kinds=TRIAL,
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
        "missed",
        noted("If you miss a dose"),
        (
            CardLine(noted("Skip the dose you missed. Take the next one at its usual time."), not_patch=True),
            CardLine(noted("Do not take two doses at once to catch up."), not_patch=True),
            CardLine(noted("If you forgot to change a patch, call us or ask your pharmacist."), only_patch=True),
            CardLine(
                noted(
                    "If you go without for a whole day, call us before you take more. Your body may no longer be used "
                    "to this dose."
                ),
                OPIOID,
            ),
            CardLine(noted("If you go without for a whole day, call us."), EVERY - OPIOID),
        ),
        by_clock=True,
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
            CardLine(noted("An old dose could now make you far too sleepy."), frozenset({Group.BENZODIAZEPINE})),
            CardLine(noted("An old dose may now be too much for you."), frozenset({Group.GABAPENTINOID, Group.OTHER})),
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
        (
            # Translators: Sudden withdrawal. Say what it feels like, without the word for addiction.
            CardLine(noted("To stop an opioid all at once can make you very sick."), OPIOID),
            # Translators: "seizure" is a fit, as in epilepsy.
            CardLine(noted("To stop all at once can cause a seizure."), frozenset({Group.BENZODIAZEPINE})),
            CardLine(noted("Go down step by step, as the card says."), SEDATING, only_taper=True),
            CardLine(noted("Call us before you stop. We will tell you how to do it.")),
            CardLine(noted("If it harms you, or you feel very ill, call us at once, or call {emergency}.")),
        ),
        in_steps=True,
    ),
    Block(
        "serious",
        noted("If something feels wrong"),
        (
            # Translators: This medicine needs no steps: it may be stopped from one day to the next.
            CardLine(noted("You may stop this medicine at any time. Tell us when you do.")),
            CardLine(noted("If it harms you, or you feel very ill, stop it and call us at once, or call {emergency}.")),
        ),
        at_once=True,
    ),
    Block(
        "feel",
        # Translators: Signs of withdrawal, in everyday words, and without blame.
        noted("What you may feel after a change"),
        (
            CardLine(
                noted(
                    "You may feel restless, sweat or yawn a lot. Your nose may run. You may sleep badly, feel sick "
                    "to your stomach, or have cramps or loose stools."
                ),
                OPIOID,
            ),
            CardLine(noted("Most of this gets better in 5 to 10 days. Poor sleep may last longer."), OPIOID),
            CardLine(
                noted("You may feel tense, shaky or worried. You may sleep badly."), frozenset({Group.BENZODIAZEPINE})
            ),
            CardLine(
                noted("If you have a seizure or see things that are not there, get help at once."),
                frozenset({Group.BENZODIAZEPINE}),
            ),
            CardLine(
                noted("You may feel worried, sweat, feel sick to your stomach, or sleep badly for about a week."),
                frozenset({Group.GABAPENTINOID}),
            ),
            CardLine(noted("You may feel unwell for about a week. Tell us what you feel."), frozenset({Group.OTHER})),
            CardLine(noted("You may have more pain for a while. It does not mean that you did something wrong.")),
            CardLine(noted("Call us if it is hard to bear. You do not have to go through it alone.")),
        ),
        kinds=TAPER,
    ),
    Block(
        "driving",
        noted("Driving"),
        (
            CardLine(noted("Do not drive or use machines if you feel sleepy, dizzy or slow.")),
            CardLine(noted("Take extra care in the first days after each change.")),
            CardLine(noted("Do not drink alcohol with this medicine."), SEDATING),
        ),
    ),
    Block(
        "naloxone",
        # Translators: Naloxone reverses an overdose. Name it also as it stands on the box in the United States.
        noted("Keep naloxone at home"),
        (
            CardLine(noted("Naloxone can save a life when someone has had too much of an opioid.")),
            CardLine(
                noted("You can not give it to yourself. Show the people around you where it is and how to use it.")
            ),
            CardLine(noted("Signs of too much: you can not wake the person, slow or no breath, blue lips.")),
            CardLine(
                noted(
                    "What they do: call {emergency}. Give naloxone. Stay there. If the person does not wake up in "
                    "2 to 3 minutes, give a second dose."
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
            CardLine(
                noted("An opioid can make your stools hard. If you have a laxative, keep taking it. If not, ask us.")
            ),
            CardLine(noted("Drink water and move as much as you can.")),
            CardLine(noted("As your dose goes down, you may need less of it. If your stools get loose, call us.")),
        ),
        groups=OPIOID,
    ),
    Block(
        "heat",
        noted("Patches and heat"),
        (
            CardLine(
                noted("Keep heat off the patch: no heating pad, hot bath or sauna. Heat lets out too much at once.")
            ),
            CardLine(noted("If you have a fever, call us.")),
            CardLine(noted("Take the old patch off before you put on the new one. Never cut a patch.")),
            CardLine(
                noted("Fold the old patch so that it sticks to itself. Get rid of it at once, away from children.")
            ),
        ),
        groups=OPIOID,
        only_patch=True,
    ),
    Block(
        "storage",
        noted("Keep it safe"),
        (
            CardLine(noted("Lock it up, out of sight and out of reach of children, guests and pets.")),
            CardLine(noted("It is for you alone. Do not share it.")),
            # Translators: A take-back site is a pharmacy or police station that takes unused medicine.
            CardLine(noted("Take what is left over to a take-back site. Ask your pharmacist where that is.")),
        ),
    ),
)
"""The blocks in the order in which they are read. A line for one group is not shown for another."""

PLANNED = frozenset({"use", "trial", "slow", "missed", "alone", "more", "stop", "serious"})
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

USES = {
    # Translators: A patch with lidocaine: 12 hours on the skin, 12 hours without.
    "lidocaine-patch": (
        noted("Leave it on for up to 12 hours. Then take it off for 12 hours."),
        noted("Put it only on skin that is not broken or sore."),
    ),
    # Translators: A card of plastic on which the gel is measured; it comes with the tube.
    "diclofenac-gel": (noted("Measure each dose with the dosing card that comes with the tube."),),
}
"""How some medicines of trials are used, by the id of the trial."""

CHECK_DAYS = {
    # Translators: Days of a trial: side effects are looked at; the first look at whether it helps; the decision.
    "safety_check": noted("Safety check"),
    "first_impression": noted("First look: does it help?"),
    "fair_trial": noted("Time to decide together"),
    "follow_up": noted("Visit or call"),
}
"""Check days by kind; any other is a plain ``CHECK_DAY``."""

CHECK_DAY = noted("Check-in with your clinic")


@frozen
class Numbers:
    """The telephone numbers of a country."""

    emergency: str
    crisis: str
    poison: str


US = Numbers(emergency="911", crisis="988", poison="1-800-222-1222")
