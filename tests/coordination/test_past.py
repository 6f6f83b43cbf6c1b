"""A case's page as of a past day, and what other teams tell on its timeline (F-31)."""

from __future__ import annotations

from datetime import date

from services.coordination.domain.case import Case, case
from services.coordination.domain.escalation import note_return
from services.coordination.domain.events import Consulted
from shared.privacy.access import Role
from tests.coordination.examples import CASE, ENDED, OPEN, TODAY, came_back, uid
from tests.coordination.test_pages import HERE, Office, office, post
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
    async with office.client(Role.COUNTER, "C-05") as other:
        past = (await other.get(f"{HERE}?on=R8.8.1")).text
        assert "架空 花子" not in past


def test_a_consultation_of_a_case_in_our_hands_is_noted() -> None:
    given = scenario(case)
    facts = {"consultation_id": uid(91), "counter": "C-03", "on": TODAY}
    heard = Consulted(case_id=CASE, consultation_id=uid(91), counter="C-03", consulted_on=TODAY)
    given(*OPEN).when(note_return, **facts).then(heard)
    given(*OPEN, heard).when(note_return, **facts).then_nothing()
    given(*ENDED).when(note_return, **facts | {"on": date(2026, 11, 24)}).then(came_back())
    assert Case() == case.fold([])
