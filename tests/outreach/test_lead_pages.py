"""The screens and the JSON of leads and rounds, as a nurse gets them (T-30)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from deploy.embedded import Servers
from services.outreach.app import outreach
from services.outreach.domain.proposing import propose
from services.outreach.reactions import note_acceptance, take_request
from shared.casefile.hearing import accept
from shared.contracts.coordination import EscalationAccepted
from shared.runtime.settings import Settings
from tests.casefile.running import CLERK, NURSE, Client, Running, page, running, send
from tests.outreach.examples import CASE, REQUEST, TODAY
from tests.outreach.lead_examples import LEAD_CASE, PROPOSAL, WANTED
from tests.outreach.test_pages import ASKED, HANDED

TIP: dict[str, Any] = {
    "on": "R8.11.23",
    "source": "shop",
    "story": "毎日来ていた人が、ひと月ほど見えない",
    "town": "fuchigami",
    "place": "青い屋根の家",
    "teller": "角の商店",
    "command_id": "tip-1",
}
CONTACT: dict[str, Any] = {
    "on": "2026-11-23",
    "method": "home-visit",
    "met": "yes",
    "name": "架空 花子",
    "reaction": "会釈を返された",
    "safety_note": "犬がいる",
}


@pytest.fixture
async def service(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[Running]:
    async with running(outreach, settings_of("outreach"), servers) as service:
        yield service


@pytest.fixture
async def nurse(service: Running) -> AsyncIterator[Client]:
    async with service.as_(NURSE) as client:
        yield client


async def test_a_tip_is_written_down_once_and_followed(service: Running, nurse: Client) -> None:
    assert "90日で内容を消します" in await page(nurse, "/outreach/leads/new")
    here = await send(nurse, "/outreach/leads", **TIP)
    assert here == await send(nurse, "/outreach/leads", **TIP)
    text = await page(nurse, here)
    assert "青い屋根の家の方" in text
    assert "商店・事業所" in text
    await page(nurse, f"{here}/contacts/new")
    await send(nurse, f"{here}/contacts", **CONTACT)
    text = await page(nurse, here)
    assert "訪問する前に" in text
    assert "青い屋根の家" in text, "what was written before stays"
    listed = await page(nurse, "/outreach/leads")
    assert "関わり中 1件" in listed
    assert "架空 花子" in listed
    lead_id = UUID(here.rsplit("/", 1)[1])
    assert ("把握の記録", lead_id) in await service.sights()
    assert ("把握の一覧", lead_id) in await service.sights()


async def test_a_lead_is_joined_to_a_request_and_seen_from_there(
    service: Running, nurse: Client
) -> None:
    await accept(HANDED, service.desk())
    await take_request(ASKED, service.desk())
    here = await send(nurse, "/outreach/leads", **TIP)
    assert "架空 花子（11月22日の依頼）" in await page(nurse, f"{here}/joining")
    assert ("把握の一覧", CASE) in await service.sights()
    await send(nurse, f"{here}/joining", on="2026-11-23", request_id=str(REQUEST))
    assert "依頼を開く" in await page(nurse, here)
    assert "ケースになった方 1件" in await page(nurse, "/outreach/leads")
    text = await page(nurse, f"/outreach/requests/{REQUEST}")
    assert "毎日来ていた人が" in text


async def test_a_round_from_plan_to_whom_we_noticed(nurse: Client) -> None:
    assert "雨間クラブ" in await page(nurse, "/outreach/rounds/plan")
    plan: dict[str, Any] = {"on": "2026-11-23", "place": "架空サロン", "town": "fuchigami"}
    await send(nurse, "/outreach/rounds/plan", **plan)
    listed = await page(nurse, "/outreach/rounds")
    here = listed.split('href="/outreach/rounds/')[-1].split('"')[0]
    here = f"/outreach/rounds/{here}"
    assert "取りやめる" in await page(nurse, here)
    assert "架空サロン" in await page(nurse, f"{here}/made")
    await send(nurse, f"{here}/made", **plan, gathered="１２", heard="買い物に困る")
    round_id = here.rsplit("/", 1)[1]
    assert "架空サロン" in await page(nurse, f"/outreach/leads/new?round_id={round_id}")
    seen = TIP | {"source": "", "round_id": round_id}
    await send(nurse, "/outreach/leads", **seen)
    text = await page(nurse, here)
    assert "ここで気づいた方 1件" in text
    assert "12人" in text


async def test_a_round_without_a_plan_and_one_called_off(nurse: Client) -> None:
    await page(nurse, "/outreach/rounds/new")
    here = await send(nurse, "/outreach/rounds", on="2026-11-23", place="架空サロン")
    assert "気になる方を書きとめる" in await page(nurse, here)
    await send(nurse, "/outreach/rounds/plan", on="2026-11-30", place="架空市場")
    listed = await page(nurse, "/outreach/rounds")
    ids = {part.split('"')[0] for part in listed.split('href="/outreach/rounds/')[1:]}
    [planned] = ids - {here.rsplit("/", 1)[1], "new", "plan"}
    there = f"/outreach/rounds/{planned}"
    await send(nurse, f"{there}/called-off", command_id="off")
    assert "取りやめました" in await page(nurse, there)
    text = await send(nurse, f"{there}/made", 409, on="2026-11-23", place="架空市場")
    assert "取りやめた見回りです" in text


@pytest.mark.parametrize(
    ("path", "typed", "wrong", "said"),
    [
        ("/leads", TIP, {"on": "あした"}, "聞いた日"),
        ("/leads", TIP, {"story": ""}, "聞いたこと・気づいたこと"),
        ("/leads", TIP, {"source": "crow"}, "だれから"),
        ("/leads", TIP, {"town": "atlantis"}, "町名"),
        ("/leads", TIP, {"name": "あ" * 121}, "お名前"),
        ("/leads", TIP, {"round_id": "x"}, "見回り"),
        ("/rounds", {"on": "2026-11-23", "place": "市場"}, {"place": ""}, "場所"),
        ("/rounds", {"on": "2026-11-23", "place": "市場"}, {"gathered": "-1"}, "人数"),
        ("/rounds/plan", {"on": "2026-11-23", "place": "市場"}, {"town": "x"}, "町名"),
    ],
)
async def test_bad_input_says_what_is_wrong_and_keeps_the_rest(
    nurse: Client, path: str, typed: dict[str, Any], wrong: dict[str, str], said: str
) -> None:
    text = await send(nurse, f"/outreach{path}", 422, **(typed | wrong))
    assert said in text
    kept = {**typed, **wrong}.get("teller") or "市場"
    assert kept in text or "place" in wrong


async def test_refusals_stand_at_their_field(nurse: Client) -> None:
    text = await send(nurse, "/outreach/leads", 409, **TIP | {"source": ""})
    assert 'href="#f-source"' in text
    text = await send(nurse, "/outreach/leads", 409, **TIP | {"on": "2026-11-24"})
    assert 'href="#f-on"' in text
    text = await send(nurse, "/outreach/rounds/plan", 409, on="2026-11-22", place="市場")
    assert "過ぎた日は予定にできません" in text
    nobody = f"/outreach/leads/{UUID(int=1)}"
    await page(nurse, nobody, status=404)
    await page(nurse, f"/outreach/rounds/{UUID(int=1)}", status=404)
    await send(nurse, "/outreach/leads", 404, **TIP | {"round_id": str(UUID(int=1))})


async def test_leads_belong_to_their_district(service: Running, nurse: Client) -> None:
    here = await send(nurse, "/outreach/leads", **TIP)
    async with service.as_(replace(NURSE, district="nd-nowhere")) as other:
        assert "青い屋根" not in await page(other, "/outreach/leads")
        assert (await other.get(here)).status_code == 404
        assert (await other.get(here.replace("/leads", "/api/leads"))).status_code == 404
    async with service.as_(CLERK) as clerk:
        await page(clerk, "/outreach/leads", status=403)
        await page(clerk, here, status=403)


async def test_a_round_names_only_whom_the_reader_may_help(service: Running, nurse: Client) -> None:
    here = await send(nurse, "/outreach/rounds", on="2026-11-23", place="架空サロン")
    round_id = here.rsplit("/", 1)[1]
    lead = await send(nurse, "/outreach/leads", **TIP | {"round_id": round_id})
    lead_id = UUID(lead.rsplit("/", 1)[1])
    assert "青い屋根" in await page(nurse, here)
    assert ("見回りの記録", lead_id) in await service.sights()
    looks = len(await service.sights())
    async with service.as_(replace(NURSE, district="nd-nowhere")) as other:
        text = await page(other, here)
    assert "架空サロン" in text
    assert "青い屋根" not in text
    assert str(lead_id) not in text
    assert len(await service.sights()) == looks


async def test_a_lead_is_joined_to_no_request_of_another_district(
    service: Running, nurse: Client
) -> None:
    elsewhere = UUID(int=0xD15)
    other = ASKED.model_copy(update={"request_id": elsewhere, "nurse_district": "nd-masuko"})
    for one in (ASKED, other):
        await take_request(one, service.desk())
    here = await send(nurse, "/outreach/leads", **TIP | {"town": ""})
    asked: dict[str, Any] = {"on": "2026-11-23", "request_id": str(elsewhere)}
    async with service.as_(replace(NURSE, district="nd-tasai")) as hers:
        text = await send(hers, f"{here}/joining", 404, **asked)
        assert "ほかの地区の担当" in text
        there = here.replace("/leads", "/api/leads") + "/joining"
        assert (await hers.post(there, json=asked)).status_code == 404
    await send(nurse, f"{here}/joining", **asked)


async def test_the_next_step_stands_on_the_page_and_in_the_list(nurse: Client) -> None:
    here = await send(nurse, "/outreach/leads", **TIP)
    step = {"trust": "door", "next_step": "手紙を持っていく", "next_on": "2026-11-30"}
    assert "次の予定日" in await page(nurse, f"{here}/contacts/new")
    await send(nurse, f"{here}/contacts", 422, **CONTACT | step | {"trust": "magic"})
    await send(nurse, f"{here}/contacts", 409, **CONTACT | step | {"next_on": "2026-11-22"})
    await send(nurse, f"{here}/contacts", **CONTACT | step)
    text = await page(nurse, here)
    assert "前回決めたこと：手紙を持っていく" in text
    assert "戸口・電話で短く話せる" in text
    assert "前回決めた次の接触" in await page(nurse, "/outreach/due")
    [one] = (await nurse.get("/outreach/api/leads")).json()
    assert (one["next_on"], one["trust"]) == ("2026-11-30", "door")
    letter: dict[str, Any] = {"on": "2026-11-23", "method": "letter", "met": "no"}
    await send(nurse, f"{here}/contacts", **letter)
    assert "前回決めた次の接触" not in await page(nurse, "/outreach/due")


async def test_two_record_one_round_and_nothing_typed_is_lost(nurse: Client) -> None:
    planned = {"on": "2026-11-23", "place": "架空サロン"}
    there = (await nurse.post("/outreach/api/rounds/plan", json=planned)).json()["id"]
    here = f"/outreach/rounds/{there}"
    made: dict[str, Any] = planned | {"gathered": "12", "heard": "買い物に困る"}
    await send(nurse, f"{here}/made", **made)
    await send(nurse, f"{here}/made", **made)
    text = await send(nurse, f"{here}/made", 409, **made | {"heard": "バスが減った"})
    assert "バスが減った" in text
    assert "ほかの職員が書いたこと: 買い物に困る" in text
    assert "すでにこの見回りを記録しています" in text
    assert "買い物に困る" in await page(nurse, here)


async def test_a_lead_may_be_of_somebody_whose_outreach_ended(
    service: Running, nurse: Client
) -> None:
    await accept(HANDED, service.desk())
    await take_request(ASKED, service.desk())
    there = f"/outreach/requests/{REQUEST}"
    await send(nurse, f"{there}/conclusion", on="2026-11-23", outcome="linked")
    here = await send(nurse, "/outreach/leads", **TIP)
    assert "架空 花子（11月22日の依頼、終わった支援）" in await page(nurse, f"{here}/joining")
    await send(nurse, f"{here}/joining", on="2026-11-23", request_id=str(REQUEST))
    assert "毎日来ていた人が" in await page(nurse, there)


async def test_a_lead_may_be_of_a_case_for_which_nobody_asked_us_yet(
    service: Running, nurse: Client
) -> None:
    """A second tip about somebody whom 多機関協働 has taken (T-30)."""
    desk, case, proposal_id = service.desk(), LEAD_CASE, PROPOSAL
    first = UUID((await send(nurse, "/outreach/leads", **TIP)).rsplit("/", 1)[1])
    asked: dict[str, Any] = {"proposal_id": proposal_id, "proposal": WANTED}
    await desk.leads.act(first, propose, **asked, on=TODAY, today=TODAY)
    taken = EscalationAccepted(occurred_on=TODAY, case_id=case, escalation_id=proposal_id)
    await note_acceptance(taken, desk)
    here = await send(nurse, "/outreach/leads", **TIP | {"command_id": "tip-2", "place": "橋"})
    assert "青い屋根の家の方（多機関協働が受けた方）" in await page(nurse, f"{here}/joining")
    await send(nurse, f"{here}/joining", on="2026-11-23", request_id=str(case))
    assert "ケースになった方 2件" in await page(nurse, "/outreach/leads")
    await take_request(ASKED.model_copy(update={"case_id": case}), desk)
    text = await page(nurse, f"/outreach/requests/{REQUEST}")
    assert "依頼の前に気づいていたこと" in text
    assert "橋" in text


async def test_the_json_does_the_same(service: Running, nurse: Client) -> None:
    base = "/outreach/api"
    tip = {"on": "2026-11-23", "source": "commissioner", "story": "新聞がたまっている"}
    again = {"Idempotency-Key": "t-1"}
    first = (await nurse.post(f"{base}/leads", json=tip, headers=again)).json()
    second = (await nurse.post(f"{base}/leads", json=tip, headers=again)).json()
    assert (first["id"], second["recorded"]) == (second["id"], [])
    here = f"{base}/leads/{first['id']}"
    contact = {"on": "2026-11-23", "method": "letter", "met": False, "name": "架空 太郎"}
    assert (await nurse.post(f"{here}/contacts", json=contact)).status_code == 201
    listed = (await nurse.get(f"{base}/leads")).json()
    assert listed[0]["contacts"] == 1
    assert "太郎" not in str(listed)
    assert (await nurse.get(here)).json()["name"] == "架空 太郎"
    await take_request(ASKED, service.desk())
    joined = await nurse.post(
        f"{here}/joining", json={"on": "2026-11-23", "request_id": str(REQUEST)}
    )
    assert joined.json()["recorded"] == ["Joined"]
    plan = {"on": "2026-11-30", "place": "架空市場"}
    planned = (await nurse.post(f"{base}/rounds/plan", json=plan)).json()["id"]
    assert (await nurse.post(f"{base}/rounds/{planned}/called-off")).json()["version"] == 2
    made = {"on": "2026-11-23", "place": "架空サロン", "gathered": 5}
    assert (await nurse.post(f"{base}/rounds", json=made)).status_code == 201
    assert [one["gathered"] for one in (await nurse.get(f"{base}/rounds")).json()] == [5]
    one = (await nurse.get(f"{base}/rounds/{planned}")).json()
    assert (one["called_off_on"], one["heard"]) == ("2026-11-23", None)
    assert (await nurse.get(f"{base}/rounds/{UUID(int=1)}")).status_code == 404
    assert (await nurse.post(f"{base}/leads", json=tip | {"weather": "晴"})).status_code == 422
    assert (await nurse.post(f"{base}/leads", json=tip | {"story": ""})).status_code == 422
