"""Brands that hold several ingredients. Brands that hold one are with their drug."""

from __future__ import annotations

from medsteward.model.drug import Combination
from medsteward.model.source import Standing

COMBINATIONS: tuple[Combination, ...] = (
    Combination(
        brand="Advil PM",
        ingredients=("ibuprofen", "diphenhydramine"),
        note="OTC; NSAID + sedating antihistamine",
    ),
    Combination(
        brand="Apadaz",
        ingredients=("benzhydrocodone", "acetaminophen"),
        release="IR",
        standing=Standing.VERIFIED,
    ),
    Combination(
        brand="Arthrotec",
        ingredients=("diclofenac", "misoprostol"),
        release="DR",
        note="pregnancy contraindicated",
    ),
    Combination(
        brand="Ascomp",
        ingredients=("butalbital", "aspirin", "caffeine", "codeine"),
        release="IR",
        synonyms=("ascomp with codeine", "ascomp w/ codeine"),
        note="barbiturate + NSAID + opioid in one product",
    ),
    Combination(
        brand="Auvelity",
        ingredients=("dextromethorphan", "bupropion"),
        release="ER",
        note="CYP2D6 + serotonergic",
    ),
    Combination(
        brand="B&O",
        ingredients=("opium", "belladonna"),
        synonyms=("b & o", "b&o suppository", "belladonna and opium", "belladonna & opium"),
        note="rectal suppository; anticholinergic",
    ),
    Combination(
        brand="Bunavail",
        ingredients=("buprenorphine", "naloxone"),
        note="buccal; discontinued",
        standing=Standing.VERIFIED,
    ),
    Combination(
        brand="Bupap",
        ingredients=("butalbital", "acetaminophen"),
        release="IR",
        note="barbiturate",
        standing=Standing.VERIFIED,
    ),
    Combination(brand="co-codamol", ingredients=("codeine", "acetaminophen"), release="IR", note="UK"),
    Combination(
        brand="co-codaprin", ingredients=("codeine", "aspirin"), release="IR", note="UK; counts as NSAID"
    ),
    Combination(
        brand="co-dydramol", ingredients=("dihydrocodeine", "acetaminophen"), release="IR", note="UK"
    ),
    Combination(brand="Consensi", ingredients=("celecoxib", "amlodipine"), release="IR", note="NSAID"),
    Combination(
        brand="Contrave",
        ingredients=("naltrexone", "bupropion"),
        release="ER",
        note="naltrexone ACTIVE: contraindicated with opioids",
    ),
    Combination(
        brand="Darvocet",
        ingredients=("propoxyphene", "acetaminophen"),
        release="IR",
        synonyms=("Darvocet-N", "darvocet n"),
        note="withdrawn in the US in 2010",
    ),
    Combination(
        brand="Donnatal",
        ingredients=("phenobarbital", "hyoscyamine", "atropine", "scopolamine"),
        release="IR",
        note="barbiturate + anticholinergic",
        standing=Standing.VERIFIED,
    ),
    Combination(brand="Duexis", ingredients=("ibuprofen", "famotidine"), release="IR", note="NSAID"),
    Combination(brand="Dvorah", ingredients=("dihydrocodeine", "acetaminophen", "caffeine"), release="IR"),
    Combination(
        brand="Embeda",
        ingredients=("morphine", "naltrexone"),
        release="ER",
        note="naltrexone sequestered, suppressed if intact",
    ),
    Combination(
        brand="Endocet", ingredients=("oxycodone", "acetaminophen"), release="IR", standing=Standing.VERIFIED
    ),
    Combination(brand="Endodan", ingredients=("oxycodone", "aspirin"), release="IR", note="counts as NSAID"),
    Combination(
        brand="Esgic",
        ingredients=("butalbital", "acetaminophen", "caffeine"),
        release="IR",
        note="barbiturate",
        standing=Standing.VERIFIED,
    ),
    Combination(
        brand="Excedrin", ingredients=("acetaminophen", "aspirin", "caffeine"), note="OTC; APAP + NSAID"
    ),
    Combination(
        brand="Fioricet",
        ingredients=("butalbital", "acetaminophen", "caffeine"),
        release="IR",
        note="barbiturate",
        standing=Standing.VERIFIED,
    ),
    Combination(
        brand="Fioricet with Codeine",
        ingredients=("butalbital", "acetaminophen", "caffeine", "codeine"),
        release="IR",
        synonyms=("fioricet-codeine", "fioricet w/ codeine", "fioricet/codeine"),
        note="barbiturate + opioid in one product",
        standing=Standing.VERIFIED,
    ),
    Combination(
        brand="Fiorinal",
        ingredients=("butalbital", "aspirin", "caffeine"),
        release="IR",
        note="barbiturate + NSAID",
    ),
    Combination(
        brand="Fiorinal with Codeine",
        ingredients=("butalbital", "aspirin", "caffeine", "codeine"),
        release="IR",
        synonyms=("fiorinal-codeine", "fiorinal w/ codeine", "fiorinal/codeine"),
        note="barbiturate + NSAID + opioid in one product",
    ),
    Combination(brand="Hycet", ingredients=("hydrocodone", "acetaminophen"), release="IR", note="liquid"),
    Combination(
        brand="Hycodan", ingredients=("hydrocodone", "homatropine"), release="IR", note="anticholinergic"
    ),
    Combination(brand="Kaletra", ingredients=("lopinavir", "ritonavir"), release="IR", note="strong CYP3A4"),
    Combination(
        brand="Librax",
        ingredients=("chlordiazepoxide", "clidinium"),
        release="IR",
        note="benzodiazepine + anticholinergic",
        standing=Standing.VERIFIED,
    ),
    Combination(
        brand="Limbitrol",
        ingredients=("chlordiazepoxide", "amitriptyline"),
        release="IR",
        note="benzodiazepine + TCA",
    ),
    Combination(
        brand="Lomotil", ingredients=("diphenoxylate", "atropine"), release="IR", note="anticholinergic"
    ),
    Combination(
        brand="Lorcet", ingredients=("hydrocodone", "acetaminophen"), release="IR", standing=Standing.VERIFIED
    ),
    Combination(
        brand="Lortab", ingredients=("hydrocodone", "acetaminophen"), release="IR", standing=Standing.VERIFIED
    ),
    Combination(
        brand="Lybalvi", ingredients=("olanzapine", "samidorphan"), release="IR", note="samidorphan ACTIVE"
    ),
    Combination(brand="Nalocet", ingredients=("oxycodone", "acetaminophen"), release="IR"),
    Combination(
        brand="Norco", ingredients=("hydrocodone", "acetaminophen"), release="IR", standing=Standing.VERIFIED
    ),
    Combination(
        brand="Norgesic",
        ingredients=("orphenadrine", "aspirin", "caffeine"),
        release="IR",
        synonyms=("Norgesic Forte",),
        note="NSAID",
    ),
    Combination(
        brand="Nuedexta",
        ingredients=("dextromethorphan", "quinidine"),
        release="IR",
        note="strong CYP2D6 inhibitor",
    ),
    Combination(
        brand="NyQuil",
        ingredients=("acetaminophen", "dextromethorphan", "doxylamine"),
        note="OTC; APAP + serotonergic + sedating",
    ),
    Combination(brand="Panlor", ingredients=("dihydrocodeine", "acetaminophen", "caffeine"), release="IR"),
    Combination(brand="Paxlovid", ingredients=("nirmatrelvir", "ritonavir"), note="pack; strong CYP3A4"),
    Combination(
        brand="Percocet",
        ingredients=("oxycodone", "acetaminophen"),
        release="IR",
        note="opioid and acetaminophen totals",
        standing=Standing.VERIFIED,
    ),
    Combination(brand="Percodan", ingredients=("oxycodone", "aspirin"), release="IR", note="counts as NSAID"),
    Combination(brand="Primlev", ingredients=("oxycodone", "acetaminophen"), release="IR"),
    Combination(brand="Prolate", ingredients=("oxycodone", "acetaminophen"), release="IR"),
    Combination(
        brand="Qsymia",
        ingredients=("phentermine", "topiramate"),
        release="ER",
        note="not a sedative",
        standing=Standing.VERIFIED,
    ),
    Combination(
        brand="Reprexain", ingredients=("hydrocodone", "ibuprofen"), release="IR", standing=Standing.VERIFIED
    ),
    Combination(brand="Roxicet", ingredients=("oxycodone", "acetaminophen"), release="IR"),
    Combination(
        brand="Seglentis", ingredients=("tramadol", "celecoxib"), release="IR", standing=Standing.VERIFIED
    ),
    Combination(
        brand="Senokot-S",
        ingredients=("senna", "docusate"),
        synonyms=("senokot s",),
        note="OTC; laxative + stool softener",
    ),
    Combination(
        brand="Soma Compound",
        ingredients=("carisoprodol", "aspirin"),
        release="IR",
        note="muscle relaxant + NSAID",
    ),
    Combination(
        brand="Soma Compound with Codeine",
        ingredients=("carisoprodol", "aspirin", "codeine"),
        release="IR",
        synonyms=("soma compound w/ codeine", "soma compound-codeine"),
        note="muscle relaxant + NSAID + opioid in one product",
    ),
    Combination(
        brand="Suboxone",
        ingredients=("buprenorphine", "naloxone"),
        synonyms=("suboxone film",),
        note="sublingual; naloxone suppressed",
        standing=Standing.VERIFIED,
    ),
    Combination(brand="Symbyax", ingredients=("olanzapine", "fluoxetine"), release="IR", note="CYP2D6"),
    Combination(
        brand="Synalgos-DC",
        ingredients=("dihydrocodeine", "aspirin", "caffeine"),
        release="IR",
        synonyms=("synalgos dc",),
        note="discontinued; counts as NSAID",
    ),
    Combination(
        brand="Talwin NX",
        ingredients=("pentazocine", "naloxone"),
        release="IR",
        note="naloxone suppressed; pentazocine is active",
    ),
    Combination(
        brand="Targiniq ER",
        ingredients=("oxycodone", "naloxone"),
        release="ER",
        synonyms=("Targiniq", "Targin", "Targinact"),
        note="naloxone suppressed; Targin and Targinact outside the US",
    ),
    Combination(brand="Treximet", ingredients=("sumatriptan", "naproxen"), release="IR", note="NSAID"),
    Combination(
        brand="Trezix",
        ingredients=("dihydrocodeine", "acetaminophen", "caffeine"),
        release="IR",
        standing=Standing.VERIFIED,
    ),
    Combination(
        brand="Troxyca ER",
        ingredients=("oxycodone", "naltrexone"),
        release="ER",
        synonyms=("Troxyca",),
        note="naltrexone sequestered, suppressed if intact",
    ),
    Combination(
        brand="Tussionex",
        ingredients=("hydrocodone", "chlorpheniramine"),
        release="ER",
        synonyms=("Tussionex Pennkinetic",),
        note="liquid; sedating antihistamine",
    ),
    Combination(
        brand="Tylenol PM",
        ingredients=("acetaminophen", "diphenhydramine"),
        note="OTC; APAP + sedating antihistamine",
    ),
    Combination(
        brand="Tylenol with Codeine",
        ingredients=("codeine", "acetaminophen"),
        release="IR",
        synonyms=("tylenol-codeine", "tylenol/codeine", "tylenol w/ codeine"),
    ),
    Combination(
        brand="Tylenol with Codeine #2",
        ingredients=("codeine", "acetaminophen"),
        release="IR",
        synonyms=(
            "tylenol #2",
            "tylenol no. 2",
            "tylenol-codeine #2",
            "tylenol-codeine no. 2",
            "tylenol with codeine no. 2",
        ),
        note="discontinued",
    ),
    Combination(
        brand="Tylenol with Codeine #3",
        ingredients=("codeine", "acetaminophen"),
        release="IR",
        synonyms=(
            "tylenol #3",
            "tylenol no. 3",
            "tylenol-codeine #3",
            "tylenol-codeine no. 3",
            "tylenol with codeine no. 3",
        ),
    ),
    Combination(
        brand="Tylenol with Codeine #4",
        ingredients=("codeine", "acetaminophen"),
        release="IR",
        synonyms=(
            "tylenol #4",
            "tylenol no. 4",
            "tylenol-codeine #4",
            "tylenol-codeine no. 4",
            "tylenol with codeine no. 4",
        ),
    ),
    Combination(
        brand="Ultracet", ingredients=("tramadol", "acetaminophen"), release="IR", standing=Standing.VERIFIED
    ),
    Combination(brand="Verdrocet", ingredients=("hydrocodone", "acetaminophen"), release="IR"),
    Combination(
        brand="Vicodin",
        ingredients=("hydrocodone", "acetaminophen"),
        release="IR",
        note="brand discontinued, strengths 5/7.5/10-300",
    ),
    Combination(
        brand="Vicoprofen",
        ingredients=("hydrocodone", "ibuprofen"),
        release="IR",
        note="counts as NSAID",
        standing=Standing.VERIFIED,
    ),
    Combination(brand="Vimovo", ingredients=("naproxen", "esomeprazole"), release="DR", note="NSAID"),
    Combination(
        brand="Xartemis XR",
        ingredients=("oxycodone", "acetaminophen"),
        release="ER",
        synonyms=("Xartemis",),
        note="discontinued",
    ),
    Combination(brand="Xodol", ingredients=("hydrocodone", "acetaminophen"), release="IR"),
    Combination(
        brand="Zubsolv",
        ingredients=("buprenorphine", "naloxone"),
        note="sublingual; naloxone suppressed",
        standing=Standing.VERIFIED,
    ),
)
