"""The screens of participation, as a nurse gets them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from services.participation.reactions import (
    follow_correction,
    list_new_place,
    retire_place,
    take_request,
)
from tests.casefile.running import CLERK, COORDINATOR, NURSE, Client, Running, page, send
from tests.paper.reading import cells_of_book, words_of_pdf
from tests.participation.examples import CASE, PLACE, REQUEST
from tests.participation.sent import (
    ASKED,
    CORRECTED,
    FOLLOW_UP,
    HERE,
    MATCH,
    PLAN,
    REGISTERED,
    RETIRED,
    STABLE,
)


async def test_from_the_request_to_a_stable_relation(service: Running, nurse: Client) -> None:
    assert "架空 太郎" in await page(nurse, "/participation")
    await page(nurse, f"{HERE}/start")
    await send(nurse, f"{HERE}/start", command_id="s")
    assert "プランを作る" in await page(nurse, "/participation")
    assert "外に出たい" in await page(nurse, f"{HERE}/plan")
    assert await send(nurse, f"{HERE}/plan", **PLAN) == HERE
    written = await page(nurse, f"{HERE}/plan")
    assert "料理が得意" in written
    assert "人混みが苦手" in written
    assert "草花台会館" in await page(nurse, f"{HERE}/matches/new")
    await send(nurse, f"{HERE}/matches", **MATCH)
    await page(nurse, f"{HERE}/followups/new")
    await send(nurse, f"{HERE}/followups", **FOLLOW_UP)
    text = await page(nurse, HERE)
    assert "草花台会館 とマッチングしました" in text
    assert "安定している" in text
    await page(nurse, f"{HERE}/conclusion")
    await send(nurse, f"{HERE}/conclusion", **STABLE)
    assert "関係が安定した" in await page(nurse, "/participation")
    assert "役割ができた" in await page(nurse, HERE)
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
    for said in (
        "参加支援プラン・支援メニュー",
        "人混みが苦手",
        "体操教室",
        "週1回",
        "車いすで入れる",
        "月",
    ):
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
    assert "見学" not in str(await service.told())


async def test_an_end_and_the_contact_that_was_promised(nurse: Client) -> None:
    await send(nurse, f"{HERE}/start", command_id="s")
    await send(nurse, f"{HERE}/plan", **PLAN)
    await send(nurse, f"{HERE}/matches", **MATCH)
    await send(nurse, f"{HERE}/followups", **FOLLOW_UP)
    early = await send(nurse, f"{HERE}/contacts", 409, on="2026-11-23", command_id="c-0")
    assert "まだ続いている支援です" in early
    await send(nurse, f"{HERE}/conclusion", **STABLE)
    other = await send(nurse, f"{HERE}/conclusion", 409, **STABLE | {"note": "わたしのまとめ"})
    for said in ("すでに記録されている終結", "役割ができた", "わたしのまとめ", "毎月"):
        assert said in other
    assert "終わったあとの連絡をする" in await page(nurse, "/participation/due")
    await page(nurse, f"{HERE}/contacts/new")
    await send(nurse, f"{HERE}/contacts", on="2026-11-23", note="元気")
    assert "終わったあとの連絡をしました" in await page(nurse, HERE)


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


async def test_who_went_on_after_the_end_hears_that_the_place_closed(
    service: Running, nurse: Client
) -> None:
    await send(nurse, f"{HERE}/start", command_id="s")
    await send(nurse, f"{HERE}/plan", **PLAN)
    await send(nurse, f"{HERE}/matches", **MATCH)
    await send(nurse, f"{HERE}/followups", **FOLLOW_UP)
    await send(nurse, f"{HERE}/conclusion", **STABLE | {"contact_every": "as-needed"})
    assert "今、やることはありません" in await page(nurse, "/participation/due")
    await retire_place(RETIRED, service.desk())
    assert "通っていた 草花台会館 は" in await page(nurse, HERE)
    assert "通っていた場所が使えなくなった" in await page(nurse, "/participation/due")
    await send(nurse, f"{HERE}/contacts", on="2026-11-23", note="隣の会館に通う")
    assert "通っていた 草花台会館 は" not in await page(nurse, HERE)
    assert "今、やることはありません" in await page(nurse, "/participation/due")
