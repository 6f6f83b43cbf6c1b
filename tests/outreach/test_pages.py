"""The screens and the JSON of outreach, as a nurse gets them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from deploy.embedded import Servers
from services.outreach.app import outreach
from services.outreach.reactions import take_request
from shared.casefile.hearing import accept, note_closure, note_resumption
from shared.contracts.coordination import CaseClosed, CaseReopened, OutreachRequested
from shared.contracts.handover import Handover, LegalBasis, PersonalPart
from shared.runtime.settings import Settings
from tests.casefile.running import CLERK, COORDINATOR, NURSE, Client, Running, page, running, send
from tests.outreach.examples import CASE, HANDOVER, REQUEST, TODAY, YESTERDAY

HERE = f"/outreach/requests/{REQUEST}"
JSON = f"/outreach/api/requests/{REQUEST}"
ASKED = OutreachRequested(
    occurred_on=YESTERDAY, case_id=CASE, request_id=REQUEST, handover_id=HANDOVER, basis="consent"
)
HANDED = Handover(
    handover_id=HANDOVER,
    from_team="coordination",
    to_team="outreach",
    case_id=CASE,
    occurred_on=YESTERDAY,
    basis=LegalBasis(kind="consent", reference="同意書 令和8年11月20日"),
    personal=PersonalPart(name="架空 花子", kana="かくう はなこ", narrative="三年ほど家にいる"),
)
CLOSED = CaseClosed(
    occurred_on=TODAY, case_id=CASE, closure_id=UUID(int=7), lead_agency="C-01", reason="agreed"
)
REOPENED = CaseReopened(
    occurred_on=TODAY,
    case_id=CASE,
    closure_id=UUID(int=7),
    resumption_id=UUID(int=8),
    reason="change",
)
VISIT: dict[str, Any] = {
    "on": "R8.11.23",
    "method": "home-visit",
    "met": "yes",
    "reaction": "玄関先で話せた",
    "safety_note": "犬がいる",
    "next_step": "食料の案内",
    "next_on": "令和8年12月1日",
    "command_id": "visit-1",
}


LINKED: dict[str, Any] = {
    "on": "2026-11-23",
    "agency": "C-07",
    "passed": "名前と、食べるものに困っていること",
    "basis": "consent",
    "reference": "同意 令和8年11月20日",
    "note": "同行した",
}


@pytest.fixture
async def service(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[Running]:
    async with running(outreach, settings_of("outreach"), servers) as service:
        for _ in range(2):  # every fact and hand-over may come twice
            await accept(HANDED, service.desk())
            await take_request(ASKED, service.desk())
        yield service


@pytest.fixture
async def nurse(service: Running) -> AsyncIterator[Client]:
    async with service.as_(NURSE) as client:
        yield client


async def test_a_request_waits_with_its_name_and_the_look_is_logged(
    service: Running, nurse: Client
) -> None:
    text = await page(nurse, "/outreach")
    assert "架空 花子" in text
    assert "開始を待っている依頼 1件" in text
    assert await service.sights() == [("アウトリーチの一覧", CASE)]
    assert await service.told() == ["HandoverReceived"]


async def test_from_the_request_to_the_end(service: Running, nurse: Client) -> None:
    assert "支援を始める" in await page(nurse, HERE)
    await page(nurse, f"{HERE}/start")
    assert await send(nurse, f"{HERE}/start", command_id="s") == HERE
    await page(nurse, f"{HERE}/visits/new")
    await send(nurse, f"{HERE}/visits", **VISIT)
    await send(nurse, f"{HERE}/visits", **VISIT)
    text = await page(nurse, HERE)
    assert "訪問する前に" in text
    assert text.count("玄関先で話せた") == 1
    await page(nurse, f"{HERE}/links/new")
    await send(nurse, f"{HERE}/links", **LINKED)
    await page(nurse, f"{HERE}/conclusion")
    await send(nurse, f"{HERE}/conclusion", on="2026-11-23", outcome="linked")
    assert "支援機関につながった" in await page(nurse, "/outreach")
    assert await service.told() == [
        "HandoverReceived",
        "OutreachStarted",
        "VisitMade",
        "CaseLinked",
        "OutreachConcluded",
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"on": "昨日"}, "訪問・連絡した日"),
        ({"on": "2026-13-40"}, "訪問・連絡した日"),
        ({"method": "telepathy"}, "方法"),
        ({"met": ""}, "本人に会えましたか"),
        ({"reaction": "あ" * 4001}, "本人のようす・反応"),
        ({"next_on": "R99.1"}, "次の予定日"),
    ],
)
async def test_a_wrong_visit_says_what_is_wrong_and_keeps_what_was_typed(
    service: Running, nurse: Client, wrong: dict[str, str], said: str
) -> None:
    await send(nurse, f"{HERE}/start", command_id="s")
    text = await send(nurse, f"{HERE}/visits", 422, **(VISIT | wrong))
    assert f"「{said}" in text
    assert "食料の案内" in text
    assert "VisitMade" not in await service.told()


async def test_a_visit_of_tomorrow_is_refused_and_kept(service: Running, nurse: Client) -> None:
    await send(nurse, f"{HERE}/start", command_id="s")
    text = await send(nurse, f"{HERE}/visits", 409, **(VISIT | {"on": "2026-11-24"}))
    assert "まだ来ていない日" in text
    assert 'href="#f-on"' in text
    assert "玄関先で話せた" in text


async def test_an_agency_that_does_not_exist_is_refused(nurse: Client) -> None:
    await send(nurse, f"{HERE}/start", command_id="s")
    text = await send(nurse, f"{HERE}/links", 422, **LINKED | {"agency": "C-77", "note": "メモ"})
    assert "一覧から選んでください" in text
    assert "メモ" in text


async def test_what_a_second_person_typed_at_the_end_is_kept(
    service: Running, nurse: Client
) -> None:
    await send(nurse, f"{HERE}/start", command_id="s")
    end: dict[str, Any] = {"on": "2026-11-23", "outcome": "linked", "note": "母が来る"}
    await send(nurse, f"{HERE}/conclusion", **end)
    await send(nurse, f"{HERE}/conclusion", **end)
    async with service.as_(COORDINATOR) as other:
        typed = end | {"note": "妹も来る"}
        text = await send(other, f"{HERE}/conclusion", 409, **typed)
    assert "妹も来る" in text
    assert "ほかの職員が書いたこと: 母が来る" in text
    assert "すでにこの支援を終えています" in text
    assert (await service.told()).count("OutreachConcluded") == 1


async def test_a_visit_that_waited_is_recorded_after_the_end(nurse: Client) -> None:
    await send(nurse, f"{HERE}/start", command_id="s")
    await send(nurse, f"{HERE}/conclusion", on="2026-11-23", outcome="linked")
    assert "終える前の訪問・連絡を書きたす" in await page(nurse, HERE)
    await send(nurse, f"{HERE}/visits", **VISIT)
    assert "玄関先で話せた" in await page(nurse, HERE)


async def test_what_was_noted_before_warns_at_the_door(service: Running, nurse: Client) -> None:
    """T-31: notes of a contact before the case and of an earlier request of the case."""
    lead = await send(nurse, "/outreach/leads", on="2026-11-22", source="shop", story="見えない")
    contact: dict[str, Any] = {"on": "2026-11-22", "method": "home-visit", "met": "no"}
    await send(nurse, f"{lead}/contacts", **contact | {"safety_note": "階段が抜けている"})
    await send(nurse, f"{lead}/joining", on="2026-11-23", request_id=str(REQUEST))
    await send(nurse, f"{HERE}/start", command_id="s")
    await send(nurse, f"{HERE}/visits", **VISIT)
    second = UUID(int=0x5EC)
    await take_request(ASKED.model_copy(update={"request_id": second}), service.desk())
    for here in (HERE, f"/outreach/requests/{second}"):
        warned = (await page(nurse, here)).split("次にすること")[0]
        assert "階段が抜けている" in warned
        assert "犬がいる" in warned


async def test_a_closed_case_says_so_until_it_is_resumed(service: Running, nurse: Client) -> None:
    await note_closure(CLOSED, service.desk())
    assert "一旦終結しました" in await page(nurse, HERE)
    await note_resumption(REOPENED, service.desk())
    await note_closure(CLOSED, service.desk())  # a late copy of what was undone
    assert "一旦終結しました" not in await page(nurse, HERE)


async def test_an_unknown_request_is_not_there(nurse: Client) -> None:
    await page(nurse, f"/outreach/requests/{UUID(int=1)}", status=404)
    await page(nurse, "/outreach/requests/abc", status=404)


async def test_a_counter_clerk_does_not_enter(service: Running) -> None:
    async with service.as_(CLERK) as clerk:
        text = await page(clerk, HERE, status=403)
    assert "架空" not in text
    assert await service.sights() == []


async def test_the_json_does_the_same(service: Running, nurse: Client) -> None:
    waiting = (await nurse.get("/outreach/api/requests")).json()
    assert [one["request_id"] for one in waiting] == [str(REQUEST)]
    assert "花子" not in str(waiting)
    assert (await nurse.post(f"{JSON}/start")).json()["recorded"] == ["Started"]
    visit = {"on": "2026-11-23", "method": "home-visit", "met": True}
    again = {"Idempotency-Key": "v-1"}
    first = (await nurse.post(f"{JSON}/visits", json=visit, headers=again)).json()
    second = (await nurse.post(f"{JSON}/visits", json=visit, headers=again)).json()
    assert (first["position"], second["recorded"]) == (second["position"], [])
    link = LINKED
    assert (await nurse.post(f"{JSON}/links", json=link)).status_code == 201
    end = {"on": "2026-11-23", "outcome": "linked"}
    assert (await nurse.post(f"{JSON}/conclusion", json=end)).status_code == 200
    opened = (await nurse.get(JSON)).json()
    assert (opened["name"], opened["visits"], opened["status"]) == ("架空 花子", 1, "concluded")
    assert ("アウトリーチの依頼", CASE) in await service.sights()


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": "2026-11-23", "method": "home-visit", "met": "yes"},
        {"on": "きのう", "method": "home-visit", "met": True},
        {"on": "2026-11-23", "method": "home-visit", "met": True, "weather": "晴"},
        {"method": "home-visit", "met": True},
        [],
    ],
)
async def test_wrong_json_is_refused_and_nothing_is_recorded(
    service: Running, nurse: Client, wrong: object
) -> None:
    await nurse.post(f"{JSON}/start")
    response = await nurse.post(f"{JSON}/visits", json=wrong)
    assert response.status_code == 422
    assert response.headers["content-type"].startswith("application/problem+json")
    assert "VisitMade" not in await service.told()


async def test_a_nurse_helps_in_her_district_only(service: Running) -> None:
    elsewhere = UUID(int=0xD15)
    other = ASKED.model_copy(update={"request_id": elsewhere, "nurse_district": "nd-masuko"})
    await take_request(other, service.desk())
    there = f"/outreach/requests/{elsewhere}"
    async with service.as_(replace(NURSE, district="nd-tasai")) as hers:
        listed = await page(hers, "/outreach")
        assert str(REQUEST) in listed
        assert str(elsewhere) not in listed
        for answer in (await hers.get(there), await hers.post(f"{there}/start")):
            assert answer.status_code == 404
            assert "ほかの地区の担当" in answer.text
        nobodys = await hers.get(there.replace(str(elsewhere), str(UUID(int=0xFFFF))))
        assert nobodys.text == (await hers.get(there)).text, "no sign that it exists"
        found = (await hers.get("/outreach/api/requests")).json()
        assert str(elsewhere) not in str(found)
    for staff in (replace(NURSE, district="nd-masuko"), NURSE, COORDINATOR):
        async with service.as_(staff) as client:
            assert (await client.get(there)).status_code == 200
