"""What people come to the page for: each task begins on the first screen and ends with an answer that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from attrs import define
from playwright.sync_api import Locator, Page, expect

NODE = Path(__file__).parents[1] / "node" / "node_modules"
PATIENCE = 60_000
"""Milliseconds to wait for an answer: Python in the browser starts in some seconds, in more where much else runs."""


@define
class Visitor:
    """Somebody at the page, with a keyboard alone or with a pointer."""

    page: Page
    keyboard: bool = False

    def press(self, button: Locator) -> None:
        if self.keyboard:
            button.focus()
            button.press("Enter")
        else:
            button.click()

    def button(self, name: str, *, exact: bool = True) -> Locator:
        return self.page.locator("main").get_by_role("button", name=name, exact=exact)

    def go(self, screen: str) -> None:
        """To a screen by the list of screens."""
        here = self.page.get_by_role("navigation").get_by_role("button", name=screen, exact=True)
        self.press(here)
        expect(here).to_have_attribute("aria-current", "page", timeout=PATIENCE)

    def type(self, field: str, text: str) -> None:
        box = self.page.locator(f"#{field}")
        if self.keyboard:
            box.focus()
            box.press("Control+a")
        box.fill(text)

    def choose(self, field: str, value: str) -> None:
        self.page.locator(f"#{field}").select_option(value)

    def sees(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text, timeout=PATIENCE)


def mme_with_a_slip(visitor: Visitor) -> None:
    """Three lines, of which one lacks a unit: what it could be is offered, and counted once it is chosen."""
    visitor.type(
        "medicines", "morphine ER 30 mg tablet, 1 tablet every 12 hours\noxycontin 20 bid\ngabapentin 300 mg tid"
    )
    visitor.press(visitor.button("Read the list"))
    visitor.sees("oxycontin 20 mg bid")
    visitor.press(visitor.button("oxycontin 20 mg bid", exact=False))
    visitor.sees("40 mg/d")
    visitor.go("MME")
    expect(visitor.page.locator(".total")).to_have_text("120", timeout=PATIENCE)


def is_this_list_safe(visitor: Visitor) -> None:
    """What comes first, and which fact is missing."""
    visitor.type("medicines", "oxycodone 10 mg every 6 hours\nlorazepam 1 mg twice daily\nsertraline 50 mg daily")
    visitor.press(visitor.button("Check a list", exact=False))
    expect(visitor.page.locator(".finding").first).to_contain_text("lorazepam", timeout=PATIENCE)
    visitor.sees("Naloxone")
    visitor.sees("Missing")


def taper_to_choice(visitor: Visitor) -> None:
    """A taper of ER and IR together, as far as it goes without a choice."""
    visitor.type(
        "medicines",
        "morphine ER 30 mg tablet, 1 tablet every 12 hours\nmorphine IR 15 mg tablet, 1 tablet twice daily",
    )
    visitor.press(visitor.button("Plan a taper", exact=False))
    asked_for_a_taper(visitor)


def taper_to_papers(visitor: Visitor) -> None:
    """ER and IR together, an alternative picked, the card and the pharmacy page printed."""
    taper_to_choice(visitor)
    if visitor.button("Take this").count():
        visitor.press(visitor.button("Take this").first)
        visitor.sees("Print and send")
    visitor.press(visitor.button("Print and send"))
    for name in ("Patient card", "Pharmacy page"):
        with visitor.page.context.expect_page() as opened:
            visitor.press(visitor.button(name, exact=False))
        paper = opened.value
        expect(paper.locator("body")).to_contain_text("morphine", timeout=PATIENCE)
        paper.close()


def asked_for_a_taper(visitor: Visitor) -> None:
    expect(visitor.page.locator("#start")).to_be_visible(timeout=PATIENCE)
    visitor.type("start", "2027-01-04")
    visitor.choose("requested_by", "patient")
    visitor.choose("indication", "chronic pain")
    visitor.type("age", "58")
    visitor.press(visitor.page.locator("main button.main", has_text="Plan").first)
    expect(visitor.page.locator(".summary")).to_be_visible(timeout=PATIENCE)


def a_plan(visitor: Visitor) -> None:
    visitor.type("medicines", "oxycodone IR 10 mg tablet, 1 tablet 4 times daily")
    visitor.press(visitor.button("Plan a taper", exact=False))
    expect(visitor.page.locator("#when_stuck")).to_be_visible(timeout=PATIENCE)
    visitor.choose("when_stuck", "smallest-step")
    asked_for_a_taper(visitor)
    visitor.press(visitor.button("Open as a plan"))
    expect(visitor.page.locator("#on")).to_be_visible(timeout=PATIENCE)
    visitor.type("on", "2027-01-05")


def pause_for_three_weeks(visitor: Visitor) -> None:
    """What moves is shown before, the change is made once, and the calendar goes out again."""
    a_plan(visitor)
    visitor.type("pause_from", "2027-02-01")
    visitor.type("pause_to", "2027-02-21")
    visitor.type("why", "travel")
    visitor.press(visitor.page.locator("button[name=change][value=pause]"))
    visitor.sees("This would move")
    visitor.press(visitor.button("Change the plan"))
    visitor.sees("What happened")
    visitor.press(visitor.button("Print and send").first)
    calendar = visitor.button("Calendar file", exact=False)
    expect(calendar).to_be_visible(timeout=PATIENCE)
    with visitor.page.expect_download() as kept:
        visitor.press(calendar)
    assert kept.value.suggested_filename == "plan.ics"
    assert "SEQUENCE:1" in kept.value.path().read_text(encoding="utf-8")


def one_step_by_hand(visitor: Visitor) -> None:
    """A later step is set by hand; one above the dose before it is refused with the reason."""
    a_plan(visitor)
    later = visitor.page.locator("table.steps tbody tr").nth(3).locator("td").nth(3)
    visitor.type("set_step", "3")
    visitor.type("set_dose", f"oxycodone={later.inner_text().partition(' (')[0]}")
    visitor.type("why", "a gentler step")
    visitor.press(visitor.page.locator("button[name=change][value=set]"))
    visitor.sees("This would move")
    visitor.press(visitor.button("Change the plan"))
    visitor.sees("What happened")
    visitor.type("set_step", "4")
    visitor.type("set_dose", "oxycodone=60 mg/d")
    visitor.press(visitor.page.locator("button[name=change][value=set]"))
    expect(visitor.page.locator(".error")).to_be_visible(timeout=PATIENCE)


def trial_and_decision(visitor: Visitor) -> None:
    """A goal, a baseline, and the decision by what was measured."""
    visitor.go("Trial")
    visitor.type("drug", "duloxetine")
    visitor.type("trial_start", "2027-01-04")
    visitor.choose("pain", "neuropathic")
    visitor.type("goal", "walk 20 minutes")
    visitor.type("baseline", "PEG=7")
    visitor.type("age", "58")
    visitor.press(visitor.button("Plan the trial"))
    visitor.sees("Decide by what was measured")
    visitor.type("on", "2027-03-08")
    visitor.type("measure", "PEG=3")
    visitor.press(visitor.button("Decide by what was measured"))
    visitor.sees("Decision")


def pharmacist_checks(visitor: Visitor) -> None:
    """120 tablets for 30 days, then an export of one patient."""
    visitor.go("Pharmacist")
    visitor.type("product", "oxycodone 5 mg tablet, 1 to 2 every 6 hours as needed")
    visitor.type("quantity", "120")
    visitor.type("days_supply", "30")
    visitor.press(visitor.button("Count"))
    visitor.sees("30 MME/d")
    rows = "patient_key,drug_name,quantity,days_supply,filled_date\nA,oxycodone 5 mg tablet,120,30,2026-12-01\n"
    visitor.page.locator("#fills").set_input_files(
        {"name": "fills.csv", "mimeType": "text/csv", "buffer": rows.encode()}
    )
    visitor.press(visitor.page.locator("aside").get_by_role("button", name="Open", exact=True))
    visitor.sees("total days' supply")


def why_this_factor(visitor: Visitor) -> None:
    """Methadone's factor of 4.7, and what older tables say."""
    visitor.go("Look up")
    visitor.type("q", "methadone")
    visitor.press(visitor.button("Find"))
    visitor.sees("4.7")
    visitor.sees("cdc_2016_clinical")


TASKS: Mapping[str, Callable[[Visitor], None]] = MappingProxyType(
    {
        each.__name__: each
        for each in (
            mme_with_a_slip,
            is_this_list_safe,
            taper_to_papers,
            pause_for_three_weeks,
            one_step_by_hand,
            trial_and_decision,
            pharmacist_checks,
            why_this_factor,
        )
    }
)
