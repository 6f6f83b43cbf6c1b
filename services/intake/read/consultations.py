"""相談の一覧: the table, and how it is written. `searching` and `candidates` read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from services.intake.domain.consultation import (
    Accepted,
    Attached,
    Escalated,
    Received,
    Status,
    TakenBack,
)
from shared.sourcing.log import Connection, ReadModel, Recorded
from shared.vocabulary.text import digits, search_key


def phone_key(phone: str | None) -> str | None:
    """The digits of a phone number, however it was written."""
    return "".join(c for c in digits(phone) if c.isdecimal()) or None if phone else None


def key_of(text: str | None) -> str | None:
    """A name as it is compared: old-form kanji, kana and spaces made alike."""
    return search_key(text) or None if text else None


def grams(*keys: str | None) -> list[str]:
    """All pairs of neighbouring characters, for finding a part of a name by index."""
    pairs = {key[i : i + 2] for key in keys if key for i in range(len(key) - 1)}
    return sorted(pairs)


async def project(db: Connection, batch: Sequence[Recorded[Any]]) -> None:
    """New rows first; then for each consultation the last word of the batch."""
    if made := [r for r in batch if isinstance(r.event, Received)]:
        await db.executemany(_RECEIVED, [_row(r.event, r.position) for r in made])
    if attached := [r.event for r in batch if isinstance(r.event, Attached)]:
        last = {e.consultation_id: e.case_id for e in attached}
        await db.execute(_ATTACHED, list(last), list(last.values()))
    if moved := _moved(r.event for r in batch):
        await db.execute(
            _MOVED, list(moved), [s for s, _ in moved.values()], [e for _, e in moved.values()]
        )


def _moved(events: Iterable[Any]) -> dict[UUID, tuple[str, UUID]]:
    """Consultation → (status, escalation) after these events."""
    moved: dict[UUID, tuple[str, UUID]] = {}
    for event in events:
        match event:
            case Escalated():
                moved[event.consultation_id] = (Status.ESCALATED, event.escalation_id)
            case Accepted():
                moved[event.consultation_id] = (Status.ACCEPTED, event.escalation_id)
            case TakenBack():
                moved[event.consultation_id] = (Status.RETURNED, event.escalation_id)
    return moved


def _row(event: Received, position: int) -> tuple[Any, ...]:
    name, kana, phone = key_of(event.name), key_of(event.kana), phone_key(event.phone)
    return (
        event.consultation_id,
        event.case_id,
        position,
        event.received_on,
        event.counter,
        event.channel,
        event.source,
        event.age_band,
        event.household_size,
        event.issues,
        event.main_issue,
        event.catchment,
        event.nurse_district,
        event.returning,
        event.name,
        event.kana,
        event.born_on,
        name,
        kana,
        phone,
        grams(name, kana, phone),
    )


_RECEIVED = """
INSERT INTO consultations
  (consultation_id, case_id, told_under, position, received_on, counter, channel, source, age_band,
   household_size, issues, main_issue, catchment, nurse_district, came_back,
   name, kana, born_on, name_key, kana_key, phone_key, grams)
VALUES ($1, $2, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
        $15, $16, $17, $18, $19, $20, $21)
ON CONFLICT (consultation_id) DO NOTHING
"""
_ATTACHED = """
UPDATE consultations c SET case_id = a.case_id
FROM unnest($1::uuid[], $2::uuid[]) AS a(id, case_id) WHERE c.consultation_id = a.id
"""
_MOVED = """
UPDATE consultations c SET status = m.status, escalation_id = m.escalation_id
FROM unnest($1::uuid[], $2::text[], $3::uuid[]) AS m(id, status, escalation_id)
WHERE c.consultation_id = m.id
"""
_PURGE = """
UPDATE consultations SET name = NULL, kana = NULL, born_on = NULL,
  name_key = NULL, kana_key = NULL, phone_key = NULL, grams = '{}'
WHERE case_id = $1 OR told_under = $1
"""

consultations = ReadModel("consultations", ("consultations",), project, purge=_PURGE)
