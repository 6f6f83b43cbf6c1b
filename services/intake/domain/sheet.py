"""相談受付・申込票 (S-01): the sheet a consultation is received with."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from shared.privacy.personal import Personal
from shared.sourcing.days import not_long_ago
from shared.sourcing.decider import Event, Refused
from shared.vocabulary.ages import AgeBand
from shared.vocabulary.relations import Sex


class Sheet(Event):
    """What the counter wrote down. Only the counter's own part is required: 断らない (G-4)."""

    counter: str
    programme: str | None = None
    channel: str
    source: str
    received_on: date
    household_size: int | None = None
    issues: tuple[str, ...] = ()
    """○ marks; the main one (◎) is `main_issue`."""
    main_issue: str | None = None
    topics: tuple[str, ...] = ()
    """相談内容 as ticked (○); the main one (◎) is `main_topic`."""
    main_topic: str | None = None
    urgency: str | None = None
    screening: str | None = None
    sex: Sex = "unknown"
    visitor_relation: str | None = None
    """Who came for the person, as seen from them; None: they came themselves."""
    town: str | None = None
    catchment: str | None = None
    nurse_district: str | None = None
    place_note: str | None = None
    """Why the address names no town, or its town no district (`Location.notes`)."""
    office: str | None = None
    """Which office, where the counter is an open list (C-99)."""
    name: Personal[str] = None
    kana: Personal[str] = None
    born_on: Personal[date] = None
    phone: Personal[str] = None
    email: Personal[str] = None
    address: Personal[str] = None
    content: Personal[str] = None
    wishes: Personal[str] = None
    visitor_name: Personal[str] = None
    visitor_phone: Personal[str] = None


class SheetCorrected(Sheet):
    """票を直した (S-01): the whole sheet as it stands from here on; what stood there stays in the
    history. `case_id` is the case whose key it lies under, `of_case` the one it belongs to.
    """

    consultation_id: UUID
    case_id: UUID
    of_case: UUID
    edition: int
    changed: tuple[str, ...]
    """The fields that say something else now."""
    corrected_on: date
    age_band: AgeBand = "unknown"
    former_age_band: AgeBand = "unknown"
    former_channel: str
    former_source: str
    former_issues: tuple[str, ...] = ()
    former_catchment: str | None = None
    former_nurse_district: str | None = None


def written(sheet: Sheet) -> dict[str, object]:
    """Only what was written on the sheet, of whatever carries one."""
    return {name: getattr(sheet, name) for name in Sheet.model_fields}


def check(sheet: Sheet, today: date) -> None:
    """What cannot be true is not stored. An empty sheet is a slip of the finger."""
    if sheet.received_on > today:
        raise Refused("received-in-future")
    not_long_ago(sheet.received_on)
    if sheet.born_on is not None and sheet.born_on > sheet.received_on:
        raise Refused("born-in-future")
    if sheet.main_issue is not None and sheet.main_issue not in sheet.issues:
        raise Refused("main-issue-not-ticked")
    if sheet.main_topic is not None and sheet.main_topic not in sheet.topics:
        raise Refused("main-topic-not-ticked")
    if not (sheet.content or sheet.wishes or sheet.issues or sheet.topics):
        raise Refused("nothing-written")
