"""やること: what is due, late or silent in 参加支援, by rules one can read (T-23, T-24, N-04)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.participation.desk import Desk
from services.participation.read.requests import RequestRow, requests_in, requests_to_contact
from shared.vocabulary.entries import Deadlines, Interval


@dataclass(frozen=True)
class Due:
    """One thing to do about one request."""

    on: date
    kind: str
    todo: str
    row: RequestRow
    form: str
    """The form that records it, below the request's page."""

    def days_late(self, today: date) -> int:
        return (today - self.on).days


async def all_due(desk: Desk, district: str | None) -> list[Due]:
    """All that waits in this district, or in all of them, the oldest first. However many requests
    there are, none drops out: nothing lapses in silence (N-04).
    """
    intervals = desk.city.contact_intervals
    every = {one.code: one.days for one in intervals if one.days is not None}
    rows = [
        *await requests_in(desk.db, "waiting", district, None),
        *await requests_in(desk.db, "running", district, None),
        *await requests_to_contact(desk.db, every, district),
    ]
    return due_of(rows, desk.city.deadlines, intervals)


def due_of(
    rows: Iterable[RequestRow], limits: Deadlines, intervals: Iterable[Interval]
) -> list[Due]:
    """Everything that waits, the oldest first."""
    every = {one.code: one.days for one in intervals}
    found = [due for row in rows for due in _of_one(row, limits, every)]
    return sorted(found, key=lambda one: (one.on, str(one.row.request_id)))


def _of_one(row: RequestRow, limits: Deadlines, every: dict[str, int | None]) -> Iterator[Due]:
    if row.ground_lost_on is not None:
        todo = "本人の同意がなくなりました。続けるかどうかを、多機関協働に確かめる"
        yield Due(row.ground_lost_on, "ground", todo, row, "")
    if row.status == "waiting":
        on = row.requested_on + timedelta(days=limits.next_step)
        yield Due(on, "start", "依頼を受けて、支援を始める", row, "/start")
    elif row.status == "running":
        yield _next_step(row, limits)
    else:
        yield from _after(row, every)


def _next_step(row: RequestRow, limits: Deadlines) -> Due:
    begun = row.started_on or row.requested_on
    if row.step == "plan":
        on = begun + timedelta(days=limits.next_step)
        return Due(on, "plan", "参加支援プランを作る", row, "/plan")
    if row.step == "match":
        last = row.tried_on or row.planned_on or begun
        on = last + timedelta(days=limits.followup)
        waits = row.trial_result == "waiting"
        todo = "空きが出たか、受け入れ先に確かめる" if waits else "受け入れ先を探す"
        return Due(on, "match", todo, row, "/matches/new")
    last = row.last_followed_on or row.matched_on or begun
    on = row.next_on or last + timedelta(days=limits.followup)
    return Due(on, "follow-up", "フォローアップをする", row, "/followups/new")


def _after(row: RequestRow, every: dict[str, int | None]) -> Iterator[Due]:
    """T-24: the contact that was promised, until its last day; and a place that closed since."""
    if row.lost_place_on is not None:
        todo = "通っていた場所が使えなくなったことを、本人と確かめる"
        yield Due(row.lost_place_on, "place-closed", todo, row, "/contacts/new")
    days = every.get(row.contact_every or "")
    if days is None or row.concluded_on is None:
        return
    on = max(row.contacted_on or row.concluded_on, row.concluded_on) + timedelta(days=days)
    if row.contact_until is None or on <= row.contact_until:
        yield Due(on, "contact", "終わったあとの連絡をする", row, "/contacts/new")
