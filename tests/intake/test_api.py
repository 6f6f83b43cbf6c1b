"""The JSON API: strict bodies, one consultation per Idempotency-Key, problems named by field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.intake.conftest import CLERK, OTHER_CLERK, Client, Running

API = "/intake/api/consultations"
BODY: dict[str, Any] = {
    "counter": "C-01",
    "received_on": "2026-11-20",
    "channel": "phone",
    "source": "self",
    "name": "架空 花子",
    "born_on": "1946-03-01",
    "household_size": 2,
    "issues": ["debt"],
    "main_issue": "debt",
    "content": "家賃が払えない",
}
BASIS = {"kind": "consent", "reference": "2026-11-20"}


async def receive(client: Client, key: str = "k1", **changes: Any) -> dict[str, Any]:
    answer = await client.post(API, json=BODY | changes, headers={"Idempotency-Key": key})
    assert answer.status_code == 201, answer.text
    assert answer.headers["location"] == f"{API}/{answer.json()['id']}"
    return dict(answer.json())


async def test_the_same_key_answers_the_same_consultation(running: Running, clerk: Client) -> None:
    first = await receive(clerk)
    assert await receive(clerk) == first
    assert first["position"] == 1
    assert (await receive(clerk, "k2"))["id"] != first["id"]
    assert [fact for fact, _ in await running.told()] == ["ConsultationReceived"] * 2


async def test_the_same_key_with_another_body_is_refused_and_not_answered_as_done(
    running: Running, clerk: Client
) -> None:
    first = await receive(clerk)
    key = {"Idempotency-Key": "k1"}
    other = await clerk.post(API, json=BODY | {"content": "別の相談"}, headers=key)
    assert other.status_code == 422
    problem = other.json()
    assert problem["type"] == "urn:tsunagu:key-reused"
    assert "新しいキー" in problem["detail"]
    assert "new key" in problem["detail_en"]
    in_another_order = dict(reversed(BODY.items()))
    again = await clerk.post(API, json=in_another_order, headers=key)
    assert (again.status_code, again.json()) == (201, first)
    assert [fact for fact, _ in await running.told()] == ["ConsultationReceived"]


async def test_a_refused_body_may_be_put_right_under_its_key(
    running: Running, clerk: Client
) -> None:
    wrong = await clerk.post(
        API, json=BODY | {"counter": "C-77"}, headers={"Idempotency-Key": "k1"}
    )
    assert wrong.status_code == 422
    await receive(clerk, "k1")
    assert [fact for fact, _ in await running.told()] == ["ConsultationReceived"]


async def test_a_key_is_still_known_after_the_state_moved_on(clerk: Client) -> None:
    made = await receive(clerk)
    where, key = f"{API}/{made['id']}/escalation", {"Idempotency-Key": "e1"}
    asked = {"reasons": ["complex"], "basis": BASIS}
    assert (await clerk.post(where, json=asked, headers=key)).status_code == 201
    other = await clerk.post(where, json=asked | {"reasons": ["gap"]}, headers=key)
    assert (other.status_code, other.json()["type"]) == (422, "urn:tsunagu:key-reused")


async def test_two_offices_may_have_named_their_systems_alike(
    running: Running, clerk: Client
) -> None:
    await receive(clerk)
    elsewhere = replace(CLERK, agency="C-02")
    async with running.as_(elsewhere) as other:
        await receive(other, counter="C-02")
    assert len(await running.told()) == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"counter": None}, "counter"),
        ({"counter": "C-77"}, "counter"),
        ({"received_on": "R8.11.20"}, "received_on"),
        ({"received_on": 20261120}, "received_on"),
        ({"born_on": "1946-02-30"}, "born_on"),
        ({"household_size": "2"}, "household_size"),
        ({"household_size": 31}, "household_size"),
        ({"issues": ["no-such"]}, "issues"),
        ({"issues": "debt"}, "issues"),
        ({"case_id": "nobody"}, "case_id"),
        ({"name": "あ" * 101}, "name"),
        ({"surprise": 1}, "surprise"),
    ],
)
async def test_wrong_bodies_are_named_by_field(
    running: Running, clerk: Client, wrong: dict[str, Any], field: str
) -> None:
    answer = await clerk.post(API, json=BODY | wrong)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == field
    assert await running.told() == []


async def test_the_list_pages_and_hides_the_persons_of_others(
    running: Running, clerk: Client
) -> None:
    for number in range(3):
        await receive(clerk, f"k{number}")
    first = (await clerk.get(API, params={"limit": 2, "q": "花子"})).json()
    rest = (await clerk.get(API, params={"limit": 2, "after": first["next"]})).json()
    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]
    assert first["items"][0]["name"] == "架空 花子"
    async with running.as_(OTHER_CLERK) as other:
        listed = (await other.get(API)).json()["items"]
        one = (await other.get(f"{API}/{listed[0]['id']}")).json()
    assert {row["name"] for row in listed} == {None}
    assert (one["name"], one["content"], one["issues"]) == (None, None, ["debt"])
    assert (await clerk.get(API, params={"from": "2026-11-21"})).json()["items"] == []
    assert (await clerk.get(API, params={"limit": 0})).status_code == 422


async def test_an_escalation_needs_a_ground(running: Running, clerk: Client) -> None:
    made = await receive(clerk)
    where = f"{API}/{made['id']}/escalation"
    refused = await clerk.post(where, json={"reasons": ["complex"]})
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:tsunagu:refused:basis-missing"
    asked = {"reasons": ["complex"], "basis": BASIS}
    key = {"Idempotency-Key": "e1"}
    first = await clerk.post(where, json=asked, headers=key)
    assert first.status_code == 201
    assert (await clerk.post(where, json=asked, headers=key)).json() == first.json()
    assert (await clerk.post(where, json=asked)).status_code == 409
    assert [fact for fact, _ in await running.told()][1:] == ["CaseEscalated"]


async def test_a_consultation_is_attached(clerk: Client) -> None:
    first, second = await receive(clerk, "a"), await receive(clerk, "b")
    where = f"{API}/{second['id']}/attachment"
    joined = await clerk.post(where, json={"case_id": first["case_id"]})
    assert joined.status_code == 201
    assert (await clerk.get(f"{API}/{second['id']}")).json()["case_id"] == first["case_id"]
    unknown = await clerk.post(where, json={"case_id": "00000000-0000-0000-0000-000000000001"})
    assert unknown.status_code == 404
