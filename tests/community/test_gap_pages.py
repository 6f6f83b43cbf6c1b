"""The way of a need from a meeting to somebody who goes there, as staff see it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from deploy.embedded import Servers
from services.community.app import community
from services.community.notices import waiting
from services.community.reactions import close_loop, take_note
from shared.contracts.coordination import ResourceMissed
from shared.contracts.participation import PlaceMatched
from shared.runtime.notices import Waiting
from shared.runtime.settings import Settings
from shared.vocabulary.notices import Recipient
from tests.casefile.running import COMMUNITY, Client, Running, page, running, send

MISSED = ResourceMissed(
    occurred_on=date(2026, 10, 1),
    missed_id=UUID(int=11),
    resource="place-youth",
    catchment="ca-chubu",
)
BY_HAND: dict[str, Any] = {"kind": "transport", "on": "R8.11.1", "note": "夜の送迎がない"}
GAPS = "/community/gaps"


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


def goes_to(place: UUID) -> PlaceMatched:
    return PlaceMatched(
        occurred_on=date(2026, 11, 10),
        case_id=UUID(int=5),
        request_id=UUID(int=6),
        match_id=UUID(int=7),
        resource_id=place,
    )


async def test_a_need_from_a_meeting_to_somebody_who_goes_there(
    service: Running, staff: Client
) -> None:
    await take_note(MISSED, service.desk(UUID(int=1)))
    again = MISSED.model_copy(update={"missed_id": UUID(int=12)})
    for _ in range(2):  # the bus may tell twice
        await take_note(again, service.desk(UUID(int=2)))
    here = f"{GAPS}/{MISSED.missed_id}"
    text = await page(staff, GAPS)
    assert here in text
    assert "2回" in text
    await send(staff, f"{here}/preparation", plan="自治会と相談する", prepared_on="R8.10.11")
    assert "準備中" in await page(staff, here)

    card: dict[str, Any] = {"name": "みんなの居間", "kind": "salon"}
    form = await page(staff, f"/community/resources/new?gap={MISSED.missed_id}")
    assert str(MISSED.missed_id) in form
    back = await send(staff, "/community/resources", **card, gap=str(MISSED.missed_id))
    assert back.startswith(f"{here}?place=")
    assert 'value="みんなの居間"' in await page(staff, back)
    place = back.rsplit("=", 1)[1]
    await send(staff, f"{here}/opening", resource_id=place, opened_on="R8.10.31")
    text = await page(staff, here)
    assert "（30日）" in text
    assert "見送る" not in text

    for cause in (3, 4):
        await close_loop(goes_to(UUID(place)), service.desk(UUID(int=cause)))
    assert "（40日）" in await page(staff, here)
    assert "40日（中央値、1件）" in await page(staff, f"{GAPS}?status=matched")
    told = [one for one in await service.told() if one.startswith("Gap")]
    assert told == ["GapNoted", "GapFilled", "GapClosed"]

    await take_note(again, service.desk(UUID(int=8)))  # told once more, long after
    assert (await page(staff, GAPS)).count(f"{GAPS}/0") == 1


async def test_what_is_missed_after_the_place_opened_is_a_new_need(
    service: Running, staff: Client
) -> None:
    await take_note(MISSED, service.desk(UUID(int=1)))
    await send(staff, f"{GAPS}/{MISSED.missed_id}/end", reason="足りる", dropped_on="R8.10.2")
    again = MISSED.model_copy(update={"missed_id": UUID(int=12)})
    await take_note(again, service.desk(UUID(int=2)))
    text = await page(staff, GAPS)
    assert f"{GAPS}/{again.missed_id}" in text
    assert "見送り" in await page(staff, f"{GAPS}/{MISSED.missed_id}")


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"kind": "castle"}, 422, "一覧から選んでください"),
        ({"kind": ""}, 422, "足りないもの"),
        ({"catchment": "moon"}, 422, "一覧から選んでください"),
        ({"targets": ["dragons"]}, 422, "一覧から選んでください"),
        ({"on": "R9.1.1"}, 409, "まだ来ていない日"),
        ({"on": "きのう"}, 422, "気づいた日"),
    ],
)
async def test_a_need_that_says_nothing_is_not_noted(
    staff: Client, wrong: dict[str, Any], status: int, said: str
) -> None:
    text = await send(staff, GAPS, status, **BY_HAND | wrong)
    assert said in text
    assert "夜の送迎がない" in text
    assert "の記録はありません" in await page(staff, GAPS)


@pytest.mark.parametrize(
    ("step", "typed", "status", "said"),
    [
        ("preparation", {"plan": "", "prepared_on": "R8.11.2"}, 422, "だれが何を準備するか"),
        ("preparation", {"plan": "x", "prepared_on": "R8.10.2"}, 409, "気づいた日より前"),
        ("opening", {"resource_id": str(UUID(int=9)), "opened_on": "R8.11.2"}, 404, "台帳に"),
        ("opening", {"resource_id": "x", "opened_on": "R8.11.2"}, 422, "使えるようになった場所"),
        ("end", {"reason": "x", "dropped_on": "R9.1.1"}, 409, "まだ来ていない日"),
    ],
)
async def test_a_step_that_does_not_fit_is_said(
    staff: Client, step: str, typed: dict[str, str], status: int, said: str
) -> None:
    here = await send(staff, GAPS, **BY_HAND)
    assert said in await send(staff, f"{here}/{step}", status, **typed)
    assert "気づいた" in await page(staff, here)


async def placed(staff: Client, here: str) -> str:
    """A new place for the need in the directory; its id."""
    card: dict[str, Any] = {"name": "みんなの居間", "kind": "salon"}
    return (await send(staff, "/community/resources", **card, gap=here.rsplit("/", 1)[1])).rsplit(
        "=", 1
    )[1]


async def test_who_went_there_before_staff_said_it_was_open_closes_the_loop(
    service: Running, staff: Client
) -> None:
    here = await send(staff, GAPS, **BY_HAND)
    place = await placed(staff, here)
    for cause in (3, 4):  # the bus may tell twice
        await close_loop(goes_to(UUID(place)), service.desk(UUID(int=cause)))
    await send(staff, f"{here}/opening", resource_id="みんなの居間", opened_on="R8.11.5")
    assert "（9日）" in await page(staff, here), "noted on the first, matched on the tenth"
    assert [one for one in await service.told() if one.startswith("Gap")][-1] == "GapClosed"


async def test_a_match_before_the_place_opened_does_not_end_the_loop(
    service: Running, staff: Client
) -> None:
    here = await send(staff, GAPS, **BY_HAND)
    place = await placed(staff, here)
    await close_loop(goes_to(UUID(place)), service.desk(UUID(int=3)))
    await send(staff, f"{here}/opening", resource_id=place, opened_on="R8.11.12")
    assert "人がつながった日" not in await page(staff, here)
    later = goes_to(UUID(place)).model_copy(update={"occurred_on": date(2026, 11, 20)})
    await close_loop(later, service.desk(UUID(int=4)))
    assert "（19日）" in await page(staff, here)


async def test_a_place_that_is_gone_is_not_what_opened(staff: Client) -> None:
    here = await send(staff, GAPS, **BY_HAND)
    place = await placed(staff, here)
    gone: dict[str, Any] = {"on": "R8.11.23", "reason": "moved"}
    await send(staff, f"/community/resources/{place}/retirement", **gone)
    typed: dict[str, Any] = {"resource_id": place, "opened_on": "R8.11.12"}
    assert "使えなくなったものとして" in await send(staff, f"{here}/opening", 409, **typed)


async def test_two_people_plan_for_one_need(staff: Client) -> None:
    here = await send(staff, GAPS, **BY_HAND)
    mine: dict[str, Any] = {"plan": "車をさがす", "prepared_on": "R8.11.3", "edition": "0"}
    await send(staff, f"{here}/preparation", **mine, due_on="R8.12.1")
    theirs = mine | {"plan": "運転手をさがす"}
    text = await send(staff, f"{here}/preparation", 409, **theirs)
    assert "ほかの職員が書いたこと: 車をさがす" in text
    assert "運転手をさがす" in text
    assert "令和8年12月1日" in text, "what only the colleague wrote stays"
    await send(staff, f"{here}/preparation", **theirs | {"edition": "1"}, due_on="R8.12.1")
    assert "運転手をさがす" in await page(staff, here)


async def test_what_nobody_moves_on_falls_due(service: Running, staff: Client) -> None:
    old = await send(staff, GAPS, **BY_HAND | {"on": "R8.9.1", "note": ""})
    new = await send(staff, GAPS, **BY_HAND)
    late = await page(staff, f"{GAPS}?status=late")
    assert old in late
    assert new not in late
    office = await waiting(service.desk(), Recipient(team="community", address="a@example.jp"))
    assert office == Waiting(late=1, today=0, soon=0)
    plan: dict[str, Any] = {"plan": "相談する", "prepared_on": "R8.11.2", "due_on": "R8.11.23"}
    await send(staff, f"{old}/preparation", **plan)
    assert old not in await page(staff, f"{GAPS}?status=late")
    office = await waiting(service.desk(), Recipient(team="community", address="a@example.jp"))
    assert office == Waiting(late=0, today=1, soon=0)


async def test_the_hundred_and_first_need_is_on_the_next_page(
    service: Running, staff: Client
) -> None:
    await service.host.store.pool.execute(
        "INSERT INTO gaps (gap_id, kind, targets, source, status, missed, noted_on)"
        " SELECT gen_random_uuid(), 'transport', '{}', 'meeting', 'noted', '{}', '2026-11-01'"
        " FROM generate_series(1, 101)"
    )
    assert f"{GAPS}?status=&amp;page=2" in await page(staff, GAPS)
    assert (await page(staff, f"{GAPS}?page=2")).count(f'href="{GAPS}/') == 2, "one, and the form"
    assert len((await staff.get("/community/api/gaps?page=2")).json()) == 1


async def test_the_json_takes_a_need_to_its_place_or_its_end(staff: Client) -> None:
    asked = {"kind": "transport", "noted_on": "2026-11-01"}
    ids = [(await staff.post("/community/api/gaps", json=asked)).json()["id"] for _ in range(2)]
    first, second = (f"/community/api/gaps/{one}" for one in ids)
    plan = {"plan": "相談する", "prepared_on": "2026-11-02", "due_on": "2026-12-01", "edition": 0}
    assert (await staff.post(f"{first}/preparation", json=plan)).status_code == 200
    other = plan | {"plan": "やめる"}
    assert (await staff.post(f"{first}/preparation", json=other)).status_code == 409
    made = await staff.post("/community/api/resources", json={"name": "車の会", "kind": "other"})
    opening = {"resource_id": made.json()["id"], "opened_on": "2026-11-03"}
    assert (await staff.post(f"{first}/opening", json=opening)).status_code == 200
    end = {"reason": "足りる", "dropped_on": "2026-11-03"}
    assert (await staff.post(f"{second}/end", json=end)).status_code == 200
    assert (await staff.post(f"{first}/end", json=end)).status_code == 409
    found = {one["gap_id"]: one for one in (await staff.get("/community/api/gaps")).json()}
    assert [found[one]["status"] for one in ids] == ["opened", "dropped"]
    assert found[ids[0]]["due_on"] == "2026-12-01"


async def test_an_unknown_need_is_not_there(staff: Client) -> None:
    await page(staff, f"{GAPS}/{UUID(int=1)}", status=404)


async def test_the_json_notes_the_same(staff: Client) -> None:
    asked = {"kind": "transport", "targets": ["older"], "noted_on": "2026-11-01"}
    made = await staff.post("/community/api/gaps", json=asked, headers={"Idempotency-Key": "g"})
    again = await staff.post("/community/api/gaps", json=asked, headers={"Idempotency-Key": "g"})
    assert (made.status_code, again.json()) == (201, made.json())
    [one] = (await staff.get("/community/api/gaps")).json()
    assert (one["gap_id"], one["status"], one["times"]) == (made.json()["id"], "noted", 1)
    for wrong in ({"kind": "castle"}, {"noted_on": "2027-01-01"}, {"noted_on": 1.5}, {"x": 1}):
        answer = await staff.post("/community/api/gaps", json=asked | wrong)
        assert answer.status_code in (409, 422)
