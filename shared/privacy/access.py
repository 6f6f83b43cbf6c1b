"""Who may see what: one pure function over one table.

A route names an `AccessRule` (which roles it is for). Codes and counts are decided by the role
alone. Personal values also need a relation to the case and, where the staff member's own office did
not collect them, a legal basis that holds now. What the table does not list is denied.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Role(StrEnum):
    """What a staff member is here for."""

    COUNTER = "counter"
    """窓口職員"""
    COORDINATOR = "coordinator"
    """多機関協働 (第5号) の担当"""
    NURSE = "nurse"
    """地区担当保健師"""
    COMMUNITY = "community"
    """地域づくり担当 (第3号)"""
    MANAGER = "manager"
    """管理職・推進会議: figures, no persons"""
    OPERATOR = "operator"
    """運用者: machinery, no persons"""
    INTEGRATOR = "integrator"
    """連携システム: facts, no persons"""


class Relation(StrEnum):
    """What binds a staff member to a case."""

    NONE = "none"
    OWNER = "owner"
    """Their own agency received the consultation or keeps the record."""
    ASSIGNED = "assigned"
    """They are in charge of it: 担当, 地区担当, 主担当."""
    MEMBER = "member"
    """They sit in the meeting about it."""
    REFERRER = "referrer"
    """Their own agency passed the case on, or leads it after closing: they know who it is."""
    RECIPIENT = "recipient"
    """Their agency is the receiver of an open hand-over."""
    CANDIDATE = "candidate"
    """It came up while looking for a known case of the person in front of them (K-02, F-20)."""


class Basis(StrEnum):
    """The legal ground that holds now for what others collected."""

    NONE = "none"
    CONSENT = "consent"
    SUPPORT_MEETING = "support-meeting"
    OTHER_LAW = "other-law"
    URGENCY = "urgency"


class FieldClass(StrEnum):
    """How sensitive a value is."""

    OPEN = "open"
    """Codes, counts, days: nobody is named."""
    IDENTITY = "identity"
    CONTACT = "contact"
    NARRATIVE = "narrative"
    HEALTH = "health"
    FINANCE = "finance"
    PROTECTED = "protected"
    """Whereabouts of a victim of violence (DV 等支援措置)."""
    MEETING = "meeting"
    """Material of a 支援会議 (106条の6): for the members of that sitting only."""


@dataclass(frozen=True)
class Staff:
    """The signed-in person (or connected system)."""

    staff_id: str
    name: str
    role: Role
    agency: str | None = None
    district: str | None = None
    """担当地区 of a nurse; None: she covers the whole city."""

    def is_nurse_of(self, district: str | None) -> bool:
        """地区担当 (1.4): her own district's, and what no district names (G-3), so that nothing
        falls between two nurses.
        """
        return self.role is Role.NURSE and (
            district is None or self.district is None or self.district == district
        )


@dataclass(frozen=True)
class AccessRule:
    """What a route is called in the log, which roles it is for, and whether it shows personal
    values.
    """

    name: str
    roles: frozenset[Role]
    personal: bool = False


PUBLIC = AccessRule("public", frozenset())
"""For everybody, signed in or not: sign-in, health, static files."""

STAFF = AccessRule("staff", frozenset(Role) - {Role.INTEGRATOR})
"""For everybody who signs in as a person."""


@dataclass(frozen=True)
class Decision:
    """The answer, with a kebab-case reason; `REASONS` has the sentence for people."""

    allowed: bool
    reason: str


REASONS = {
    "public": "どなたでも見られます",
    "role-allows": "担当業務の範囲です",
    "relation-allows": "この相談・ケースの担当です",
    "basis-allows": "情報共有の根拠があります",
    "sign-in-needed": "ログインしてください",
    "role-not-listed": "この画面は、あなたの担当業務の対象ではありません",
    "rule-shows-no-persons": "この画面では個人情報を表示しません",
    "no-relation": "このケースとの関わりが記録されていないため、表示できません",
    "no-basis": "本人同意などの根拠がないため、表示できません",
}

Row: TypeAlias = tuple[
    frozenset[Role], frozenset[Relation], frozenset[Basis], frozenset[FieldClass]
]

_CASEWORKERS = frozenset({Role.COUNTER, Role.COORDINATOR, Role.NURSE})
_OWN = frozenset({Relation.OWNER, Relation.ASSIGNED})
_ANY_BASIS = frozenset(Basis)
_SHARED = frozenset({Basis.CONSENT, Basis.OTHER_LAW, Basis.URGENCY})
_FILE = frozenset(
    {
        FieldClass.IDENTITY,
        FieldClass.CONTACT,
        FieldClass.NARRATIVE,
        FieldClass.HEALTH,
        FieldClass.FINANCE,
    }
)

TABLE: tuple[Row, ...] = (
    # What our own office collected, or we are in charge of: 本人から聞いた目的の範囲.
    (_CASEWORKERS, _OWN, _ANY_BASIS, _FILE | {FieldClass.PROTECTED}),
    # 地域づくり keeps names of those who take part, not their stories.
    (
        frozenset({Role.COMMUNITY}),
        _OWN,
        _ANY_BASIS,
        frozenset({FieldClass.IDENTITY, FieldClass.CONTACT}),
    ),
    # A hand-over that is open: the file, on the ground it names; what a 支援会議 shares stays
    # narrower.
    (_CASEWORKERS, frozenset({Relation.RECIPIENT}), _SHARED, _FILE),
    (
        _CASEWORKERS,
        frozenset({Relation.RECIPIENT}),
        frozenset({Basis.SUPPORT_MEETING}),
        frozenset({FieldClass.IDENTITY, FieldClass.CONTACT, FieldClass.NARRATIVE}),
    ),
    # 重層的支援会議: members see the file with consent, without whereabouts under protection;
    # 地域づくり who it is and what was told, as in a 支援会議.
    (_CASEWORKERS, frozenset({Relation.MEMBER}), frozenset({Basis.CONSENT}), _FILE),
    (
        frozenset({Role.COMMUNITY}),
        frozenset({Relation.MEMBER}),
        frozenset({Basis.CONSENT}),
        frozenset({FieldClass.IDENTITY, FieldClass.NARRATIVE}),
    ),
    # 支援会議 (106条の6): members of that sitting, and only they, see its material.
    (
        _CASEWORKERS | {Role.COMMUNITY},
        frozenset({Relation.MEMBER}),
        frozenset({Basis.SUPPORT_MEETING}),
        frozenset({FieldClass.IDENTITY, FieldClass.NARRATIVE, FieldClass.MEETING}),
    ),
    # The link with the referrer and the 主担当 is kept (T-02x, T-10): who it is, not what was told.
    (_CASEWORKERS, frozenset({Relation.REFERRER}), _ANY_BASIS, frozenset({FieldClass.IDENTITY})),
    # Is this person known already? Name and birth date, to tell two people apart, nothing more.
    (_CASEWORKERS, frozenset({Relation.CANDIDATE}), _ANY_BASIS, frozenset({FieldClass.IDENTITY})),
    # Life and limb (生命・身体の保護): who, where, health. Whoever uses it appears in the access
    # log with this basis.
    (
        _CASEWORKERS,
        frozenset({Relation.NONE, Relation.CANDIDATE}),
        frozenset({Basis.URGENCY}),
        frozenset({FieldClass.IDENTITY, FieldClass.CONTACT, FieldClass.HEALTH}),
    ),
)


def decide(
    staff: Staff | None,
    rule: AccessRule,
    relation: Relation = Relation.NONE,
    basis: Basis = Basis.NONE,
    field_class: FieldClass = FieldClass.OPEN,
) -> Decision:
    """May this person see this class of values under this rule? Without a field class: may they
    enter the page?
    """
    if rule == PUBLIC and field_class is FieldClass.OPEN:
        return Decision(allowed=True, reason="public")
    if staff is None:
        return Decision(allowed=False, reason="sign-in-needed")
    if staff.role not in rule.roles:
        return Decision(allowed=False, reason="role-not-listed")
    if field_class is FieldClass.OPEN:
        return Decision(allowed=True, reason="role-allows")
    if not rule.personal:
        return Decision(allowed=False, reason="rule-shows-no-persons")
    return _personal(staff.role, relation, basis, field_class)


def _personal(role: Role, relation: Relation, basis: Basis, field_class: FieldClass) -> Decision:
    if _listed(role, relation, basis, field_class):
        own = _listed(role, relation, Basis.NONE, field_class)
        return Decision(allowed=True, reason="relation-allows" if own else "basis-allows")
    reachable = any(_listed(role, relation, other, field_class) for other in Basis)
    return Decision(allowed=False, reason="no-basis" if reachable else "no-relation")


def _listed(role: Role, relation: Relation, basis: Basis, field_class: FieldClass) -> bool:
    return any(
        role in roles and relation in relations and basis in bases and field_class in classes
        for roles, relations, bases, classes in TABLE
    )
