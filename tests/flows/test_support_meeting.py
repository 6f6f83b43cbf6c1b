"""T-03 over both services: without consent the codes go first, the person by a 支援会議."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from deploy.embedded import Servers
from shared.runtime.clock import Clock
from tests.flows.journey import DAY
from tests.flows.town import NAME, Town

pytestmark = pytest.mark.anyio


@pytest.fixture
def both() -> Iterator[Town]:
    with Servers.temporary() as servers:
        made = Town(servers, ("intake", "coordination"))
        try:
            yield made
        finally:
            made.stop()


async def test_without_consent_the_person_comes_by_a_support_meeting(both: Town) -> None:
    both.start()
    case_id, consultation_id = await both.received()
    consultation = f"/intake/api/consultations/{consultation_id}"
    case = f"/coordination/api/cases/{case_id}"
    without = {"reasons": ["complex"], "basis": {"kind": "support-meeting-asked"}, "on": DAY}
    await both.post(f"{consultation}/escalation", without)
    await both.there(case)
    await both.post(f"{case}/acceptance", {"on": DAY})
    meeting = await both.post(
        "/coordination/api/meetings",
        {
            "kind": "support-meeting",
            "planned_on": str(Clock().today() + timedelta(7)),
            "place": "庁舎",
            "cases": [case_id],
        },
    )
    await both.there(consultation, meeting["id"])
    assert await both.shown(case, NAME) is False
    basis = {"kind": "support-meeting", "reference": meeting["id"]}
    await both.post(f"{consultation}/handover", {"basis": basis})
    await both.there(case, NAME)
    await both.settled()
