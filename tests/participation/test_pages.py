"""The screens and the JSON of participation, as a nurse gets them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from deploy.embedded import Servers
from services.participation.app import participation
from services.participation.reactions import (
    follow_correction,
    list_new_place,
    retire_place,
    take_request,
)
from shared.casefile.hearing import accept
from shared.contracts.community import ResourceCorrected, ResourceRegistered, ResourceRetired
from shared.contracts.coordination import ParticipationRequested
from shared.contracts.handover import Handover, LegalBasis, PersonalPart
from shared.runtime.settings import Settings
from tests.casefile.running import CLERK, COORDINATOR, NURSE, Client, Running, page, running, send
from tests.paper.reading import cells_of_book, words_of_pdf
from tests.participation.examples import (
    CASE,
    CORRECTION,
    HANDOVER,
    PLACE,
    REQUEST,
    TODAY,
    YESTERDAY,
)

HERE = f"/participation/requests/{REQUEST}"
JSON = f"/participation/api/requests/{REQUEST}"
ASKED = ParticipationRequested(
    occurred_on=YESTERDAY, case_id=CASE, request_id=REQUEST, handover_id=HANDOVER, basis="consent"
)
HANDED = Handover(
    handover_id=HANDOVER,
    from_team="coordination",
    to_team="participation",
    case_id=CASE,
    occurred_on=YESTERDAY,
    basis=LegalBasis(kind="consent", reference="同意書"),
    personal=PersonalPart(name="架空 太郎", wishes="外に出たい"),
)
REGISTERED = ResourceRegistered(
    occurred_on=YESTERDAY,
    resource_id=PLACE,
    kind="venue",
    name="草花台会館",
    area="草花",
    weekdays=("mon",),
)
CORRECTED = ResourceCorrected(
    occurred_on=TODAY,
    resource_id=PLACE,
    correction_id=CORRECTION,
    kind="venue",
    name="草花台自治会館",
    area="草花",
)
RETIRED = ResourceRetired(occurred_on=TODAY, resource_id=PLACE, reason="closed-down")
PLAN: dict[str, Any] = {
    "on": "R8.11.23",
    "wishes": "週に一度は外に出たい",
    "strengths": "料理が得意",
    "goal": "集いの場に通う",
    "menu": "place-to-be",
}
MATCH: dict[str, Any] = {
    "on": "2026-11-23",
    "resource_id": str(PLACE),
    "assessment": "世話役が二人いる",
}
FOLLOW_UP: dict[str, Any] = {
    "on": "2026-11-23",
    "method": "visit",
    "relation": "settling",
    "note": "笑顔",
}


@pytest.fixture
async def service(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[Running]:
    async with running(participation, settings_of("participation"), servers) as service:
        for _ in range(2):  # every fact and hand-over may come twice
            await take_request(ASKED, service.desk())
            await list_new_place(REGISTERED, service.desk())
            await accept(HANDED, service.desk())
        yield service


@pytest.fixture
async def nurse(service: Running) -> AsyncIterator[Client]:
    async with service.as_(NURSE) as client:
        yield client


async def test_from_the_request_to_a_stable_relation(service: Running, nurse: Client) -> None:
    assert "架空 太郎" in await page(nurse, "/participation")
    await page(nurse, f"{HERE}/start")
    await send(nurse, f"{HERE}/start", command_id="s")
    assert "プランを作る" in await page(nurse, "/participation")
    assert "外に出たい" in await page(nurse, f"{HERE}/plan")
    assert await send(nurse, f"{HERE}/plan", **PLAN) == HERE
    assert "料理が得意" in await page(nurse, f"{HERE}/plan")
    assert "草花台会館" in await page(nurse, f"{HERE}/matches/new")
    await send(nurse, f"{HERE}/matches", **MATCH)
    await page(nurse, f"{HERE}/followups/new")
    await send(nurse, f"{HERE}/followups", **FOLLOW_UP)
    text = await page(nurse, HERE)
    assert "草花台会館 とマッチングしました" in text
    assert "なじんできた" in text
    await page(nurse, f"{HERE}/conclusion")
    await send(nurse, f"{HERE}/conclusion", on="2026-11-23", outcome="stable")
    assert "関係が安定した" in await page(nurse, "/participation")
    assert await service.told() == [
        "HandoverReceived",
        "ParticipationStarted",
        "ParticipationPlanned",
        "PlaceMatched",
        "FollowedUp",
        "ParticipationConcluded",
    ]
    assert ("参加支援の依頼", CASE) in await service.sights()


async def test_a_place_that_closes_is_shown_to_those_who_go_there(
    service: Running, nurse: Client
) -> None:
    await send(nurse, f"{HERE}/start", command_id="s")
    await send(nurse, f"{HERE}/plan", **PLAN)
    await send(nurse, f"{HERE}/matches", **MATCH)
    await follow_correction(CORRECTED, service.desk())
    await retire_place(RETIRED, service.desk())
    await list_new_place(REGISTERED, service.desk())  # a late copy does not bring it back
    text = await page(nurse, HERE)
    assert "草花台自治会館 は" in text
    assert "別の場所を探してください" in text
    assert "選べる場所がまだありません" in await page(nurse, f"{HERE}/matches/new")
    again = await send(nurse, f"{HERE}/matches", 409, **(MATCH | {"command_id": "later"}))
    assert "使えなくなりました" in again


@pytest.mark.parametrize(
    ("path", "typed", "status", "said"),
    [
        ("plan", PLAN | {"wishes": ""}, 422, "本人の希望"),
        ("plan", PLAN | {"menu": "holiday"}, 422, "支援メニュー"),
        ("plan", PLAN | {"on": "2026-11-24"}, 409, "まだ来ていない日"),
        ("matches", MATCH, 409, "先にプランを作ってください"),
        ("matches", MATCH | {"resource_id": "草花"}, 422, "受け入れ先"),
        ("followups", FOLLOW_UP, 409, "先にマッチングを記録してください"),
        (
            "conclusion",
            {"on": "2026-11-23", "outcome": "stable"},
            409,
            "フォローアップの記録が必要",
        ),
        ("conclusion", {"on": "いつか", "outcome": "stable"}, 422, "終えた日"),
    ],
)
async def test_what_does_not_fit_is_said_and_nothing_is_recorded(
    service: Running, nurse: Client, path: str, typed: dict[str, str], status: int, said: str
) -> None:
    await send(nurse, f"{HERE}/start", command_id="s")
    assert said in await send(nurse, f"{HERE}/{path}", status, **typed)
    assert await service.told() == ["HandoverReceived", "ParticipationStarted"]


async def test_a_counter_clerk_does_not_enter(service: Running) -> None:
    async with service.as_(CLERK) as clerk:
        assert "架空" not in await page(clerk, HERE, status=403)
    assert await service.sights() == []


async def test_an_unknown_request_is_not_there(nurse: Client) -> None:
    await page(nurse, f"/participation/requests/{UUID(int=1)}", status=404)


async def test_the_json_does_the_same(nurse: Client) -> None:
    places = (await nurse.get("/participation/api/places", params={"words": "草花"})).json()
    assert [one["resource_id"] for one in places] == [str(PLACE)]
    assert (await nurse.post(f"{JSON}/start")).status_code == 200
    day = "2026-11-23"
    plan = {"on": day, "menu": "hobby", "wishes": "描きたい", "goal": "教室に通う"}
    assert (await nurse.post(f"{JSON}/plan", json=plan)).status_code == 201
    match = {"on": day, "resource_id": str(PLACE)}
    assert (await nurse.post(f"{JSON}/matches", json=match)).status_code == 201
    follow_up = {"on": day, "method": "visit", "relation": "stable"}
    again = {"Idempotency-Key": "f-1"}
    for _ in range(2):
        sent = await nurse.post(f"{JSON}/followups", json=follow_up, headers=again)
        assert sent.status_code == 201
    end = {"on": day, "outcome": "stable"}
    assert (await nurse.post(f"{JSON}/conclusion", json=end)).status_code == 200
    opened = (await nurse.get(JSON)).json()
    assert (opened["name"], opened["followups"], opened["place"]) == ("架空 太郎", 1, "草花台会館")
    listed = (await nurse.get("/participation/api/requests?status=concluded")).json()
    assert [one["outcome"] for one in listed] == ["stable"]
    wrong = await nurse.post(f"{JSON}/plan", json=plan | {"color": "red"})
    assert wrong.status_code == 422


async def test_a_nurse_helps_in_her_district_only(service: Running) -> None:
    elsewhere = UUID(int=0xD15)
    other = ASKED.model_copy(update={"request_id": elsewhere, "nurse_district": "nd-masuko"})
    await take_request(other, service.desk())
    there = f"/participation/requests/{elsewhere}"
    async with service.as_(replace(NURSE, district="nd-tasai")) as hers:
        listed = await page(hers, "/participation")
        assert str(REQUEST) in listed
        assert str(elsewhere) not in listed
        for answer in (await hers.get(there), await hers.post(f"{there}/start")):
            assert answer.status_code == 404
            assert "ほかの地区の担当" in answer.text
        nobodys = await hers.get(there.replace(str(elsewhere), str(UUID(int=0xFFFF))))
        assert nobodys.text == (await hers.get(there)).text, "no sign that it exists"
        found = (await hers.get("/participation/api/requests")).json()
        assert str(elsewhere) not in str(found)
    for staff in (replace(NURSE, district="nd-masuko"), NURSE, COORDINATOR):
        async with service.as_(staff) as client:
            assert (await client.get(there)).status_code == 200


async def test_a_menu_a_trial_and_the_contact_afterwards(service: Running, nurse: Client) -> None:
    await send(nurse, f"{HERE}/start", command_id="s")
    missing = await nurse.get(f"{HERE}/paper.pdf")
    assert missing.status_code == 409
    menu = {"weekdays": ["mon"], "cares": ["wheelchair"], "what_1": "体操教室", "rhythm_1": "週1回"}
    await send(nurse, f"{HERE}/plan", **PLAN | menu)
    form = await page(nurse, f"{HERE}/plan")
    assert 'value="体操教室"' in form
    assert 'value="mon" checked' in form
    paper = words_of_pdf((await nurse.get(f"{HERE}/paper.pdf")).content)
    for said in ("参加支援プラン・支援メニュー", "体操教室", "週1回", "車いすで入れる", "月"):
        assert said in paper
    assert "体操教室" in cells_of_book((await nurse.get(f"{HERE}/paper.xlsx")).content)
    proposals = await page(nurse, f"{HERE}/trials/new")
    assert "希望の月曜日に開いている" in proposals
    assert "「車いすで入れる」は確かめが必要" in proposals
    trial: dict[str, Any] = {"on": "2026-11-23", "resource_id": str(PLACE), "note": "また来たい"}
    unsaid = await send(nurse, f"{HERE}/trials", 422, **trial)
    assert "また来たい" in unsaid
    await send(nurse, f"{HERE}/trials", **trial | {"result": "agreed", "staffing": "世話人2人"})
    assert "草花台会館 を見学・体験しました" in await page(nurse, HERE)
    assert "受け入れ先を探す" in await page(nurse, "/participation/due")
    await send(nurse, f"{HERE}/matches", **MATCH)
    await send(nurse, f"{HERE}/followups", **FOLLOW_UP)
    early = await send(nurse, f"{HERE}/contacts", 409, on="2026-11-23", command_id="c-0")
    assert "まだ続いている支援です" in early
    end: dict[str, Any] = {"on": "2026-11-23", "outcome": "stable", "contact_every": "monthly"}
    await send(nurse, f"{HERE}/conclusion", **end)
    assert "終わったあとの連絡をする" in await page(nurse, "/participation/due")
    await page(nurse, f"{HERE}/contacts/new")
    await send(nurse, f"{HERE}/contacts", on="2026-11-23", note="元気")
    assert "終わったあとの連絡をしました" in await page(nurse, HERE)
    assert "見学" not in str(await service.told())


async def test_trials_and_contacts_as_json(nurse: Client) -> None:
    day = "2026-11-23"
    assert (await nurse.post(f"{JSON}/start")).status_code == 200
    plan = {"on": day, "menu": "hobby", "wishes": "描きたい", "goal": "教室に通う"}
    more = {"weekdays": ["mon"], "offers": [{"what": "絵の教室"}]}
    assert (await nurse.post(f"{JSON}/plan", json=plan | {"cares": ["moon"]})).status_code == 422
    assert (await nurse.post(f"{JSON}/plan", json=plan | more)).status_code == 201
    trial = {"on": day, "resource_id": str(PLACE), "result": "waiting"}
    assert (await nurse.post(f"{JSON}/trials", json=trial)).status_code == 201
    end = {"on": day, "outcome": "declined", "contact_every": "monthly"}
    assert (await nurse.post(f"{JSON}/conclusion", json=end)).status_code == 200
    contact = {"on": day, "note": "元気"}
    assert (await nurse.post(f"{JSON}/contacts", json=contact)).status_code == 201


async def test_two_who_write_the_same_plan(nurse: Client) -> None:
    await send(nurse, f"{HERE}/start", command_id="s")
    await send(nurse, f"{HERE}/plan", **PLAN)
    seen = re.findall(r'name="seen" value="([^"]+)"', await page(nurse, f"{HERE}/plan"))
    assert len(seen) == 1
    mine = PLAN | {"command_id": "mine", "wishes": "わたしの書きかけ"}
    slower = await send(nurse, f"{HERE}/plan", 409, **mine)
    for said in ("ほかの職員がプランを書き直しました", "わたしの書きかけ", "料理が得意", seen[0]):
        assert said in slower
    await send(nurse, f"{HERE}/plan", **mine | {"command_id": "again", "seen": seen[0]})
    assert "わたしの書きかけ" in await page(nurse, HERE)
