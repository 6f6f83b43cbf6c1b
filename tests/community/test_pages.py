"""The screens and the JSON of community, as the people who build places get them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID

import pytest

from deploy.embedded import Servers
from services.community.app import community
from services.community.venues import places_of
from shared.runtime.settings import Settings
from tests.casefile.running import COMMUNITY, Client, Running, page, running, send

CARD: dict[str, Any] = {
    "name": "ふれあいサロンさくら",
    "kind": "salon",
    "area": "さくら台",
    "held": "毎週火曜",
}
SHEET: dict[str, Any] = {
    "held_on": "R8.11.20",
    "programme": "3イ",
    "kind": "ikiiki-session",
    "count_participants": "１８",
    "count_newcomers": "2",
}


@pytest.fixture
async def service(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[Running]:
    async with running(community, settings_of("community"), servers) as service:
        yield service


@pytest.fixture
async def staff(service: Running) -> AsyncIterator[Client]:
    async with service.as_(COMMUNITY) as client:
        yield client


async def test_the_venues_of_the_plan_come_once(service: Running, staff: Client) -> None:
    venues = len(list(places_of(service.host.city)))
    assert f"まだ台帳にないものが{venues}か所" in await page(staff, "/community")
    for _ in range(2):
        await send(staff, "/community/venues")
    assert await service.told() == ["ResourceRegistered"] * venues
    text = await page(staff, "/community?words=玉見")
    assert "玉見会館" in text
    assert "計画の会場を登録する" not in text


async def test_a_place_from_its_entry_to_its_end(service: Running, staff: Client) -> None:
    await page(staff, "/community/resources/new")
    here = await send(staff, "/community/resources", **CARD, command_id="c")
    assert await send(staff, "/community/resources", **CARD, command_id="c") == here
    assert "毎週火曜" in await page(staff, here)
    assert "ふれあいサロンさくら" in await page(staff, "/community?words=サロン&kind=salon")
    nothing = await page(staff, "/community?words=なし")
    assert "この条件に合う場所はありません" in nothing
    assert "条件を消す" in nothing
    await page(staff, f"{here}/correction")
    await send(staff, f"{here}/correction", edition=1, **(CARD | {"held": "毎週水曜"}))
    assert "毎週水曜" in await page(staff, here)
    await send(staff, f"{here}/check")
    await page(staff, f"{here}/retirement")
    await send(staff, f"{here}/retirement", on="2026-11-23", reason="moved")
    assert "から使えません" in await page(staff, here)
    assert "ふれあいサロンさくら" not in await page(staff, "/community")
    told = ["ResourceRegistered", "ResourceCorrected", "ResourceRetired"]
    assert await service.told() == told
    assert "また使えるようにする" in await send(staff, f"{here}/correction", 409, **CARD)


FULL: dict[str, Any] = CARD | {
    "kana": "フレアイサロンサクラ",
    "organisation": "さくら台町内会",
    "building": "さくら会館",
    "schedule": "火 10時から11時半\n第2・4木曜",
    "targets": ["older", "carers"],
    "cares": ["wheelchair", "free"],
    "capacity": "room",
    "url": "https://www.example.jp/salon",
}


async def test_an_entry_says_whose_when_for_whom_and_whether_there_is_room(
    service: Running, staff: Client
) -> None:
    here = await send(staff, "/community/resources", **FULL)
    other = await send(staff, "/community/resources", **CARD, building="さくら 会館")
    text = await page(staff, here)
    for word in ("さくら台町内会", "毎週火曜 10:00-11:30、第2・4木曜、毎週火曜", "空きがある"):
        assert word in text
    assert "高齢者、家族・介護している方" in text
    assert other in text, "the other entry in the same building"
    assert "健康課" not in text
    await send(staff, f"{here}/check", capacity="full")
    assert "いっぱい" in await page(staff, here)
    facts = await service.told()
    assert facts == ["ResourceRegistered", "ResourceRegistered", "ResourceCorrected"]


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("weekday=tue", True),
        ("weekday=thu", True),
        ("weekday=mon", False),
        ("target=older", True),
        ("target=youth", False),
        ("care=free", True),
        ("care=transport", False),
        ("words=町内会 さくら会館", True),
        ("words=フレアイ", True),
        ("room=yes", True),
        ("stale=yes", False),
        ("programme=3ニ", False),
        ("area=さくら台&weekday=tue&target=carers", True),
        ("weekday=nonsense", False),
        ("page=2", False),
    ],
)
async def test_a_place_is_found_by_day_target_care_and_programme(
    staff: Client, asked: str, there: bool
) -> None:
    await send(staff, "/community/resources", **FULL)
    assert ("ふれあいサロンさくら" in await page(staff, f"/community?{asked}")) is there


async def test_two_people_correct_one_entry(staff: Client) -> None:
    here = await send(staff, "/community/resources", **FULL)
    first = FULL | {"note": "いすあり", "targets": ["older", "carers", "youth"], "edition": "1"}
    await send(staff, f"{here}/correction", **first)
    second = FULL | {"held": "祝日は休み", "cares": ["wheelchair"], "edition": "1"}
    text = await send(staff, f"{here}/correction", 409, **second)
    assert "ほかの職員がこの記録を書きかえました" in text
    assert "いすあり" in text
    assert "祝日は休み" in text
    mixed = second | {"note": "いすあり", "targets": ["older", "carers", "youth"], "edition": "2"}
    await send(staff, f"{here}/correction", **mixed)
    assert "若者" in await page(staff, here)


async def test_an_empty_directory_offers_the_first_step(staff: Client) -> None:
    text = await page(staff, "/community")
    assert "最初の場所を登録する" in text
    assert "条件を消す" not in text


async def test_an_activity_is_recorded_and_corrected(service: Running, staff: Client) -> None:
    place = await send(staff, "/community/resources", **CARD)
    resource_id = place.rsplit("/", 1)[1]
    kinds = await page(staff, f"/community/activities/new?resource_id={resource_id}")
    form = f"/community/activities/new?kind=ikiiki-session&amp;resource_id={resource_id}"
    assert form.replace("&amp;", "&") in kinds.replace("&amp;", "&")
    assert 'value="さくら台　ふれあいサロンさくら"' in await page(staff, form.replace("&amp;", "&"))
    await send(staff, "/community/activities", **SHEET, resource_id=resource_id)
    assert "参加人数 18" in await page(staff, "/community/activities")
    [one] = (await staff.get("/community/api/activities")).json()
    here = f"/community/activities/{one['activity_id']}"
    await page(staff, here)
    await send(
        staff,
        here,
        **(SHEET | {"count_participants": "19", "edition": "1"}),
        resource_id=resource_id,
    )
    assert "参加人数 19" in await page(staff, place)
    assert (await service.told())[1:] == ["ActivityRecorded", "ActivityCorrected"]


async def test_two_people_correct_one_record(staff: Client) -> None:
    await send(staff, "/community/activities", **SHEET)
    [one] = (await staff.get("/community/api/activities")).json()
    here = f"/community/activities/{one['activity_id']}"
    first = SHEET | {"edition": "1", "count_participants": "20", "count_men": "6"}
    await send(staff, here, **first)
    second = SHEET | {"edition": "1", "count_participants": "21", "note": "雨だった"}
    text = await send(staff, here, 409, **second)
    assert "ほかの職員が書いたこと: 20" in text
    assert 'name="edition" value="2"' in text
    await send(staff, here, **second | {"edition": "2", "count_men": "6"})
    assert "参加人数 21" in await page(staff, "/community/activities")


@pytest.mark.parametrize(
    ("path", "typed", "status", "said"),
    [
        ("resources", CARD | {"name": ""}, 422, "名前"),
        ("resources", CARD | {"kind": "castle"}, 422, "種類"),
        ("resources", CARD | {"town": "江戸"}, 422, "一覧から選んでください"),
        ("resources", CARD | {"targets": ["older", "kings"]}, 422, "一覧から選んでください"),
        ("resources", CARD | {"cares": ["dragons"]}, 422, "一覧から選んでください"),
        ("resources", CARD | {"capacity": "99"}, 422, "一覧から選んでください"),
        ("resources", CARD | {"schedule": "ときどき"}, 422, "曜日と時間として読めません"),
        ("resources", CARD | {"url": "javascript:alert(1)"}, 422, "http:// か https://"),
        ("activities", SHEET | {"count_participants": "多数"}, 422, "参加人数"),
        ("activities", SHEET | {"count_newcomers": "19"}, 409, 'href="#f-count_newcomers">新規の'),
        ("activities", SHEET | {"count_men": "19"}, 409, "合計が、参加人数より多く"),
        ("activities", SHEET | {"kind": "no-such"}, 200, "どの活動を記録しますか"),
        ("activities", SHEET | {"held_on": "2026-11-24"}, 409, "まだ来ていない日"),
        ("activities", SHEET | {"programme": "9"}, 422, "一覧から選んでください"),
        ("activities", SHEET | {"resource_id": str(UUID(int=3))}, 404, "台帳にありません"),
    ],
)
async def test_what_does_not_fit_is_said_and_kept(
    service: Running, staff: Client, path: str, typed: dict[str, str], status: int, said: str
) -> None:
    text = await send(staff, f"/community/{path}", status, **typed)
    assert said in text
    assert "さくら台" in text or "R8.11.20" in text or path == "activities"
    assert await service.told() == []


async def test_what_is_unknown_is_not_there(staff: Client) -> None:
    await page(staff, f"/community/resources/{UUID(int=1)}", status=404)
    await page(staff, f"/community/activities/{UUID(int=1)}", status=404)


async def test_the_json_does_the_same(service: Running, staff: Client) -> None:
    again = {"Idempotency-Key": "r-1"}
    first = await staff.post("/community/api/resources", json=CARD, headers=again)
    second = await staff.post("/community/api/resources", json=CARD, headers=again)
    assert first.status_code == 201
    assert first.json() == second.json()
    found = (await staff.get("/community/api/resources", params={"words": "さくら"})).json()
    assert [one["resource_id"] for one in found] == [first.json()["id"]]
    sheet = {"held_on": "2026-11-20", "programme": "3イ", "kind": "event", "participants": 5}
    sheet["counts"] = {"volunteers": 2}
    assert (await staff.post("/community/api/activities", json=sheet)).status_code == 201
    for wrong in (sheet | {"participants": "5"}, sheet | {"participants": -1}, sheet | {"x": 1}):
        answer = await staff.post("/community/api/activities", json=wrong)
        assert answer.status_code == 422
    assert await service.told() == ["ResourceRegistered", "ActivityRecorded"]


MONTH: dict[str, Any] = {
    "kind": "ikiiki-session",
    "programme": "3イ",
    "held_on_1": "R8.10.7",
    "count_participants_1": "１２",
    "held_on_3": "R8.10.21",
    "count_participants_3": "15",
    "count_men_3": "6",
}


async def test_a_month_is_recorded_on_one_screen(service: Running, staff: Client) -> None:
    text = await page(staff, "/community/activities/month?kind=ikiiki-session")
    assert 'name="held_on_10"' in text
    typed = MONTH | {"command_id": str(UUID(int=5))}
    for _ in range(2):  # the second click
        await send(staff, "/community/activities/month", **typed)
    found = (await staff.get("/community/api/activities")).json()
    assert [(one["held_on"], one["counts"]) for one in found] == [
        ("2026-10-21", {"men": 6, "participants": 15}),
        ("2026-10-07", {"participants": 12}),
    ]
    assert await service.told() == ["ActivityRecorded"] * 2


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"count_participants_3": "多数"}, 422, "3行目の参加人数"),
        ({"held_on_3": ""}, 422, "3行目の開催日を入力してください"),
        ({"count_men_3": "99"}, 409, "3行目: 男女や年齢ごとの人数の合計が"),
        ({"held_on_3": "R8.12.24"}, 409, "3行目: まだ来ていない日"),
        ({"resource_id_3": str(UUID(int=3))}, 409, "3行目: この資源は台帳にありません"),
        ({"row": "more"}, 200, 'name="held_on_20"'),
    ],
)
async def test_one_wrong_row_and_no_row_is_recorded(
    service: Running, staff: Client, wrong: dict[str, str], status: int, said: str
) -> None:
    text = await send(staff, "/community/activities/month", status, **MONTH | wrong)
    assert said in text
    assert 'value="R8.10.7"' in text, "what was typed stays"
    assert await service.told() == []


async def test_an_empty_month_says_so(staff: Client) -> None:
    empty = {"kind": "ikiiki-session", "programme": "3イ"}
    text = await send(staff, "/community/activities/month", 422, **empty)
    assert "1行以上入力してください" in text
