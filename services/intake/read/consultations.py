"""相談の一覧: the table, and how it is written. `searching` and `candidates` read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from services.intake.domain.consultation import (
    Accepted,
    Attached,
    Detached,
    Escalated,
    Received,
    Status,
    TakenBack,
)
from services.intake.domain.sheet import SheetCorrected
from shared.sourcing.log import Entry, ReadModel, Write
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


def project(batch: Sequence[Entry]) -> Iterator[Write]:
    """New rows first; then for each consultation the last word of the batch."""
    if made := [_new(r.event, r.event_id) for r in batch if isinstance(r.event, Received)]:
        yield Write(_RECEIVED, made)
    corrected = (r.event for r in batch if isinstance(r.event, SheetCorrected))
    if put_right := {
        e.consultation_id: _row(e) | {"corrected_on": e.corrected_on} for e in corrected
    }:
        yield Write(_CORRECTED, list(put_right.values()))
    attached = {
        r.event.consultation_id: r.event.case_id
        for r in batch
        if isinstance(r.event, Attached | Detached)
    }
    if attached:
        yield Write(_ATTACHED, [{"id": id, "case_id": case} for id, case in attached.items()])
    if moved := _moved(r.event for r in batch):
        yield Write(
            _MOVED,
            [{"id": id, "status": s, "escalation_id": e} for id, (s, e) in moved.items()],
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


def _new(event: Received, event_id: UUID) -> dict[str, Any]:
    return _row(event) | {"event_id": event_id, "came_back": event.returning}


def _row(event: Received | SheetCorrected) -> dict[str, Any]:
    name, kana, phone = key_of(event.name), key_of(event.kana), phone_key(event.phone)
    return {
        **event.model_dump(include=_SHOWN),
        "name_key": name,
        "kana_key": kana,
        "phone_key": phone,
        "grams": grams(name, kana, phone),
    }


_SHOWN = {
    "consultation_id",
    "case_id",
    "received_on",
    "counter",
    "channel",
    "source",
    "age_band",
    "household_size",
    "issues",
    "main_issue",
    "urgency",
    "town",
    "catchment",
    "nurse_district",
    "place_note",
    "screening",
    "name",
    "kana",
    "born_on",
}
_RECEIVED = """
INSERT INTO consultations
  (consultation_id, case_id, told_under, position, received_on, counter, channel, source, age_band,
   household_size, issues, main_issue, urgency, town, catchment, nurse_district, place_note,
   screening, came_back, name, kana, born_on, name_key, kana_key, phone_key, grams)
SELECT n.consultation_id, n.case_id, n.case_id, e.position, n.received_on, n.counter, n.channel,
       n.source, n.age_band, n.household_size, n.issues, n.main_issue, n.urgency,
       n.town, n.catchment, n.nurse_district, n.place_note, n.screening, n.came_back,
       n.name, n.kana, n.born_on,
       n.name_key, n.kana_key, n.phone_key, n.grams
FROM json_to_recordset($1) AS n(
  event_id uuid, consultation_id uuid, case_id uuid, received_on date, counter text, channel text,
  source text, age_band text, household_size int, issues text[], main_issue text, urgency text,
  town text, catchment text, nurse_district text, place_note text, screening text,
  came_back bool, name text, kana text, born_on date, name_key text, kana_key text,
  phone_key text, grams text[])
JOIN events e USING (event_id)
ON CONFLICT (consultation_id) DO NOTHING
"""
_CORRECTED = """
UPDATE consultations c
SET channel = n.channel, source = n.source, age_band = n.age_band,
    household_size = n.household_size, issues = n.issues, main_issue = n.main_issue,
    urgency = n.urgency, town = n.town, catchment = n.catchment,
    nurse_district = n.nurse_district, place_note = n.place_note, corrected_on = n.corrected_on,
    screening = n.screening, name = n.name, kana = n.kana, born_on = n.born_on,
    name_key = n.name_key, kana_key = n.kana_key, phone_key = n.phone_key, grams = n.grams
FROM json_to_recordset($1) AS n(
  consultation_id uuid, channel text, source text, age_band text, household_size int,
  issues text[], main_issue text, urgency text, town text, catchment text, nurse_district text,
  place_note text, corrected_on date, screening text, name text, kana text, born_on date,
  name_key text, kana_key text, phone_key text, grams text[])
WHERE c.consultation_id = n.consultation_id
"""
_ATTACHED = """
UPDATE consultations c SET case_id = a.case_id
FROM json_to_recordset($1) AS a(id uuid, case_id uuid) WHERE c.consultation_id = a.id
"""
_MOVED = """
UPDATE consultations c SET status = m.status, escalation_id = m.escalation_id
FROM json_to_recordset($1) AS m(id uuid, status text, escalation_id uuid)
WHERE c.consultation_id = m.id
"""
_PURGE = """
UPDATE consultations SET name = NULL, kana = NULL, born_on = NULL, town = NULL,
  name_key = NULL, kana_key = NULL, phone_key = NULL, grams = '{}'
WHERE case_id = $1 OR told_under = $1
"""

_SUBJECTS = """
SELECT DISTINCT told_under FROM consultations WHERE case_id = $1 AND told_under <> $1
"""

consultations = ReadModel(
    "consultations", ("consultations",), project, purge=_PURGE, subjects=_SUBJECTS
)
