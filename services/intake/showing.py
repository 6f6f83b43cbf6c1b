"""A consultation as this person may read it: names only where the access table allows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.intake.access import bond, may_see
from services.intake.desk import Desk
from services.intake.read.searching import ConsultationRow
from services.intake.words import AGE_BANDS, HIDDEN, NO_NAME, STATUS, TONE
from shared.privacy.access import AccessRule, Basis, FieldClass, Staff
from shared.privacy.access_log import saw


@dataclass(frozen=True)
class Line:
    """One row of a list."""

    href: str
    received_on: date
    counter: str
    who: str
    kana: str
    age: str
    issues: list[str]
    status: str
    tone: str
    closed_on: date | None
    lead_agency: str | None
    returning: bool


async def lines_for(
    desk: Desk, staff: Staff, rows: Sequence[ConsultationRow], rule: AccessRule
) -> list[Line]:
    """The rows in words. Whose names are shown is written to the access log before."""
    named = {r.consultation_id for r in rows if may_see(staff, r, rule, FieldClass.IDENTITY)}
    by_basis: dict[Basis | None, list[ConsultationRow]] = {}
    for row in rows:
        if row.consultation_id in named:
            by_basis.setdefault(_basis(staff, row), []).append(row)
    for basis, seen in by_basis.items():
        await saw(desk.db, staff, [row.case_id for row in seen], rule.name, basis)
    return [_line(row, named=row.consultation_id in named) for row in rows]


def _basis(staff: Staff, row: ConsultationRow) -> Basis | None:
    basis = bond(staff, row).basis
    return None if basis is Basis.NONE else basis


def _line(row: ConsultationRow, *, named: bool) -> Line:
    return Line(
        href=f"/intake/consultations/{row.consultation_id}",
        received_on=row.received_on,
        counter=row.counter,
        who=(row.name or NO_NAME) if named else HIDDEN,
        kana=(row.kana or "") if named else "",
        age=AGE_BANDS.get(row.age_band, ""),
        issues=_main_first(row),
        status=STATUS.get(row.status, row.status),
        tone=TONE.get(row.status, "neutral"),
        closed_on=row.closed_on,
        lead_agency=row.lead_agency,
        returning=row.returning,
    )


def _main_first(row: ConsultationRow) -> list[str]:
    main = [row.main_issue] if row.main_issue else []
    return [*main, *(issue for issue in row.issues if issue != row.main_issue)]
