"""Who may join a known case (F-20, ADR 0015): who knows it, or to whom it is proposed."""

from __future__ import annotations

from typing import Any

from tests.intake.conftest import COORDINATOR, OTHER_CLERK, Client, Running
from tests.intake.screens import ESCALATION, SHEET, page
from tests.intake.screens import receive as receive_on_page
from tests.intake.test_api import API, BODY, receive

STRANGER = {"name": "別野 次郎", "born_on": "1990-10-10", "counter": "C-04"}


async def sent(client: Client, key: str, **changes: Any) -> Any:
    return await client.post(API, json=BODY | changes, headers={"Idempotency-Key": key})


async def test_a_case_nothing_agrees_with_is_not_joined_by_its_id(
    running: Running, clerk: Client
) -> None:
    case = (await receive(clerk))["case_id"]
    async with running.as_(OTHER_CLERK) as other:
        refused = await sent(other, "o1", **STRANGER, case_id=case)
        assert refused.status_code == 409
        assert refused.json()["type"] == "urn:tsunagu:refused:case-not-proposed"
        own = (await sent(other, "o2", **STRANGER)).json()
        attached = await other.post(f"{API}/{own['id']}/attachment", json={"case_id": case})
        assert attached.json()["type"] == "urn:tsunagu:refused:case-not-proposed"
        assert (await other.get(f"{API}/{own['id']}")).json()["case_id"] == own["case_id"]
    assert "ケースの続きにした" not in {what for _, what in await running.sights()}


async def test_the_page_names_the_choice_and_keeps_what_was_typed(
    running: Running, clerk: Client
) -> None:
    case = (await receive(clerk))["case_id"]
    typed = SHEET | {"counter": "C-04", "name": "別野 次郎", "kana": "ベツノ", "phone": ""}
    typed |= {"born_on": "", "case": case}
    async with running.as_(OTHER_CLERK) as other:
        answer = await other.post("/intake/consultations", data=typed)
    assert answer.status_code == 422
    assert "選ばれたケースと合いません" in answer.text
    assert "別野 次郎" in answer.text


async def test_a_proposed_case_is_joined_and_the_log_says_who_did(
    running: Running, clerk: Client
) -> None:
    case = (await receive(clerk))["case_id"]
    async with running.as_(OTHER_CLERK) as other:
        joined = await sent(other, "o1", counter="C-04", case_id=case)
        assert joined.status_code == 201, joined.text
        assert joined.json()["case_id"] == case
    async with running.as_(COORDINATOR) as coordinator:
        text = await page(coordinator, f"/intake/sights/{case}")
    assert "ケースの続きにした" in text
    assert OTHER_CLERK.staff_id in text


async def test_who_knows_the_case_joins_it_whatever_the_sheet_says(
    running: Running, clerk: Client
) -> None:
    where = await receive_on_page(clerk)
    case = (await clerk.get(where.replace("/intake/", "/intake/api/"))).json()["case_id"]
    again = await sent(clerk, "k2", name="旧姓 花子", born_on=None, case_id=case)
    assert again.status_code == 201, again.text
    async with running.as_(COORDINATOR) as coordinator:
        early = await sent(coordinator, "c1", **STRANGER | {"counter": "C-08"}, case_id=case)
        assert early.status_code == 409
        assert (await clerk.post(f"{where}/escalation", data=ESCALATION)).status_code == 303
        late = await sent(coordinator, "c2", **STRANGER | {"counter": "C-08"}, case_id=case)
        assert late.status_code == 201, late.text
