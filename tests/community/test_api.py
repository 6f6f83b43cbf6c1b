"""The JSON of the directory and of the log: what the screens can do, other systems can."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID

import pytest

from deploy.embedded import Servers
from services.community.app import community
from services.community.read.activities import SHOWN
from shared.runtime.settings import Settings
from tests.casefile.running import COMMUNITY, Client, Running, page, running, send

CARD: dict[str, Any] = {"name": "サロンさくら", "kind": "salon", "town": "amema"}
SHEET: dict[str, Any] = {"programme": "3イ", "kind": "session", "held_on": "2026-11-20"}
COUNTED = SHEET | {"participants": 5}
PLACES, LOG = "/community/api/resources", "/community/api/activities"


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


async def post(staff: Client, path: str, status: int = 200, **asked: Any) -> Any:
    answer = await staff.post(path, json=asked)
    assert answer.status_code == status, answer.text
    return answer.json()


async def names(staff: Client, asked: str) -> list[str]:
    return [one["name"] for one in (await staff.get(f"{PLACES}?{asked}")).json()]


async def test_an_entry_from_its_correction_to_its_return(service: Running, staff: Client) -> None:
    made = await post(staff, PLACES, 201, **CARD)
    here = f"{PLACES}/{made['id']}"
    await post(staff, f"{here}/correction", **CARD, held="毎週火曜", edition=1)
    await post(staff, f"{here}/correction", 409, **CARD, held="毎週水曜", edition=1)
    await post(staff, f"{here}/check", capacity="full")
    await post(staff, f"{here}/check", 422, capacity="99")
    [one] = (await staff.get(PLACES)).json()
    assert (one["held"], one["capacity"], one["edition"]) == ("毎週火曜", "full", 3)
    assert one["checked_by"] == COMMUNITY.agency
    await post(staff, f"{here}/retirement", reason="moved", retired_on="2026-11-23")
    await post(staff, f"{here}/check", 409)
    await post(staff, f"{here}/reopening", 409, reopened_on="2026-11-24")
    await post(staff, f"{here}/reopening", reopened_on="2026-11-23")
    [one] = (await staff.get(PLACES)).json()
    assert (one["retired_on"], one["reason"], one["name"]) == (None, None, "サロンさくら")
    told = ["ResourceRegistered", "ResourceCorrected", "ResourceCorrected"]
    assert await service.told() == [*told, "ResourceRetired", "ResourceReopened"]


async def test_staff_take_a_retirement_back_on_the_screen(service: Running, staff: Client) -> None:
    here = await send(staff, "/community/resources", **CARD)
    gone: dict[str, Any] = {"on": "R8.11.23", "reason": "moved"}
    await send(staff, f"{here}/retirement", **gone)
    assert f"{here}/reopening" in await page(staff, here)
    await page(staff, f"{here}/reopening")
    assert "使えなくなった日より前" in await send(
        staff, f"{here}/reopening", 409, reopened_on="R8.11.22"
    )
    await send(staff, f"{here}/reopening", reopened_on="R8.11.23")
    assert "から使えません" not in await page(staff, here)
    assert "サロンさくら" in await page(staff, "/community")
    assert (await service.told())[-1] == "ResourceReopened"


@pytest.mark.parametrize(
    "slot",
    [
        {"weeks": [0]},
        {"weeks": [6]},
        {"ends": "11:00"},
        {"starts": "11:00", "ends": "10:00"},
        {"starts": "11:00", "ends": "11:00"},
    ],
)
async def test_a_time_that_cannot_be_is_refused(staff: Client, slot: dict[str, Any]) -> None:
    await post(staff, PLACES, 422, **CARD, schedule=[{"weekday": "tue"} | slot])
    await post(staff, PLACES, 201, **CARD, schedule=[{"weekday": "tue", "weeks": [1, -1]}])
    assert await names(staff, "weekday=tue") == ["サロンさくら"], "only the one that can be"


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("words=雨間", True),
        ("words=あまま", False),
        ("words=サロン 雨間", True),
        ("words=サロン 渕上", False),
        ("words=雨間 なし", False),
        ("town=amema", True),
        ("town=nobe", False),
        ("care=free", False),
        ("room=true", True),
        ("stale=true", False),
        ("page=2", False),
    ],
)
async def test_a_place_is_found_by_what_is_asked(staff: Client, asked: str, *, there: bool) -> None:
    await post(staff, PLACES, 201, **CARD)
    assert bool(await names(staff, asked)) is there


async def test_a_town_is_found_by_any_of_its_spellings(staff: Client) -> None:
    await post(staff, PLACES, 201, **CARD | {"town": "fuchigami"})
    await post(staff, PLACES, 201, name="町のない会館", kind="venue", published=True)
    for spelling in ("渕上", "淵上"):
        assert await names(staff, f"words={spelling}") == ["サロンさくら"]
        assert "サロンさくら" in await page(staff, f"/community?words={spelling}")
    unmapped = await page(staff, "/community?town=none")
    assert "町のない会館" in unmapped
    assert "サロンさくら" not in unmapped
    public = await page(staff, "/community/public?town=fuchigami")
    assert "町のない会館" not in public
    assert "町名が未記載" not in public


async def test_a_record_is_corrected(staff: Client) -> None:
    made = await post(staff, LOG, 201, **COUNTED)
    here = f"{LOG}/{made['id']}/correction"
    await post(staff, here, **SHEET, participants=6, edition=1)
    await post(staff, here, 409, **SHEET, participants=7, edition=1)
    [one] = (await staff.get(LOG)).json()
    assert one["counts"] == {"participants": 6}
    await post(staff, f"{LOG}/{UUID(int=1)}/correction", 404, **COUNTED)


async def test_the_log_is_asked_by_period_kind_place_and_page(
    service: Running, staff: Client
) -> None:
    place = (await post(staff, PLACES, 201, **CARD))["id"]
    await post(staff, LOG, 201, **COUNTED, resource_id=place)
    await post(staff, LOG, 201, **COUNTED | {"held_on": "2026-10-01", "kind": "event"})
    for asked, many in [
        ("since=2026-11-01", 1),
        ("until=R8.10.31", 1),
        ("since=2026-10-01&until=2026-11-30", 2),
        ("kind=event", 1),
        ("place=さくら", 1),
        ("place=月", 0),
        (f"resource_id={place}", 1),
        ("programme=3ロ", 0),
        ("since=いつか", 2),
        ("page=2", 0),
    ]:
        assert len((await staff.get(f"{LOG}?{asked}")).json()) == many, asked
        rows = (await page(staff, f"/community/activities?{asked}")).count('href="/community/act')
        assert resource_asked(asked) or rows >= many, asked
    await service.host.store.pool.execute(
        "INSERT INTO activities (activity_id, programme, kind, held_on, counts)"
        " SELECT gen_random_uuid(), '3イ', 'meeting', '2026-05-01', '{}'"
        " FROM generate_series(1, $1)",
        SHOWN,
    )
    first = await page(staff, "/community/activities?kind=meeting")
    assert "page=2" not in first
    assert "page=2" in await page(staff, "/community/activities?programme=3イ")
    assert len((await staff.get(f"{LOG}?page=2")).json()) == 2


def resource_asked(asked: str) -> bool:
    """The screen has no field for an id."""
    return asked.startswith("resource_id")
