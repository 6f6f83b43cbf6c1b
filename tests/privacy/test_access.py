"""Every cell of the access table is asked, and every cell that is not listed is denied."""

from itertools import product

import pytest

from shared.privacy.access import (
    PUBLIC,
    REASONS,
    TABLE,
    AccessRule,
    Basis,
    FieldClass,
    Relation,
    Role,
    Staff,
    decide,
)

CASEWORK = {Role.COUNTER, Role.COORDINATOR, Role.NURSE}
NO_PERSONS = {Role.MANAGER, Role.OPERATOR, Role.INTEGRATOR}
FILE = {"identity", "contact", "narrative", "health", "finance"}
PAGE = AccessRule("case-file", frozenset(Role), personal=True)
CELLS = list(product(Role, Relation, Basis, [c for c in FieldClass if c is not FieldClass.OPEN]))


def staff(role: Role) -> Staff:
    return Staff("s-1", "職員", role, "C-08")


def expected(role: Role, relation: Relation, basis: Basis, field: FieldClass) -> bool:
    """The same rules said a second time, in prose order, so that a flipped cell is noticed."""
    if role in NO_PERSONS:
        return False
    if role is Role.COMMUNITY:
        own = relation in {"owner", "assigned"} and field in {"identity", "contact"}
        told = {
            "support-meeting": {"identity", "narrative", "meeting"},
            "consent": {"identity", "narrative"},
        }.get(basis, set())
        return own or (relation == "member" and field in told)
    allowed = {
        "owner": FILE | {"protected"},
        "assigned": FILE | {"protected"},
        "recipient": {
            "consent": FILE,
            "other-law": FILE,
            "urgency": FILE,
            "support-meeting": {"identity", "contact", "narrative"},
        }.get(basis, set()),
        "member": {
            "consent": FILE,
            "support-meeting": {"identity", "narrative", "meeting"},
        }.get(basis, set()),
        "referrer": {"identity"},
        "candidate": {"identity"} | ({"contact", "health"} if basis == "urgency" else set()),
        "none": {"identity", "contact", "health"} if basis == "urgency" else set(),
    }
    return field in allowed[relation]


def test_every_cell_of_the_table() -> None:
    assert len(CELLS) == 7 * 7 * 5 * 7
    wrong = [
        cell for cell in CELLS if decide(staff(cell[0]), PAGE, *cell[1:]).allowed != expected(*cell)
    ]
    assert wrong == []


def test_every_row_of_the_table_is_needed() -> None:
    """No row may be covered by the others: it would only hide mistakes."""
    for index, row in enumerate(TABLE):
        rest = TABLE[:index] + TABLE[index + 1 :]
        own = set(product(*row))
        others = {cell for other in rest for cell in product(*other)}
        assert own - others, f"row {index} adds nothing"


def test_meeting_material_is_for_members_of_the_sitting_only() -> None:
    seen = {
        (relation, basis)
        for role, relation, basis, field in CELLS
        if field is FieldClass.MEETING and decide(staff(role), PAGE, relation, basis, field).allowed
    }
    assert seen == {(Relation.MEMBER, Basis.SUPPORT_MEETING)}


@pytest.mark.parametrize("role", Role)
def test_a_role_that_the_rule_does_not_name_stays_outside(role: Role) -> None:
    rule = AccessRule("nobody", frozenset(Role) - {role}, personal=True)
    answer = decide(staff(role), rule, Relation.OWNER, Basis.CONSENT, FieldClass.IDENTITY)
    assert answer.reason == "role-not-listed"
    assert not decide(staff(role), rule).allowed


def test_a_rule_without_persons_shows_none_even_to_the_owner() -> None:
    rule = AccessRule("figures", frozenset(Role))
    owner = staff(Role.COORDINATOR)
    assert decide(owner, rule).allowed
    answer = decide(owner, rule, Relation.OWNER, Basis.NONE, FieldClass.IDENTITY)
    assert answer.reason == "rule-shows-no-persons"


def test_nobody_signed_in_sees_public_pages_only() -> None:
    assert decide(None, PUBLIC).allowed
    assert decide(None, PAGE).reason == "sign-in-needed"
    assert not decide(None, PUBLIC, field_class=FieldClass.IDENTITY).allowed


def test_public_never_shows_a_person() -> None:
    for role, relation, basis, field in CELLS:
        assert not decide(staff(role), PUBLIC, relation, basis, field).allowed


def test_every_reason_has_a_sentence() -> None:
    reasons = {decide(staff(cell[0]), PAGE, *cell[1:]).reason for cell in CELLS}
    assert reasons <= set(REASONS)
    assert {"relation-allows", "basis-allows", "no-relation", "no-basis"} <= reasons


@pytest.mark.parametrize(
    ("hers", "case", "expected"),
    [
        ("nd-tasai", "nd-tasai", True),
        ("nd-tasai", "nd-masuko", False),
        ("nd-tasai", None, True),
        (None, "nd-masuko", True),
    ],
)
def test_a_nurse_works_in_her_district_and_where_none_is_named(
    hers: str | None, case: str | None, expected: bool
) -> None:
    assert Staff("n", "保健師", Role.NURSE, "C-08", hers).is_nurse_of(case) is expected
    assert not Staff("c", "窓口", Role.COUNTER, "C-01", hers).is_nurse_of(case)
