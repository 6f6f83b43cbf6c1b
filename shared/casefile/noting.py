"""支援経過 typed, in words and on paper: the same for every team that writes it (4.3, T-11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, Strict, StringConstraints

from shared.casefile.history import recorded_by
from shared.casefile.progress import Note, Noted, Progress, Voice, note, progress_of
from shared.contracts.fact import Code
from shared.paper.paper import Grid, Paper
from shared.sourcing.log import Recorded
from shared.sourcing.streams import Acted, Streams
from shared.vocabulary.city import City
from shared.vocabulary.wareki import wareki
from shared.web.messages import Message
from shared.web.sentences import CHOSEN

VOICES: dict[Voice, str] = {
    "person": "本人の話",
    "third-party": "第三者の話（家族・近所・ほかの機関）",
    "staff": "支援者の見立て・評価",
}
"""支援経過の情報源 (N-10)."""
HEADS = ("日時", "方法・時間", "相手", "だれの話か", "内容", "次の予定", "記録")
MESSAGES = {
    "day-in-future": Message(
        "まだ来ていない日は記録できません。日付を確かめてください。",
        "The day lies in the future; only what has happened can be recorded.",
        ("on",),
    ),
    "note-empty": Message("内容を書いてください。", "Say what was done.", at=("content",)),
    "next-before-note": Message(
        "次の予定日が、対応した日より前です。",
        "The next day lies before this one.",
        at=("next_on",),
    ),
}


class NoteForm(BaseModel):
    """支援経過 (4.3)."""

    on: Annotated[date, Strict(strict=False)] = Field(title="対応した日")
    began_at: Annotated[time | None, Strict(strict=False)] = Field(None, title="時刻")
    kind: Annotated[Code, CHOSEN] = Field(title="方法")
    minutes: int | None = Field(None, title="かかった時間", ge=0, le=1440)
    with_whom: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = Field(
        "", title="相手"
    )
    agency: Annotated[Code | None, CHOSEN] = Field(None, title="相手の機関")
    voice: Voice = Field(title="だれの話か")
    content: Annotated[
        str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)
    ] = Field(title="内容")
    next_on: Annotated[date | None, Strict(strict=False)] = Field(None, title="次の予定日")


async def write_down(
    streams: Streams[Progress, Noted],
    city: City,
    today: date,
    asked: NoteForm,
    *,
    case_id: UUID,
    note_id: UUID,
) -> Acted[Noted]:
    """Written down as it was; a correction is another entry."""
    said = Note(
        kind=city.listed("progress_kinds", asked.kind, "kind"),
        voice=asked.voice,
        content=asked.content,
        minutes=asked.minutes,
        agency=city.listed("agencies", asked.agency, "agency") if asked.agency else None,
        next_on=asked.next_on,
        began_at=asked.began_at,
        with_whom=asked.with_whom or None,
    )
    return await streams.act(
        progress_of(case_id),
        note,
        note_id=note_id,
        case_id=case_id,
        said=said,
        on=asked.on,
        today=today,
    )


def note_lines(city: City, said: Noted) -> list[tuple[str, str]]:
    """One entry as terms and texts; what was not said is left out."""
    told = (
        ("時刻", f"{said.began_at:%H:%M}" if said.began_at else ""),
        ("かかった時間", _long(said)),
        ("だれの話か", VOICES[said.voice]),
        ("相手", _whom(city, said)),
        ("内容", said.content or ""),
        ("次の予定", wareki(said.next_on) if said.next_on else ""),
    )
    return [(term, text) for term, text in told if text]


def notes_paper(
    city: City, notes: Sequence[Recorded[Noted]], above: tuple[tuple[str, str], ...], foot: str
) -> Paper:
    """支援経過記録シート (4.3): every entry in the order of the days."""
    by_day = sorted(notes, key=lambda one: (one.event.noted_on, one.event.began_at or time()))
    rows = tuple(_row(city, one) for one in by_day)
    return Paper(
        "支援経過記録シート",
        (Grid("支援経過", HEADS, rows, (2.4, 2.4, 2.2, 2.2, 6, 1.8, 1.8)),),
        above=above,
        foot=foot,
    )


def _row(city: City, one: Recorded[Noted]) -> tuple[str, ...]:
    said = one.event
    began = f" {said.began_at:%H:%M}" if said.began_at else ""
    return (
        wareki(said.noted_on) + began,
        f"{city.label('progress_kinds', said.kind)} {_long(said)}".strip(),
        _whom(city, said),
        VOICES[said.voice],
        said.content or "（消去済み）",
        wareki(said.next_on) if said.next_on else "",
        recorded_by(one.origin.actor),
    )


def _long(said: Noted) -> str:
    return f"{said.minutes}分" if said.minutes else ""


def _whom(city: City, said: Noted) -> str:
    agency = city.label("agencies", said.agency) if said.agency else ""
    return " ".join(filter(None, (agency, said.with_whom)))
