"""A visit written where there is no line waits in the browser, and is recorded once (F-21)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from tests.browser.running import Running

pytestmark = pytest.mark.browser
PHONE: ViewportSize = {"width": 390, "height": 844}
WAITING = "Object.keys(localStorage).filter((key) => key.startsWith('tsunagu-outbox:')).length"


@pytest.fixture
def phone(browser: Browser) -> Page:
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", viewport=PHONE)
    return context.new_page()


def lead(running: Running, page: Page, place: str) -> str:
    """Somebody who was noticed; answers the address."""
    running.visit(page, "/outreach/leads/new")
    page.locator("main [name='source']").select_option(index=1)
    page.locator("main [name='story']").fill("ひと月ほど姿が見えない")
    page.locator("main [name='place']").fill(place)
    page.locator("main button[type='submit']").click()
    expect(page).to_have_url(re.compile("/outreach/leads/[0-9a-f-]{36}$"))
    return page.url


def write_contact(page: Page, here: str, said: str) -> None:
    page.goto(f"{here}/contacts/new")
    page.locator("main [name='method']").select_option("home-visit")
    page.locator("main [name='met'][value='no']").check()
    page.locator("main [name='reaction']").fill(said)


def without_line(context: BrowserContext, page: Page) -> None:
    context.set_offline(True)
    page.locator("main button[type='submit']").click()
    expect(page.locator("main [role='status']")).to_contain_text("この端末に控えました")
    assert page.evaluate(WAITING) == 1


def test_what_waits_is_sent_once_when_the_line_is_back(running: Running, phone: Page) -> None:
    running.sign_in(phone, "nurse")
    here = lead(running, phone, "青い屋根の家")
    write_contact(phone, here, "応答なし、電気はついていた")
    without_line(phone.context, phone)
    phone.context.set_offline(False)
    expect(phone).to_have_url(here)
    expect(phone.get_by_text("応答なし、電気はついていた")).to_have_count(1)
    assert phone.evaluate(WAITING) == 0
    phone.reload()
    expect(phone.get_by_text("応答なし、電気はついていた")).to_have_count(1)


def test_an_answer_that_got_lost_is_no_second_record(running: Running, phone: Page) -> None:
    """The record arrives, its answer does not: the next attempt carries the same key."""
    running.sign_in(phone, "nurse")
    here = lead(running, phone, "橋のそば")
    write_contact(phone, here, "戸を少し開けてくれた")
    lost = {"left": 1}

    def lose(route: Route) -> None:
        if lost["left"]:
            lost["left"] -= 1
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    phone.route("**/contacts", lose)
    phone.locator("main button[type='submit']").click()
    expect(phone.locator("main [role='status']")).to_contain_text("この端末に控えました")
    phone.get_by_role("button", name="今すぐ送る").click()
    expect(phone).to_have_url(here)
    expect(phone.get_by_text("戸を少し開けてくれた")).to_have_count(1)


def test_what_the_server_refuses_is_said_and_kept(running: Running, phone: Page) -> None:
    running.sign_in(phone, "nurse")
    here = lead(running, phone, "坂の上")
    write_contact(phone, here, "会えた気がする")
    phone.locator("main [name='on']").fill("2020-01-01")
    phone.locator("main button[type='submit']").click()
    expect(phone.locator(".error-summary")).to_contain_text("最初に気づいた日より前")
    expect(phone.locator("main [name='reaction']")).to_have_value("会えた気がする")
    assert phone.evaluate(WAITING) == 0


def test_signing_out_deletes_what_waits(running: Running, phone: Page) -> None:
    running.sign_in(phone, "nurse")
    here = lead(running, phone, "川べり")
    write_contact(phone, here, "送らないままの記録")
    without_line(phone.context, phone)
    phone.route("**/contacts", lambda route: route.abort())
    phone.context.set_offline(False)
    phone.on("dialog", lambda dialog: dialog.accept())
    phone.get_by_role("button", name="サインアウト").click()
    expect(phone).to_have_url(re.compile("sign-in"))
    assert phone.evaluate(WAITING) == 0
    assert "送らないままの記録" not in phone.evaluate("JSON.stringify(localStorage)")


def test_without_the_script_it_is_an_ordinary_form(running: Running, browser: Browser) -> None:
    context = browser.new_context(locale="ja-JP", java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    running.sign_in(page, "nurse")
    here = lead(running, page, "白い塀の家")
    write_contact(page, here, "手紙を置いた")
    page.locator("main button[type='submit']").click()
    expect(page).to_have_url(here)
    expect(page.get_by_text("手紙を置いた")).to_have_count(1)
    context.close()
