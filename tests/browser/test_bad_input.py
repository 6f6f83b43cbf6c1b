"""At a counter: a form half filled, a date that is none, an impatient finger, no scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.running import Running
from tests.browser.test_journey import day, fill

pytestmark = pytest.mark.browser

NEW = "/intake/consultations/new"
STORY = "夜眠れないと話された。書きかけの長い話。"


def submit(page: Page) -> None:
    page.locator("main form[method='post' i] button[type='submit']").last.click()


def test_what_is_missing_is_said_and_what_was_typed_is_kept(running: Running, page: Page) -> None:
    running.sign_in(page, "counter")
    running.visit(page, NEW)
    fill(page, received_on="令和8年13月45日", name="架空 もみじ", content=STORY)
    submit(page)
    expect(page.locator(".error-summary")).to_contain_text("受付日")
    expect(page.locator("[name='content']")).to_have_value(STORY)
    expect(page.locator("[name='name']")).to_have_value("架空 もみじ")
    expect(page.locator("[name='received_on']")).to_have_value("令和8年13月45日")


def test_an_impatient_finger_makes_one_consultation(running: Running, page: Page) -> None:
    running.sign_in(page, "counter")
    running.visit(page, NEW)
    fill(page, received_on=day(page), channel="phone", source="self", name="架空 いそぎ")
    fill(page, content=STORY)
    page.evaluate(
        """async () => {
          const form = [...document.querySelectorAll("main form")].pop();
          const send = () => fetch(form.action, {method: "POST", body: new FormData(form)});
          await Promise.all(Array.from({length: 10}, send));
        }"""
    )
    running.visit(page, "/intake?q=" + "架空 いそぎ")
    expect(page.get_by_role("link", name="架空 いそぎ")).to_have_count(1)


def test_it_works_without_javascript(running: Running, browser: Browser) -> None:
    context = browser.new_context(locale="ja-JP", java_script_enabled=False)
    page = context.new_page()
    running.sign_in(page, "counter")
    running.visit(page, NEW)
    fill(page, received_on="令和8年11月20日", channel="visit", source="self")
    fill(page, name="架空 しずか", content=STORY)
    submit(page)
    expect(page.locator("main")).to_contain_text("架空 しずか")
    context.close()
