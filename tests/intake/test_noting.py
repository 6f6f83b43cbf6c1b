"""支援経過 at a counter: written, seen, due, printed, and by whom (4.3)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.intake.conftest import OTHER_CLERK, Client, Running
from tests.intake.screens import page, receive
from tests.paper.reading import words_of_pdf

TYPED: dict[str, Any] = {
    "on": "令和8年11月21日",
    "began_at": "14:30",
    "kind": "telephone",
    "minutes": "20",
    "with_whom": "長女",
    "voice": "third-party",
    "content": "家賃の督促が届いたと聞く",
    "next_on": "R8.11.22",
}
SAID = ("14:30", "20分", "長女", "第三者の話", "家賃の督促が届いたと聞く", "令和8年11月22日")


async def test_what_was_done_stands_on_the_record_and_on_paper(
    running: Running, clerk: Client
) -> None:
    here = await receive(clerk)
    assert "支援経過を書く" in await page(clerk, f"{here}/notes/new")
    done = await clerk.post(f"{here}/notes", data=TYPED | {"command_id": "n1"})
    assert done.status_code == 303, done.text
    again = await clerk.post(f"{here}/notes", data=TYPED | {"command_id": "n1"})
    assert again.status_code == 303
    text = await page(clerk, here)
    assert [word for word in SAID if word not in text] == []
    assert text.count("家賃の督促が届いたと聞く") == 1
    printed = words_of_pdf((await clerk.get(f"{here}/papers/notes.pdf")).content)
    assert "家賃の督促が届いたと聞く" in printed
    assert "長女" in printed
    assert (await clerk.get(f"{here}/papers/notes.xlsx")).status_code == 200
    assert "支援経過で決めた予定の日" in await page(clerk, "/intake/due")
    api = here.replace("/intake", "/intake/api")
    (kept,) = (await clerk.get(f"{api}/notes")).json()
    assert (kept["began_at"], kept["with_whom"]) == ("14:30:00", "長女")
    body = {"on": "2026-11-23", "kind": "visit", "voice": "person", "content": "会えた"}
    assert (await clerk.post(f"{api}/notes", json=body)).status_code == 201
    assert "支援経過で決めた予定の日" not in await page(clerk, "/intake/due")
    assert "Note" not in str(await running.told())


async def test_another_counter_neither_reads_nor_writes(running: Running, clerk: Client) -> None:
    here = await receive(clerk)
    await clerk.post(f"{here}/notes", data=TYPED | {"command_id": "n1"})
    async with running.as_(OTHER_CLERK) as other:
        assert "家賃の督促" not in await page(other, here)
        for path in (f"{here}/notes/new", f"{here}/papers/notes.pdf"):
            assert (await other.get(path)).status_code == 409
        refused = await other.post(f"{here}/notes", data=TYPED | {"command_id": "n2"})
        assert refused.status_code == 409


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"content": ""}, "内容"),
        ({"began_at": "25:00"}, "時刻"),
        ({"next_on": "R8.11.1"}, "次の予定日が、対応した日より前"),
        ({"kind": "telepathy"}, "一覧"),
        ({"on": "2027-01-01"}, "まだ来ていない"),
    ],
)
async def test_bad_input_keeps_what_was_typed(
    clerk: Client, wrong: dict[str, str], said: str
) -> None:
    here = await receive(clerk)
    refused = await clerk.post(f"{here}/notes", data=TYPED | wrong | {"command_id": "n3"})
    assert refused.status_code in {409, 422}
    assert said in refused.text
    assert "長女" in refused.text
