"""世帯 on the record page: the drawing, and the same in a table (F-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.access import VIEW, may_see
from services.intake.desk import Desk
from services.intake.domain.assessment import assessment_id
from services.intake.domain.household import Member
from services.intake.domain.relations import KIN
from services.intake.domain.ties import Tie, ties_id
from services.intake.ecomap import Bond, Ecomap, ecomap
from services.intake.families import members_of
from services.intake.genogram import SIZE, Genogram, Own, genogram
from services.intake.read.searching import ConsultationRow, former_cases, of_case
from services.intake.read.supports import SupportRow, supports_of
from services.intake.showing import Told
from services.intake.words import INFORMED, LIVING
from shared.privacy.access import FieldClass, Staff
from shared.privacy.access_log import saw
from shared.vocabulary.wareki import wareki

SUPPORTS = "支援している"
SUPPORTED = "支援していた"
TEAMS = {"participation": "参加支援", "outreach": "アウトリーチ"}
FROM_RECORDS = "相談・支援の記録から"
FORGOTTEN = "（消去済み）"
"""What remains of a tie when the person was forgotten."""


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
    age: str
    """In full years today; empty where it is not known, or the member died."""
    occupation: str | None


@dataclass(frozen=True)
class TieLine:
    """One tie in words."""

    tie_id: UUID | None
    """None: it follows from the records of the teams, and nobody writes it down."""
    who: str
    kind: str
    time: str
    note: str | None


@dataclass(frozen=True)
class Family:
    drawing: Genogram
    rows: list[MemberLine]
    map: Ecomap
    ties: list[TieLine]
    size: int = SIZE


async def family_of(desk: Desk, staff: Staff, row: ConsultationRow, told: Told) -> Family | None:
    """For those who may read the story: a household tells as much. The sight is logged already."""
    if not may_see(staff, row, VIEW, FieldClass.NARRATIVE):
        return None
    members = await members_of(desk, row.case_id)
    own = Own(told.name, told.born_on)
    known = (await desk.ties.state(ties_id(row.case_id))).by_id.values()
    helping = await helping_now(desk, row)
    teams = await supports_of(desk.db, row.case_id)
    now = dict.fromkeys(TEAMS[one.by] for one in teams if one.until is None)
    helping_teams = [Bond(name, SUPPORTS, "plain") for name in now]
    return Family(
        genogram(members, own, desk.clock.today()),
        [_line(one, told.name, desk.clock.today()) for one in members],
        ecomap(
            [*helping, *helping_teams, *(_bond(desk, one) for one in known if one.ended_on is None)]
        ),
        [
            *(_help(one) for one in helping),
            *(_support(one) for one in teams),
            *(_tie(desk, one) for one in known),
        ],
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
        [_line(one, None, desk.clock.today()) for one in await members_of(desk, case_id)],
        [_tie(desk, one) for one in (await desk.ties.state(ties_id(case_id))).by_id.values()],
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


def _bond(desk: Desk, tie: Tie) -> Bond:
    kind = tie.about.kind
    style = next((one.style for one in desk.city.ecomap_ties if one.code == kind), "plain")
    return Bond(tie.about.who or FORGOTTEN, desk.city.label("ecomap_ties", kind), style)


def _help(bond: Bond) -> TieLine:
    return TieLine(None, bond.name, bond.word, "–", FROM_RECORDS)


def _support(one: SupportRow) -> TieLine:
    word = SUPPORTS if one.until is None else SUPPORTED
    return TieLine(None, TEAMS[one.by], word, _time(one.since, one.until), FROM_RECORDS)


def _time(since: date | None, until: date | None) -> str:
    begun = f"{wareki(since)}から" if since else ""
    return begun + (f"{wareki(until)}まで" if until else "")


def _tie(desk: Desk, tie: Tie) -> TieLine:
    kind = desk.city.label("ecomap_ties", tie.about.kind)
    who = tie.about.who or FORGOTTEN
    return TieLine(
        tie.tie_id, who, kind, _time(tie.about.since, tie.ended_on) or "–", tie.about.note
    )


def _line(one: Member, name: str | None, today: date) -> MemberLine:
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
        _age(details.born_on, today) if one.living != "deceased" else "",
        details.occupation,
    )


def _age(born: date | None, today: date) -> str:
    if born is None:
        return ""
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return f"{years}歳"
