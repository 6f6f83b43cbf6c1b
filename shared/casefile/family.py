"""世帯 in words and drawings: members, ties, ジェノグラム and エコマップ (F-02).

For the counter that wrote it down, and for 多機関協働 that was handed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.casefile.ecomap import Bond, Ecomap, ecomap
from shared.casefile.genogram import SIZE, Genogram, Own, genogram
from shared.vocabulary.city import City
from shared.vocabulary.counter_file import WrittenMember, WrittenTie
from shared.vocabulary.relations import KIN, LIVING
from shared.vocabulary.wareki import wareki

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


def family_of(
    city: City,
    members: Sequence[WrittenMember],
    ties: Sequence[WrittenTie],
    own: Own,
    today: date,
    helping: Sequence[Bond] = (),
    supports: Sequence[TieLine] = (),
) -> Family:
    """`helping`: who supports them now, as the records say; nobody wrote that down as a tie.
    `supports`: the same in words, with who did once.
    """
    return Family(
        genogram(members, own, today),
        member_lines(members, own.name, today),
        ecomap([*helping, *(_bond(city, one) for one in ties if one.ended_on is None)]),
        [*supports, *tie_lines(city, ties)],
    )


def member_lines(
    members: Iterable[WrittenMember], name: str | None, today: date
) -> list[MemberLine]:
    """`name`: of the person of the case, where the record of the household leaves it out."""
    return [_member(one, name, today) for one in members]


def tie_lines(city: City, ties: Iterable[WrittenTie]) -> list[TieLine]:
    return [_tie(city, one) for one in ties]


def _bond(city: City, tie: WrittenTie) -> Bond:
    style = next((one.style for one in city.ecomap_ties if one.code == tie.kind), "plain")
    return Bond(tie.who or FORGOTTEN, city.label("ecomap_ties", tie.kind), style)


def _tie(city: City, tie: WrittenTie) -> TieLine:
    kind = city.label("ecomap_ties", tie.kind)
    when = span(tie.since, tie.ended_on) or "–"
    return TieLine(tie.tie_id, tie.who or FORGOTTEN, kind, when, tie.note)


def span(since: date | None, until: date | None) -> str:
    """From when, until when; empty where neither is known."""
    begun = f"{wareki(since)}から" if since else ""
    return begun + (f"{wareki(until)}まで" if until else "")


def _member(one: WrittenMember, name: str | None, today: date) -> MemberLine:
    unnamed = name if one.relation == "self" else None
    living = LIVING[one.living]
    if one.left_on:
        living = f"{living}（{wareki(one.left_on)}から）"
    elif one.joined_on:
        living = f"{living}（{wareki(one.joined_on)}から）"
    return MemberLine(
        one.member_id,
        KIN[one.relation].label,
        one.name or unnamed or "氏名不明",
        one.kana,
        one.born_on,
        living,
        one.note,
        _age(one.born_on, today) if one.living != "deceased" else "",
        one.occupation,
    )


def _age(born: date | None, today: date) -> str:
    if born is None:
        return ""
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return f"{years}歳"
