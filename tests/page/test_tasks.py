"""Eight tasks in a real browser: served with script and without, and as static files; keyboard and pointer; widths."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.counts import PROFILE
from tests.page.tasks import NODE, PATIENCE, TASKS, Visitor, a_plan, why_this_factor

WIDTHS = (390, 768, 1280)
WAYS = ("served", "without script", "static")
_NAMES = tuple(TASKS)
SOME = [
    (name, WAYS[(number + turn) % 3], WIDTHS[(number + 2 * turn) % 3], bool((number + turn) % 2))
    for number, name in enumerate(_NAMES)
    for turn in range(2)
]
"""Each task twice, so that every two of way, width and keyboard meet."""
EVERY = [(name, way, width, keys) for name in _NAMES for way in WAYS for width in WIDTHS for keys in (False, True)]


def opened(browser, address, width, *, script=True):
    """A page of its own, and what went wrong or left the origin on it."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    faults, own = [], (address, "blob:", "data:")
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    context.on("request", lambda asked: faults.append(asked.url) if not asked.url.startswith(own) else None)
    return page, faults


def look_ready(page, *, static):
    if static:
        expect(page.locator("body")).to_have_attribute("data-ready", "yes", timeout=PATIENCE)


@pytest.mark.parametrize(("task", "way", "width", "keyboard"), EVERY if PROFILE == "slow" else SOME)
def test_a_task_is_done(task, way, width, keyboard, browser, request):
    address = request.getfixturevalue("static")[0] if way == "static" else request.getfixturevalue("served")
    page, faults = opened(browser, address, width, script=way != "without script")
    page.goto(address)
    look_ready(page, static=way == "static")
    TASKS[task](Visitor(page, keyboard))
    wide = page.evaluate("document.documentElement.scrollWidth") if way != "without script" else 0
    page.context.close()
    assert not faults
    assert wide <= width + 1


def test_at_twice_the_size_everything_still_fits_the_width(browser, served):
    context = browser.new_context(viewport={"width": 640, "height": 450}, device_scale_factor=2, forced_colors="active")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(served)
    page.get_by_role("button", name="Try an example").click()
    for screen in ("Medicines", "MME", "Safety", "Taper", "Trial", "Plan", "Print", "Pharmacist", "Look up"):
        Visitor(page).go(screen)
        assert page.evaluate("document.documentElement.scrollWidth") <= 641, screen
    context.close()


def test_a_line_is_read_while_it_is_typed(browser, served):
    page, faults = opened(browser, served, 1280)
    page.goto(f"{served}medicines")
    page.locator("#medicines").press_sequentially("oxycodone 10 mg every 6 hours")
    expect(page.locator("#read")).to_contain_text("60 MME/d")
    assert not faults
    page.context.close()


def test_back_reload_and_two_tabs_keep_their_own(browser, served):
    page, faults = opened(browser, served, 1280)
    page.goto(served)
    page.fill("#medicines", "oxycodone 10 mg every 6 hours")
    page.get_by_role("button", name="Count MME").click()
    expect(page.locator(".total")).to_have_text("60")
    other = page.context.new_page()
    other.goto(served)
    other.fill("#medicines", "oxycodone 20 mg every 6 hours")
    other.get_by_role("button", name="Count MME").click()
    expect(other.locator(".total")).to_have_text("120")
    page.reload()
    expect(page.locator(".total")).to_have_text("60")
    page.go_back()
    expect(page.get_by_role("button", name="Count MME")).to_be_visible()
    assert not faults
    page.context.close()


def test_a_double_click_is_one_change(browser, served):
    page, _ = opened(browser, served, 1280)
    page.goto(served)
    visitor = Visitor(page)
    a_plan(visitor)
    visitor.type("pause_from", "2027-02-01")
    visitor.type("pause_to", "2027-02-21")
    page.locator("button[name=change][value=pause]").dblclick()
    visitor.sees("This would move")
    visitor.button("Change the plan").dblclick()
    visitor.sees("What happened")
    assert page.get_by_text("2027-02-01", exact=False).count() >= 1
    assert page.locator("section", has_text="What happened").last.locator("li").count() == 1
    page.context.close()


def test_the_static_page_works_without_a_network_the_second_time(browser, static):
    address, server = static
    page, _ = opened(browser, address, 1280)
    page.goto(address)
    look_ready(page, static=True)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    server.shutdown()
    server.server_close()
    page.goto(address)
    look_ready(page, static=True)
    page.fill("#medicines", "oxycodone 10 mg every 6 hours")
    page.get_by_role("button", name="Count MME").click()
    expect(page.locator(".total")).to_have_text("60", timeout=PATIENCE)
    page.context.close()


def test_axe_finds_nothing_on_any_screen(browser, served):
    source = (NODE / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    for scheme in ("light", "dark"):
        for width in (390, 1280):
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
            )
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(served)
            found = _axe(page, source, "start")
            page.get_by_role("button", name="Try an example").click()
            for screen in ("Medicines", "MME", "Safety", "Taper", "Trial", "Plan", "Print", "Pharmacist", "Look up"):
                Visitor(page).go(screen)
                found += _axe(page, source, screen)
            page.goto(served)
            a_plan(Visitor(page))
            found += _axe(page, source, "a plan")
            why_this_factor(Visitor(page))
            found += _axe(page, source, "a drug")
            context.close()
            assert not found, "\n".join(found)


def _axe(page, source, where):
    page.evaluate(source)
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [f"{where}: {each['id']}: {each['nodes'][0]['html'][:150]}" for each in found["violations"]]
