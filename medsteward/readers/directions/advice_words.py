"""The words of directions that say no amount and no time: advice on labels, reasons, food, measures of a household."""

from __future__ import annotations

_DIRECTED = "|".join(
    f"{how} {by} {whom}"
    for how in ("as directed", "as instructed", "as advised", "or as directed", "use as directed", "take as directed")
    for by, whoever in (
        ("by", "md|doctor|your doctor|prescriber|provider|physician|clinic|pharmacist|anticoagulation clinic|"),
        ("by", "coumadin clinic|warfarin clinic|pain clinic|pain management|pain specialist|surgeon|your provider"),
        ("per", "md|clinic|package|package instructions|label|provider|protocol"),
    )
    for whom in filter(None, whoever.split("|"))
)

NOISE = (
    "dissolve|dissolved|take|taken|takes|taking|to be taken|use|used|give|administer|place|placed|put|insert|"
    "swallow|inhale|"
    "sliding scale|per sliding scale|apo-|pms-|teva-|ratio-|novo-|mylan-|jamp-|auro-|"
    "instill|rotate sites|rotate site|alternate sites|patient|patient to take|pt|pt to take|i take|i am taking|i use|"
    "whole|swallow whole|swallowed whole|to be swallowed whole|swallow tablet whole|swallow tablets whole|"
    "swallow capsules whole|swallow this medicine whole|"
    f"{_DIRECTED}|rinse mouth after use|rinse mouth after each use|rinse mouth with water after use|"
    "into affected nostril|into affected nostrils|in affected nostril|into nostril|into nostrils|in nostril|"
    "as directed|as instructed|as prescribed|as advised|as directed by prescriber|as directed by your doctor|"
    "as per instructions|exactly|only|around the clock|atc|scheduled|"
    "sch|sched|routine|regularly|regular|please|sig|label|directions|"
    "daw|dispense as written|no substitutions|no substitution|cii|ciii|civ|c-ii|c-iii|c-iv|cd|usp|rx|nr|"
    "may cause drowsiness|may cause dizziness|may cause constipation|can cause drowsiness|causes drowsiness|"
    "may make you sleepy|may make you drowsy|this medicine may make you sleepy|"
    "this may make you sleepy|if this happens|if affected do not drive|warning|caution|"
    "may be habit forming|may cause addiction|may cause dependence|can cause addiction|"
    "do not drive or use tools or machines|do not drive or operate machinery|do not operate heavy machinery|"
    "do not take with alcohol|avoid alcohol|avoid alcoholic drink|avoid alcoholic drinks|"
    "avoid alcoholic beverages|no alcohol|without alcohol|do not drink alcohol|"
    "do not drive|avoid driving|no driving|caution with driving|keep out of reach of children|"
    "keep out of the reach of children|"
    "do not chew or crush|do not crush or chew|talk to a doctor at once if you take too much of this medicine|"
    "talk to your doctor at once if you take too much of this medicine|even if you feel well|"
    "contains paracetamol|contains acetaminophen|do not take with any other paracetamol products|"
    "do not take anything else containing paracetamol|"
    "do not take anything else containing paracetamol while taking this medicine|"
    "do not take with other paracetamol products|do not take any other products containing paracetamol|"
    "do not take with other paracetamol-containing products|do not take with other acetaminophen products|"
    "do not take with other products containing acetaminophen|contains codeine|shake well|shake well before use|"
    "measure carefully|use oral syringe|use the oral syringe|with oral syringe|by oral syringe|"
    "do not share|do not exceed the stated dose|do not exceed stated dose|do not exceed recommended dose|"
    "one nostril|in one nostril|alternating nostrils|in alternate nostrils|in alternating nostrils|in other nostril|"
    "in the other nostril|into one nostril|in opposite nostril|in the opposite nostril|call 911|and call 911|"
    "call 911 immediately|then call 911|call for help|get emergency help|slowly|rotating sites|"
    "by prescription|your|his|her|their|my|"
    "commonly known as|also known as|aka|he|she|currently|currently taking|he takes|she takes|is taking|"
    "has been taking|prescribed|"
    "normal|local print|e-prescribe|e-prescribed|home med|home meds|home medication|"
    "containing|which contain|dosing|dosed|continue|continue taking|continue home|chronic med|prescribed by pcp|"
    "may take|can take|should take"
)

FOOD = (
    "food|milk|water|snack|a snack|juice|fluids|drink of water|glass of water|glass of milk|applesauce|yogurt|"
    "empty stomach|an empty stomach|light snack|small snack|food or milk|crackers|pudding|"
    "full glass of water|large glass of water|plenty of water|plenty of fluids|lots of water|"
    "lots of fluids|sips of water|cup of water|sip of water|full stomach|a full stomach|little food|little water"
)

REASONS = (
    "pain|opioid use disorder|opioid use|use disorder|moderate|severe|mild|breakthrough|chronic|acute|back|knee|"
    "neck|shoulder|hip|cancer|postoperative|"
    "post operative|post-operative|postop|post-op|surgical|surgery|procedural|neuropathic|nerve|headache|headaches|"
    "migraine|affected|painful|overdose|reversal|suspected|emergency|cough|coughing|anxiety|sleep|insomnia|spasm|spasms|muscle|"
    "constipation|nausea|fever|itching|"
    "shortness|breath|breathlessness|dyspnea|dyspnoea|opioid|use|disorder|dependence|oud|withdrawal|maintenance|"
    "treatment|"
    "palliative|hospice|end of life|care|comfort|sickle|cell|disease|crisis|relief|symptoms|discomfort|flare|flares|"
    "episodes|episode|arthritis|osteoarthritis|joint|low|lower|upper|leg|foot|arm|chest|abdominal|dental|tooth|"
    "fracture|injury|burn|burns|wound|dressing|changes|therapy|physical|pain management|pain control|pain relief|"
    "control|left|right|bilateral|"
    "radicular|radiculopathy|neuropathy|fibromyalgia|stenosis|spinal|spine|lumbar|cervical|thoracic|sciatica|"
    "rheumatoid|tendinitis|bursitis|uncontrolled|intractable|incident|due|secondary|"
    "related|associated|persistent|intermittent|ongoing|constant|continuing|musculoskeletal|inflammatory|visceral|"
    "phantom|limb|stump|crps|shingles|zoster|postherpetic|neuralgia|menstrual|pelvic|kidney|stone|stones|ankle|wrist|"
    "hand|hands|feet|legs|arms|knees|hips|shoulders|head|throat|mouth|generalized|diffuse|localized|sharp|burning|"
    "aching|stiffness|swelling|diarrhea|depression|seizures|tremor|agitation|restlessness|secretions|hiccups|"
    "btp|cramp|cramps|cramping|soreness|ache|aches|hurt|hurting|tenderness|bad|worst|worse|worsening|extreme|"
    "excruciating|unbearable|unrelieved|body|bone|chronic-pain|sedation|panic|attack|attacks|stress|nervousness|"
    "anxious|sleeplessness|vomiting|emesis|n/v|dizziness|vertigo|heartburn|reflux|indigestion|gas|bloating|"
    "rash|hives|itch|pruritus|allergies|congestion|wheezing|wheeze|sob|asthma|bronchospasm|angina|hypertension|"
    "hypoglycemia|inflammation|irritation|dryness|rigors|shivering|chills|temperature|premedication|procedure|"
    "procedures|spasticity|restless|air hunger|respiratory distress|labored breathing|rr|"
    "when|while|moving|walking|activity|exercise|work|her|his|their|the|my"
)

SPOON_ML = "|".join(
    f"5{space}ml {spoon}"
    for space in ("", " ", "-")
    for spoon in ("spoon", "spoons", "spoonful", "spoonfuls", "spoonsful", "medicine spoon")
)
"""A spoon whose 5 mL are written: no household measure."""

HOUSEHOLD = (
    "teaspoon|teaspoons|tsp|tsps|teaspoonful|teaspoonfuls|tablespoon|tablespoons|tbsp|tbsps|tablespoonful|spoon|"
    "spoonful|spoonfuls|drop|drops|gtt|gtts|dropperful|dropperfuls|dropper|droppers|capful|capfuls|cupful|cup|cups|"
    "ounce|ounces|oz|pump|pinch|scoop|scoops|glass|sip|sips|swig|mouthful"
)
