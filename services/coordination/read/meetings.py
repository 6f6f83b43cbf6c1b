"""会議の一覧: one row per sitting, and which cases were on its agenda (X-26)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.coordination.domain.meeting import MaterialOpened
from services.coordination.domain.minuted import (
    Discussed,
    Held,
    MinutesCorrected,
    SecrecyAccepted,
    oath,
)
from shared.privacy.access import Staff
from shared.sourcing.log import Connection, Entry, ReadModel, Write


@dataclass(frozen=True)
class MeetingRow:
    """One sitting. Its material lies in the events and is shown to its members only."""

    meeting_id: UUID
    kind: str
    held_on: date
    place: str
    members: list[str]
    rules: str
    cases: int
    opened: bool
    """M-2: with consent this case's material of a 支援会議 went over."""
    oaths: list[str]
    """Who accepted secrecy, as `oath` says."""

    def sworn(self, staff: Staff) -> bool:
        """Do they sit there, and did they themselves accept secrecy (M-1)?"""
        return staff.agency in self.members and sworn(staff, self.oaths)


def sworn(staff: Staff, oaths: Collection[str]) -> bool:
    """Signed in when they accepted, or told by the host under their name."""
    agency = staff.agency or ""
    ways = oath(agency, staff_id=staff.staff_id), oath(agency, name=staff.name)
    return any(one in oaths for one in ways)


async def meetings_of(db: Connection, case_id: UUID) -> list[MeetingRow]:
    """Newest first."""
    return [MeetingRow(*row) for row in await db.fetch(_OF_CASE, case_id)]


async def meeting_row(
    db: Connection, meeting_id: UUID, case_id: UUID | None = None
) -> MeetingRow | None:
    """One sitting that was held; `opened` is said of that case."""
    row = await db.fetchrow(_ONE, meeting_id, case_id)
    return MeetingRow(*row) if row else None


async def meetings_held(db: Connection, agency: str | None, most: int = 100) -> list[MeetingRow]:
    """Newest first; of one agency those where it sat."""
    return [MeetingRow(*row) for row in await db.fetch(_NEWEST, agency, most)]


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """A sitting comes before what was discussed in it."""
    for entry in batch:
        match entry.event:
            case Held() as e:
                yield Write(_HELD, [e.model_dump(include=_SHOWN)])
            case MinutesCorrected() as e:
                yield Write(_CORRECTED, [e.model_dump(include={"meeting_id", "place", "members"})])
            case SecrecyAccepted() as e:
                if who := oath(e.agency, staff_id=e.staff_id, name=e.name):
                    yield Write(_SWORN, [{"meeting_id": e.meeting_id, "who": who}])
            case Discussed() as e:
                yield Write(_DISCUSSED, [{"meeting_id": e.meeting_id, "case_id": e.case_id}])
            case MaterialOpened() as e:
                yield Write(_OPENED, [e.model_dump(include={"meeting_id", "case_id", "opened_on"})])


_SHOWN = {"meeting_id", "kind", "held_on", "place", "members", "rules"}
_OF_CASE = """
SELECT m.meeting_id, m.kind, m.held_on, m.place, m.members, m.rules,
       (SELECT count(*)::int FROM agenda o WHERE o.meeting_id = m.meeting_id),
       a.opened_on IS NOT NULL,
       ARRAY(SELECT s.who FROM oaths s WHERE s.meeting_id = m.meeting_id)
FROM agenda a JOIN meetings m USING (meeting_id)
WHERE a.case_id = $1 ORDER BY m.held_on DESC, m.meeting_id DESC
"""
_ONE = """
SELECT m.meeting_id, m.kind, m.held_on, m.place, m.members, m.rules,
       (SELECT count(*)::int FROM agenda o WHERE o.meeting_id = m.meeting_id),
       EXISTS (SELECT FROM agenda a WHERE a.meeting_id = m.meeting_id AND a.case_id = $2
               AND a.opened_on IS NOT NULL),
       ARRAY(SELECT s.who FROM oaths s WHERE s.meeting_id = m.meeting_id)
FROM meetings m WHERE m.meeting_id = $1
"""
_NEWEST = """
SELECT m.meeting_id, m.kind, m.held_on, m.place, m.members, m.rules,
       (SELECT count(*)::int FROM agenda o WHERE o.meeting_id = m.meeting_id), false,
       '{}'::text[]
FROM meetings m WHERE $1::text IS NULL OR $1 = ANY(m.members)
ORDER BY m.held_on DESC, m.meeting_id DESC LIMIT $2
"""
_HELD = """
INSERT INTO meetings (meeting_id, kind, held_on, place, members, rules)
SELECT n.* FROM json_to_recordset($1) AS n(
  meeting_id uuid, kind text, held_on date, place text, members text[], rules text)
ON CONFLICT (meeting_id) DO NOTHING
"""
_CORRECTED = """
UPDATE meetings m SET place = n.place, members = n.members
FROM json_to_recordset($1) AS n(meeting_id uuid, place text, members text[])
WHERE m.meeting_id = n.meeting_id
"""
_SWORN = """
INSERT INTO oaths (meeting_id, who)
SELECT n.* FROM json_to_recordset($1) AS n(meeting_id uuid, who text) ON CONFLICT DO NOTHING
"""
_DISCUSSED = """
INSERT INTO agenda (meeting_id, case_id)
SELECT n.* FROM json_to_recordset($1) AS n(meeting_id uuid, case_id uuid) ON CONFLICT DO NOTHING
"""
_OPENED = """
UPDATE agenda a SET opened_on = n.opened_on
FROM json_to_recordset($1) AS n(meeting_id uuid, case_id uuid, opened_on date)
WHERE a.meeting_id = n.meeting_id AND a.case_id = n.case_id
"""

meetings = ReadModel(
    "meetings",
    ("meetings", "agenda", "oaths"),
    project,
    purge="DELETE FROM oaths WHERE meeting_id = $1",
)
