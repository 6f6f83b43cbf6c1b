"""One household through every service, clicked by the people who do it (README: the first walk)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from deploy.services import ROOT
from tests.browser.running import Running, open_until

pytestmark = pytest.mark.browser

NAME, KANA = "架空 すみれ", "かくう すみれ"


def fill(page: Page, **values: str | list[str] | bool) -> None:
    """Type into the form as people do; what there is decides how: text, list, circle or tick."""
    for name, value in values.items():
        fields = page.locator(f"main [name='{name}']")
        kind = fields.first.get_attribute("type")
        if fields.first.evaluate("e => e.tagName") == "SELECT":
            fields.first.select_option(str(value))
        elif kind in {"radio", "checkbox"}:
            for one in value if isinstance(value, list) else [str(value)]:
                page.locator(f"main [name='{name}'][value='{one}']").check()
        else:
            fields.first.fill(str(value))


def send(page: Page) -> None:
    """The form's own button. A form that waits for the line in the browser goes on by script."""
    form = page.url
    page.locator("main form[method='post' i] button[type='submit']").last.click()
    expect(page).not_to_have_url(form)
    expect(page.locator(".error-summary")).to_have_count(0)


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Page:
    return browser.new_context(locale="ja-JP").new_page()


def day(page: Page) -> str:
    """Today, as the form proposes it or the city's calendar says."""
    return str(page.evaluate("new Date().toLocaleDateString('sv-SE', {timeZone: 'Asia/Tokyo'})"))


def test_a_household_is_followed_to_the_figures(
    running: Running, desk: Page, look: Callable[[Page, str], None]
) -> None:
    before = figures(running, desk)
    case = received_and_escalated(running, desk)
    look(desk, "journey-1-escalated")
    planned(running, desk, case)
    look(desk, "journey-2-planned")
    visited(running, desk, case)
    matched(running, desk, case)
    closed_and_resumed(running, desk, case)
    look(desk, "journey-3-resumed")
    for indicator, more in (("Q-06", 1), ("Q-27", 1), ("Q-29", 1), ("Q-30", 1), ("Q-31", 1)):
        expected = before[indicator] + more
        open_until_figure(running, desk, indicator, expected)
    look(desk, "journey-4-figures")


def figures(running: Running, page: Page) -> dict[str, int]:
    """This fiscal year's figures, as the manager reads them from the JSON behind the page."""
    running.sign_in(page, "manager")
    answer = page.request.get(f"{running.address}/reporting/api/indicators")
    assert answer.ok, answer.text()
    return {one["id"]: int(one["total"]) for one in answer.json()["indicators"]}


def open_until_figure(running: Running, page: Page, indicator: str, expected: int) -> None:
    for _ in range(100):
        if figures(running, page)[indicator] == expected:
            page.goto(f"{running.address}/reporting/indicators/{indicator}")
            assert re.search(rf"\b{expected}\b", page.inner_text("main"))
            return
    pytest.fail(f"{indicator} never became {expected}: {figures(running, page)}")


def received_and_escalated(running: Running, page: Page) -> str:
    """C-01: the consultation, then on to 多機関協働 with consent. Answers the case's address."""
    running.sign_in(page, "counter")
    page.goto(f"{running.address}/intake/consultations/new")
    fill(page, received_on=day(page), channel="visit", source="family", name=NAME, kana=KANA)
    fill(page, address="あきる野市雨間1-1", household_size="3", issues=["care", "isolation"])
    fill(page, content="八十代の母の介護で、家から出られない")
    send(page)
    page.get_by_role("link", name=re.compile("多機関協働へつなぐ")).first.click()
    fill(page, reasons=["complex"], basis="consent")
    fill(page, consent_on=day(page))
    send(page)
    running.sign_in(page, "coordinator")
    open_until(page, f"{running.address}/coordination", NAME)
    page.get_by_role("link", name=NAME).first.click()
    return page.url


def planned(running: Running, page: Page, case: str) -> None:
    """C-08: accepted, applied, consented, met, planned, and both teams asked."""
    step(page, case, "acceptance", on=day(page))
    step(page, case, "application", on=day(page), filled_by="subject", name=NAME)
    step(page, case, "consent", answer="given", on=day(page), method="written")
    step(
        page,
        case,
        "meetings",
        kind="plan-meeting",
        on=day(page),
        place="市役所3階",
        members=["C-01"],
    )
    page.goto(f"{case}/plans/new")
    meeting = page.locator("main [name='meeting_id']").first
    if meeting.evaluate("e => e.tagName") == "SELECT":
        meeting.select_option(index=1)
    else:
        meeting.check()
    fill(page, on=day(page), problems="介護と孤立", goal="週に一度 外に出る", contact_desk="C-08")
    fill(page, review_on="2027-03-01", agency_1="C-01", task_1="月一回の面談")
    send(page)
    for team in ("outreach", "participation"):
        step(page, case, f"{team}-requests", on=day(page), errand="会って話を聞く", basis="consent")


def step(page: Page, case: str, action: str, **values: str | list[str] | bool) -> None:
    page.goto(f"{case}/{action}/new")
    fill(page, **values)
    send(page)


TOLD = {"passed": "名前", "basis": "consent", "reference": "同意を得た"}


def visited(running: Running, page: Page, case: str) -> None:
    """The nurse: started, visited, linked, concluded."""
    request = waiting_request(running, page, "outreach", case)
    page.goto(f"{request}/start")
    send(page)
    for action, values in (
        ("visits/new", {"on": day(page), "method": "home-visit", "met": "yes"}),
        ("links/new", {"on": day(page), "agency": "C-07", **TOLD}),
        ("conclusion", {"on": day(page), "outcome": "linked"}),
    ):
        page.goto(f"{request}/{action}")
        fill(page, **values)
        send(page)


def matched(running: Running, page: Page, case: str) -> None:
    """The nurse: planned, matched with a place, followed up, concluded."""
    request = waiting_request(running, page, "participation", case)
    page.goto(f"{request}/start")
    send(page)
    page.goto(f"{request}/plan")
    fill(page, on=day(page), menu="place-to-be", wishes="話したい", goal="月に二回 通う")
    send(page)
    page.goto(f"{request}/matches/new")
    place = page.locator("main [name='resource_id']").first
    if place.evaluate("e => e.tagName") == "SELECT":
        place.select_option(index=1)
    else:
        place.check()
    fill(page, on=day(page))
    send(page)
    page.goto(f"{request}/followups/new")
    fill(page, on=day(page), method="visit", relation="stable")
    send(page)
    page.goto(f"{request}/conclusion")
    fill(
        page, on=day(page), outcome="stable", judgement="続けて通えている", contact_every="monthly"
    )
    send(page)


def waiting_request(running: Running, page: Page, team: str, case: str) -> str:
    """The request of this case, once the fact has arrived; opened by the nurse."""
    running.sign_in(page, "nurse")
    case_id = case.rsplit("/", 1)[1]
    for _ in range(200):
        answer = page.request.get(f"{running.address}/{team}/api/requests")
        assert answer.ok, answer.text()
        for one in answer.json()["items"] if isinstance(answer.json(), dict) else answer.json():
            if one["case_id"] == case_id:
                return f"{running.address}/{team}/requests/{one.get('request_id', one.get('id'))}"
    pytest.fail(f"{team} never heard of the request")


def closed_and_resumed(running: Running, page: Page, case: str) -> None:
    """T-08 with a 主担当 that then sees it, and T-09."""
    running.sign_in(page, "coordinator")
    step(
        page,
        case,
        "closure",
        on=day(page),
        lead_agency="C-01",
        reason="roles-agreed",
        resume_when="家から出なくなったとき",
        basis="consent",
    )
    running.sign_in(page, "counter")
    open_until(page, f"{running.address}/intake/led", NAME)
    running.sign_in(page, "coordinator")
    step(page, case, "resumption", on=day(page), reason="changed")
    page.goto(case)


def test_every_figure_agrees_with_the_events(running: Running) -> None:
    """After the demonstration and the journey, counted anew while everything runs."""
    command = [sys.executable, "-P", "-m", "deploy.cli", "verify", "--data", str(running.data)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert "everything agrees" in said.stdout
