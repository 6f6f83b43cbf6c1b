"""会議録 as it is written: who came, what was said of each case, and who has to keep it (4.7)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal, TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.privacy.personal import Personal
from shared.sourcing.decider import Event
from shared.vocabulary.text import search_key

MeetingKind: TypeAlias = Literal["plan-meeting", "support-meeting"]


class Attendee(BaseModel):
    """出席者: 所属, 職, 氏名, 役割."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    agency: str
    name: str
    post: str = ""
    part: str = ""
    """司会, 記録, 報告 … as it is typed."""


class SecrecyAccepted(Event):
    """守秘義務の確認: the duty binds them, also afterwards (M-1).

    Somebody signed in (`staff_id`), or somebody the host told there (`name`). One without either
    was recorded when a whole office counted: it opens nothing.
    """

    subject_field: ClassVar[str] = "meeting_id"

    meeting_id: UUID
    agency: str
    accepted_on: date
    staff_id: str | None = None
    name: Personal[str] = None


class Held(Event):
    subject_field: ClassVar[str] = "meeting_id"

    meeting_id: UUID
    kind: MeetingKind
    held_on: date
    place: str
    members: tuple[str, ...]
    """Agencies that sat there: only they see the material of a 支援会議 (M-1)."""
    rules: str
    """The 会議設置要綱 in force (X-32)."""
    cases: tuple[UUID, ...]
    begins_at: str = ""
    ends_at: str = ""
    """From when until when (14:00), as it is written."""
    attendees: Personal[tuple[Attendee, ...]] = None
    following: Personal[str] = None
    """次回."""
    written_by: Personal[str] = None
    """作成者."""


class MinutesCorrected(Event):
    """会議録を直した: the whole head again. The day and the cases stay as they were told."""

    subject_field: ClassVar[str] = "meeting_id"

    meeting_id: UUID
    edition: int
    corrected_on: date
    place: str
    members: tuple[str, ...]
    begins_at: str = ""
    ends_at: str = ""
    attendees: Personal[tuple[Attendee, ...]] = None
    following: Personal[str] = None
    written_by: Personal[str] = None


class Discussed(Event):
    """One case on the agenda of a sitting: its material, sealed under that case's key."""

    meeting_id: UUID
    case_id: UUID
    kind: MeetingKind
    discussed_on: date
    present: bool | None = None
    """本人が参加した (T-05); not said in minutes of before."""
    report: Personal[str] = None
    outcome: Personal[str] = None
    opinion: Personal[str] = None
    papers: Personal[str] = None
    """提出資料."""


class TalkCorrected(Discussed):
    """What was said of one case, written again; the words of before stay in the history."""

    edition: int


def oath(agency: str, *, staff_id: str | None = None, name: str | None = None) -> str | None:
    """How somebody of an agency is known to have accepted secrecy: signed in, or named there."""
    if staff_id:
        return f"{agency}|id:{staff_id}"
    if name and (key := search_key(name)):
        return f"{agency}|name:{key}"
    return None
