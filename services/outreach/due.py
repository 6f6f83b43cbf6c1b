"""やること: what is due, overdue or silent in outreach, by rules one can read (F-11, N-04, N-08).

Each rule takes a row as it stands and says the day by which something has to happen, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias
from uuid import UUID

from services.outreach.read.leads import LeadRow
from services.outreach.read.planned import PlannedVisit
from services.outreach.read.requests import RequestRow
from services.outreach.read.rounds import RoundRow
from shared.vocabulary.entries import Deadlines

SOON = 7
"""Days ahead that are worth a look."""
EXPIRES_SOON = 14
"""Days before a lead is erased on which somebody should decide."""

Kind: TypeAlias = Literal[
    "ground", "visit", "next", "start", "silent", "lead", "contact", "answer", "round"
]
State: TypeAlias = Literal["late", "today", "soon", "later"]


@dataclass(frozen=True)
class Due:
    """One thing to do."""

    on: date
    kind: Kind
    """The rule that found it."""
    todo: str
    href: str
    request: RequestRow | None = None
    lead: LeadRow | None = None
    place: str | None = None

    @property
    def subject(self) -> UUID | None:
        """Whose name is shown beside it."""
        if self.lead is not None:
            return self.lead.lead_id
        return self.request.case_id if self.request else None

    def days_late(self, today: date) -> int:
        return (today - self.on).days

    def state(self, today: date) -> State:
        late = self.days_late(today)
        if late > 0:
            return "late"
        return "today" if late == 0 else "soon" if late >= -SOON else "later"


def of_visits(plans: Iterable[PlannedVisit], rows: Iterable[RequestRow]) -> Iterator[Due]:
    """訪問の予定: made, or put off, by its day."""
    known = {row.request_id: row for row in rows}
    for plan in plans:
        here = f"/outreach/requests/{plan.request_id}"
        todo = f"訪問の予定（{plan.staff}人で）"
        yield Due(plan.planned_on, "visit", todo, here, known.get(plan.request_id))


def of_requests(
    rows: Iterable[RequestRow], plans: Iterable[PlannedVisit], limits: Deadlines
) -> Iterator[Due]:
    """A request that waits to be started, the next contact that was noted, and silence (N-04)."""
    planned = {plan.request_id for plan in plans}
    for row in rows:
        here = f"/outreach/requests/{row.request_id}"
        if row.ground_lost_on is not None:
            todo = "本人の同意がなくなりました。続けるかどうかを、多機関協働に確かめる"
            yield Due(row.ground_lost_on, "ground", todo, here, row)
        if row.request_id in planned or row.status == "concluded":
            continue
        if row.status == "waiting":
            on = row.requested_on + timedelta(days=limits.next_step)
            yield Due(on, "start", "依頼を読み、支援を始める", here, row)
        elif row.next_on is not None:
            yield Due(row.next_on, "next", "前回決めた次の連絡", here, row)
        else:
            heard = row.last_visit_on or row.started_on or row.requested_on
            on = heard + timedelta(days=limits.silence)
            yield Due(on, "silent", "訪問・連絡の記録がありません。様子を確かめる", here, row)


def of_leads(rows: Iterable[LeadRow], today: date) -> Iterator[Due]:
    """What nothing came of yet and will be erased soon: is there anything left to do (N-08)?"""
    for row in rows:
        if row.standing == "open" and row.days_left(today) <= EXPIRES_SOON:
            todo = "もうすぐ内容が消えます。もう一度訪ねるか、そのままにするかを決める"
            yield Due(row.keep_until, "lead", todo, f"/outreach/leads/{row.lead_id}", lead=row)


def of_contacts(rows: Iterable[LeadRow]) -> Iterator[Due]:
    """The next step that was noted with somebody who is no case of ours yet (4.8)."""
    for row in rows:
        if row.next_on is not None and row.request_id is None and row.standing != "expired":
            here = f"/outreach/leads/{row.lead_id}"
            yield Due(row.next_on, "contact", "前回決めた次の接触", here, lead=row)


def of_proposals(rows: Iterable[LeadRow], limits: Deadlines) -> Iterator[Due]:
    """What 多機関協働 was told and has not answered; until then it is kept (N-04, N-08)."""
    for row in rows:
        if row.standing == "proposed" and row.proposed_on is not None:
            on = row.proposed_on + timedelta(days=limits.escalation_decision)
            todo = "多機関協働から返事がありません。受けるかどうかを確かめる"
            yield Due(on, "answer", todo, f"/outreach/leads/{row.lead_id}", lead=row)


def of_rounds(rows: Iterable[RoundRow]) -> Iterator[Due]:
    """見回り that was planned."""
    for row in rows:
        if row.made_on is None and row.called_off_on is None and row.planned_on is not None:
            here = f"/outreach/rounds/{row.round_id}"
            yield Due(row.planned_on, "round", "見回りの予定", here, place=row.place)
