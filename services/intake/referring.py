"""紹介: from one counter to another and back; page and API end here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias
from uuid import UUID, uuid5

from services.intake.desk import Desk
from services.intake.domain.ground import Ground
from services.intake.domain.referral import (
    Address,
    finish,
    remind,
    send,
    send_back,
    take,
    withdraw,
)
from services.intake.read.referrals import ReferralRow, referral_row, referrals_of
from services.intake.read.searching import ConsultationRow
from shared.privacy.access import Staff
from shared.sourcing.decider import Refused
from shared.vocabulary.city import City

Side: TypeAlias = Literal["sender", "receiver"]


@dataclass(frozen=True)
class Letter:
    """What the sender writes."""

    to_counter: str
    why: str
    ground: Ground


@dataclass(frozen=True)
class Posted:
    """The referral that was sent."""

    referral_id: UUID
    position: int


async def refer(desk: Desk, row: ConsultationRow, letter: Letter, *, by: str) -> Posted:
    """To a counter that has no running referral of this consultation yet: `send` says so, for two
    who refer to it at once mean the same stream.
    """
    found = await referrals_of(desk.db, row.consultation_id)
    there = [one for one in found if one.to_counter == letter.to_counter]
    running = next((one.referral_id for one in there if one.is_running), None)
    new = running or uuid5(row.consultation_id, f"referral {letter.to_counter} {len(there)}")
    acted = await desk.referrals.start(
        new,
        send,
        referral_id=new,
        address=Address(row.consultation_id, row.case_id, by, letter.to_counter),
        ground=letter.ground,
        why=letter.why,
        on=desk.clock.today(),
        days=desk.city.deadlines.referral_answer,
    )
    return Posted(new, acted.position)


async def remind_of(desk: Desk, referral_id: UUID) -> int:
    return (await desk.referrals.act(referral_id, remind, on=desk.clock.today())).position


async def take_it(desk: Desk, referral_id: UUID) -> int:
    return (await desk.referrals.act(referral_id, take, on=desk.clock.today())).position


async def send_it_back(desk: Desk, referral_id: UUID, *, reason: str, note: str) -> int:
    if reason not in desk.city.codes("referral_returns"):
        raise Refused("code-not-listed", field="reason")
    acted = await desk.referrals.act(
        referral_id, send_back, reason=reason, note=note, on=desk.clock.today()
    )
    return acted.position


async def withdraw_it(desk: Desk, referral_id: UUID) -> int:
    return (await desk.referrals.act(referral_id, withdraw, on=desk.clock.today())).position


async def finish_it(desk: Desk, referral_id: UUID, *, outcome: str, note: str) -> int:
    if outcome not in desk.city.codes("referral_outcomes"):
        raise Refused("code-not-listed", field="outcome")
    acted = await desk.referrals.act(
        referral_id, finish, outcome=outcome, note=note, on=desk.clock.today()
    )
    return acted.position


async def seen_by(
    desk: Desk, staff: Staff, referral_id: UUID
) -> tuple[ReferralRow, frozenset[Side]]:
    """The referral and on which sides of it this person stands. Raises Refused for others."""
    row = await referral_row(desk.db, referral_id)
    if row is None:
        raise Refused("referral-unknown")
    sides = frozenset(_sides(staff, row))
    if not sides:
        raise Refused("not-your-referral")
    return row, sides


def _sides(staff: Staff, row: ReferralRow) -> Iterator[Side]:
    if staff.agency == row.from_counter:
        yield "sender"
    if staff.agency == row.to_counter:
        yield "receiver"


def receivers(city: City) -> list[str]:
    """Counters that take consultations: those with a programme of 包括的相談支援, and the desk for
    all.
    """
    mine = {programme for field in city.fields for programme in field.programmes}
    return [
        one.code
        for one in city.counters
        if mine & set(one.programmes) or one.code == city.general_desk
    ]
