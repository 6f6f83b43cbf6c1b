"""Who may see what of a consultation: what binds a staff member to it, asked of the one table."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.intake.domain.ground import ASKED
from services.intake.read.searching import ConsultationRow, Scope, consultation_row
from shared.privacy.access import AccessRule, Basis, FieldClass, Relation, Role, Staff, decide
from shared.sourcing.decider import Refused
from shared.sourcing.log import Connection

CASEWORKERS = frozenset({Role.COUNTER, Role.COORDINATOR, Role.NURSE})

LIST = AccessRule("相談の一覧", CASEWORKERS, personal=True)
VIEW = AccessRule("相談の記録", CASEWORKERS, personal=True)
RECEIVE = AccessRule("相談の受付", CASEWORKERS, personal=True)
SHEET = AccessRule("相談受付・申込票の訂正", CASEWORKERS, personal=True)
ATTACH = AccessRule("ケースに合わせる", CASEWORKERS, personal=True)
ESCALATE = AccessRule("多機関協働へつなぐ", CASEWORKERS, personal=True)
REFER = AccessRule("ほかの窓口への紹介", CASEWORKERS, personal=True)
HOUSEHOLD = AccessRule("世帯の記録", CASEWORKERS, personal=True)
ASSESS = AccessRule("アセスメントシート", CASEWORKERS, personal=True)
PAPER = AccessRule("票の印刷", CASEWORKERS, personal=True)
NOTE = AccessRule("支援経過の記録", CASEWORKERS, personal=True)
FIELD = AccessRule("分野を超えた対応の訂正", CASEWORKERS, personal=True)
LED = AccessRule("主担当のケース", CASEWORKERS, personal=True)


@dataclass(frozen=True)
class Bond:
    """What binds a person to a consultation, and the ground that holds."""

    relation: Relation
    basis: Basis = Basis.NONE
    leads: bool = False
    """主担当 after 終結 (T-08): the file as far as it was handed over, else only who it is."""

    @property
    def may_act(self) -> bool:
        """Attach, escalate, assess: whoever received it, or took it over from the referrer."""
        return self.relation in (Relation.OWNER, Relation.ASSIGNED)

    @property
    def may_note(self) -> bool:
        """支援経過 is written by whoever works with the person, the 主担当 among them (T-10)."""
        return self.may_act or self.leads

    @property
    def sees_somebody(self) -> bool:
        """Whoever is bound to it knows of whom it speaks."""
        return self.relation is not Relation.NONE


def bond(staff: Staff, row: ConsultationRow) -> Bond:
    """Own counter, 主担当, a counter that took a referral; or the receiver of a referral or an
    escalation (also after T-02x: the link stays), once there is a ground for it (T-03).
    """
    if staff.agency is not None and row.counter == staff.agency:
        return Bond(Relation.OWNER)
    if staff.agency in row.taken_by:
        return Bond(Relation.ASSIGNED)
    if staff.agency is not None and row.lead_agency == staff.agency:
        relation = Relation.RECIPIENT if row.led_on else Relation.REFERRER
        return Bond(relation, Basis(row.led_on or Basis.NONE), leads=True)
    if staff.agency in row.sent_to:
        return Bond(
            Relation.RECIPIENT,
            Basis(dict(zip(row.sent_to, row.sent_on_basis, strict=True))[staff.agency]),
        )
    if staff.role is Role.COORDINATOR and row.basis not in (None, ASKED):
        return Bond(Relation.RECIPIENT, Basis(row.basis))
    return Bond(Relation.NONE)


def may_see(staff: Staff, row: ConsultationRow, rule: AccessRule, what: FieldClass) -> bool:
    """May this person see this class of values of this consultation?"""
    tie = bond(staff, row)
    return decide(staff, rule, tie.relation, tie.basis, what).allowed


def scope_of(staff: Staff) -> Scope:
    """Whose names this person may search."""
    return Scope(staff.agency, escalated=staff.role is Role.COORDINATOR)


def may_receive_for(staff: Staff, counter: str) -> bool:
    """A counter's clerk receives at their own counter; 保健福祉支援係 also for others (C-99)."""
    return staff.role is not Role.COUNTER or staff.agency in (None, counter)


async def acting_on(db: Connection, staff: Staff, consultation_id: UUID) -> ConsultationRow:
    """The consultation this person may go on with. Raises Refused."""
    row = await consultation_row(db, consultation_id)
    if row is None:
        raise Refused("consultation-unknown")
    if not bond(staff, row).may_act:
        raise Refused("not-your-consultation")
    return row
