"""A case's page as of a past day, and what other teams tell on its timeline (F-31)."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.coordination.domain.case import Case, case
from services.coordination.domain.escalation import note_return
from services.coordination.domain.events import Consulted
from shared.privacy.access import Role
from tests.coordination.examples import CASE, ENDED, OPEN, TODAY, came_back, uid
from tests.coordination.test_pages import API, HERE, Office, office, post
from tests.given import scenario

__all__ = ["office"]

EARLIER = """
ALTER TABLE events DISABLE TRIGGER USER;
UPDATE events SET recorded_at = '2026-08-01 03:00+00';
ALTER TABLE events ENABLE TRIGGER USER
"""


async def test_a_case_as_it_was_known(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        await post(client, "application", filled_by="subject", name="架空 花子")
        await office.store.pool.execute(EARLIER)
        await post(client, "consent", answer="given")
        sat = await post(client, "meetings", kind="plan-meeting", place="市役所", members=["C-01"])
        assert sat["id"]
        now = (await client.get(HERE)).text
        assert "本人の同意を得ました" in now
        then = (await client.get(f"{HERE}?on=R8.8.1")).text
        assert "当時の画面を表示しています" in then
        assert "多機関協働で受け付けました" in then
        for later in ("本人の同意を得ました", "会議を開きました", "一旦終結する"):
            assert later not in then
        before = await client.get(f"{HERE}?on=2026-07-31")
        assert before.status_code == 422
        assert "まだ多機関協働につながれていません" in before.text
        for wrong, why in (("2026-11-23", "昨日まで"), ("きのう", "きのう")):
            answer = await client.get(HERE, params={"on": wrong})
            assert answer.status_code == 422
            assert why in answer.text
        assert (await client.get(HERE)).text.count("本人の同意を得ました") == 1, (
            "today is as it was"
        )
        known = (await client.get(f"{API}?on=2026-08-01")).json()
        assert (known["consent"], (await client.get(API)).json()["consent"]) == ("unknown", "given")
        assert (await client.get(f"{API}?on=きのう")).status_code == 409
    async with office.client(Role.COUNTER, "C-05") as other:
        past = (await other.get(f"{HERE}?on=R8.8.1")).text
        assert "架空 花子" not in past


async def test_plans_as_they_were_known(office: Office) -> None:
    """F-31; who may read them is a matter of today."""
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        await post(client, "consent", answer="refused")
        support: dict[str, Any] = {"kind": "support-meeting", "secrecy": True}
        sat = await post(client, "meetings", place="市役所", members=["C-01"], **support)
        policy = {"meeting_id": sat["id"], "direction": "見守る", "review_on": "2027-02-01"}
        await post(client, "plans/policies", **policy)
        await office.store.pool.execute(EARLIER)
        draft = {"version": 0, "sheet": {"aim": "外に出る"}}
        assert (await client.post(f"{API}/plans/draft", json=draft)).status_code == 201
        then = (await client.get(f"{HERE}/plans?on=R8.8.1")).text
        assert "当時の画面を表示しています" in then
        assert "見守る" in then
        assert "最後に保存した職員" not in then
        assert "下書きを書く" not in then
        assert "最後に保存した職員" in (await client.get(f"{HERE}/plans")).text
        known = (await client.get(f"{API}/plans?on=2026-08-01")).json()
        assert (known["version"], len(known["policies"])) == (0, 1)
        assert (await client.get(f"{HERE}/plans/rounds/1?on=2026-08-01")).status_code == 404
    async with office.client(Role.COORDINATOR, "C-08", login="s-2") as colleague:
        assert "見守る" not in (await colleague.get(f"{HERE}/plans?on=R8.8.1")).text


def test_a_consultation_of_a_case_in_our_hands_is_noted() -> None:
    given = scenario(case)
    facts = {"consultation_id": uid(91), "counter": "C-03", "on": TODAY}
    heard = Consulted(case_id=CASE, consultation_id=uid(91), counter="C-03", consulted_on=TODAY)
    given(*OPEN).when(note_return, **facts).then(heard)
    given(*OPEN, heard).when(note_return, **facts).then_nothing()
    given(*ENDED).when(note_return, **facts | {"on": date(2026, 11, 24)}).then(came_back())
    assert Case() == case.fold([])
