"""一覧 in both standard forms: out as open data, and in again by the screen of staff."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from deploy.embedded import Servers
from services.community.app import community
from services.community.importing import not_read
from services.community.open_data import MUNICIPAL
from shared.runtime.settings import Settings
from tests.casefile.running import COMMUNITY, Client, Running, page, running, send

LISTS = "/community/lists"
PLACE: dict[str, Any] = {
    "name": "ふれあいサロンさくら",
    "kind": "salon",
    "town": "hirasawa",
    "address": "平沢175-4",
    "building": "秋川ふれあいセンター",
    "schedule": "毎週火曜 10:00-11:30",
    "note": "いすあり",
    "published": "true",
}
FOREIGN = (
    "全国地方公共団体コード,ID,地方公共団体名,名称,所在地_連結表記,建物名等(方書),説明,緯度,種類\n"
    "132284,A1,東京都あきる野市,みどり会館,東京都あきる野市草花1-1,2階,庭がある,35.7,サロン・居場所\n"
    "132284,A2,東京都あきる野市,あおぞら会館,東京都あきる野市草花2-2,,,,城\n"
    "131016,A3,東京都千代田区,よその会館,東京都千代田区1-1,,,,サロン・居場所\n"
)


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


async def looked_at(staff: Client, raw: bytes, status: int = 200) -> str:
    answer = await staff.post(f"{LISTS}/preview", files={"file": ("a.csv", raw, "text/csv")})
    assert answer.status_code == status, answer.text
    return str(answer.text)


async def taken_in(staff: Client, text: str) -> None:
    answer = await staff.post(LISTS, files={"written": (None, text)})
    assert answer.status_code == 303, answer.text


async def test_the_municipal_form_leaves_and_comes_back_without_a_loss(staff: Client) -> None:
    await send(staff, "/community/resources", **PLACE)
    raw = (await staff.get("/community/public/places.csv?form=standard")).content
    [head, row] = csv.reader(raw.decode("utf-8-sig").splitlines())
    cells = dict(zip(head, row, strict=True))
    assert head[: len(MUNICIPAL)] == list(MUNICIPAL)
    assert cells["全国地方公共団体コード"] == "132284"
    assert cells["地方公共団体名"] == "東京都あきる野市"
    assert cells["所在地_連結表記"] == "東京都あきる野市平沢175-4"
    assert cells["所在地_町字"] == "平沢"
    assert cells["建物名等(方書)"] == "秋川ふれあいセンター"
    assert not_read([one for one in head if cells[one]]) == []
    text = await looked_at(staff, raw)
    assert "同じ場所 1件" in text
    moved = raw.replace("平沢175-4".encode(), "平沢999".encode())
    text = await looked_at(staff, moved)
    assert "変わる場所 1件" in text
    assert "所在地" in text
    assert (await staff.get("/community/api/resources")).json()[0]["address"] == "平沢175-4"
    await taken_in(staff, moved.decode("utf-8-sig"))
    [one] = (await staff.get("/community/api/resources")).json()
    assert (one["address"], one["note"], one["town"]) == ("平沢999", "いすあり", "hirasawa")
    assert one["checked_by"] is None, "a list is no check"


async def test_a_list_of_another_office_is_read_as_far_as_it_can(
    service: Running, staff: Client
) -> None:
    await page(staff, f"{LISTS}/new")
    text = await looked_at(staff, FOREIGN.encode("cp932"))
    for word in ("新しい場所 1件", "取り込めない行 2件", "「城」は一覧にありません", "緯度"):
        assert word in text
    assert "131016はあきる野市ではありません" in text
    assert await service.told() == []
    for _ in range(2):
        await taken_in(staff, FOREIGN)
    [one] = (await staff.get("/community/api/resources")).json()
    assert (one["name"], one["address"], one["building"]) == ("みどり会館", "草花1-1", "2階")
    assert (one["note"], one["published"]) == ("庭がある", False)
    assert await service.told() == ["ResourceRegistered"]


async def test_the_parts_of_an_address_are_put_together(staff: Client) -> None:
    await taken_in(staff, "ID,名称,所在地_連結表記,所在地_町字,所在地_番地以下\n1,会館,,草花,3-3\n")
    [one] = (await staff.get("/community/api/resources")).json()
    assert one["address"] == "草花3-3"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "CSVのファイルを選んでください"),
        (b"PK\x03\x04", "Excelのファイルです"),
        (b"x" * 500_000, "ファイルが大きすぎます"),
        ("名称\n".encode() + "会館\n".encode() * 1001, "1000行まで"),
    ],
)
async def test_what_is_no_list_is_said(staff: Client, raw: bytes, said: str) -> None:
    assert said in await looked_at(staff, raw, 422)


async def test_a_retired_place_is_not_brought_back_by_a_list(staff: Client) -> None:
    here = await send(staff, "/community/resources", **PLACE)
    raw = (await staff.get("/community/public/places.csv")).content
    gone: dict[str, Any] = {"on": "R8.11.23", "reason": "moved"}
    await send(staff, f"{here}/retirement", **gone)
    assert "また使えるようにする" in await looked_at(staff, raw)
    await send(staff, f"{here}/reopening", reopened_on="R8.11.23")
    assert "同じ場所 1件" in await looked_at(staff, raw)
