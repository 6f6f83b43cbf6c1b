"""A month on one screen: a row for each venue, all rows or none, and nothing twice unseen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from deploy.embedded import Servers
from services.community.app import community
from shared.runtime.settings import Settings
from tests.casefile.running import COMMUNITY, Client, Running, page, running, send

KIND = "ikiiki-session"
MONTH = "/community/activities/month"
HEAD: dict[str, Any] = {"kind": KIND, "programme": "3イ"}


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


def row(n: int, day: str, place: str = "", participants: str = "9") -> dict[str, Any]:
    typed = {"held_on": day, "resource_id": place, "count_participants": participants}
    return {f"{name}_{n}": text for name, text in typed.items()}


async def recorded(service: Running) -> int:
    return (await service.told()).count("ActivityRecorded")


async def test_every_venue_of_the_plan_has_its_row(service: Running, staff: Client) -> None:
    await send(staff, "/community/venues")
    form = await page(staff, f"{MONTH}?kind={KIND}")
    for name in ("雨間　雨間クラブ", "五日市保健センター", "小机　小机自治会館"):
        assert f'value="{name}"' in form or f'　{name}"' in form
    assert 'name="held_on_50"' in form
    assert form.count("<datalist") == 1
    some = HEAD | row(2, "R8.11.2", "雨間　雨間クラブ") | row(49, "R8.11.9", "小机自治会館")
    untouched: dict[str, Any] = {"resource_id_3": "野辺　八雲神社社務所"}
    await send(staff, MONTH, **some, **untouched)
    assert await recorded(service) == 2
    assert 'name="held_on_1"' in await page(staff, f"{MONTH}?kind=leader-pr")


async def test_more_than_a_hundred_rows_are_sent_at_once(service: Running, staff: Client) -> None:
    measures = ("men", "women", "under_65", "65_74", "75_over", "staff", "volunteers")
    empty = {f"count_{name}_{n}": "" for name in measures for n in range(1, 121)}
    rows = [row(n, f"R8.{4 + n % 7}.{1 + n // 7}") for n in range(1, 121)]
    typed = HEAD | empty | {name: text for one in rows for name, text in one.items()}
    await send(staff, MONTH, **typed)
    assert await recorded(service) == 120


async def test_a_month_that_breaks_in_the_middle_leaves_nothing(
    service: Running, staff: Client
) -> None:
    db = service.host.store.pool
    await db.execute("ALTER TABLE activities ADD CONSTRAINT torn CHECK (held_on <> '2026-11-03')")
    typed = HEAD | row(1, "R8.11.2") | row(2, "R8.11.3") | row(3, "R8.11.4")
    await send(staff, MONTH, 500, **typed, command_id="m")
    assert await recorded(service) == 0
    await db.execute("ALTER TABLE activities DROP CONSTRAINT torn")
    for _ in range(2):  # and pressed twice
        await send(staff, MONTH, **typed, command_id="m")
    assert await recorded(service) == 3


async def test_what_was_recorded_before_is_asked_about(service: Running, staff: Client) -> None:
    typed = HEAD | row(1, "R8.11.2") | row(4, "R8.11.3") | row(7, "R8.11.3")
    text = await send(staff, MONTH, 422, **typed)
    assert "7行目と同じ日・同じ場所の記録がすでにあります" in text
    assert await recorded(service) == 0
    await send(staff, MONTH, **typed, again="true")
    text = await send(staff, MONTH, 422, **HEAD, **row(5, "R8.11.2"), **row(6, "R8.11.9"))
    assert "5行目と同じ日" in text
    assert 'value="R8.11.9"' in text
    await send(staff, MONTH, **HEAD, **row(6, "R8.11.9"))
    assert await recorded(service) == 4


async def test_a_refused_row_does_not_move_the_numbers(staff: Client) -> None:
    await send(staff, MONTH, **HEAD, **row(1, "R8.11.3"))
    typed = HEAD | row(1, "R9.1.1") | row(2, "R8.11.4") | row(3, "R8.11.3")
    text = await send(staff, MONTH, 409, **typed)
    assert "1行目: まだ来ていない日" in text
    typed |= row(1, "R8.11.5")
    assert "3行目と同じ日" in await send(staff, MONTH, 422, **typed)
