"""JSON does what the pages can: household, assessment, X-24, doubles, referrals, 主担当."""

from __future__ import annotations

from typing import Any

from tests.intake.conftest import OTHER_CLERK, Client, Running
from tests.intake.test_api import API, BASIS, receive

SON: dict[str, Any] = {"relation": "son", "name": "架空 太郎", "born_on": "1975-05-05"}


async def post(client: Client, path: str, status: int = 201, **body: Any) -> Any:
    answer = await client.post(path, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_a_household_is_written_down_put_right_and_left(
    running: Running, clerk: Client
) -> None:
    where = f"{API}/{(await receive(clerk))['id']}/household"
    made = await post(clerk, where, **SON)
    again = SON | {"edition": 1, "note": "月に一度来る"}
    assert (await post(clerk, f"{where}/{made['id']}", **again))["edition"] == 2
    late = await post(clerk, f"{where}/{made['id']}", 409, **SON | {"edition": 1})
    assert late["type"] == "urn:tsunagu:refused:member-changed-meanwhile"
    await post(clerk, f"{where}/{made['id']}/departure", why="moved-out", on="2026-11-22")
    [one] = (await clerk.get(where)).json()
    assert (one["name"], one["note"], one["living"]) == ("架空 太郎", "月に一度来る", "apart")
    assert (one["left_on"], one["sex"]) == ("2026-11-22", "male")
    await post(clerk, where, 422, relation="nobody")
    async with running.as_(OTHER_CLERK) as other:
        assert (await other.get(where)).status_code == 409
        await post(other, where, 409, **SON)


async def test_an_assessment_has_editions(running: Running, clerk: Client) -> None:
    where = f"{API}/{(await receive(clerk))['id']}/assessment"
    items = [one.code for one in running.host.city.assessment_items][:2]
    first: dict[str, Any] = {
        "edition": 0,
        "on": "2026-11-23",
        "answers": {items[0]: "静かに暮らしたい"},
    }
    assert (await post(clerk, where, **first)) == {"edition": 1}
    assert (await clerk.get(where)).json()["answers"] == first["answers"]
    await post(clerk, where, 409, **first | {"answers": {items[1]: "二人目"}})
    wrong = await post(clerk, where, 422, **first | {"edition": 1, "answers": {"nope": "x"}})
    assert wrong["errors"][0]["field"] == "answers"
    async with running.as_(OTHER_CLERK) as other:
        assert (await other.get(where)).status_code == 409


async def test_the_field_is_put_right_with_a_reason(running: Running, clerk: Client) -> None:
    made = await receive(clerk, issues=["care"], main_issue="care")
    where = f"{API}/{made['id']}/field"
    await post(clerk, where, 409, beyond=True, reason=" ")
    done = await post(clerk, where, beyond=True, reason="息子の借金の相談も受けた")
    assert done["beyond"] is True
    assert [fact for fact, _ in await running.told()][1:] == ["BeyondFieldReviewed"]


async def test_doubles_are_proposed_joined_and_parted_again(clerk: Client) -> None:
    first = await receive(clerk, "a")
    asked = {"name": "架空 花子", "born_on": "1946-03-01"}
    [double] = await post(clerk, "/intake/api/doubles", 200, **asked)
    assert (double["case_id"], double["why"], double["member"]) == (
        *(first["case_id"], "氏名・生年月日", False),
    )
    second = await receive(clerk, "b")
    where = f"{API}/{second['id']}"
    await post(clerk, f"{where}/attachment", case_id=double["case_id"])
    parted = await post(clerk, f"{where}/detachment", reason="別の方だった")
    assert parted["case_id"] == second["case_id"]


async def test_which_counter_is_said_with_reasons(running: Running, clerk: Client) -> None:
    asked: dict[str, Any] = {"born_on": "1946-03-01", "address": "雨間1", "issues": ["care"]}
    found = await post(clerk, "/intake/api/which-counter", 200, **asked)
    assert found[0]["counter"] == "C-01"
    assert found[0]["why"]
    assert await running.told() == []


async def test_a_referral_is_reminded_of_and_withdrawn_by_its_sender(
    running: Running, clerk: Client
) -> None:
    made = await receive(clerk)
    letter: dict[str, Any] = {"to_counter": "C-04", "why": "手帳の申請", "basis": BASIS}
    sent = await post(clerk, f"{API}/{made['id']}/referral", **letter)
    where = f"/intake/api/referrals/{sent['id']}"
    async with running.as_(OTHER_CLERK) as other:
        await post(other, f"{where}/withdrawal", 409)
    await post(clerk, f"{where}/reminder", 200)
    assert (await clerk.get(where)).json()["reminded_on"] == "2026-11-23"
    await post(clerk, f"{where}/withdrawal", 200)
    assert (await clerk.get(where)).json()["stage"] == "withdrawn"


async def test_nobody_is_led_before_a_closure(clerk: Client) -> None:
    await receive(clerk)
    assert (await clerk.get("/intake/api/led")).json() == []
