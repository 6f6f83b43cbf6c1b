"""世帯 on the record page: the drawing, and the same in a table (F-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.access import VIEW, may_see
from services.intake.desk import Desk
from services.intake.domain.household import Member
from services.intake.domain.relations import KIN
from services.intake.families import members_of
from services.intake.genogram import SIZE, Genogram, Own, genogram
from services.intake.read.searching import ConsultationRow
from services.intake.showing import Told
from services.intake.words import LIVING
from shared.privacy.access import FieldClass, Staff
from shared.vocabulary.wareki import wareki


@dataclass(frozen=True)
class MemberLine:
    """One member in words."""

    member_id: UUID
    relation: str
    name: str
    kana: str | None
    born_on: date | None
    living: str
    note: str | None


@dataclass(frozen=True)
class Family:
    drawing: Genogram
    rows: list[MemberLine]
    size: int = SIZE


async def family_of(desk: Desk, staff: Staff, row: ConsultationRow, told: Told) -> Family | None:
    """For those who may read the story: a household tells as much. The sight is logged already."""
    if not may_see(staff, row, VIEW, FieldClass.NARRATIVE):
        return None
    members = await members_of(desk, row.case_id)
    own = Own(told.name, told.born_on)
    return Family(
        genogram(members, own, desk.clock.today()), [_line(one, told.name) for one in members]
    )


def _line(one: Member, name: str | None) -> MemberLine:
    details = one.details
    unnamed = name if details.relation == "self" else None
    living = LIVING[one.living]
    if one.left_on:
        living = f"{living}（{wareki(one.left_on)}から）"
    elif details.joined_on:
        living = f"{living}（{wareki(details.joined_on)}から）"
    return MemberLine(
        one.member_id,
        KIN[details.relation].label,
        details.name or unnamed or "氏名不明",
        details.kana,
        details.born_on,
        living,
        details.note,
    )
