"""The loop of a referral on the screens: two counters, and nobody else."""

from __future__ import annotations

from typing import Any

from tests.intake.conftest import CLERK, COORDINATOR, OTHER_CLERK, Client, Running
from tests.intake.screens import SHEET, page, receive

LETTER: dict[str, Any] = {
    "to_counter": "C-04",
    "why": "手帳の申請を手伝ってほしい",
    "basis": "consent",
    "consent_on": "令和8年11月20日",
    "command_id": "ref",
}


async def send(client: Client, where: str, **changes: Any) -> str:
    """The new referral's address."""
    response = await client.post(f"{where}/referral", data=LETTER | changes)
    assert response.status_code == 303, response.text
    return str(response.headers["location"])


async def post(client: Client, path: str, status: int = 303, **data: Any) -> str:
    response = await client.post(path, data={"command_id": path} | data)
    assert response.status_code == status, response.text
    return str(response.text)


async def test_the_form_says_which_counters_and_why(clerk: Client) -> None:
    where = await receive(clerk, issues=["debt", "disability"])
    text = await page(clerk, f"{where}/referral")
    assert "複数の分野にまたがっています（高齢、障がい、生活・就労）" in text
    assert "C-01" not in text.split("紹介先の窓口")[1].split("</select>")[0]


async def test_asking_which_counter_stores_nothing_and_keeps_what_was_typed(
    running: Running, clerk: Client
) -> None:
    response = await clerk.post("/intake/consultations", data=SHEET | {"ask": "which"})
    assert response.status_code == 200
    assert "お住まいの圏域は" in response.text
    assert "静かに暮らしたい" in response.text
    assert await running.told() == []


async def test_the_other_counter_reads_takes_and_ends_it(running: Running, clerk: Client) -> None:
    where = await receive(clerk)
    async with running.as_(OTHER_CLERK) as other:
        assert "架空 花子" not in await page(other, where)
        referral = await send(clerk, where)
        text = await page(other, "/intake/referrals")
        assert referral in text
        assert "返事待ち" in text
        text = await page(other, referral)
        assert "架空 花子" in text
        assert "手帳の申請を手伝ってほしい" in text
        assert "架空 花子" in await page(other, where)
        await post(other, f"{referral}/acceptance")
        await post(other, f"{referral}/end", outcome="service-started", note="来月から通所")
        assert "架空 花子" not in await page(other, where)
    text = await page(clerk, referral)
    assert "制度・サービスの利用が始まった" in text
    assert "来月から通所" in text
    kinds = [fact for fact, _ in await running.told()]
    assert kinds[1:] == ["ConsultationReferred", "ReferralAnswered", "ReferralEnded"]
    assert not any("花子" in data or "申請" in data for _, data in await running.told())
    assert ("clerk-4", "相談の記録") in await running.sights()


async def test_it_comes_back_with_a_reason(running: Running, clerk: Client) -> None:
    referral = await send(clerk, await receive(clerk))
    async with running.as_(OTHER_CLERK) as other:
        text = await post(other, f"{referral}/return", status=422, note="ここでは難しい")
        assert "ここでは難しい" in text
        assert "戻す理由" in text
        await post(other, f"{referral}/return", reason="other-field", note="高齢の窓口へ")
    text = await page(clerk, referral)
    assert "ほかの窓口の分野だった" in text
    assert "高齢の窓口へ" in text


async def test_the_sender_reminds_and_the_receiver_sees_it(running: Running, clerk: Client) -> None:
    referral = await send(clerk, await receive(clerk))
    await post(clerk, f"{referral}/reminder")
    async with running.as_(OTHER_CLERK) as other:
        assert "再度の依頼" in await page(other, "/intake/referrals")


async def test_only_the_two_counters_answer(running: Running, clerk: Client) -> None:
    referral = await send(clerk, await receive(clerk))
    await post(clerk, f"{referral}/acceptance", status=409)
    async with running.as_(COORDINATOR) as third:
        await page(third, referral, status=409)
        everywhere = await page(third, "/intake/referrals")
        assert "返事待ち" in everywhere
        assert referral not in everywhere


async def test_one_running_referral_to_a_counter(clerk: Client) -> None:
    where = await receive(clerk)
    await send(clerk, where)
    text = await post(
        clerk,
        f"{where}/referral",
        status=422,
        **LETTER | {"why": "別のお願い", "command_id": "again"},
    )
    assert "すでに紹介してあります" in text
    assert "別のお願い" in text


async def test_a_second_click_sends_one_referral(clerk: Client) -> None:
    where = await receive(clerk)
    assert await send(clerk, where) == await send(clerk, where)


async def test_the_api_walks_the_same_loop(running: Running, clerk: Client) -> None:
    where = (await receive(clerk)).replace("/intake/", "/intake/api/")
    body = {
        "to_counter": "C-04",
        "why": "手帳の申請",
        "basis": {"kind": "consent", "reference": "2026-11-20"},
    }
    made = await clerk.post(f"{where}/referral", json=body, headers={"Idempotency-Key": "r"})
    assert made.status_code == 201, made.text
    async with running.as_(OTHER_CLERK) as other:
        found = (await other.get("/intake/api/referrals")).json()["received"]
        assert [one["stage"] for one in found] == ["sent"]
        here = f"/intake/api/referrals/{made.json()['id']}"
        assert (await other.post(f"{here}/acceptance")).status_code == 200
        wrong = await other.post(f"{here}/end", json={"outcome": "no-such"})
        assert wrong.status_code == 422
        assert "outcome" in wrong.text
        assert (await other.post(f"{here}/end", json={"outcome": "solved"})).status_code == 200
    assert (await clerk.get(here)).json()["stage"] == "finished"


async def test_nobody_else_finds_the_name_by_searching(running: Running, clerk: Client) -> None:
    where = await receive(clerk)
    async with running.as_(OTHER_CLERK) as other:
        assert where not in await page(other, "/intake?q=花子")
        await send(clerk, where)
        assert where in await page(other, "/intake?q=花子")
    assert CLERK.agency == "C-01"
