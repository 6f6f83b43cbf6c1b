"""A consultation as this person may read it: names only where the access table allows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.intake.access import bond, may_see
from services.intake.desk import Desk
from services.intake.domain.sheet import Sheet
from services.intake.read.members import members_like
from services.intake.read.searching import ConsultationRow
from services.intake.read.terms import Term
from services.intake.words import AGE_BANDS, CLOSED, HIDDEN, NO_NAME, STATUS, TONE, URGENT
from shared.privacy.access import AccessRule, Basis, FieldClass, Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class Line:
    """One row of a list."""

    href: str
    received_on: date
    counter: str
    named: bool
    """May this reader see whose consultation it is?"""
    who: str
    kana: str
    age: str
    issues: list[str]
    status: str
    tone: str
    closed_on: date | None
    lead_agency: str | None
    returning: bool
    urgent: bool
    members: str = ""
    """By which members of the household it was found."""


@dataclass(frozen=True)
class Told:
    """What the person told, as far as this reader may see it; None where they may not."""

    name: str | None = None
    kana: str | None = None
    born_on: date | None = None
    phone: str | None = None
    address: str | None = None
    content: str | None = None
    wishes: str | None = None
    visitor: str | None = None
    """Who came for the person: 続柄 and name."""
    visitor_phone: str | None = None
    email: str | None = None
    sheet: Sheet | None = None
    """What was ticked on the sheet, for who may read the story."""


async def lines_for(
    desk: Desk,
    staff: Staff,
    rows: Sequence[ConsultationRow],
    rule: AccessRule,
    terms: Sequence[Term] = (),
) -> list[Line]:
    """The rows in words. Whose names are shown is written to the access log before.

    `terms`: what was searched; members of the household whom it names are said.
    """
    named = await log_names(desk, staff, rows, rule)
    open_to = [row.case_id for row in rows if may_see(staff, row, rule, FieldClass.NARRATIVE)]
    found = await members_like(desk.db, open_to, terms) if terms and open_to else {}
    return [
        replace(
            _line(row, named=row.consultation_id in named),
            members="、".join(found.get(row.case_id, ())),
        )
        for row in rows
    ]


async def log_names(
    desk: Desk, staff: Staff, rows: Sequence[ConsultationRow], rule: AccessRule
) -> set[UUID]:
    """Which of these consultations show a name to this person; noted in the access log."""
    seen = [row for row in rows if may_see(staff, row, rule, FieldClass.IDENTITY)]
    by_basis: dict[Basis | None, list[UUID]] = {}
    for row in seen:
        by_basis.setdefault(_basis(staff, row), []).append(row.case_id)
    for basis, cases in by_basis.items():
        await saw(desk.db, staff, cases, rule.name, basis)
    return {row.consultation_id for row in seen}


async def told_to(desk: Desk, staff: Staff, row: ConsultationRow, rule: AccessRule) -> Told:
    """Logged before it is shown, with the ground on which the reader may see it."""
    identity, contact, story = (
        may_see(staff, row, rule, what)
        for what in (FieldClass.IDENTITY, FieldClass.CONTACT, FieldClass.NARRATIVE)
    )
    if not (identity or contact or story):
        return Told()
    await saw(desk.db, staff, [row.case_id], rule.name, _basis(staff, row))
    sheet = (await desk.consultations.state(row.consultation_id)).sheet
    if sheet is None:
        raise Refused("consultation-unknown")
    return Told(
        sheet.name if identity else None,
        sheet.kana if identity else None,
        sheet.born_on if identity else None,
        sheet.phone if contact else None,
        sheet.address if contact else None,
        sheet.content if story else None,
        sheet.wishes if story else None,
        " ".join(filter(None, (sheet.visitor_relation, sheet.visitor_name))) if identity else None,
        sheet.visitor_phone if contact else None,
        sheet.email if contact else None,
        sheet if story else None,
    )


def _basis(staff: Staff, row: ConsultationRow) -> Basis | None:
    basis = bond(staff, row).basis
    return None if basis is Basis.NONE else basis


def standing_of(row: ConsultationRow) -> tuple[str, str]:
    """状況 in words, and its tone. A closed case is closed, however it was passed on before."""
    if row.closed_on:
        return CLOSED, "neutral"
    return STATUS.get(row.status, row.status), TONE.get(row.status, "neutral")


def _line(row: ConsultationRow, *, named: bool) -> Line:
    status, tone = standing_of(row)
    return Line(
        href=f"/intake/consultations/{row.consultation_id}",
        received_on=row.received_on,
        counter=row.counter,
        named=named,
        who=(row.name or NO_NAME) if named else HIDDEN,
        kana=(row.kana or "") if named else "",
        age=AGE_BANDS.get(row.age_band, ""),
        issues=_main_first(row),
        status=status,
        tone=tone,
        closed_on=row.closed_on,
        lead_agency=row.lead_agency,
        returning=row.returning,
        urgent=row.urgency == URGENT and row.closed_on is None,
    )


def _main_first(row: ConsultationRow) -> list[str]:
    main = [row.main_issue] if row.main_issue else []
    return [*main, *(issue for issue in row.issues if issue != row.main_issue)]
