"""What drugs do beyond their class, as far as a rule asks for it.

The flags, and the strength of enzyme inhibitors and inducers, were gathered from labels and FDA's guidance tables and
are recalled: they need a second source. The drugs of known QT risk are a short list of our own that was checked by
hand; it is no copy of anybody's list. A module of declarations: what follows from a property is said by the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cache
from types import MappingProxyType

from medsteward.model.source import Standing

STANDING = Standing.RECALLED
"""The standing of every list here."""


class Property(Enum):
    """Something a drug does that rules ask for, in words."""

    SEROTONERGIC = "serotonergic"
    CNS_DEPRESSANT = "sedative"
    ANTICHOLINERGIC = "anticholinergic"
    LOWERS_SEIZURE_THRESHOLD = "lowers the seizure threshold"
    BLEEDING_RISK = "raises the risk of bleeding"
    LOWERS_PRESSURE_OR_PULSE = "lowers blood pressure or pulse"
    CYP3A4_STRONG_INHIBITOR = "strong CYP3A4 inhibitor"
    CYP3A4_MODERATE_INHIBITOR = "moderate CYP3A4 inhibitor"
    CYP3A4_STRONG_INDUCER = "strong CYP3A4 inducer"
    CYP3A4_MODERATE_INDUCER = "moderate CYP3A4 inducer"
    CYP2B6_INDUCER = "CYP2B6 inducer"
    CYP2D6_STRONG_INHIBITOR = "strong CYP2D6 inhibitor"
    CYP2D6_MODERATE_INHIBITOR = "moderate CYP2D6 inhibitor"
    CYP1A2_STRONG_INHIBITOR = "strong CYP1A2 inhibitor"
    CYP2C19_STRONG_INHIBITOR = "strong CYP2C19 inhibitor"
    QT_KNOWN_RISK = "known to prolong the QT interval"
    QT_OTHER = "may prolong the QT interval"


_HOLDERS: dict[Property, str] = {
    Property.SEROTONERGIC: (
        "tramadol|tapentadol|methadone|fentanyl|meperidine|levorphanol|propoxyphene|dextromethorphan|duloxetine|"
        "venlafaxine|desvenlafaxine|milnacipran|levomilnacipran|sertraline|fluoxetine|paroxetine|citalopram|"
        "escitalopram|fluvoxamine|vilazodone|vortioxetine|amitriptyline|nortriptyline|imipramine|desipramine|"
        "doxepin|clomipramine|protriptyline|mirtazapine|trazodone|phenelzine|tranylcypromine|isocarboxazid|"
        "selegiline|rasagiline|safinamide|moclobemide|linezolid|methylene blue|nefopam|cyclobenzaprine|metaxalone|"
        "carbamazepine|sumatriptan|rizatriptan|zolmitriptan|eletriptan|naratriptan|frovatriptan|almotriptan|"
        "lasmiditan|dihydroergotamine|ergotamine|prucalopride|lithium|st. john's wort|ondansetron|metoclopramide|"
        "buspirone|amphetamine|nefazodone"
    ),
    Property.CNS_DEPRESSANT: (
        "morphine|oxycodone|hydrocodone|benzhydrocodone|hydromorphone|oxymorphone|codeine|dihydrocodeine|tramadol|"
        "tapentadol|methadone|fentanyl|sufentanil|meperidine|levorphanol|oliceridine|opium|diamorphine|"
        "propoxyphene|meptazinol|buprenorphine|butorphanol|nalbuphine|pentazocine|alprazolam|chlordiazepoxide|"
        "clobazam|clonazepam|clorazepate|diazepam|estazolam|flurazepam|lorazepam|midazolam|oxazepam|quazepam|"
        "temazepam|triazolam|nitrazepam|lormetazepam|zolpidem|zaleplon|eszopiclone|zopiclone|suvorexant|"
        "lemborexant|daridorexant|gabapentin|gabapentin enacarbil|pregabalin|mirogabalin|amitriptyline|"
        "nortriptyline|imipramine|desipramine|doxepin|clomipramine|protriptyline|mirtazapine|trazodone|"
        "cyclobenzaprine|methocarbamol|carisoprodol|metaxalone|tizanidine|baclofen|chlorzoxazone|orphenadrine|"
        "dantrolene|meprobamate|clonidine|lofexidine|guanfacine|dexmedetomidine|butalbital|phenobarbital|"
        "primidone|secobarbital|pentobarbital|butabarbital|sodium oxybate|quetiapine|olanzapine|haloperidol|"
        "risperidone|aripiprazole|chlorpromazine|ziprasidone|clozapine|prochlorperazine|diphenhydramine|"
        "hydroxyzine|promethazine|doxylamine|meclizine|cyproheptadine|ketamine|carbamazepine|oxcarbazepine|"
        "lamotrigine|topiramate|valproate|phenytoin|lasmiditan|ziconotide|dronabinol|nabilone|cannabidiol|"
        "cannabis|alcohol|metoclopramide|chlorpheniramine|scopolamine|brompheniramine|triprolidine|pyrilamine|"
        "diphenoxylate|levomethadyl|thioridazine|nefazodone|kratom|tianeptine"
    ),
    Property.ANTICHOLINERGIC: (
        "meperidine|paroxetine|amitriptyline|nortriptyline|imipramine|desipramine|doxepin|clomipramine|"
        "protriptyline|nefopam|cyclobenzaprine|orphenadrine|quetiapine|olanzapine|chlorpromazine|clozapine|"
        "diphenhydramine|hydroxyzine|promethazine|doxylamine|meclizine|cyproheptadine|oxybutynin|benztropine|"
        "tolterodine|chlorpheniramine|homatropine|clidinium|hyoscyamine|atropine|scopolamine|belladonna|"
        "brompheniramine|triprolidine|pyrilamine|thioridazine"
    ),
    Property.LOWERS_SEIZURE_THRESHOLD: (
        "tramadol|tapentadol|meperidine|venlafaxine|amitriptyline|nortriptyline|imipramine|desipramine|doxepin|"
        "clomipramine|protriptyline|bupropion|mefenamic acid|nefopam|cyclobenzaprine|chlorpromazine|clozapine|"
        "lithium|ciprofloxacin|levofloxacin|moxifloxacin|amphetamine"
    ),
    Property.BLEEDING_RISK: (
        "duloxetine|venlafaxine|desvenlafaxine|milnacipran|levomilnacipran|sertraline|fluoxetine|paroxetine|"
        "citalopram|escitalopram|fluvoxamine|vilazodone|vortioxetine|ibuprofen|naproxen|diclofenac|celecoxib|"
        "meloxicam|ketorolac|indomethacin|etodolac|nabumetone|piroxicam|sulindac|oxaprozin|ketoprofen|"
        "flurbiprofen|diflunisal|mefenamic acid|salsalate|etoricoxib|aspirin|valproate|warfarin|apixaban|"
        "rivaroxaban|dabigatran|enoxaparin|clopidogrel"
    ),
    Property.LOWERS_PRESSURE_OR_PULSE: (
        "tizanidine|clonidine|lofexidine|guanfacine|dexmedetomidine|quetiapine|chlorpromazine|clozapine|"
        "propranolol|metoprolol|atenolol|diltiazem|verapamil|amiodarone|sotalol"
    ),
    Property.CYP3A4_STRONG_INHIBITOR: "clarithromycin|ketoconazole|itraconazole|voriconazole|ritonavir|nefazodone",
    Property.CYP3A4_MODERATE_INHIBITOR: "fluvoxamine|erythromycin|ciprofloxacin|fluconazole|diltiazem|verapamil",
    Property.CYP3A4_STRONG_INDUCER: "rifampin|carbamazepine|phenytoin",
    Property.CYP3A4_MODERATE_INDUCER: "phenobarbital|primidone|st. john's wort|efavirenz",
    Property.CYP2B6_INDUCER: "rifampin|efavirenz|metamizole",
    Property.CYP2D6_STRONG_INHIBITOR: "fluoxetine|paroxetine|bupropion|quinidine",
    Property.CYP2D6_MODERATE_INHIBITOR: "duloxetine|terbinafine",
    Property.CYP1A2_STRONG_INHIBITOR: "fluvoxamine|ciprofloxacin|enoxacin",
    Property.CYP2C19_STRONG_INHIBITOR: "fluoxetine|fluvoxamine|fluconazole",
    Property.QT_KNOWN_RISK: (
        "methadone|citalopram|escitalopram|haloperidol|ondansetron|azithromycin|clarithromycin|erythromycin|"
        "fluconazole|ciprofloxacin|levofloxacin|moxifloxacin|amiodarone|sotalol|quinidine|chlorpromazine"
    ),
    Property.QT_OTHER: (
        "hydroxyzine|trazodone|amitriptyline|nortriptyline|imipramine|desipramine|doxepin|clomipramine|protriptyline"
    ),
}

HOLDERS: Mapping[Property, tuple[str, ...]] = MappingProxyType(
    {one: tuple(names.split("|")) for one, names in _HOLDERS.items()}
)
"""The drugs that have a property."""


@cache
def properties_of(ingredient: str) -> frozenset[Property]:
    """What a drug does, by its name here."""
    return frozenset(one for one, holders in HOLDERS.items() if ingredient in holders)
