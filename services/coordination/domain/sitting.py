"""A sitting as it is written down: where, when, with whom, about what; who keeps it (M-1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.coordination.domain.consented import EVERYTHING, Scope
from services.coordination.domain.meeting import Head, Meeting, MeetingEvent
from services.coordination.domain.minuted import Attendee, MeetingKind, SecrecyAccepted, oath
from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class AgendaItem:
    """A case that is talked about, what was said of it, and whether its person consented."""

    case_id: UUID
    known: bool
    consented_on: date | None
    """Since when; None without consent."""
    report: str | None = None
    outcome: str | None = None
    scope: Scope = EVERYTHING
    opinion: str | None = None
    papers: str | None = None
    present: bool | None = None
    """本人が参加した (T-05)."""


@dataclass(frozen=True)
class Writer:
    """作成者: who is signed in."""

    agency: str
    staff_id: str
    name: str


@dataclass(frozen=True)
class Sitting:
    """Which meeting, where, when and with whom."""

    kind: MeetingKind
    place: str
    members: Sequence[str]
    rules: str
    secrecy: bool = False
    """Everybody present was told of the duty of secrecy (M-1)."""
    attendees: Sequence[Attendee] = ()
    begins_at: str = ""
    ends_at: str = ""
    following: str = ""
    """次回."""
    writer: Writer | None = None

    def agencies(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.members))

    def head(self) -> Head:
        """As it stands in the minutes."""
        times = self.begins_at, self.ends_at
        return Head(self.place, self.agencies(), *times, tuple(self.attendees), self.following)


def secrecy(state: Meeting, meeting_id: UUID, sitting: Sitting, on: date) -> list[MeetingEvent]:
    """M-1: nobody sits in a 支援会議 who was not told, there at the latest. The tick of the host
    counts for the persons that are named, and for the one who signs in and writes.
    """
    if sitting.kind != "support-meeting":
        return []
    people = {oath(one.agency, name=one.name): one for one in sitting.attendees}
    named = [one for who, one in people.items() if who and who not in state.oaths]
    silent = [one for one in sitting.agencies() if one not in state.accepted]
    if (named or silent) and not sitting.secrecy:
        raise Refused("secrecy-missing")
    told: list[tuple[str, str | None, str | None]] = []
    told += [(one.agency, None, one.name) for one in named]
    writer = sitting.writer
    writes = sitting.secrecy and writer and writer.agency in sitting.members
    if writes and writer and oath(writer.agency, staff_id=writer.staff_id) not in state.oaths:
        told.append((writer.agency, writer.staff_id, writer.name or None))
    spoken = {agency for agency, _, _ in told}
    told += [(one, None, None) for one in silent if one not in spoken]
    return [
        SecrecyAccepted(
            meeting_id=meeting_id, agency=agency, accepted_on=on, staff_id=staff_id, name=name
        )
        for agency, staff_id, name in told
    ]
