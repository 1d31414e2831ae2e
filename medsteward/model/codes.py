"""Every problem and warning code: what it means and what to do. The documentation page is made from this list."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen


@frozen
class Code:
    """One code. ``exit_code`` is 0 for a warning, 3 needs confirmation, 4 a part is missing, 5 refused."""

    name: str
    exit_code: int
    means: str
    do: str


_ALL = (
    Code("CASE-001", 3, "The case is not built as a case should be.", "Compare it with `medsteward template case`."),
    Code("CASE-002", 3, "A field of the case has a value it cannot have.", "Correct the field that is named."),
    Code("CASE-003", 3, "The parts of a medication contradict the words or one another.", "Make them agree."),
    Code("CASE-004", 3, "The case is larger than this program reads.", "Split it."),
    Code("CASE-101", 0, "The case holds no medication.", "Nothing was counted; check that this is meant."),
    Code(
        "LIST-001",
        3,
        "Lines of a list stand under a heading of what was stopped or held.",
        "Leave out what is not taken; move what is taken above the heading.",
    ),
    Code("LIST-002", 3, "A list has medicines of several moments, as before and after a stay.", "Give those of one."),
    Code("LIST-101", 0, "Lines of a list were set aside.", "Check that none of them is a medicine."),
    Code("LIST-102", 0, "Several lines of a list were read as one medicine.", "Check that they belong together."),
    Code("LIST-103", 0, "A date behind a medicine of a list was not used.", "Give it as start or end in a case."),
    Code(
        "CRISIS-001",
        3,
        "Words of suicide stand in a free text: nothing is planned yet.",
        "Ask the person today; state the condition, or `--answer suicidality=...`.",
    ),
    Code("CRISIS-101", 0, "Words of suicide stand in a free text.", "See what was answered; else ask today."),
    Code("COND-001", 3, "A condition is not known.", "Write one of the suggestions, or leave it out."),
    Code("COND-101", 0, "Conditions of a record were not read.", "Give those that matter with `--condition`."),
    Code("COND-102", 0, "A condition was not counted, or only with a question.", "Answer the question of the text."),
    Code("COND-103", 0, "A condition is denied, past or of someone else.", "Nothing, if that is meant."),
    Code("DRUG-001", 3, "A name is not known.", "Check the spelling against the suggestions; none is chosen for you."),
    Code("DRUG-002", 3, "A name is an unsafe abbreviation.", "Write the drug's name in full."),
    Code("DRUG-003", 3, "One line names two medications.", "Give each medication a line of its own."),
    Code("DRUG-004", 4, "The line names no drug.", "Begin the line with the drug's name."),
    Code(
        "DRUG-005",
        4,
        "A word beside a drug's name is not known, so another drug may be meant.",
        "Write the name in full; a cut-off name is not completed for you.",
    ),
    Code(
        "LIMIT-001",
        4,
        "No dose limit is held of a medicine.",
        "See the label; `medsteward doses list` has what is held.",
    ),
    Code("UNIT-001", 3, "A unit is not one this program reads, or does not fit.", "Write mg, mcg, mL, mg/mL or mcg/h."),
    Code(
        "UNIT-002",
        3,
        "A strength is a thousand times too large or too small for every product that exists.",
        "Check the unit; the likely one is named.",
    ),
    Code("UNIT-101", 0, "An error-prone abbreviation was understood.", "Write it in full next time."),
    Code("NUM-001", 3, "A number starts with a decimal point, which is easily missed.", "Write 0.5, not .5."),
    Code("NUM-002", 3, "A number cannot be read exactly or makes no sense.", "Write digits, as in 5 or 0.25."),
    Code("NUM-101", 0, "A number ends in a needless zero, which is easily read tenfold.", "Write 5, not 5.0."),
    Code("NUM-102", 0, "A dose is many mL of a concentrate.", "Check that mg was not taken for mL; write both."),
    Code("DIR-001", 4, "The directions do not say how often.", "Add it, as in `every 6 hours` or `3 times daily`."),
    Code("DIR-002", 4, "The strength is missing and needed.", "Add it, as in `5 mg tablet`."),
    Code("DIR-003", 4, "A household measure is not exact.", "Write the volume in mL."),
    Code("DIR-004", 3, "A count, a volume and a mass disagree.", "Check which of them is right."),
    Code(
        "DIR-005",
        3,
        "Words in the directions were not understood.",
        "Write them another way; give each drug a line of its own.",
    ),
    Code("DIR-006", 4, "The directions do not say how much is taken.", "Add the dose, as in `1 tablet` or `5 mg`."),
    Code("DIR-007", 3, "Two parts of the directions contradict each other.", "Keep the one that is meant."),
    Code("DIR-008", 3, "Directions that change over time cannot be one line.", "Write one line per dose, with dates."),
    Code("DIR-009", 3, "The line is too long to be directions.", "Give one medication per line."),
    Code(
        "DIR-010",
        4,
        "The form or route is missing and decides the answer.",
        "Add it, as in `patch` or `buccal tablet`.",
    ),
    Code("DIR-011", 3, "Directions of a kind this program does not read.", "See the text; infusions are out of scope."),
    Code(
        "DIR-101", 0, "A patch is worn for an unusual time.", "Check the interval; the worn rate is counted as it is."
    ),
    Code("DIR-102", 0, "A dose less often than daily was averaged over days.", "The day of the dose itself is higher."),
    Code("DIR-103", 0, "The times per day depend on waking hours.", "Counted around the clock, the most they allow."),
    Code("DIR-104", 0, "The directions give only an upper end.", "The low end is counted as none."),
    Code("DIR-105", 0, "Quantity and days' supply imply more than the directions allow.", "Check both."),
    Code("DIR-106", 0, "A limit was understood in one of two ways.", "See the text for the way it was read."),
    Code("DIR-107", 0, "Two routes are offered.", "See which one was counted."),
    Code(
        "DIR-108", 0, "A number at the head of the line was taken for its place in a list.", "Check that it is no dose."
    ),
    Code("DIR-109", 0, "Hours were left out after q, as in q4.", "Check that hours are meant; write `every 4 hours`."),
    Code("DIR-110", 0, "One unit of a product was assumed, where more are usual.", "Write how many are taken."),
    Code(
        "DIR-111",
        0,
        "A date at the head of the line was set aside.",
        "Give start and end if they count.",
    ),
    Code("PROD-101", 0, "No listed product has this strength.", "Check the strength; it was counted as written."),
    Code("PROD-102", 0, "The product is not one to split.", "Check the dose; it was counted as written."),
    Code("PROD-103", 0, "The labelled mg is not the same salt as usual.", "See the text; the labelled mg was counted."),
    Code("PROD-104", 0, "The labelled rate is not the delivered rate.", "See the text; the labelled rate was counted."),
    Code("PROD-105", 0, "A code is not known here.", "The words beside it were used; check them, or load a release."),
    Code("PROD-106", 0, "The combination is not in our list.", "Check the names; each ingredient was counted."),
    Code("RXN-001", 3, "A part of an RxNorm name was not understood.", "Compare it with the name in RxNorm."),
    Code("RXN-002", 4, "An RxNorm name lacks its strength or dose form.", "Give the full name or the code."),
    Code("RXN-003", 4, "A product whose amounts cannot be counted.", "See the text; give each product by itself."),
    Code("NDC-001", 3, "An NDC is not written as NDCs are.", "Write it with its hyphens, or as eleven digits."),
    Code("NDC-002", 3, "An NDC could be one of several.", "Write its hyphens, or the one of eleven digits meant."),
    Code("NDC-101", 0, "Leading zeros of an NDC were missing and were filled in.", "Check it against the label."),
    Code("RXN-101", 0, "Two salts of one ingredient in one product were added.", "See the text for the two amounts."),
    Code("RXN-102", 0, "An ingredient beside others is not one we know.", "It was not checked; look it up."),
    Code(
        "MME-001", 4, "The table has no factor for this opioid.", "The total is `at least`; see the reason on the line."
    ),
    Code(
        "MME-002", 5, "Opioid use disorder treatment has no MME, and nothing else is left to count.", "No MME applies."
    ),
    Code("MME-101", 0, "A line is left out on purpose.", "See the reason on the line."),
    Code("MME-102", 0, "Thresholds do not apply to this patient.", "The figure stands without them."),
    Code("MME-103", 0, "The table is not meant for this patient.", "See the table's `not for` lines."),
    Code(
        "OUD-101",
        0,
        "It is not clear whether an opioid is for pain or for opioid use disorder.",
        "Ask, and write on its line what it is for.",
    ),
    Code(
        "OUD-102",
        0,
        "An opioid is for opioid use disorder and for pain.",
        "Its MME is shown; thresholds and advice about pain leave it out.",
    ),
    Code(
        "MME-105",
        0,
        "Lines of the same drug, product and directions may be one prescription, renewed.",
        "Ask which are taken: the maximum counts all of them, `if_renewals` each one once.",
    ),
    Code("MME-104", 0, "The table is superseded or for research.", "Use it to compare, not to prescribe."),
    Code("TAPER-020", 3, "Nothing that can be dispensed is known of this drug and form.", "Give it with `--products`."),
    Code("TAPER-021", 3, "What is really taken is not known.", "Add it with `--taken-per-day`."),
    Code("TAPER-022", 3, "The doses cannot be placed in the day.", "Write the times of the day."),
    Code("TAPER-023", 3, "A policy does not fit the drug or the patient.", "Choose one that is named."),
    Code("TAPER-024", 3, "An option of the plan cannot be met.", "See the text for what to change."),
    Code("TAPER-131", 0, "A medicine may end without a plan of steps.", "Read what may be felt afterwards."),
    Code(
        "TAPER-028",
        5,
        "What is taken of a combination holds more acetaminophen than anyone's day may.",
        "See the person today; the liver is at risk.",
    ),
    Code("TAPER-032", 3, "No source gives a plan for a medicine.", "Talk it over; see the text."),
    Code("TAPER-033", 5, "A medicine is not lowered by a plan from here.", "Turn to those whom the text names."),
    Code(
        "TAPER-035",
        5,
        "A medicine also keeps another disease in check, such as epilepsy.",
        "Whoever treats that plans its end.",
    ),
    Code(
        "TAPER-036",
        3,
        "Somebody who treats a disease of the patient is asked first.",
        "Name who goes along with `--supervised-by`, or say what was agreed: `--answer specialist=...`.",
    ),
    Code(
        "TAPER-037",
        5,
        "Days without a dose are asked for, and a medicine is taken every day to its end.",
        "Leave `--last-days` out; the reason is named.",
    ),
    Code("TAPER-133", 0, "No product makes a step within the ceiling.", "`--ceiling` lifts it, with `--because`."),
    Code(
        "TAPER-134",
        0,
        "Longer dispensings of a controlled medicine are asked for than usual.",
        "Leave `--fill-days` out for the usual length.",
    ),
    Code(
        "TAPER-135",
        0,
        "Days without a dose are asked for, and the plan has none.",
        "Change what is lowered last with `--first`.",
    ),
    Code(
        "TAPER-136",
        0,
        "The line's own product makes no whole plan, so the plan is made of another one.",
        "Choose it by its way, or another way.",
    ),
    Code(
        "TAPER-137",
        0,
        "The last step of an extended-release opioid ends much at once.",
        "Consider immediate-release doses after it: `--tail`.",
    ),
    Code("TAPER-132", 0, "What to know before such a medicine is lowered.", "Read it before the first step."),
    Code("TAPER-034", 5, "Another prescriber decides about a medicine.", "Ask whoever treats with it."),
    Code(
        "TAPER-025",
        3,
        "More is stated as taken than the directions allow.",
        "Correct one of the two, or answer that it is so: `--answer more-taken=...`.",
    ),
    Code(
        "TAPER-026",
        3,
        "A dose is stated above the last one tolerated.",
        'Ask first, then answer: `--answer above-tolerated="why"`.',
    ),
    Code(
        "TAPER-027",
        5,
        "A change of drug, route or to an extended-release form is a rotation, which is not planned by a factor.",
        'The prescriber states the new regimen: `--present "DRUG FORM=DOSE" --on DATE --why ...`.',
    ),
    Code("TAPER-120", 0, "The plan begins in the past.", "Check the start; the dates stand as asked."),
    Code("TAPER-121", 0, "A drug is left as it is.", "See the text; plan it by itself."),
    Code("TAPER-122", 0, "The ceiling is above the policy's.", "The reason given is printed with the plan."),
    Code("TAPER-123", 0, "The policy is superseded, or its figures need a second source.", "See the policy's sources."),
    Code("TAPER-124", 0, "Another policy may fit better.", "See the text."),
    Code("TAPER-125", 0, "A partner of a combination is not part of the plan.", "See the text."),
    Code("TAPER-126", 0, "More is asked for than the ceiling allows.", "The ceiling holds; see the text."),
    Code("TAPER-127", 0, "More is taken than the directions allow.", "Ask why; see the reason."),
    Code("TAPER-129", 0, "Steps go beyond the source's own pace.", "See the text, and `medsteward plan check`."),
    Code("TAPER-128", 0, "A product of the plan has few makers.", "Ask the pharmacy whether it can be had."),
    Code("FILL-001", 4, "A cell that is needed is empty.", "Fill it in; nothing is put in its place."),
    Code("FILL-002", 3, "A day cannot be read.", "Write it as 2027-01-04, or say the order with `--dates`."),
    Code("FILL-003", 3, "A number of a record cannot be read or makes no sense.", "Correct the cell that is named."),
    Code("FILL-004", 3, "A row has more or fewer cells than the header.", "Check its quotes and commas."),
    Code(
        "FILL-005",
        3,
        "A quantity does not fit the strength: tablets, bottles or mL.",
        "State the unit of the quantity; liquids are counted in mL.",
    ),
    Code(
        "FILL-006",
        3,
        "Patches, days' supply and wear time do not fit together.",
        "Check quantity and days' supply; medsteward does not change either value.",
    ),
    Code("FILL-007", 3, "A cell says something this program does not read.", "See the text for what it reads."),
    Code("FILL-101", 0, "Patches and days' supply imply an unusual wear time.", "The rate worn was counted."),
    Code("FILL-102", 0, "A quantity in bottles was turned into mL.", "Check it; see the text."),
    Code("FILL-103", 0, "The day of sale was used, as no day of filling is stated.", "Check that this is meant."),
    Code("FILL-105", 0, "A treatment type or a flag was not understood.", "See the text for what is read."),
    Code("FILL-104", 0, "A birth date or an age was not read.", "Measures that ask for age stay unknown."),
    Code("FILL-106", 0, "Fills after the day asked about were counted.", "Check the dates, or `--as-of`."),
    Code("FILL-107", 0, "Rows were set aside on purpose.", "See the reason; they are in no figure and no check."),
    Code("FILL-108", 0, "A reported MME cannot be read.", "It was not compared; the row was used."),
    Code("FILL-109", 0, "A fill comes to an MME that few people take.", "Check strength, quantity and days' supply."),
    Code("FILL-110", 0, "Two rows state the same dispensing.", "Take one out if it is a duplicate; both were counted."),
    Code("FILL-111", 0, "Rows are orders, not dispensings.", "Whether they were filled is not known."),
    Code("FILL-112", 0, "No opioid supply of the records covers the day asked about.", "Use `--as-of`, or `fills`."),
    Code("TRIAL-001", 5, "The medicine is not for this patient.", "See the reason, and `drugs search --for-pain`."),
    Code("TRIAL-002", 5, "A trial of this kind is out of scope here.", "See the reason."),
    Code("TRIAL-003", 3, "The goal is missing or is not a task.", "Write something a person does, as in the examples."),
    Code(
        "TRIAL-004", 3, "The baseline is missing, or is no measure that is known.", "Add it, as in `--baseline PEG=7`."
    ),
    Code("TRIAL-005", 3, "No trial of this medicine is known here.", "Use one of the names listed."),
    Code("TRIAL-006", 3, "Something that the trial depends on is missing.", "Add what is named."),
    Code(
        "TRIAL-007", 4, "No source that was read gives a dose that can be counted.", "The dates stand; see the reason."
    ),
    Code(
        "TRIAL-008", 5, "No dose that can be dispensed is within the ceiling.", "Ask a specialist; nothing is planned."
    ),
    Code("TRIAL-009", 4, "A measure that decides is missing.", "Measure it, and decide again."),
    Code("TRIAL-010", 3, "No plan can be made as asked for.", "See the text; change what it names."),
    Code("TRIAL-011", 3, "There is a reason against starting it.", "Choose another way, or answer it with `--answer`."),
    Code("TRIAL-012", 5, "The directions are above a ceiling.", "Lower them; the text names the ceiling."),
    Code("TRIAL-101", 0, "A figure of the trial needs a second source.", "Check it before it is used."),
    Code("TRIAL-102", 0, "There is a reason against the medicine or its dose.", "See the text, and weigh it."),
    Code("TRIAL-103", 0, "A fact that would change the trial is not known.", "Find it out before the first dose."),
    Code("TRIAL-104", 0, "Sources differ.", "See which one was followed."),
    Code("TRIAL-105", 0, "The trial begins in the past.", "Check the start; the dates stand as asked."),
    Code("TRIAL-106", 0, "The goal has no number.", "A number makes it easier to tell whether it was reached."),
    Code("TRIAL-107", 0, "The sources do not name the medicine for this kind of pain.", "Check that it is meant."),
    Code("TRIAL-108", 0, "There is a reason against it, which was answered.", "Weigh the answer beside it."),
    Code("FHIR-001", 3, "An element of a FHIR resource has a value it cannot have.", "Correct the element named."),
    Code("FHIR-002", 3, "An element is not of FHIR R4, or changes the meaning.", "Send R4, without such elements."),
    Code("FHIR-003", 3, "The status or intent does not say whether it is taken.", "Give the status it has."),
    Code("FHIR-004", 4, "A resource that is referred to is not there.", "Send it along, in the Bundle or contained."),
    Code("FHIR-005", 4, "A Bundle is not whole.", "Ask the server for all pages, and send them together."),
    Code("FHIR-006", 3, "It cannot be told whose a resource is, or which of two counts.", "See the text; keep one."),
    Code(
        "FHIR-007",
        4,
        "The record calls a medication active after its supply, its number of doses or its bounds ended.",
        "Ask whether it is still taken: the text has the figure if it goes on.",
    ),
    Code(
        "FHIR-008",
        4,
        "A resource that carries medications is of a kind that is not read.",
        "Send the medications as R4 MedicationRequest, MedicationStatement or MedicationDispense.",
    ),
    Code(
        "DRAFT-101",
        0,
        "A proposed order adds nothing, by its status or because it asks not to give the drug.",
        "Leave it out, or correct its status.",
    ),
    Code("DRAFT-102", 0, "A proposed order is for other days than the one asked about.", "See the text."),
    Code("DRAFT-103", 0, "An order that a proposed one is linked to is not replaced by it.", "See the text; ask."),
    Code("FHIR-101", 0, "A resource is not counted on purpose.", "See the reason; nothing else of it was used."),
    Code("FHIR-102", 0, "A part of a resource was not used, or was read in one of two ways.", "See the text."),
    Code("FHIR-103", 0, "A medication may be counted twice, or not at all.", "Check it; see the text."),
    Code("FHIR-104", 0, "Words were used where a code, a unit or a system was not understood.", "Check them."),
    Code(
        "FHIR-105", 0, "Several instructions say neither order nor dates.", "Add sequence and bounds, if they follow."
    ),
    Code("FHIR-106", 0, "Resources of other kinds were not read.", "Give what matters as options."),
    Code("SCALE-001", 3, "An item of a scale has a value it cannot have.", "Give one of the values listed."),
    Code("SCALE-002", 4, "An item of a scale is missing.", "Add it; no total is given without it."),
    Code("SCALE-003", 3, "A scale or an item is not known.", "Use one of those listed."),
    Code("DONE-001", 3, "What was done is not something reminders ask about.", "Use one of the names listed."),
    Code(
        "DONE-101", 0, "Something is recorded as done after the day asked about.", "Check the day; it was not counted."
    ),
    Code("CHECK-101", 0, "The form of a drug is missing and matters to the check.", "Add the form; see the text."),
    Code("CHECK-102", 0, "A context of care is not known.", "Write one of those listed, or leave it out."),
    Code(
        "CHECK-103",
        0,
        "A substance is recognized and surely no opioid, but no rule can look at it: its class is not known here.",
        "Look it up elsewhere.",
    ),
    Code(
        "CHECK-104",
        0,
        "An answer in the case is to a rule that does not exist.",
        "Take the id from `medsteward rules list`.",
    ),
    Code(
        "PLAN-001",
        3,
        "The plan file was written by a newer version of medsteward.",
        "Install that version; nothing was read.",
    ),
    Code(
        "PLAN-002",
        3,
        "The plan file was changed after medsteward wrote it.",
        "Take the file as it was saved, and change it with `medsteward plan revise`.",
    ),
    Code(
        "PLAN-003",
        3,
        "The plan file is not built as a plan is.",
        "Take the file as it was saved, or plan anew.",
    ),
    Code("SCHED-001", 3, "A row of a schedule cannot be read.", "Correct the row that is named; the others stand."),
    Code("SCHED-002", 3, "A schedule is longer than this program reads.", "Split it."),
    Code(
        "SCHED-003", 3, "Nothing of a schedule could be checked against the policy.", "See the text for the policies."
    ),
    Code("SCHED-004", 3, "Several drugs of a schedule have no total in common.", "Check them one at a time."),
    Code("SCHED-101", 0, "A column of a schedule was not read.", "Check that nothing in it matters."),
    Code(
        "SCHED-102", 0, "The policy is not for a drug of the schedule.", "Check that drug against a policy of its own."
    ),
    Code(
        "SCHED-104",
        0,
        "A plan went on in mg of another label.",
        "Totals stay in mg of the label at its beginning, so that steps compare.",
    ),
    Code(
        "SCHED-103", 0, "The route of an opioid was taken from its unit.", "Check each opioid alone if that is wrong."
    ),
    Code("TAPER-001", 5, "Under 18: tapers here are for adults.", "Ask a specialist for children."),
    Code(
        "TAPER-002",
        5,
        "Methadone or buprenorphine for opioid use disorder: continuing treatment is the recommendation.",
        "Continue it; talk to an addiction specialist about what prompted the question.",
    ),
    Code("TAPER-003", 5, "Signs of danger to life now.", "This is for emergency care, not for a plan."),
    Code("TAPER-004", 3, "A taper has no indication and no reason.", "Add `--indication` or `--because`."),
    Code(
        "TAPER-005",
        3,
        "An opioid and a benzodiazepine are to be lowered and no order or no reason for it is given.",
        "Say which comes first with `--first`, and why with `--because`.",
    ),
    Code("TAPER-006", 3, "The policy is not for a patient with this condition.", "Choose another policy."),
    Code("TAPER-007", 3, "The policy is only for a condition that is not stated.", "Add it, or choose another policy."),
    Code(
        "TAPER-008",
        3,
        "In cancer pain, palliative care or sickle cell disease neither the patient's wish nor toxicity is stated.",
        "Add `--requested-by patient`, or `--because adverse-effects`.",
    ),
    Code(
        "TAPER-009",
        3,
        "It is not clear whether methadone or buprenorphine is for pain or for opioid use disorder.",
        "Say on its line what it is for.",
    ),
    Code(
        "TAPER-010",
        3,
        "A beta blocker is taken beside clonidine.",
        "Ask its prescriber, and say what was agreed: `--answer beta-blocker=...`.",
    ),
    Code(
        "TAPER-011",
        3,
        "Oversedation or overdose: call today, before anything is planned.",
        "See what to do now; once the person was seen, `--answer assessed=...`.",
    ),
    Code(
        "TAPER-012",
        5,
        "Diversion is not a taper.",
        "See the text; what is taken in part is stated with `--taken-per-day` and another `--because`.",
    ),
    Code("TAPER-101", 0, "Pregnancy: nothing is lowered yet.", "Name who supervises with `--supervised-by`."),
    Code("TAPER-102", 0, "Suicidality: nothing is lowered yet.", "Involve behavioral health now; see the text."),
    Code("TAPER-103", 0, "Unstable disease: nothing is lowered yet.", "Plan again once it is stable."),
    Code(
        "TAPER-104", 0, "Opioid use disorder is on the list.", "Offer its treatment; lowering alone is not recommended."
    ),
    Code("TAPER-105", 0, "Methadone for pain: no expert is named.", "Name one with `--supervised-by`."),
    Code("TAPER-106", 0, "The age is not stated; plans are for adults.", "Add it."),
    Code(
        "TAPER-107",
        0,
        "Risk is the reason, and no dose figure is one by itself.",
        "Weigh benefit and risk for this patient.",
    ),
    Code("TAPER-108", 0, "The policy asks about conditions, and none are stated.", "Ask, and add what there is."),
    Code("TAPER-111", 0, "Days without the opioid: time to call.", "See the text."),
    Code(
        "TAPER-112", 0, "So many days without the opioid that the plan no longer holds.", "Meet first; offer naloxone."
    ),
    Code(
        "TAPER-113",
        0,
        "Days without a medicine that is dangerous to end at once.",
        "Urgent: call today; agree on the next dose.",
    ),
    Code("TAPER-114", 0, "More was taken than planned.", "See when it runs out; ask why; offer naloxone."),
    Code(
        "TAPER-115",
        0,
        "The plan waits for a restart dose.",
        "State it with `medsteward plan revise --present`, never above the last dose tolerated.",
    ),
    Code("APAP-101", 0, "Acetaminophen over all products is above a ceiling.", "See which ceiling and for whom."),
    Code("APAP-102", 0, "Acetaminophen could not be counted in full.", "See which line is missing."),
)

CODES: Mapping[str, Code] = MappingProxyType({code.name: code for code in _ALL})
"""Every code by its name."""
