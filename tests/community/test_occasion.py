"""予定の催し: announced, corrected, cancelled; in the week, for everybody, and in the feed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import UUID

import pytest

from deploy.embedded import Servers
from services.community.app import community
from services.community.domain.occasion import (
    Announced,
    Cancelled,
    Corrected,
    Notice,
    announce,
    cancel,
    correct,
    occasion,
)
from services.community.domain.schedule import read_time
from services.community.published import tell
from services.community.read import occasions as calendar
from services.community.read.directory import directory
from shared.runtime.settings import Settings
from shared.sourcing.log import Origin
from shared.sourcing.streams import Streams
from tests.casefile.opened import opened, rows
from tests.casefile.running import COMMUNITY, Client, Running, page, running, send
from tests.community.examples import TODAY, TOMORROW, YESTERDAY
from tests.community.test_calendar import unfolded
from tests.community.test_public import stranger
from tests.given import scenario
from tests.rereading import write_again

given = scenario(occasion)
ID = UUID("0198f000-0000-7000-8000-0000000000e3")
NOTICE = Notice(title="リーダー養成講座", held_on=TOMORROW, starts="10:00", ends="11:30")
BETTER = NOTICE.model_copy(update={"starts": "09:30"})
ANNOUNCED = Announced(occasion_id=ID, notice=NOTICE, announced_on=TODAY)
CHANGED = Corrected(notice=BETTER, corrected_on=TODAY, edition=2)
HERE = "/community/occasions"
TYPED: dict[str, Any] = {
    "title": "子育て講演会",
    "held_on": "R8.11.26",
    "starts": "午後1時半",
    "ends": "15:00",
    "about": "申込みは不要です",
    "published": "true",
}


def test_something_to_come_to_is_announced_once() -> None:
    given().when(announce, occasion_id=ID, notice=NOTICE, today=TODAY).then(ANNOUNCED)
    given(ANNOUNCED).when(announce, occasion_id=ID, notice=BETTER, today=TODAY).then_nothing()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"held_on": YESTERDAY}, "occasion-over"),
        ({"ends": "10:00"}, "times-impossible"),
        ({"starts": None}, "times-impossible"),
    ],
)
def test_what_nobody_can_come_to_is_not_announced(wrong: dict[str, Any], code: str) -> None:
    notice = NOTICE.model_copy(update=wrong)
    given().when(announce, occasion_id=ID, notice=notice, today=TODAY).then_refused(code)
    given(ANNOUNCED).when(correct, notice=notice, today=TODAY).then_refused(code)


def test_it_is_corrected_and_nobody_writes_over_a_colleague() -> None:
    given(ANNOUNCED).when(correct, notice=BETTER, today=TODAY, edition=1).then(CHANGED)
    given(ANNOUNCED).when(correct, notice=NOTICE, today=TODAY, edition=1).then_nothing()
    given(ANNOUNCED, CHANGED).when(correct, notice=NOTICE, today=TODAY, edition=1).then_refused(
        "sheet-changed-meanwhile"
    )
    given().when(correct, notice=NOTICE, today=TODAY).then_refused("occasion-unknown")


def test_it_is_cancelled_once_and_then_stays_as_it_was() -> None:
    gone = Cancelled(cancelled_on=TODAY)
    given(ANNOUNCED).when(cancel, today=TODAY).then(gone)
    given(ANNOUNCED, gone).when(cancel, today=TODAY).then_nothing()
    given(ANNOUNCED, gone).when(correct, notice=BETTER, today=TODAY).then_refused(
        "occasion-cancelled"
    )
    given().when(cancel, today=TODAY).then_refused("occasion-unknown")


def test_a_time_is_read_as_people_write_it() -> None:
    assert [read_time(text) for text in ("１０:００", "午後1時半", " ")] == ["10:00", "13:30", None]
    for strange in ("25:00", "昼ごろ"):
        with pytest.raises(ValueError, match="時間"):
            read_time(strange)


async def test_notices_read_again_give_the_same_rows(database: str) -> None:
    async with opened(database, "community", tell, (directory, calendar.occasions)) as store:
        streams = Streams(store, occasion, Origin(actor="community-1"))
        await streams.act(ID, announce, occasion_id=ID, notice=NOTICE, today=TODAY)
        await streams.act(ID, correct, notice=BETTER, today=TODAY)
        await streams.act(ID, cancel, today=TODAY)
        before = await rows(store, "occasions", "1")
        history = await streams.history(ID)
        async with store.pool.acquire() as db:
            await db.execute("TRUNCATE occasions")
            for _ in range(2):
                await write_again(db, calendar.occasions, history)
        assert await rows(store, "occasions", "1") == before


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


async def test_a_notice_from_its_announcement_to_its_end(service: Running, staff: Client) -> None:
    await send(staff, "/community/resources", name="みんなの家", kind="parenting")
    await page(staff, f"{HERE}/new")
    await send(staff, HERE, **TYPED, resource_id="みんなの家")
    await send(staff, HERE, **TYPED | {"title": "職員の打合せ", "published": ""})
    [one, _] = (await staff.get("/community/api/occasions")).json()
    here = f"{HERE}/{one['occasion_id']}"
    week = await page(staff, "/community/calendar")
    assert here in week
    assert "職員の打合せ" in week
    assert "職員の打合せ" not in await page(staff, "/community/calendar?kind=salon")
    assert 'value="みんなの家"' in await page(staff, here)
    await send(staff, here, **TYPED | {"edition": "1", "starts": "13:00"}, resource_id="みんなの家")
    text = await send(staff, here, 409, **TYPED | {"edition": "1", "starts": "14:00"})
    assert "ほかの職員が書いたこと: 13:00" in text
    async with stranger(service) as somebody:
        week = await page(somebody, "/community/public/calendar")
        for word in ("子育て講演会", "13:00-15:00", "みんなの家", "申込みは不要です"):
            assert word in week
        assert "職員の打合せ" not in week
        lines = unfolded((await somebody.get("/community/public/calendar.ics")).content)
        assert "SUMMARY:子育て講演会" in lines
        assert "DTSTART;TZID=Asia/Tokyo:20261126T130000" in lines
        assert "SEQUENCE:1" in lines
        assert "SUMMARY:職員の打合せ" not in lines
        await send(staff, f"{here}/cancellation")
        assert "中止" in await page(somebody, "/community/public/calendar")
        lines = unfolded((await somebody.get("/community/public/calendar.ics")).content)
        assert "STATUS:CANCELLED" in lines
    assert "中止" in await page(staff, HERE)


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"title": ""}, 422, "名前"),
        ({"held_on": "R8.11.22"}, 409, "もう過ぎた日"),
        ({"starts": "昼ごろ"}, 422, "時間として読めません"),
        ({"ends": "13:00"}, 409, "始まりより後"),
        ({"programme": "9"}, 422, "一覧から選んでください"),
        ({"resource_id": "どこか"}, 422, "台帳にありません"),
    ],
)
async def test_a_notice_that_does_not_fit_is_said_and_kept(
    staff: Client, wrong: dict[str, Any], status: int, said: str
) -> None:
    text = await send(staff, HERE, status, **TYPED | wrong)
    assert said in text
    assert "申込みは不要です" in text
    assert (await staff.get("/community/api/occasions")).json() == []


async def test_the_json_announces_the_same(staff: Client) -> None:
    api = "/community/api/occasions"
    asked = {"title": "講座", "held_on": "2026-12-01", "starts": "10:00"}
    made = await staff.post(api, json=asked, headers={"Idempotency-Key": "o"})
    again = await staff.post(api, json=asked, headers={"Idempotency-Key": "o"})
    assert (made.status_code, again.json()) == (201, made.json())
    here = f"{api}/{made.json()['id']}"
    for edition, status in ((1, 200), (1, 409)):
        typed = asked | {"title": f"講座{status}", "edition": edition}
        assert (await staff.post(f"{here}/correction", json=typed)).status_code == status
    assert (await staff.post(f"{here}/cancellation")).status_code == 200
    [one] = (await staff.get(api)).json()
    assert (one["title"], one["cancelled_on"]) == ("講座200", "2026-11-23")
    assert (await staff.get(f"{api}?since=2027-01-01")).json() == []
    for wrong in ({"held_on": "2026-11-01"}, {"ends": "09:00"}, {"x": 1}):
        assert (await staff.post(api, json=asked | wrong)).status_code in (409, 422)
    await page(staff, f"{HERE}/{UUID(int=1)}", status=404)
