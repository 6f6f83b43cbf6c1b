"""やること: every rule, and the page that collects what they find (F-11, N-04, N-08)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from deploy.embedded import Servers
from services.outreach import due
from services.outreach.app import outreach
from services.outreach.domain.lead import Tip, notice
from services.outreach.due import Due
from services.outreach.reactions import take_request
from services.outreach.read.leads import LeadRow
from services.outreach.read.planned import PlannedVisit
from services.outreach.read.requests import RequestRow
from services.outreach.read.rounds import RoundRow
from shared.casefile.hearing import accept
from shared.runtime.settings import Settings
from shared.vocabulary.entries import Deadlines
from tests.casefile.running import CLERK, NURSE, Client, Running, page, running, send
from tests.outreach.examples import CASE, PLANNED, REQUEST, TODAY, TOMORROW, YESTERDAY
from tests.outreach.lead_examples import LEAD, ROUND
from tests.outreach.test_pages import ASKED, HANDED, HERE, JSON, VISIT

LIMITS = Deadlines()
NOTHING: dict[str, Any] = dict.fromkeys(RequestRow.__dataclass_fields__)
KNOWN: dict[str, Any] = {
    "request_id": REQUEST,
    "case_id": CASE,
    "requested_on": YESTERDAY,
    "status": "running",
    "started_on": YESTERDAY,
}
ROW = RequestRow(**NOTHING | KNOWN)
PLAN = PlannedVisit(PLANNED, REQUEST, TODAY, "home-visit", 2)


def row(**changed: Any) -> RequestRow:
    return RequestRow(**vars(ROW) | changed)


def lead(**changed: Any) -> LeadRow:
    known: dict[str, Any] = {
        "lead_id": LEAD,
        "standing": "open",
        "noticed_on": YESTERDAY,
        "keep_until": TODAY + timedelta(days=14),
    }
    nothing: dict[str, Any] = dict.fromkeys(LeadRow.__dataclass_fields__)
    return LeadRow(**nothing | known | changed)


@pytest.mark.parametrize(
    ("changed", "kind", "on"),
    [
        ({"status": "waiting"}, "start", YESTERDAY + timedelta(days=LIMITS.next_step)),
        ({"next_on": TODAY}, "next", TODAY),
        ({}, "silent", YESTERDAY + timedelta(days=LIMITS.silence)),
        ({"last_visit_on": TODAY}, "silent", TODAY + timedelta(days=LIMITS.silence)),
    ],
)
def test_a_request_is_due(changed: dict[str, Any], kind: str, on: date) -> None:
    [found] = due.of_requests([row(**changed)], [], LIMITS)
    assert (found.kind, found.on, found.subject) == (kind, on, CASE)


def test_a_planned_visit_speaks_for_its_request() -> None:
    assert list(due.of_requests([row(next_on=TODAY)], [PLAN], LIMITS)) == []
    [found] = due.of_visits([PLAN], [row()])
    assert (found.kind, found.on, found.request) == ("visit", TODAY, row())


def test_what_ended_is_not_due() -> None:
    assert list(due.of_requests([row(status="concluded")], [], LIMITS)) == []
    made: dict[str, Any] = {"made_on": TODAY}
    fields: dict[str, Any] = dict.fromkeys(RoundRow.__dataclass_fields__)
    fields |= {"round_id": ROUND, "place": "架空市場", "planned_on": TODAY}
    assert [one.on for one in due.of_rounds([RoundRow(**fields)])] == [TODAY]
    assert list(due.of_rounds([RoundRow(**fields | made)])) == []
    assert list(due.of_rounds([RoundRow(**fields | {"called_off_on": TODAY})])) == []


def test_a_lead_is_due_two_weeks_before_it_is_erased() -> None:
    [found] = due.of_leads([lead()], TODAY)
    assert (found.on, found.subject) == (lead().keep_until, LEAD)
    assert list(due.of_leads([lead(keep_until=TODAY + timedelta(days=15))], TODAY)) == []
    assert list(due.of_leads([lead(standing="joined")], TODAY)) == []
    assert list(due.of_leads([lead(standing="expired")], TODAY)) == []


def test_the_next_step_with_somebody_who_is_no_case_yet_is_due() -> None:
    [found] = due.of_contacts([lead(next_on=TOMORROW), lead()])
    assert (found.kind, found.on, found.subject) == ("contact", TOMORROW, LEAD)
    asked = lead(next_on=TODAY, standing="joined", request_id=REQUEST)
    gone = lead(next_on=TODAY, standing="expired")
    assert list(due.of_contacts([asked, gone])) == []


def test_a_proposal_without_an_answer_is_due() -> None:
    waits = lead(standing="proposed", proposed_on=TODAY)
    [found] = due.of_proposals([waits], LIMITS)
    assert (found.kind, found.subject) == ("answer", LEAD)
    assert found.on == TODAY + timedelta(days=LIMITS.escalation_decision)
    assert list(due.of_proposals([lead(standing="open", proposed_on=TODAY)], LIMITS)) == []
    assert list(due.of_leads([waits], TODAY)) == []


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (YESTERDAY, "late"),
        (TODAY, "today"),
        (TOMORROW, "soon"),
        (TODAY + timedelta(days=7), "soon"),
        (TODAY + timedelta(days=8), "later"),
    ],
)
def test_how_soon(on: date, state: str) -> None:
    assert Due(on, "round", "見回り", "/").state(TODAY) == state


@pytest.fixture
async def service(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[Running]:
    async with running(outreach, settings_of("outreach"), servers) as service:
        await accept(HANDED, service.desk())
        await take_request(ASKED, service.desk())
        yield service


@pytest.fixture
async def nurse(service: Running) -> AsyncIterator[Client]:
    async with service.as_(NURSE) as client:
        yield client


async def test_a_planned_visit_from_the_plan_to_the_visit(service: Running, nurse: Client) -> None:
    await send(nurse, f"{HERE}/start", command_id="s")
    assert "2人以上で行きます" in await page(nurse, f"{HERE}/plans/new")
    plan: dict[str, Any] = {
        "on": "2026-11-23",
        "method": "home-visit",
        "staff": "２",
        "aim": "食料の案内",
    }
    await send(nurse, f"{HERE}/plans", command_id="p", **plan)
    await send(nurse, f"{HERE}/plans", command_id="p", **plan)
    text = await page(nurse, HERE)
    assert "訪問の予定 1件" in text
    assert "食料の案内" in text
    planned_id = text.split("planned_id=")[1].split('"')[0]
    listed = await page(nurse, "/outreach/due")
    assert "訪問の予定（2人で）" in listed
    assert "架空 花子" in listed
    assert ("アウトリーチの一覧", CASE) in await service.sights()
    assert planned_id in await page(nurse, f"{HERE}/visits/new?planned_id={planned_id}")
    made = VISIT | {"planned_id": planned_id, "trust": "door"}
    await send(nurse, f"{HERE}/visits", **made)
    text = await page(nurse, HERE)
    assert "訪問の予定 1件" not in text
    assert "戸口・電話で短く話せる" in text
    again = made | {"command_id": "other"}
    assert "記録を直す" in await send(nurse, f"{HERE}/visits", 409, **again)


async def test_a_plan_is_dropped_and_a_tie_is_built(nurse: Client) -> None:
    await send(nurse, f"{HERE}/start", command_id="s")
    await send(nurse, f"{HERE}/plans", on="2026-11-30", method="telephone", staff="1")
    text = await page(nurse, HERE)
    planned_id = text.split("planned_id=")[1].split('"')[0]
    await send(nurse, f"{HERE}/plans/{planned_id}/dropped", command_id="d")
    assert "訪問の予定を取りやめました" in await page(nurse, HERE)
    await page(nurse, f"{HERE}/ties/new")
    tie: dict[str, Any] = {
        "on": "2026-11-23",
        "kind": "watching",
        "partner": "隣の方",
        "note": "朝の声かけ",
    }
    await send(nurse, f"{HERE}/ties", **tie)
    text = await page(nurse, HERE)
    assert "近所・民生委員の見守り" in text
    assert "隣の方" in text


@pytest.mark.parametrize(
    ("path", "typed", "status", "said"),
    [
        ("plans", {"on": "2026-11-22", "method": "letter", "staff": "1"}, 409, "過ぎた日"),
        ("plans", {"on": "2026-11-30", "method": "letter", "staff": "0"}, 422, "行く人数"),
        ("plans", {"on": "2026-11-30", "method": "broom", "staff": "1"}, 422, "方法"),
        ("ties", {"on": "2026-11-23", "kind": "magic"}, 422, "どんなつながり"),
        ("ties", {"on": "2026-11-24", "kind": "watching"}, 409, "まだ来ていない日"),
        ("visits", VISIT | {"trust": "magic"}, 422, "信頼関係の段階"),
        ("visits", VISIT | {"planned_id": "x"}, 422, "訪問の予定"),
    ],
)
async def test_bad_input_is_said(
    nurse: Client, path: str, typed: dict[str, Any], status: int, said: str
) -> None:
    await send(nurse, f"{HERE}/start", command_id="s")
    assert said in await send(nurse, f"{HERE}/{path}", status, **typed)


async def test_everything_due_is_in_one_list(service: Running, nurse: Client) -> None:
    assert "依頼を読み、支援を始める" in await page(nurse, "/outreach/due")
    await send(nurse, "/outreach/rounds/plan", on="2026-11-23", place="架空市場")
    tip = Tip(source="shop", story="見えない", place="青い屋根の家")
    long_ago = date(2026, 9, 1)
    where: dict[str, Any] = {"catchment": None, "nurse_district": None, "on": long_ago}
    await service.desk().leads.act(
        LEAD, notice, lead_id=LEAD, tip=tip, today=long_ago, days=90, **where
    )
    text = await page(nurse, "/outreach/due")
    assert "架空市場" in text
    assert "青い屋根の家の方" in text
    assert ("アウトリーチの一覧", LEAD) in await service.sights()
    found = (await nurse.get("/outreach/api/due")).json()
    assert [one["kind"] for one in found] == ["round", "lead", "start"]
    assert "花子" not in str(found)
    async with service.as_(CLERK) as clerk:
        await page(clerk, "/outreach/due", status=403)


async def test_the_json_plans_and_builds(nurse: Client) -> None:
    await nurse.post(f"{JSON}/start")
    plan = {"on": "2026-11-30", "method": "home-visit", "staff": 2}
    assert (await nurse.post(f"{JSON}/plans", json=plan)).status_code == 201
    [planned] = (await nurse.get(JSON)).json()["planned"]
    seen = {"on": "2026-11-23", "method": "home-visit", "met": True, "trust": "door"}
    made = await nurse.post(f"{JSON}/visits", json=seen | {"planned_id": planned["planned_id"]})
    assert made.status_code == 201
    opened = (await nurse.get(JSON)).json()
    assert (opened["planned"], opened["trust"]) == ([], "door")
    unknown = await nurse.post(f"{JSON}/plans/{UUID(int=1)}/dropped")
    assert unknown.status_code == 404
    tie = {"on": "2026-11-23", "kind": "place"}
    assert (await nurse.post(f"{JSON}/ties", json=tie)).json()["recorded"] == ["TieBuilt"]
