"""Where the scales and their cut-offs come from."""

from __future__ import annotations

from attrs import evolve

from medsteward.model.source import Source, Standing


def recalled(source: Source, where: str) -> Source:
    """The same source for a figure that still needs to be looked up in it."""
    return evolve(source, where=where, standing=Standing.RECALLED)


def _source(citation: str, where: str, year: int | None, url: str | None = None) -> Source:
    return Source(citation, where, year, url, Standing.VERIFIED)


COWS = _source(
    "Wesson DR, Ling W. The Clinical Opiate Withdrawal Scale. J Psychoactive Drugs 2003;35:253",
    "items and bands",
    2003,
    "https://doi.org/10.1080/02791072.2003.10400007",
)
SOWS = _source(
    "Handelsman L et al. Two new rating scales for opiate withdrawal. Am J Drug Alcohol Abuse 1987;13:293",
    "items",
    1987,
)
PEG = _source(
    "Krebs EE et al. PEG. J Gen Intern Med 2009",
    "mean of three items",
    2009,
    "https://doi.org/10.1007/s11606-009-0981-1",
)
PEG_CHANGE = _source(
    "Reed 2023, PMC10859144", "minimal important difference", 2023, "https://doi.org/10.1016/j.jpain.2023.07.028"
)
CDC_2022 = _source(
    "CDC Clinical Practice Guideline for Prescribing Opioids for Pain, MMWR Recomm Rep 2022;71(RR-3)",
    "p. 20",
    2022,
    "https://doi.org/10.15585/mmwr.rr7103a1",
)
ORT = _source("Webster LR, Webster RM. Opioid Risk Tool. Pain Med 2005;6:432", "points and bands", 2005)
ORT_OUD = _source("Cheatle MD et al. ORT-OUD. J Pain 2019;20:842 (PMC6768552)", "items, one point each", 2019)
STOP_BANG = _source("Chung F et al. STOP-BANG, 2008, 2012, 2014", "total and bands", None)
BFI = _source(
    "Argoff CE et al. Consensus on opioid-induced constipation. Pain Med 2015;16:2324 (PMC4738423)",
    "Bowel Function Index above 28.8 is constipation",
    2015,
    "https://doi.org/10.1111/pme.12937",
)
OSTELO = _source("Ostelo RW et al. Spine 2008;33:90", "10 points or 30 %", 2008)
YOUNG = _source(
    "Young BA et al. Spine J 2009;9:802",
    "change 7.5, measurement error 10.2; the authors advise 10",
    2009,
    "https://doi.org/10.1016/j.spinee.2009.06.002",
)
CLELAND = _source("Cleland JA et al. Arch Phys Med Rehabil 2008;89:69", "19 percentage points", 2008)
WALK_CHANGE = _source(
    "King 2022, BMC Musculoskelet Disord (s12891-022-05262-4)", "74.3 m, 12 months after knee replacement", 2022
)
SEVERE_OSTEOARTHRITIS = _source("BMC Musculoskelet Disord 2014;15:235", "MDC95 in severe osteoarthritis", 2014)
TUG_ERROR = _source(
    "BMC Musculoskelet Disord 2015 (s12891-015-0637-8)", "MDC 1.10 s within raters, knee osteoarthritis grade 1-3", 2015
)
TUG_HIP = Source(
    "Minimal clinically important improvement of the timed up-and-go in hip osteoarthritis",
    "0.8 to 1.4 s",
    None,
    None,
    Standing.RECALLED,
)
OURS = Source("medsteward", "a choice of this project", None, None, Standing.OURS)
