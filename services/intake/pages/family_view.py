"""世帯 on the record page: the drawing, and the same in a table (F-02)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.intake.access import VIEW, may_see
from services.intake.desk import Desk
from services.intake.domain.assessment import assessment_id
from services.intake.filing import written_members, written_ties
from services.intake.read.searching import ConsultationRow, former_cases, of_case
from services.intake.read.supports import SupportRow, supports_of
from services.intake.showing import Told
from services.intake.words import INFORMED
from shared.casefile import family
from shared.casefile.ecomap import Bond
from shared.casefile.family import Family, MemberLine, TieLine, member_lines, tie_lines
from shared.casefile.genogram import Own
from shared.privacy.access import FieldClass, Staff
from shared.privacy.access_log import saw

SUPPORTS = "支援している"
SUPPORTED = "支援していた"
TEAMS = {"participation": "参加支援", "outreach": "アウトリーチ"}
FROM_RECORDS = "相談・支援の記録から"


async def family_of(desk: Desk, staff: Staff, row: ConsultationRow, told: Told) -> Family | None:
    """For those who may read the story: a household tells as much. The sight is logged already."""
    if not may_see(staff, row, VIEW, FieldClass.NARRATIVE):
        return None
    helping = await helping_now(desk, row)
    teams = await supports_of(desk.db, row.case_id)
    now = dict.fromkeys(TEAMS[one.by] for one in teams if one.until is None)
    return family.family_of(
        desk.city,
        await written_members(desk, row.case_id),
        await written_ties(desk, row.case_id),
        Own(told.name, told.born_on),
        desk.clock.today(),
        [*helping, *(Bond(name, SUPPORTS, "plain") for name in now)],
        [*(_help(one) for one in helping), *(_support(one) for one in teams)],
    )


@dataclass(frozen=True)
class Former:
    """What was written under the case a consultation had before it joined this one (F-20)."""

    rows: list[MemberLine]
    ties: list[TieLine]
    answers: list[tuple[str, str]]
    """Question and answer of the アセスメントシート."""


async def formers_of(desk: Desk, staff: Staff, row: ConsultationRow) -> list[Former]:
    """For those who see the household; the sight of each former case is logged."""
    if not may_see(staff, row, VIEW, FieldClass.NARRATIVE):
        return []
    cases = await former_cases(desk.db, row.case_id)
    await saw(desk.db, staff, cases, VIEW.name)
    found = [await _former(desk, case_id) for case_id in cases]
    return [one for one in found if one.rows or one.ties or one.answers]


async def _former(desk: Desk, case_id: UUID) -> Former:
    asked = {one.code: one.label for one in desk.city.assessment_items}
    sheet = await desk.assessments.state(assessment_id(case_id))
    return Former(
        member_lines(await written_members(desk, case_id), None, desk.clock.today()),
        tie_lines(desk.city, await written_ties(desk, case_id)),
        [(asked.get(code, code), text) for code, text in sheet.answers.items() if text],
    )


async def helping_now(desk: Desk, row: ConsultationRow) -> list[Bond]:
    """Who supports them now, as the records say: after 終結 the 主担当 alone; before, the counters
    whose consultation led to more than information, those that took a referral, and 多機関協働.
    """
    rows = await of_case(desk.db, row.case_id)
    going_on = [one for one in rows if one.screening != INFORMED and not one.closed_on]
    codes = dict.fromkeys(one.counter for one in going_on)
    codes |= {counter: None for one in rows for counter in one.taken_by}
    if any(one.status == "accepted" and not one.closed_on for one in rows):
        codes |= {desk.city.offices.coordination: None}
    codes |= {one.lead_agency: None for one in rows if one.lead_agency}
    return [Bond(desk.city.label("agencies", code), SUPPORTS, "plain") for code in codes]


def _help(bond: Bond) -> TieLine:
    return TieLine(None, bond.name, bond.word, "–", FROM_RECORDS)


def _support(one: SupportRow) -> TieLine:
    word = SUPPORTS if one.until is None else SUPPORTED
    when = family.span(one.since, one.until)
    return TieLine(None, TEAMS[one.by], word, when, FROM_RECORDS)
