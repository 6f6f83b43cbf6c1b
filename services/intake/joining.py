"""Joining a consultation to a known case, and parting it again (F-20).

Whoever joins a case reads and writes its household, ties and assessment from then on. So a case is
joined only by who has to do with it already, or to whom it is proposed because something on the
sheet agrees; the join itself stands in the access log. The consultation is received in any case.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.intake.access import bond
from services.intake.desk import Desk
from services.intake.domain.linking import attach, detach
from services.intake.domain.sheet import Sheet
from services.intake.families import judge_one
from services.intake.read.candidates import candidates
from services.intake.read.searching import is_known, is_led_by, of_case
from shared.privacy.access import Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused

JOINED = "ケースの続きにした"
"""What the access log says of it."""


@dataclass(frozen=True)
class Known:
    """The known case that was chosen, and who chose it."""

    case_id: UUID
    by: Staff


async def admit(desk: Desk, known: Known, sheet: Sheet) -> None:
    """May this case be joined? Then it is noted who did. Raises Refused."""
    if not await is_known(desk.db, known.case_id):
        raise Refused("case-unknown")
    if not (await _bound(desk, known) or await _proposed(desk, known.case_id, sheet)):
        raise Refused("case-not-proposed")
    await saw(desk.db, known.by, [known.case_id], JOINED)


async def join(desk: Desk, consultation_id: UUID, known: Known, *, former_case_id: UUID) -> int:
    """F-20: the consultation belongs to a known case. Answers the position."""
    sheet = (await desk.consultations.state(consultation_id)).sheet
    if sheet is None:
        raise Refused("consultation-unknown")
    await admit(desk, known, sheet)
    async with desk.together() as both:
        acted = await both.consultations.act(
            consultation_id,
            attach,
            case_id=known.case_id,
            former_case_id=former_case_id,
            on=desk.clock.today(),
        )
        await judge_one(both, consultation_id)
    return acted.position


async def part(desk: Desk, consultation_id: UUID, *, former_case_id: UUID, reason: str) -> int:
    """F-20: it was somebody else's; the consultation has its own case again."""
    async with desk.together() as both:
        acted = await both.consultations.act(
            consultation_id,
            detach,
            new_case_id=desk.new_id(),
            former_case_id=former_case_id,
            reason=reason,
            on=desk.clock.today(),
        )
        await judge_one(both, consultation_id)
    return acted.position


async def _bound(desk: Desk, known: Known) -> bool:
    """Has this person to do with the case already: own counter, a referral, 主担当, escalation?"""
    rows = await of_case(desk.db, known.case_id)
    if any(bond(known.by, row).sees_somebody for row in rows):
        return True
    agency = known.by.agency
    return agency is not None and await is_led_by(desk.db, known.case_id, agency)


async def _proposed(desk: Desk, case_id: UUID, sheet: Sheet) -> bool:
    """Does something on the sheet agree, so that 「この方ですか」 shows the case?"""
    found = await candidates(
        desk.db,
        name=sheet.name,
        kana=sheet.kana,
        phone=sheet.phone,
        born_on=sheet.born_on,
        only=case_id,
    )
    return bool(found)
