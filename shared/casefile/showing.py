"""What a staff member may see of a personal part handed over: no more than its basis carries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.casefile.handover import PersonalPartReceived
from shared.privacy.access import AccessRule, Basis, FieldClass, Relation, Staff, decide
from shared.privacy.grounds import GROUNDS

CLASSES = {
    "name": FieldClass.IDENTITY,
    "kana": FieldClass.IDENTITY,
    "born_on": FieldClass.IDENTITY,
    "address": FieldClass.CONTACT,
    "phone": FieldClass.CONTACT,
    "household": FieldClass.NARRATIVE,
    "narrative": FieldClass.NARRATIVE,
    "wishes": FieldClass.NARRATIVE,
}


@dataclass(frozen=True)
class Person:
    """The person as this reader may see them. None: not told, not allowed, or forgotten."""

    from_team: str
    basis: str
    basis_reference: str | None
    received_on: date
    name: str | None
    kana: str | None
    born_on: date | None
    address: str | None
    phone: str | None
    household: str | None
    narrative: str | None
    wishes: str | None
    withheld: bool
    """Something was handed over that this reader may not see."""


def may_see(staff: Staff, rule: AccessRule, basis: str, field_class: FieldClass) -> bool:
    """May the receiver of a hand-over on this basis see this class of values?"""
    return decide(staff, rule, Relation.RECIPIENT, Basis(basis), field_class).allowed


def person_for(staff: Staff, rule: AccessRule, part: PersonalPartReceived) -> Person:
    """The received part, with everything left out that this reader may not see."""
    allowed = {
        name: may_see(staff, rule, part.basis, field_class) for name, field_class in CLASSES.items()
    }
    return Person(
        from_team=part.from_team,
        basis=part.basis,
        basis_reference=part.basis_reference,
        received_on=part.received_on,
        name=part.name if allowed["name"] else None,
        kana=part.kana if allowed["kana"] else None,
        born_on=part.born_on if allowed["born_on"] else None,
        address=part.address if allowed["address"] else None,
        phone=part.phone if allowed["phone"] else None,
        household=part.household if allowed["household"] else None,
        narrative=part.narrative if allowed["narrative"] else None,
        wishes=part.wishes if allowed["wishes"] else None,
        withheld=not all(allowed.values()),
    )


BASES = GROUNDS
WHY_LOST: dict[str, str] = {
    "withdrawn": "本人が同意を取り下げました",
    "expired": "同意の期限が過ぎました",
    "narrowed": "同意の範囲が変わり、この支援は含まれません",
}
"""Why a request no longer rests on the person's consent (F-03)."""
"""法的根拠 in words."""

_TERMS = (
    ("address", "住所"),
    ("phone", "電話"),
    ("household", "世帯"),
    ("narrative", "これまでの経過"),
    ("wishes", "本人の希望"),
)


def lines(person: Person, born: Callable[[date], str]) -> list[tuple[str, str]]:
    """The person as terms and texts, name first; what is not known is left out."""
    name = person.name or "（お名前の引継ぎはありません）"
    said = [("氏名", f"{name}（{person.kana}）" if person.kana else name)]
    if person.born_on:
        said.append(("生年月日", born(person.born_on)))
    said += [(term, text) for key, term in _TERMS if (text := getattr(person, key))]
    ground = BASES.get(person.basis, person.basis)
    if person.basis_reference and not _is_id(person.basis_reference):
        ground = f"{ground}：{person.basis_reference}"
    return [*said, ("情報を受け取った根拠", ground)]


def _is_id(reference: str) -> bool:
    """The id of a consent tells a reader nothing; it is in the file of the team that asked."""
    try:
        UUID(reference)
    except ValueError:
        return False
    return True
