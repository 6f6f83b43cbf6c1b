"""Without a script on a phone, and by the keyboard alone: the same work gets done."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.running import Running
from tests.browser.test_journey import day

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
MOST_STEPS = 150
"""Tab stops that somebody would still put up with on a long sheet."""


def test_a_meeting_without_any_script(running: Running, browser: Browser) -> None:
    """Called, member confirmed, minutes written, task done: forms and links only."""
    context = browser.new_context(locale="ja-JP", java_script_enabled=False, viewport=PHONE)  # type: ignore[arg-type]  # a plain dict is taken
    page = context.new_page()
    running.sign_in(page, "coordinator")
    page.goto(f"{running.address}/coordination")
    page.get_by_role("link", name="会議").first.click()
    page.get_by_role("link", name="会議を招集する").click()
    main = page.locator("main")
    main.locator("[name='kind'][value='support-meeting']").check()
    main.locator("[name='planned_on']").fill((date.today() + timedelta(days=2)).isoformat())
    main.locator("[name='cases']").first.check()
    send(page)
    expect(page.locator(".error-summary")).to_contain_text("場所・方法")
    expect(main.locator("[name='cases']").first).to_be_checked()
    main.locator("[name='place']").fill("市役所3階")
    send(page)
    expect(main).to_contain_text("議題 1件")
    page.get_by_role("link", name="会議録を書く").click()
    main.locator("[name='secrecy']").check()
    main.locator("[name='report_1']").fill("週に一度は話せている")
    main.locator("[name='task_what_1']").fill("電話で様子を聞く")
    send(page)
    expect(page.locator(".error-summary")).to_contain_text("1行目の担当を入れてください")
    expect(main.locator("[name='report_1']")).to_have_value("週に一度は話せている")
    main.locator("[name='task_case_1']").select_option(index=1)
    main.locator("[name='task_agency_1']").select_option(index=1)
    main.locator("[name='task_due_1']").fill("令和20年1月10日")
    send(page)
    expect(main).to_contain_text("電話で様子を聞く")
    main.get_by_text("済みにする：").click()
    main.get_by_label("結果").fill("電話で話せた")
    main.get_by_role("button", name="済みにする").click()
    expect(main).to_contain_text("電話で話せた")
    context.close()


def send(page: Page) -> None:
    page.locator("main form.form button[type='submit'].button-primary").last.click()


def test_a_consultation_by_the_keyboard_alone(running: Running, page: Page) -> None:
    """No click: sign in, go to the sheet, fill it in, send it, read what came of it."""
    page.context.clear_cookies()
    page.goto(f"{running.address}/portal/sign-in")
    reach(page, page.get_by_label("ログイン名"))
    page.keyboard.type("counter")
    reach(page, page.get_by_label("パスワード"))
    page.keyboard.type(running.passwords["counter"])
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("sign-in"))
    page.goto(f"{running.address}/intake/consultations/new")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#main")
    page.keyboard.press("Enter")
    main = page.locator("main")
    for name, typed in (("received_on", day(page)), ("name", "架空 鍵子")):
        reach(page, main.locator(f"[name='{name}']"))
        page.keyboard.press("Control+A")
        page.keyboard.type(typed)
    content = main.locator("[name='content']")
    reach(page, content)
    page.keyboard.type("家賃のことで相談したい")
    reach(page, main.locator("form.form button[type='submit'].button-primary").last)
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(content).to_have_value("家賃のことで相談したい")
    for group in ("channel", "source"):
        first = main.locator(f"[name='{group}']").first
        reach(page, first)
        page.keyboard.press(
            "ArrowDown" if first.evaluate("e => e.tagName") == "SELECT" else "Space"
        )
    reach(page, main.locator("form.form button[type='submit'].button-primary").last)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("架空 鍵子")
    expect(page).not_to_have_url(re.compile("/new"))


def reach(page: Page, goal: Locator) -> None:
    """Tab on until it has the focus, and see that one can see it."""
    for _ in range(MOST_STEPS):
        if goal.evaluate("e => e === document.activeElement"):
            assert goal.evaluate("e => e.matches(':focus-visible')"), "the focus is not to be seen"
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{goal} is not reached by the keyboard")
