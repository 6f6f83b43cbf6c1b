"""世帯員をさがす: who is written down in a household, so that a son is found there (F-02, F-20)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from services.intake.domain.household import MemberAdded, MemberCorrected, MemberLeft
from services.intake.read.consultations import grams, key_of
from services.intake.read.terms import Term
from shared.sourcing.log import Connection, Entry, ReadModel, Write


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """In stored order. Who moved out or died is still found; a slip of the pen is not."""
    for entry in batch:
        match entry.event:
            case MemberAdded() | MemberCorrected() as e:
                yield Write(_WRITTEN, [_row(e)])
            case MemberLeft(why="mistake") as e:
                yield Write(_STRUCK, [{"member_id": e.member_id}])


async def members_like(
    db: Connection, cases: Iterable[UUID], terms: Sequence[Term]
) -> dict[UUID, list[str]]:
    """Case → the members by whom one of the words found it."""
    keys = [term.key for term in terms if term.key and len(term.key) > 1]
    days = [term.born_on for term in terms if term.born_on]
    found: dict[UUID, list[str]] = {}
    for case_id, name in await db.fetch(_LIKE, list(set(cases)), keys, days):
        found.setdefault(case_id, []).append(name or "氏名不明")
    return found


def _row(event: MemberAdded | MemberCorrected) -> dict[str, object]:
    name, kana = key_of(event.name), key_of(event.kana)
    shown = event.model_dump(include={"member_id", "case_id", "name", "kana", "born_on"})
    return shown | {"name_key": name, "kana_key": kana, "grams": grams(name, kana)}


_WRITTEN = """
INSERT INTO members (member_id, case_id, name, kana, born_on, name_key, kana_key, grams)
SELECT n.* FROM json_to_recordset($1) AS n(
  member_id uuid, case_id uuid, name text, kana text, born_on date, name_key text, kana_key text,
  grams text[])
ON CONFLICT (member_id) DO UPDATE
SET name = EXCLUDED.name, kana = EXCLUDED.kana, born_on = EXCLUDED.born_on,
    name_key = EXCLUDED.name_key, kana_key = EXCLUDED.kana_key, grams = EXCLUDED.grams
"""
_STRUCK = """
DELETE FROM members m USING json_to_recordset($1) AS n(member_id uuid)
WHERE m.member_id = n.member_id
"""
_PURGE = """
UPDATE members SET name = NULL, kana = NULL, born_on = NULL, name_key = NULL, kana_key = NULL,
  grams = '{}'
WHERE case_id = $1
"""
_LIKE = """
SELECT case_id, name FROM members
WHERE case_id = ANY($1::uuid[])
  AND (born_on = ANY($3::date[]) OR EXISTS (
    SELECT FROM unnest($2::text[]) AS k
    WHERE strpos(name_key, k) > 0 OR strpos(kana_key, k) > 0))
ORDER BY case_id, member_id
"""

members = ReadModel("members", ("members",), project, purge=_PURGE)
