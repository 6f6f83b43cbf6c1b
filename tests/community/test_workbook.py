"""A month's sessions from Excel: onto the screen, checked there, recorded all or none."""

from __future__ import annotations

import zipfile
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from deploy.embedded import Servers
from services.community.app import community
from shared.runtime.settings import Settings
from tests.casefile.running import COMMUNITY, Client, Running, page, running, send

KIND = "ikiiki-session"
MONTH = "/community/activities/month"
PLACE: dict[str, Any] = {"name": "草花台会館", "kind": "venue", "area": "草花"}
GOOD = {"開催日": datetime(2026, 10, 7), "場所": "草花　草花台会館", "参加人数": 12.0}


@pytest.fixture
async def service(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[Running]:
    async with running(community, settings_of("community"), servers) as service:
        yield service


@pytest.fixture
async def staff(service: Running) -> AsyncIterator[Client]:
    async with service.as_(COMMUNITY) as client:
        await send(client, "/community/resources", **PLACE)
        yield client


async def filled(
    staff: Client, rows: Sequence[dict[str, Any]], more: tuple[str, ...] = ()
) -> bytes:
    """The downloaded template with these rows written into it."""
    empty = await staff.get(f"{MONTH}.xlsx", params={"kind": KIND})
    assert empty.status_code == 200
    book = openpyxl.load_workbook(BytesIO(empty.content))
    sheet = book["記録"]
    heads = [cell.value for cell in sheet[1]]
    for head in more:
        heads.append(head)
        sheet.cell(1, len(heads), head)
    for n, row in enumerate(rows, start=2):
        for head, value in row.items():
            sheet.cell(n, heads.index(head) + 1, value)
    memory = BytesIO()
    book.save(memory)
    return memory.getvalue()


async def sent(staff: Client, raw: bytes, status: int) -> str:
    answer = await staff.post(
        f"{MONTH}/file", data={"kind": KIND}, files={"file": ("a.xlsx", raw, "application/zip")}
    )
    assert answer.status_code == status, answer.text
    return str(answer.text)


async def test_a_filled_in_month_is_shown_and_then_recorded(
    service: Running, staff: Client
) -> None:
    second = {"開催日": "R8.10.14", "場所": "草花台会館", "参加人数": "１５", "男性": 6}
    text = await sent(staff, await filled(staff, [GOOD, {}, second]), 200)
    for word in ('value="2026-10-07"', 'value="12"', 'value="R8.10.14"', 'value="6"'):
        assert word in text
    assert text.count('value="草花　草花台会館"') == 3, "two rows and the list"
    assert "すでにあります" not in text
    assert await service.told() == ["ResourceRegistered"], "nothing is recorded before the button"

    typed = {"held_on_1": "2026-10-07", "count_participants_1": "12", "kind": KIND}
    [place] = (await staff.get("/community/api/resources")).json()
    typed |= {"programme": "3イ", "resource_id_1": place["resource_id"]}
    await send(staff, MONTH, **dict[str, Any](typed))
    assert "1行目と同じ日・同じ場所の記録がすでにあります" in await sent(
        staff, await filled(staff, [GOOD]), 200
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"開催日": "いつか"}, "1行目の開催日"),
        ({"開催日": None}, "1行目の開催日を入力してください"),
        ({"場所": "どこか"}, "1行目の場所「どこか」は台帳にありません"),
        ({"参加人数": "多数"}, "1行目の参加人数"),
        ({"参加人数": -3}, "1行目の参加人数"),
        ({"男性": 99}, "1行目: 男女や年齢ごとの人数の合計が"),
        ({"開催日": datetime(2027, 1, 1)}, "まだ来ていない日"),
    ],
)
async def test_a_wrong_row_is_shown_with_its_reason(
    service: Running, staff: Client, wrong: dict[str, Any], said: str
) -> None:
    text = await sent(
        staff, await filled(staff, [GOOD | wrong]), 409 if ": " in said or "まだ" in said else 422
    )
    assert said in text
    assert 'name="held_on_1"' in text
    assert await service.told() == ["ResourceRegistered"]


def bomb() -> bytes:
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return memory.getvalue()


def entities() -> bytes:
    memory = BytesIO()
    with zipfile.ZipFile(memory, "w") as packed:
        packed.writestr("[Content_Types].xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    return memory.getvalue()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "として読めません"),
        (b"held_on,place", "として読めません"),
        (b"PK\x03\x04 broken", "として読めません"),
        (bomb(), "ファイルが大きすぎます"),
        (entities(), "として読めません"),
    ],
)
async def test_what_is_no_workbook_is_said(staff: Client, raw: bytes, said: str) -> None:
    assert said in await sent(staff, raw, 422)


async def test_a_workbook_of_another_form_is_said(staff: Client) -> None:
    assert "1行も書かれていません" in await sent(staff, await filled(staff, []), 422)
    strange = await filled(staff, [GOOD | {"氏名": "架空 花子"}], ("氏名",))
    assert "様式にない列があります: 氏名" in await sent(staff, strange, 422)
    twice = await filled(staff, [GOOD], ("参加人数",))
    assert "同じ見出しの列が2つ" in await sent(staff, twice, 422)
    many = await filled(staff, [GOOD] * 251)
    assert "250行まで" in await sent(staff, many, 422)


async def test_no_file_and_no_kind_lead_back(staff: Client) -> None:
    assert "として読めません" in await send(staff, f"{MONTH}/file", 422, kind=KIND)
    assert await send(staff, f"{MONTH}/file", kind="x") == "/community/activities/new"
    assert (await staff.get(f"{MONTH}.xlsx?kind=x")).status_code == 303
    assert "Excelから読み込む" in await page(staff, f"{MONTH}?kind={KIND}")
