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


def planned_visit(running: Running, page: Page) -> tuple[str, str]:
    """A visit that is planned for somebody in care: the request, and the form that records it."""
    found = []
    for status in ("running", "waiting"):
        answer = page.request.get(f"{running.address}/outreach/api/requests?status={status}")
        found += answer.json()
    assert found, "the demonstration asks outreach for nobody"
    request = f"{running.address}/outreach/requests/{found[0]['request_id']}"
    if found[0]["status"] == "waiting":
        page.goto(f"{request}/start")
        page.locator("main form button[type='submit']").click()
        expect(page).to_have_url(request)
    day = page.evaluate(
        "new Date().toLocaleDateString('sv-SE', {timeZone: 'Asia/Tokyo'})",
    )
    page.goto(f"{request}/plans/new")
    page.locator("main [name='on']").fill(day)
    page.locator("main form[data-outbox] button[type='submit']").click()
    expect(page).to_have_url(request)
    form = page.get_by_role("link", name="行ってきた").last.get_attribute("href")
    return request, f"{running.address}{form}"


def write_visit(page: Page, form: str, said: str) -> None:
    page.goto(form)
    page.locator("main [name='met'][value='yes']").check()
    page.locator("main [name='reaction']").fill(said)


def test_a_visit_waits_and_meets_what_another_wrote(running: Running, browser: Browser) -> None:
    """Both went there; the one without a line sees the other's words beside each field (F-21)."""
    phone, office = (
        browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", viewport=PHONE).new_page()
        for _ in range(2)
    )
    running.sign_in(phone, "nurse")
    request, form = planned_visit(running, phone)
    write_visit(phone, form, "窓から手を振られた")
    without_line(phone.context, phone)
    running.sign_in(office, "coordinator")
    write_visit(office, form, "玄関先で話せた")
    office.locator("main form[data-outbox] button[type='submit']").click()
    expect(office).to_have_url(request)
    phone.context.set_offline(False)
    expect(phone.locator("main")).to_contain_text("ほかの職員が書いたこと: 玄関先で話せた")
    expect(phone.locator("main [name='reaction']")).to_have_value("窓から手を振られた")
    assert phone.evaluate(WAITING) == 1, "until it is sent, it stays here"
    phone.close()
    again = phone.context.new_page()
    again.goto(form)
    expect(again.locator("main [name='reaction']")).to_have_value("窓から手を振られた")
    assert again.evaluate(WAITING) == 1
    send = again.locator("main form[data-outbox] button[type='submit']")
    send.click()
    expect(again.locator("main")).to_contain_text("ほかの職員が書いたこと: 玄関先で話せた")
    again.locator("main [name='reaction']").fill("玄関先で話し、窓から手を振られた")
    send.click()
    expect(again).to_have_url(request)
    expect(again.get_by_text("玄関先で話し、窓から手を振られた")).to_have_count(1)
    assert again.evaluate(WAITING) == 0


def test_a_visit_is_sent_when_the_line_is_back(running: Running, phone: Page) -> None:
    running.sign_in(phone, "nurse")
    request, form = planned_visit(running, phone)
    write_visit(phone, form, "庭で会えた")
    without_line(phone.context, phone)
    phone.context.set_offline(False)
    expect(phone).to_have_url(request)
    expect(phone.get_by_text("庭で会えた")).to_have_count(1)
    assert phone.evaluate(WAITING) == 0
