"""この方ですか: known cases of the person at the counter (F-20), never merged silently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.read.consultations import grams, key_of, phone_key
from shared.sourcing.log import Connection

SHOWN = 8


@dataclass(frozen=True)
class Candidate:
    """A known case with what tells two people apart, and nothing more."""

    case_id: UUID
    name: str | None
    kana: str | None
    born_on: date | None
    received_on: date
    counter: str
    consultations: int
    same_name: bool
    same_kana: bool
    same_phone: bool
    same_birth: bool
    swapped_birth: bool
    """Month and day changed places: a slip of the pen, perhaps."""
    same_town: bool
    member: bool
    """Written down as a member of the household of that case (F-02)."""

    @property
    def why(self) -> str:
        """What agrees, in words."""
        agrees = (
            (self.same_name, "氏名"),
            (self.same_kana, "ふりがな"),
            (self.same_birth, "生年月日"),
            (self.swapped_birth, "生年月日（月と日が入れ替わり）"),
            (self.same_phone, "電話番号"),
            (self.same_town, "お住まいの町"),
        )
        said = "・".join(word for same, word in agrees if same) or "氏名の一部"
        return f"{said}（このケースの世帯員として記録のある方）" if self.member else said


async def candidates(
    db: Connection,
    *,
    name: str | None,
    kana: str | None,
    phone: str | None,
    born_on: date | None,
    town: str | None = None,
    but: UUID | None = None,
    only: UUID | None = None,
) -> list[Candidate]:
    """Cases that share name, kana or phone, or the birth date together with a part of the name.

    `only`: whether this case is one of them, however many there are.
    """
    keys = (key_of(name), key_of(kana), phone_key(phone))
    if not any(keys):
        return []
    pairs, swapped = grams(*keys[:2]), swapped_day(born_on)
    rows = await db.fetch(_CANDIDATES, *keys, born_on, pairs, but, SHOWN, swapped, town, only)
    return [Candidate(*row) for row in rows]


def swapped_day(day: date | None) -> date | None:
    """Month and day in each other's place, where that is another day."""
    if day is None or day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)


# One index each, so that every condition stays fast; the sum of what agrees decides the order.
_CANDIDATES = """
WITH alike AS (
  SELECT consultation_id FROM consultations WHERE name_key = $1
  UNION SELECT consultation_id FROM consultations WHERE kana_key = $2
  UNION SELECT consultation_id FROM consultations WHERE phone_key = $3
  UNION SELECT consultation_id FROM consultations WHERE born_on IN ($4, $8) AND grams && $5::text[]
), known AS (
  SELECT c.case_id, c.name, c.kana, c.born_on, c.received_on, c.position, c.counter, c.name_key,
         c.kana_key, c.phone_key, c.town, false AS member
  FROM alike JOIN consultations c USING (consultation_id)
  UNION ALL
  SELECT m.case_id, m.name, m.kana, m.born_on, n.received_on, n.position, n.counter, m.name_key,
         m.kana_key, NULL, n.town, true
  FROM (
    SELECT * FROM members WHERE name_key = $1
    UNION SELECT * FROM members WHERE kana_key = $2
    UNION SELECT * FROM members WHERE born_on IN ($4, $8) AND grams && $5::text[]
  ) m JOIN LATERAL (
    SELECT received_on, position, counter, town FROM consultations WHERE case_id = m.case_id
    ORDER BY received_on DESC, position DESC LIMIT 1
  ) n ON true
), found AS (
  SELECT c.*,
         coalesce(c.name_key = $1, false) AS same_name,
         coalesce(c.kana_key = $2, false) AS same_kana,
         coalesce(c.phone_key = $3, false) AS same_phone,
         coalesce(c.born_on = $4, false) AS same_birth,
         coalesce(c.born_on = $8, false) AS swapped_birth,
         coalesce(c.town = $9, false) AS same_town
  FROM known c WHERE c.case_id IS DISTINCT FROM $6
    AND ($10::uuid IS NULL OR c.case_id = $10)
), scored AS (
  SELECT *, 3 * same_name::int + 2 * same_kana::int + 2 * same_phone::int + 3 * same_birth::int
    + swapped_birth::int + same_town::int AS score FROM found
), best AS (
  SELECT DISTINCT ON (case_id) * FROM scored
  ORDER BY case_id, score DESC, member, received_on DESC, position DESC
)
SELECT b.case_id, b.name, b.kana, b.born_on, b.received_on, b.counter,
       (SELECT count(*)::int FROM consultations a WHERE a.case_id = b.case_id),
       b.same_name, b.same_kana, b.same_phone, b.same_birth,
       b.swapped_birth, b.same_town, b.member
FROM best b ORDER BY b.score DESC, b.received_on DESC, b.case_id LIMIT $7
"""
