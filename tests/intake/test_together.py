"""What belongs together is stored together, and what is decided twice at once is decided once."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.intake.conftest import OTHER_CLERK, Client, Running
from tests.intake.screens import page, receive
from tests.intake.test_referring import LETTER

MEMBER: dict[str, Any] = {
    "relation": "child",
    "name": "架空 小太郎",
    "born_on": "令和2年5月5日",
    "sex": "unknown",
    "living": "together",
    "command_id": "m",
}


async def test_a_member_and_what_follows_for_the_field_are_one_commit(
    running: Running, clerk: Client
) -> None:
    """X-24: a crash between the two would leave the old answer standing."""
    where = await receive(clerk, issues=["care"], main_issue="care")
    relation = {"relation": "grandchild"}
    assert (await clerk.post(f"{where}/household", data=MEMBER | relation)).status_code == 303
    rows = await running.host.store.pool.fetch(
        "SELECT type, xmin::text AS commit FROM events WHERE type <> 'consultation.Received'"
    )
    assert {row["type"] for row in rows} == {"household.MemberAdded", "consultation.FieldJudged"}
    assert len({row["commit"] for row in rows}) == 1


async def test_two_who_refer_to_one_counter_at_once_send_one_referral(
    running: Running, clerk: Client
) -> None:
    where = await receive(clerk)
    letters = [LETTER | {"why": f"{n}番目のお願い", "command_id": f"r{n}"} for n in range(4)]
    sent = await asyncio.gather(*(clerk.post(f"{where}/referral", data=one) for one in letters))
    assert sorted(one.status_code for one in sent) == [303, 422, 422, 422]
    assert [fact for fact, _ in await running.told()].count("ConsultationReferred") == 1


async def test_the_same_letter_twice_is_one_and_another_follows_when_it_is_over(
    running: Running, clerk: Client
) -> None:
    where = await receive(clerk)
    first = await clerk.post(f"{where}/referral", data=LETTER)
    again = await clerk.post(f"{where}/referral", data=LETTER)
    assert first.headers["location"] == again.headers["location"]
    back = {"reason": "other-field", "command_id": "b"}
    async with running.as_(OTHER_CLERK) as other:
        await other.post(f"{first.headers['location']}/return", data=back)
    later = await clerk.post(f"{where}/referral", data=LETTER | {"command_id": "r2"})
    assert later.status_code == 303
    assert later.headers["location"] != first.headers["location"]


async def test_what_was_written_before_joining_is_still_there(
    running: Running, clerk: Client
) -> None:
    """F-20: household and ties of the former case are shown, not lost."""
    known = await receive(clerk)
    case = (await clerk.get(known.replace("/intake/", "/intake/api/"))).json()["case_id"]
    where = await receive(clerk, case="new", command_id="two")
    own = (await clerk.get(where.replace("/intake/", "/intake/api/"))).json()["case_id"]
    await clerk.post(f"{where}/household", data=MEMBER | {"relation": "son"})
    tie = {"who": "架空商店", "kind": "strong", "command_id": "t"}
    assert (await clerk.post(f"{where}/ties", data=tie)).status_code == 303
    sheet = {
        "edition": "0",
        "on": "2026-11-23",
        "item_own_words": "静かに暮らす",
        "command_id": "a",
    }
    await clerk.post(f"{where}/assessment", data=sheet)
    joined = {"case_id": case, "former_case_id": own, "command_id": "j"}
    assert (await clerk.post(f"{where}/attachment", data=joined)).status_code == 303
    for path in (where, known):
        text = await page(clerk, path)
        for words in ("合わせる前の記録", "架空 小太郎", "架空商店"):
            assert words in text
    parted = {"former_case_id": case, "reason": "別の方", "command_id": "p"}
    assert (await clerk.post(f"{where}/detachment", data=parted)).status_code == 303
    assert "合わせる前の記録" not in await page(clerk, known)
    assert "架空 小太郎" in await page(clerk, where)


async def test_a_known_person_is_not_written_down_again(running: Running, clerk: Client) -> None:
    """The sheet is filled in from the newest consultation; left empty, the name is kept anyway."""
    where = await receive(clerk)
    case = (await clerk.get(where.replace("/intake/", "/intake/api/"))).json()["case_id"]
    form = await page(clerk, f"/intake/consultations/new?case={case}")
    for words in ("架空 花子", "昭和21年3月1日", "あきる野市雨間1-2-3"):
        assert words in form
    async with running.as_(OTHER_CLERK) as other:
        assert "花子" not in await page(other, f"/intake/consultations/new?case={case}")
    nameless = {"name": "", "kana": "", "born_on": "", "case": case, "command_id": "two"}
    again = await receive(clerk, **nameless)
    assert "お名前なし" not in await page(clerk, again)
    assert (await clerk.get(again.replace("/intake/", "/intake/api/"))).json()["born_on"]
