"""支援経過 (T-11, 4.3), and that 支援会議-only material is seen by members alone (M-1, M-2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from itertools import product
from typing import Any

from services.coordination import queue
from services.coordination.access import sees_material, sees_person
from services.coordination.read.meetings import MeetingRow
from services.coordination.read.notes import Promise
from shared.casefile.progress import Note, Noted, note, progress
from shared.privacy.access import Role, Staff
from tests.coordination.examples import (
    CASE,
    MEETING,
    TODAY,
    TOMORROW,
    YESTERDAY,
    uid,
)
from tests.coordination.test_pages import DAY, HERE, Office, office, post
from tests.coordination.test_queue import ROW
from tests.given import scenario
from tests.paper.reading import words_of_pdf

__all__ = ["office"]

given = scenario(progress)
SAID = Note(
    "telephone",
    "third-party",
    "隣の方から電話があった",
    15,
    "C-01",
    TOMORROW,
    time(14, 30),
    "隣の方",
)
FACTS: dict[str, Any] = {
    "note_id": uid(95),
    "case_id": CASE,
    "said": SAID,
    "on": TODAY,
    "today": TODAY,
}
NOTED = Noted(
    case_id=CASE,
    note_id=uid(95),
    noted_on=TODAY,
    kind="telephone",
    voice="third-party",
    began_at=time(14, 30),
    with_whom="隣の方",
    minutes=15,
    agency="C-01",
    content="隣の方から電話があった",
    next_on=TOMORROW,
)


def test_what_was_done_is_written_down_once() -> None:
    given().when(note, **FACTS).then(NOTED)
    given(NOTED).when(note, **FACTS).then_nothing()
    given().when(note, **FACTS | {"said": replace(SAID, content=" ")}).then_refused("note-empty")
    given().when(note, **FACTS | {"said": replace(SAID, next_on=YESTERDAY)}).then_refused(
        "next-before-note"
    )
    given().when(note, **FACTS | {"on": TOMORROW}).then_refused("day-in-future")


def test_an_agreed_day_is_due() -> None:
    (due,) = queue.of_promises([Promise(CASE, TODAY, TOMORROW)])
    assert (due.kind, due.on) == ("promise", TOMORROW)


async def test_notes_stand_on_the_timeline_for_those_in_charge(office: Office) -> None:
    typed = {"on": DAY, "kind": "advice", "voice": "staff", "content": "家計表の付け方を助言"}
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        assert (await client.get(f"{HERE}/notes/new")).status_code == 200
        empty = await client.post(f"{HERE}/notes", data=typed | {"voice": ""})
        assert empty.status_code == 422
        assert "家計表の付け方を助言" in empty.text
        assert (await client.post(f"{HERE}/notes", data=typed)).status_code == 303
        later = typed | {"next_on": "2026-11-30", "content": "また話す"}
        assert (await client.post(f"{HERE}/notes", data=later)).status_code == 303
        page = (await client.get(HERE)).text
        for said in ("支援経過：関係機関への助言", "家計表の付け方を助言", "支援者の見立て・評価"):
            assert said in page
        assert "支援経過で決めた予定の日" in (await client.get("/coordination/queue")).text
        await post(client, "notes", kind="visit", voice="person", content="会えた")
    async with office.client(Role.COUNTER, "C-05") as other:
        assert "家計表の付け方を助言" not in (await other.get(HERE)).text


async def test_the_nurse_and_the_lead_write_what_they_did(office: Office) -> None:
    """T-10, T-11: the nurse reads all; the 主担当 what their own agency wrote; others neither."""
    typed = {"on": DAY, "kind": "visit", "voice": "person", "began_at": "09:30", "minutes": "40"}
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        await post(client, "notes", kind="visit", voice="person", content="係の記録")
    async with office.client(Role.NURSE, "C-08", "nd-masuko") as nurse:
        assert "支援経過を書く" in (await nurse.get(HERE)).text
        mine = typed | {"content": "血圧を測った", "with_whom": "本人と長女"}
        assert (await nurse.post(f"{HERE}/notes", data=mine)).status_code == 303
        page = (await nurse.get(HERE)).text
        for said in ("血圧を測った", "本人と長女", "09:30", "40分", "係の記録"):
            assert said in page
        printed = await nurse.get(f"{HERE}/notes/paper.pdf")
        assert printed.status_code == 200, printed.text
        assert "血圧を測った" in words_of_pdf(printed.content)
    async with office.client(Role.COUNTER, "C-07") as lead:
        assert (await lead.get(f"{HERE}/notes/new")).status_code == 409
        assert (await lead.post(f"{HERE}/notes", data=typed | {"content": "x"})).status_code == 409
    async with office.client(Role.COORDINATOR, "C-08") as client:
        ending: dict[str, Any] = {
            "reason": "roles-agreed",
            "resume_when": "滞納したとき",
            "basis": "none",
        }
        await post(client, "closure", lead_agency="C-07", **ending)
    async with office.client(Role.COUNTER, "C-07") as lead:
        assert (await lead.get(f"{HERE}/notes/new")).status_code == 200
        mine = typed | {"content": "電話で様子を聞いた"}
        assert (await lead.post(f"{HERE}/notes", data=mine)).status_code == 303
        page = (await lead.get(HERE)).text
        assert "電話で様子を聞いた" in page
        assert "係の記録" not in page


AGENCIES = ("C-01", "C-05", "C-07", "C-08")
ROLES = (Role.COORDINATOR, Role.NURSE, Role.COUNTER, Role.MANAGER, Role.COMMUNITY, Role.OPERATOR)


OATHS = [f"{one}|id:s" for one in AGENCIES]
NAMED = [f"{one}|name:見本" for one in AGENCIES]


def test_material_is_for_members_or_goes_over_with_consent() -> None:
    """Every role, agency, membership and state of consent: nobody else, in no combination."""
    for role, agency, members, opened, consent, oaths in product(
        ROLES,
        AGENCIES,
        (("C-08", "C-01"), ("C-05",)),
        (False, True),
        ("given", "refused"),
        (OATHS, [one.replace("id:s", "id:t") for one in OATHS], NAMED),
    ):
        staff = Staff("s", "見本", role, agency)
        row = replace(ROW, consent=consent)
        sat = MeetingRow(MEETING, "support-meeting", TODAY, "", list(members), "", 1, opened, oaths)
        over = opened and consent == "given" and sees_person(staff, row)
        if sees_material(staff, row, sat, TODAY):
            sworn = agency in members and (oaths is OATHS or oaths is NAMED)
            assert sworn or over, (role, agency, members, opened, consent, oaths)
        elif agency in members and oaths is not NAMED and oaths is not OATHS:
            assert not over, "a colleague accepted, not they themselves"
        elif agency in members:
            assert role in {Role.MANAGER, Role.OPERATOR}, (role, agency)


def test_what_went_over_goes_back_when_the_consent_is_over() -> None:
    """M-2: as long as it holds, and not a day longer."""
    colleague = Staff("s", "見本", Role.COORDINATOR, "C-08")
    sat = MeetingRow(MEETING, "support-meeting", TODAY, "", ["C-01"], "", 1, True, [])
    row = replace(ROW, consent="given", consent_until=TODAY)
    assert sees_material(colleague, row, sat, TODAY)
    assert not sees_material(colleague, row, sat, TOMORROW)
