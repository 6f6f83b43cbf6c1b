"""What a page, an API route or a reaction of intake may touch."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from services.intake.domain.assessment import Assessed, Assessment, assessment
from services.intake.domain.consultation import Consultation, ConsultationEvent, consultation
from services.intake.domain.household import Household, HouseholdEvent, household
from services.intake.domain.referral import Referral, ReferralEvent, referral
from services.intake.domain.support import Support, SupportEvent, support
from services.intake.domain.ties import TieEvent, Ties, ties
from shared.casefile.handover import PersonalPartReceived, ReceivedHandover, handover
from shared.casefile.progress import Noted, Progress, progress
from shared.casefile.standing import Standing, StandingEvent, standing
from shared.runtime.clock import Clock
from shared.runtime.office import Office
from shared.sourcing.log import Connection
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams
from shared.vocabulary.city import City


@dataclass(frozen=True)
class Desk:
    consultations: Streams[Consultation, ConsultationEvent]
    referrals: Streams[Referral, ReferralEvent]
    households: Streams[Household, HouseholdEvent]
    assessments: Streams[Assessment, Assessed]
    ties: Streams[Ties, TieEvent]
    supports: Streams[Support, SupportEvent]
    handovers: Streams[ReceivedHandover, PersonalPartReceived]
    standings: Streams[Standing, StandingEvent]
    progress: Streams[Progress, Noted]
    db: Connection
    city: City
    clock: Clock
    new_id: Callable[[], UUID]
    office: Office

    @asynccontextmanager
    async def together(self) -> AsyncIterator[Desk]:
        """A desk whose decisions are stored in one commit, or not at all: what one stream says is
        never without what follows for another. Inside a reaction it is one already.
        """
        log = self.office.log
        if not isinstance(log, Store):
            yield self
            return
        async with log.begin() as transaction:
            yield open_desk(replace(self.office, log=transaction, db=transaction.db))


def open_desk(office: Office) -> Desk:
    return Desk(
        Streams(office.log, consultation, office.origin),
        Streams(office.log, referral, office.origin),
        Streams(office.log, household, office.origin),
        Streams(office.log, assessment, office.origin),
        Streams(office.log, ties, office.origin),
        Streams(office.log, support, office.origin),
        Streams(office.log, handover, office.origin),
        Streams(office.log, standing, office.origin),
        Streams(office.log, progress, office.origin),
        office.db,
        office.city,
        office.clock,
        office.new_id,
        office,
    )
