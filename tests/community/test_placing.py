"""The place of a record: by name, however long the directory is, also one that is gone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from deploy.embedded import Servers
from services.community.app import community
from services.community.read.naming import SUGGESTED
from shared.runtime.settings import Settings
from tests.casefile.running import COMMUNITY, COORDINATOR, Client, Running, page, running, send

KIND = "ikiiki-session"
NEW = f"/community/activities/new?kind={KIND}"
SHEET: dict[str, Any] = {"kind": KIND, "programme": "3イ", "held_on": "R8.11.20"}
COUNTED = SHEET | {"count_participants": "9"}
PLACE: dict[str, Any] = {"name": "草花台会館", "kind": "venue", "area": "草花"}


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


async def places_of_activities(staff: Client) -> list[str | None]:
    return [one["place"] for one in (await staff.get("/community/api/activities")).json()]


@pytest.mark.parametrize(
    "typed", ["草花台会館", "草花　草花台会館", "草花 草花台会館", " 草花台 会館"]
)
async def test_a_place_is_taken_by_its_name(staff: Client, typed: str) -> None:
    await send(staff, "/community/resources", **PLACE)
    assert '<option value="草花　草花台会館">' in await page(staff, NEW)
    await send(staff, "/community/activities", **COUNTED, resource_id=typed)
    assert await places_of_activities(staff) == ["草花台会館"]


async def test_a_name_that_is_no_place_is_said_with_those_that_are_near(staff: Client) -> None:
    await send(staff, "/community/resources", **PLACE)
    text = await send(staff, "/community/activities", 422, **COUNTED, resource_id="草花台")
    assert "場所「草花台」は台帳にありません。近い名前: 草花　草花台会館" in text
    assert 'value="草花台"' in text
    assert "一覧から選ぶか" in await send(
        staff, "/community/activities", 422, **COUNTED, resource_id="月"
    )
    assert await places_of_activities(staff) == []


async def test_two_places_of_one_name_are_told_apart(staff: Client) -> None:
    for _ in range(2):
        await send(staff, "/community/resources", **PLACE)
    text = await send(staff, "/community/activities", 422, **COUNTED, resource_id="草花台会館")
    assert "台帳にいくつもあります" in text
    one = str((await staff.get("/community/api/resources")).json()[0]["resource_id"])
    marked = f"草花　草花台会館【{one[-8:]}】"
    assert f'<option value="{marked}">' in text
    await send(staff, "/community/activities", **COUNTED, resource_id=marked)
    [activity] = (await staff.get("/community/api/activities")).json()
    assert activity["resource_id"] == one


async def test_correcting_a_record_keeps_a_place_that_is_gone(staff: Client) -> None:
    here = await send(staff, "/community/resources", **PLACE)
    place = here.rsplit("/", 1)[1]
    await send(staff, "/community/activities", **COUNTED, resource_id=place)
    await send(staff, f"{here}/retirement", on="R8.11.23", reason="moved")
    [one] = (await staff.get("/community/api/activities")).json()
    record = f"/community/activities/{one['activity_id']}"
    shown = f"草花　草花台会館【{place[-8:]}】"
    assert f'value="{shown}"' in await page(staff, record)
    better = COUNTED | {"count_participants": "10", "edition": 1}
    await send(staff, record, **better, resource_id=shown)
    [one] = (await staff.get("/community/api/activities")).json()
    assert (one["resource_id"], one["counts"]) == (place, {"participants": 10})


async def test_the_thousand_and_first_place_is_found_too(service: Running, staff: Client) -> None:
    await service.host.store.pool.execute(
        "INSERT INTO resources (resource_id, name, search_key, kind, registered_on, checked_on)"
        " SELECT gen_random_uuid(), '会場' || n, '会場' || n, 'venue', '2026-04-01', '2026-04-01'"
        " FROM generate_series(1, $1) AS n",
        SUGGESTED,
    )
    await send(staff, "/community/resources", **PLACE | {"area": "", "name": "鱒の家"})
    form = await page(staff, NEW)
    assert "鱒の家" not in form
    assert form.count("<option") <= SUGGESTED + 20
    await send(staff, "/community/activities", **COUNTED, resource_id="鱒の家")
    assert await places_of_activities(staff) == ["鱒の家"]


async def test_a_group_is_named_where_the_city_asks_for_it(staff: Client) -> None:
    group: dict[str, Any] = {"kind": "group-session", "programme": "3イ", "held_on": "R8.11.20"}
    counted = group | {"count_participants": "8", "count_leaders": "2"}
    assert "場所やグループごとに" in await send(staff, "/community/activities", 409, **counted)
    await send(staff, "/community/resources", **PLACE | {"kind": "exercise-group"})
    await send(staff, "/community/activities", **counted, resource_id="草花台会館")
    assert "活動した介護予防リーダーの人数 2" in await page(staff, "/community/activities")


async def test_somebody_who_worries_us_is_written_down_elsewhere(
    service: Running, staff: Client
) -> None:
    assert "地区担当保健師か保健福祉支援係に伝えて" in await page(staff, NEW)
    async with service.as_(COORDINATOR) as coordinator:
        assert "/outreach/leads/new" in await page(coordinator, NEW)
    assert "気になる方" not in await page(staff, "/community/activities/new?kind=meeting")


@pytest.mark.parametrize("path", ["/community/activities", "/community/occasions"])
async def test_a_place_that_no_name_can_be_is_said_at_its_field(staff: Client, path: str) -> None:
    text = await send(staff, path, 422, **COUNTED, resource_id="草花\0台")
    assert "「場所」に読み取れない文字があります" in text
