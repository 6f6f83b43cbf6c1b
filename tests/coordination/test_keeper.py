"""担当者 of a case, and the lists narrowed to one's own."""

from __future__ import annotations

from typing import Any

from services.coordination.domain import events as e
from services.coordination.domain.case import case
from services.coordination.domain.keeping import name_keeper
from shared.privacy.access import Role
from tests.coordination.examples import CASE, ENDED, OPEN, TODAY, YESTERDAY, uid
from tests.coordination.test_pages import API, DAY, HERE, Office, office, post
from tests.given import scenario

__all__ = ["office"]

given = scenario(case)
NOW: dict[str, Any] = {"on": TODAY, "today": TODAY}
ME: dict[str, Any] = {"assignment_id": uid(601), "keeper": "s-1", "keeper_name": "見本"}
KEPT = e.KeeperNamed(
    case_id=CASE, assignment_id=uid(601), keeper="s-1", keeper_name="見本", named_on=TODAY
)


def test_one_person_keeps_an_open_case() -> None:
    given(*OPEN).when(name_keeper, **ME, **NOW).then(KEPT)
    given(*OPEN, KEPT).when(name_keeper, **ME, **NOW).then_nothing()
    again = ME | {"assignment_id": uid(602)}
    given(*OPEN, KEPT).when(name_keeper, **again, **NOW).then_nothing()
    given(*ENDED).when(name_keeper, **ME, **NOW).then_refused("case-closed")
    early = {"on": YESTERDAY, "today": TODAY}
    given(*OPEN).when(name_keeper, **ME, **early).then_refused("before-acceptance")


async def test_ones_own_cases_are_found_in_the_list_and_the_queue(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        await post(client, "application", filled_by="subject", name="架空 花子")
        assert "まだ決まっていません" in (await client.get(HERE)).text
        assert "架空 花子" not in (await client.get("/coordination?mine=true")).text
        assert (await client.get("/coordination/api/queue?scope=kept")).json() == []
        assert "自分（見本）" in (await client.get(f"{HERE}/keeper/new")).text
        stranger = {"on": DAY, "keeper": "s-9"}
        assert (await client.post(f"{HERE}/keeper", data=stranger)).status_code == 409
        typed = {"on": DAY, "keeper": "s-1", "note": "前の担当から引き継いだ"}
        assert (await client.post(f"{HERE}/keeper", data=typed)).status_code == 303
        page = (await client.get(HERE)).text
        assert "担当者を決めました" in page
        assert "前の担当から引き継いだ" in page
        assert "架空 花子" in (await client.get("/coordination?mine=true")).text
        assert (await client.get("/coordination/api/queue?scope=kept")).json()
        assert "自分が担当するケース" in (await client.get("/coordination/queue")).text
    async with office.client(Role.COORDINATOR, "C-08", login="s-2") as other:
        assert (await other.get("/coordination/api/queue?scope=kept")).json() == []
        assert "s-1" in (await other.get(f"{HERE}/keeper/new")).text  # who keeps one may get more
        answer = await other.post(f"{API}/keeper", json={"on": DAY})
        assert answer.status_code == 201
        assert (await other.get("/coordination/api/queue?scope=kept")).json()
