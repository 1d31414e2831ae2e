"""Works and places that the scales and their cut-offs cite, each under one name."""

from __future__ import annotations

from medsteward.bibliography import OURS as OURS
from medsteward.bibliography import cite
from medsteward.bibliography import recalled as recalled

COWS = cite("WESSON-2003", "items and bands")
SOWS = cite("HANDELSMAN-1987", "items")
PEG = cite("KREBS-2009", "mean of three items")
PEG_CHANGE = cite("REED-2023", "minimal important difference")
CDC_2022_PEG = cite("CDC-2022", "p. 20: 30 %")
ORT = cite("WEBSTER-2005", "points and bands")
ORT_OUD = cite("CHEATLE-2019", "items, one point each")
STOP_BANG = cite("CHUNG-STOP-BANG", "total and bands")
BFI = cite("ARGOFF-2015", "Bowel Function Index above 28.8 is constipation")
OSTELO = cite("OSTELO-2008", "10 points or 30 %")
YOUNG = cite("YOUNG-2009", "change 7.5, measurement error 10.2; the authors advise 10")
CLELAND = cite("CLELAND-2008", "19 percentage points")
WALK_CHANGE = cite("KING-2022", "74.3 m, 12 months after knee replacement")
SEVERE_OSTEOARTHRITIS = cite("BMC-MSK-2014-235", "MDC95 in severe osteoarthritis")
TUG_ERROR = cite("BMC-MSK-2015-637", "MDC 1.10 s within raters, knee osteoarthritis grade 1-3")
TUG_HIP = cite("TUG-HIP", "0.8 to 1.4 s")
