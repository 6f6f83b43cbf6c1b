"""窓口の記録 of a case, as it is drawn, printed and handed on (K-03, F-02, S-01, S-02)."""

from __future__ import annotations

from uuid import UUID

from services.intake.desk import Desk
from services.intake.domain.assessment import Assessment, assessment_id
from services.intake.domain.filing import Filed
from services.intake.domain.household import Member
from services.intake.domain.ties import Tie, ties_id
from services.intake.families import members_of
from shared.vocabulary.counter_file import WrittenAssessment, WrittenMember, WrittenTie


async def written_members(desk: Desk, case_id: UUID) -> list[WrittenMember]:
    return [as_written(one) for one in await members_of(desk, case_id)]


async def written_ties(desk: Desk, case_id: UUID) -> list[WrittenTie]:
    known = (await desk.ties.state(ties_id(case_id))).by_id
    return [_tie(one) for one in known.values()]


async def written_assessment(desk: Desk, case_id: UUID) -> WrittenAssessment:
    return _assessment(await desk.assessments.state(assessment_id(case_id)))


async def filed(desk: Desk, case_id: UUID) -> Filed:
    """All that is kept of the case besides the sheet of the consultation."""
    sheet = await written_assessment(desk, case_id)
    return Filed(
        tuple(await written_members(desk, case_id)),
        tuple(await written_ties(desk, case_id)),
        sheet if sheet.edition else None,
    )


def as_written(member: Member) -> WrittenMember:
    """A member with what follows from how they left, and from their 続柄."""
    now = {"living": member.living, "sex": member.sex}
    return WrittenMember(
        **member.details.model_dump() | now, member_id=member.member_id, left_on=member.left_on
    )


def _tie(tie: Tie) -> WrittenTie:
    return WrittenTie(**tie.about.model_dump(), tie_id=tie.tie_id, ended_on=tie.ended_on)


def _assessment(sheet: Assessment) -> WrittenAssessment:
    return WrittenAssessment(
        edition=sheet.edition, assessed_on=sheet.assessed_on, answers=dict(sheet.answers)
    )
