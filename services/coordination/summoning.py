"""A meeting changed: counters whose escalation waits for a 支援会議 are called or let go (T-03)."""

from __future__ import annotations

from uuid import UUID

from services.coordination.desk import Desk
from services.coordination.domain.summons import ASKED, follow, sits_about


async def call_referrers(desk: Desk, meeting_id: UUID, *taken_off: UUID) -> None:
    """After every command that changed the meeting. A repeated command does the rest of what a
    broken one left.
    """
    meeting = await desk.meetings.state(meeting_id)
    for case_id in sorted(meeting.agenda | meeting.cases | set(taken_off)):
        case = await desk.cases.state(case_id)
        for escalated in (*case.waiting.values(), *case.accepted.values()):
            if escalated.basis == ASKED:
                await desk.summonses.act(
                    escalated.escalation_id,
                    follow,
                    escalated=escalated,
                    meeting_id=meeting_id,
                    sits=sits_about(meeting, case_id, escalated.counter),
                    on=desk.clock.today(),
                )
