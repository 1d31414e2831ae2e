"""The words of directions that say what a product is like: its form, its release, its salt, and marks for them."""

from __future__ import annotations

FORMS = {
    "solution": "solution|soln|liquid|liq|lq|conc|syrup|elixir|elix|concentrate|intensol|oral solution|"
    "oral concentrate|oral liquid|oral syrup|oral soln|oral sol|concentrated solution|concentrated oral solution|"
    "concentrated|oral conc|solution concentrate|liquid concentrate|linctus|mixture|oral mixture|syr",
    "suspension": "suspension|susp|oral suspension|oral susp",
    "orally disintegrating tablet": "orally disintegrating tablet|orally disintegrating tablets|"
    "orally disintegrating|disintegrating tablet|disintegrating tablets|disintegrating|odt|odts|orodispersible|"
    "orodispersible tablet|orodispersible tablets|oro-dispersible tablet|oro-dispersible tablets|oro-dispersible|"
    "orally dispersible|orally dispersible tablet|orally dispersible tablets|melt|melts|"
    "rapidly disintegrating tablet|tbdp|disintegrating oral tablet|disintegrating tab|disintegrating tabs",
    "tablet for oral suspension": "dispersible tablet|dispersible tablets|diskets|tablet for oral suspension|"
    "dispersible tab|dispersible tabs|dispersible|soluble tablet|soluble tablets|soluble tab|soluble tabs",
    "effervescent tablet": "effervescent tablet|effervescent tablets|effervescent|effervescent tab|effervescent tabs",
    "chewable tablet": "chewable tablet|chewable tablets|chewable|chew tab|chew tabs",
    "sublingual tablet": "sublingual tablet|sublingual tablets|sl tablet|sl tablets|sl tab|sl tabs|"
    "sublingual tab|sublingual tabs|subl",
    "sublingual film": "sublingual film|sublingual films|sl film|sl films",
    "buccal tablet": "buccal tablet|buccal tablets|buccal tab|buccal tabs",
    "buccal film": "buccal film|buccal films|buccal soluble film",
    "nasal spray": "nasal spray|nasal sprays|nose spray",
    "mucosal spray": "sublingual spray|mucosal spray|oral spray|sl spray|sublingual sprays",
    "lozenge": "lollipop|lollipops|lozenge on handle|oralet",
    "patch": "transdermal patch|transdermal patches|transdermal system|transdermal systems|skin patch|pt72|ptwk|dis|"
    "weekly patch|weekly patches|weekly transdermal patch|weekly transdermal system|weekly transdermal patches",
    "gel": "gel",
    "cream": "cream",
    "ointment": "ointment",
    "powder": "powder",
    "lotion": "lotion",
    "foam": "foam",
    "shampoo": "shampoo",
    "eye drops": "eye drops|eye drop|ophthalmic drops|ophthalmic solution|ophthalmic suspension|ophthalmic",
    "ear drops": "ear drops|ear drop|otic drops|otic solution|otic suspension|otic",
    "inhaler": "inhaler|inhalers|hfa|mdi|dpi|diskus|respimat|ellipta|handihaler|turbuhaler|flexhaler|"
    "respiclick|aerosol",
    "nebulizer solution": "nebulizer solution|nebuliser solution|inhalation solution|nebulizer|nebuliser|neb|nebs",
    "pen": "pen|pens|flexpen|kwikpen|solostar|flextouch|prefilled pen|pen injector|autoinjector|auto-injector",
    "suppository": "rectal suppository|rectal suppositories",
    "injection": "ampule|ampoule|injectable solution",
}

RELEASES = {
    "ER": "er|xr|xl|sr|cr|la|xt|sa|mr|m/r|extended release|extended-release|sustained release|sustained-release|"
    "controlled release|controlled-release|long acting|long-acting|prolonged release|prolonged-release|"
    "modified release|modified-release|slow release|slow-release|time release|timed release|timed-release|"
    "sustained action|ext release|ext rel|ext-rel|extended rel|sust release|sust rel|sustained rel|cont release|"
    "contr release|retard|tbcr|tb12|tb24|t12a|t24a|c12a|cper|cp12|cp24|cpcr|er12h|er24h",
    "IR": "ir|immediate release|immediate-release|short acting|short-acting|instant release|fast acting|fast-acting|"
    "immed release|normal release|rapid release",
    "DR": "dr|ec|delayed release|delayed-release|enteric coated|enteric-coated|gastro-resistant|gastro resistant|"
    "tbec|cpep|cpdr",
}
"""``pr`` is not here: it may also be a route."""

SALTS = [
    "hydrochloride",
    "hcl",
    "hci",
    "sulfate",
    "sulphate",
    "sulf",
    "sul",
    "so4",
    "bitartrate",
    "bitart",
    "bit",
    "tartrate",
    "tart",
    "phosphate",
    "phos",
    "citrate",
    "sodium",
    "potassium",
    "maleate",
    "mesylate",
    "acetate",
    "besylate",
    "hydrobromide",
    "hbr",
    "succinate",
    "succ",
    "polistirex",
    "terephthalate",
    "napsylate",
    "tromethamine",
    "dipotassium",
]

MADE = (
    "sugar free|sugar-free|alcohol free|alcohol-free|preservative free|preservative-free|dye free|gluten free|"
    "lactose free|unflavored|unflavoured|sugar free solution|film coated|film-coated|coated|scored|unit dose|"
    "unit-dose|u/d|ud|unit of use|abuse deterrent|abuse-deterrent|matrix delivery|crush resistant|generic|brand|"
    "brand name|non-formulary|formulary|otc|bulk|oral use"
)
"""Words about a product that change nothing of what is taken."""

MAKERS = (
    "teva|accord|accord-uk|zentiva|mylan|viatris|actavis|boehringer|boehringer ingelheim|martindale|ethypharm|"
    "rosemont|wockhardt|qdem|janssen|janssen-cilag|grunenthal|napp|aurobindo|milpharm|ranbaxy|kyowa kirin|"
    "pfizer|sanofi|morningside|galen|consilient|lupin|mallinckrodt|rhodes|purdue|camber|amneal|kvk|kvk-tech|hikma|"
    "lannett|aurolife|apotex|pharmascience|ltd|pharmaceuticals|laboratories|uk"
)
"""Who made it, as British lists print it behind the product: nothing of what is taken."""

CONTAINERS = "bottle|bottles|btl|btls|carton|cartons|pack size|container"
