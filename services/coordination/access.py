"""Who may use coordination's pages: 保健福祉支援係 does the work, the district's nurse reads along;
others see how far a case is, and no person.
"""

from __future__ import annotations

from datetime import date

from services.coordination.domain.way import holds
from services.coordination.read.cases import CaseRow, Tie
from services.coordination.read.meetings import MeetingRow
from shared.privacy.access import AccessRule, Basis, FieldClass, Relation, Role, Staff, decide

_READERS = frozenset({Role.COORDINATOR, Role.NURSE, Role.COUNTER, Role.MANAGER})

LIST = AccessRule("多機関協働の一覧", _READERS, personal=True)
QUEUE = AccessRule("やること", _READERS | {Role.COMMUNITY}, personal=True)
CASE = AccessRule("多機関協働のケース", _READERS, personal=True)
NOTE = AccessRule(
    "支援経過の記録", frozenset({Role.COORDINATOR, Role.NURSE, Role.COUNTER}), personal=True
)
WORK = AccessRule("多機関協働の記録", frozenset({Role.COORDINATOR}), personal=True)

MEETING = AccessRule(
    "会議",
    frozenset({Role.COORDINATOR, Role.NURSE, Role.COUNTER, Role.COMMUNITY}),
    personal=True,
)
INQUIRY = AccessRule(
    "照会", frozenset({Role.COORDINATOR, Role.NURSE, Role.COUNTER, Role.COMMUNITY}), personal=True
)


def relation(staff: Staff, row: CaseRow) -> Relation:
    """保健福祉支援係 is in charge of every case, a nurse of those of her district (T-11, T-21); the
    counter that referred it and the 主担当 stay linked (T-02x, T-10).
    """
    if staff.role is Role.COORDINATOR or staff.is_nurse_of(row.nurse_district):
        return Relation.ASSIGNED
    return Relation.REFERRER if is_linked(staff, row) else Relation.NONE


def is_linked(staff: Staff, row: CaseRow | Tie) -> bool:
    """Did their own agency refer the case, or does it lead it now?"""
    return staff.agency is not None and staff.agency in (*row.referrers, row.lead_agency)


def knows_person(staff: Staff, row: CaseRow) -> bool:
    """May this person read whose case it is?"""
    return decide(staff, CASE, relation(staff, row), field_class=FieldClass.IDENTITY).allowed


def sees_person(staff: Staff, row: CaseRow) -> bool:
    """May this person read who it is and what they told?"""
    return decide(staff, CASE, relation(staff, row), field_class=FieldClass.NARRATIVE).allowed


def may_note(staff: Staff, row: CaseRow) -> bool:
    """支援経過 is written by those in charge and by the 主担当 (T-10, T-11)."""
    if staff.role not in NOTE.roles:
        return False
    leads = staff.agency is not None and staff.agency == row.lead_agency
    return leads or sees_person(staff, row)


def sees_material(staff: Staff, row: CaseRow, sitting: MeetingRow, today: date) -> bool:
    """M-1: material of a 支援会議 is for those members of that sitting who accepted secrecy; with
    consent, as long as it holds, for those who see the person (M-2).
    """
    if sitting.kind == "plan-meeting":
        return sees_person(staff, row)
    if sitting.opened and holds(row, today) and sees_person(staff, row):
        return True
    tie = Relation.MEMBER if sitting.sworn(staff) else Relation.NONE
    return decide(staff, MEETING, tie, Basis.SUPPORT_MEETING, FieldClass.MEETING).allowed
