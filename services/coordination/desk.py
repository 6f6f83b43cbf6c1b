"""What a page, an API route or a reaction of coordination may touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from services.coordination.domain.approval import ApprovalEvent, Approvals, approval
from services.coordination.domain.case import Case, case
from services.coordination.domain.draft import Drafted, DraftEvent, draft
from services.coordination.domain.evaluation import Aftercare, AftercareEvent, aftercare
from services.coordination.domain.events import (
    CaseEvent,
)
from services.coordination.domain.inquiry import Inquiry, InquiryEvent, inquiry
from services.coordination.domain.meeting import Meeting, MeetingEvent, meeting
from services.coordination.domain.policy import Policies, PolicyEvent, policy
from services.coordination.domain.summons import Summons, SummonsEvent, summons
from shared.casefile.handover import PersonalPartReceived, ReceivedHandover, handover
from shared.casefile.progress import Noted, Progress, progress
from shared.runtime.clock import Clock
from shared.runtime.office import Office
from shared.sourcing.log import Connection, Origin
from shared.sourcing.streams import Streams
from shared.vocabulary.city import City


@dataclass(frozen=True)
class Desk:
    cases: Streams[Case, CaseEvent]
    meetings: Streams[Meeting, MeetingEvent]
    inquiries: Streams[Inquiry, InquiryEvent]
    handovers: Streams[ReceivedHandover, PersonalPartReceived]
    drafts: Streams[Drafted, DraftEvent]
    policies: Streams[Policies, PolicyEvent]
    aftercare: Streams[Aftercare, AftercareEvent]
    progress: Streams[Progress, Noted]
    approvals: Streams[Approvals, ApprovalEvent]
    summonses: Streams[Summons, SummonsEvent]
    origin: Origin
    """Who asks."""
    db: Connection
    city: City
    clock: Clock
    new_id: Callable[[], UUID]
    today: Desk | None = None
    """Of a desk of a past day (F-31): the desk of today, which says who may read."""

    @property
    def rights(self) -> Desk:
        """Where it stands who may read."""
        return self.today or self


def open_desk(office: Office) -> Desk:
    return Desk(
        Streams(office.log, case, office.origin),
        Streams(office.log, meeting, office.origin),
        Streams(office.log, inquiry, office.origin),
        Streams(office.log, handover, office.origin),
        Streams(office.log, draft, office.origin),
        Streams(office.log, policy, office.origin),
        Streams(office.log, aftercare, office.origin),
        Streams(office.log, progress, office.origin),
        Streams(office.log, approval, office.origin),
        Streams(office.log, summons, office.origin),
        office.origin,
        office.db,
        office.city,
        office.clock,
        office.new_id,
    )
