"""窓口の記録: what a counter wrote down of a person, as it goes on sealed with a hand-over (K-03).

相談受付・申込票, 世帯, つながり, アセスメントシート as they stood; never part of a fact.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.vocabulary.relations import Living, Relation, Sex


class Written(BaseModel):
    """One thing that was written down; a newer sender may say more than we understand."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class WrittenSheet(Written):
    """相談受付・申込票 (S-01)."""

    counter: str
    channel: str | None = None
    source: str | None = None
    received_on: date | None = None
    returning: bool = False
    household_size: int | None = None
    issues: tuple[str, ...] = ()
    main_issue: str | None = None
    topics: tuple[str, ...] = ()
    main_topic: str | None = None
    urgency: str | None = None
    screening: str | None = None
    sex: Sex = "unknown"
    visitor_relation: str | None = None
    town: str | None = None
    catchment: str | None = None
    nurse_district: str | None = None
    office: str | None = None
    name: str | None = None
    kana: str | None = None
    born_on: date | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    content: str | None = None
    wishes: str | None = None
    visitor_name: str | None = None
    visitor_phone: str | None = None


class WrittenMember(Written):
    """One member of the household (F-02), dated."""

    member_id: UUID
    relation: Relation
    sex: Sex = "unknown"
    living: Living = "together"
    joined_on: date | None = None
    left_on: date | None = None
    name: str | None = None
    kana: str | None = None
    born_on: date | None = None
    occupation: str | None = None
    note: str | None = None


class WrittenTie(Written):
    """One つながり (F-02), dated. `kind` is of the city's `ecomap_ties`."""

    tie_id: UUID
    kind: str
    since: date | None = None
    ended_on: date | None = None
    who: str | None = None
    note: str | None = None


class WrittenAssessment(Written):
    """インテーク・アセスメントシート (S-02): an edition of it."""

    edition: int = 0
    """0: nobody has written anything."""
    assessed_on: date | None = None
    answers: dict[str, str] = {}
    """Code of the city's `assessment_items` → what is written there."""


class CounterFile(Written):
    """All of it."""

    sheet: WrittenSheet
    members: tuple[WrittenMember, ...] = ()
    ties: tuple[WrittenTie, ...] = ()
    assessment: WrittenAssessment | None = None
