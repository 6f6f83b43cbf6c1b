"""決裁 on a running service: sent round, signed, sent back, insisted on where the city does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from services.coordination.read.approvals import turns
from shared.privacy.access import Role
from shared.vocabulary.city import City
from tests.coordination.test_pages import API, DAY, HERE, Office, office, post
from tests.coordination.test_plans import WRITTEN, begin, send
from tests.paper.reading import words_of_pdf

__all__ = ["office"]

CLOSING: dict[str, Any] = {
    "lead_agency": "C-01",
    "reason": "roles-agreed",
    "resume_when": "滞納したとき",
    "basis": "none",
}
Insist = Callable[[], None]


@pytest.fixture
def insist(office: Office, monkeypatch: pytest.MonkeyPatch) -> Insist:
    """The city asks for every signature."""

    def changed() -> None:
        city: City = office.host.city
        asked = tuple(one.model_copy(update={"required": True}) for one in city.approvals)
        monkeypatch.setattr(office.host, "city", city.model_copy(update={"approvals": asked}))

    return changed


async def act(
    client: httpx2.AsyncClient, path: str, status: int = 303, **typed: Any
) -> httpx2.Response:
    sent = typed | {"command_id": str(uuid4())}
    answer = await client.post(f"{HERE}/approvals/{path}", data=sent)
    assert answer.status_code == status, answer.text
    return answer


async def ask(client: httpx2.AsyncClient, kind: str = "plan", **typed: Any) -> str:
    answer = await act(client, f"new/{kind}", **typed or {"version": "1", "note": "急ぎます"})
    return answer.headers["location"].split("?")[0].rsplit("/", 1)[1]


async def test_a_plan_goes_round_and_bears_its_signatures(office: Office, insist: Insist) -> None:
    insist()
    worker = office.client(Role.COORDINATOR, "C-08")
    chief = office.client(Role.COORDINATOR, "C-08", login="local:chief")
    director = office.client(Role.COORDINATOR, "C-08", login="local:director")
    async with worker, chief, director:
        meeting = await begin(worker)
        await send(worker, "draft", **WRITTEN)
        agreeing = {"on": DAY, "version": "1", "meeting_id": meeting, "agreed": "true"}
        early = await send(worker, "agreement", **agreeing)
        assert early.status_code == 409
        assert "決裁が済んでいません" in early.text
        approval = await ask(worker)
        shown = (await worker.get(f"{HERE}/approvals/{approval}")).text
        assert "あなたが回した決裁です" in shown
        assert "滞納をなくす" in shown
        await act(worker, f"{approval}/signature", 409, step="chief")
        queue = (await chief.get("/coordination/api/queue")).json()
        assert [one["kind"] for one in queue].count("approval") == 1
        assert "係長として決裁する" in (await chief.get(f"{HERE}/approvals/{approval}")).text
        await act(chief, f"{approval}/signature", step="chief", note="よい")
        too_early = await send(worker, "agreement", **agreeing)
        assert too_early.status_code == 409
        await act(director, f"{approval}/signature", step="director")
        assert (await send(worker, "agreement", **agreeing)).status_code == 303
        paper = words_of_pdf((await worker.get(f"{HERE}/plans/rounds/1/paper.pdf")).content)
        assert "課長" in paper
        assert "見本" in paper
        [one] = (await worker.get(f"{API}/approvals")).json()
        assert (one["status"], one["step"]) == ("granted", None)
    async with office.store.pool.acquire() as db:
        assert await turns(db) == []


async def test_what_is_sent_back_is_changed_and_asked_again(office: Office) -> None:
    worker = office.client(Role.COORDINATOR, "C-08")
    chief = office.client(Role.COORDINATOR, "C-08", login="local:chief")
    async with worker, chief:
        await begin(worker)
        await send(worker, "draft", **WRITTEN)
        approval = await ask(worker)
        again = await act(worker, "new/plan", 409, version="1", note="もう一度の理由")
        assert "いま回っています" in again.text
        assert "もう一度の理由" in again.text
        empty = await act(chief, f"{approval}/return", 422, step="chief", reason="")
        assert "差し戻す理由" in empty.text
        await act(chief, f"{approval}/return", step="chief", reason="目標を具体的に")
        assert "目標を具体的に" in (await worker.get(f"{HERE}/approvals/{approval}")).text
        await send(worker, "draft", **WRITTEN | {"version": "1", "goal_1": "月に一度記録する"})
        stale = await act(worker, "new/plan", 409, version="1")
        assert "ほかの職員が先に保存しました" in stale.text
        second = await ask(worker, version="2")
        await act(worker, f"{second}/withdrawal")
        rows = (await worker.get(f"{HERE}/approvals")).text
        assert "第2版" in rows
        assert "第1版" in rows


async def test_an_ending_is_recorded_as_it_was_signed(office: Office, insist: Insist) -> None:
    insist()
    worker = office.client(Role.COORDINATOR, "C-08")
    deputy = office.client(Role.COORDINATOR, "C-08", login="local:coordinator")
    async with worker, deputy:
        await begin(worker)
        await post(worker, "closure", 409, **CLOSING)
        approval = await ask(worker, "closure", lead_agency="C-01", reason="roles-agreed")
        silent = await act(deputy, f"{approval}/signature", 409, step="chief")
        assert "代決するときは" in silent.text
        await act(deputy, f"{approval}/signature", step="chief", note="係長が出張のため")
        await post(worker, "closure", 409, **CLOSING | {"lead_agency": "C-07"})
        await post(worker, "closure", **CLOSING)
        assert (await worker.get(f"{HERE}/approvals")).status_code == 200


async def test_the_json_does_the_same(office: Office) -> None:
    worker = office.client(Role.COORDINATOR, "C-08")
    chief = office.client(Role.COORDINATOR, "C-08", login="local:chief")
    async with worker, chief:
        await begin(worker)
        await send(worker, "draft", **WRITTEN)
        again = {"Idempotency-Key": "k-1"}
        asking = {"version": 1, "note": "架空 太郎の件"}
        made = [
            (await worker.post(f"{API}/approvals/plan", json=asking, headers=again)).json()
            for _ in range(2)
        ]
        assert made[0]["id"] == made[1]["id"]
        signing = f"{API}/approvals/{made[0]['id']}/signature"
        refused = await worker.post(signing, json={"step": "chief"})
        assert refused.status_code == 409
        assert (await chief.post(signing, json={"step": "chief"})).status_code == 201
        [one] = (await worker.get(f"{API}/approvals")).json()
        assert (one["status"], one["step"], len(one["lines"])) == ("waiting", "director", 2)
        wrong = await worker.post(f"{API}/approvals/plan", json={"version": "x"})
        assert wrong.status_code == 422
    facts = await office.store.pool.fetch("SELECT data FROM facts")
    assert not any("太郎" in row["data"].decode() for row in facts)


async def test_others_do_not_come_in(office: Office) -> None:
    async with office.client(Role.COUNTER, "C-01") as counter:
        assert (await counter.get(f"{HERE}/approvals")).status_code == 403
