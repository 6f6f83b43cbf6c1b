"""One request opened: how it stands, the person behind it, and everything that was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.outreach.access import REQUEST
from services.outreach.desk import Desk
from services.outreach.domain.events import (
    Concluded,
    Linked,
    PlanDropped,
    Requested,
    RequestEvent,
    Started,
    TieBuilt,
    VisitCorrected,
    Visited,
    VisitPlanned,
)
from services.outreach.file.lead import entries_of
from services.outreach.read.leads import leads_of_request
from services.outreach.read.planned import PlannedVisit, planned_visits
from services.outreach.read.requests import RequestRow, request_row
from shared.casefile.history import Entry, present, recorded_by
from shared.casefile.showing import BASES, Person, person_for
from shared.privacy.access import Basis, Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.sourcing.log import Recorded
from shared.vocabulary.wareki import wareki


@dataclass(frozen=True)
class File:
    """What is shown of one request."""

    row: RequestRow
    person: Person | None
    """None: the hand-over is still on its way."""
    entries: list[Entry]
    """Newest first."""
    safety: list[tuple[date, str]]
    """Safety notes of the last visits: read before going there."""
    next_step: str | None
    visits: list[Visited | VisitCorrected]
    """Each as it was last written, newest first."""
    planned: list[PlannedVisit]
    """The nearest first."""
    before: list[Entry]
    """What was known before there was a case, newest first (X-23)."""


async def open_file(desk: Desk, staff: Staff, request_id: UUID) -> File:
    """Open a request for somebody, and note in the access log that they look at it."""
    row = await request_row(desk.db, request_id)
    if row is None:
        raise Refused("request-unknown")
    await saw(desk.db, staff, [row.case_id], REQUEST.name, Basis(row.basis))
    handed = await desk.handovers.history(row.handover_id)
    history = await desk.requests.history(request_id)
    visits = sorted(last_written(history), key=lambda v: v.visited_on, reverse=True)
    return File(
        row=row,
        person=person_for(staff, REQUEST, handed[0].event) if handed else None,
        entries=[entry(desk, record) for record in reversed(history)],
        safety=[(v.visited_on, v.safety_note) for v in visits if v.safety_note][:3],
        next_step=visits[0].next_step if visits else None,
        visits=visits,
        planned=await planned_visits(desk.db, request_id),
        before=await before_the_case(desk, request_id),
    )


def last_written(history: list[Recorded[RequestEvent]]) -> list[Visited | VisitCorrected]:
    """Every visit once, as it is now."""
    found = {
        r.event.visit_id: r.event for r in history if isinstance(r.event, Visited | VisitCorrected)
    }
    return list(found.values())


async def before_the_case(desk: Desk, request_id: UUID) -> list[Entry]:
    """The leads that turned out to be the person of this request."""
    rows = await leads_of_request(desk.db, request_id)
    return [e for row in rows for e in entries_of(desk, await desk.leads.history(row.lead_id))]


def entry(desk: Desk, record: Recorded[RequestEvent]) -> Entry:
    """A stored event as a line of the history."""
    actor = recorded_by(record.origin.actor)
    match record.event:
        case Requested() as e:
            said = [("根拠", BASES.get(e.basis, e.basis))]
            return Entry(e.requested_on, "多機関協働から依頼を受けました", said, "")
        case Started() as e:
            return Entry(e.started_on, "支援を始めました", [], actor)
        case Visited() | VisitCorrected() as e:
            return Entry(e.visited_on, visit_title(desk, e), visit_lines(desk, e), actor)
        case Linked() as e:
            agency = desk.city.label("agencies", e.agency)
            said = present(("内容", e.note))
            return Entry(e.linked_on, f"{agency}につなぎました", said, actor)
        case VisitPlanned() | PlanDropped() | TieBuilt() as e:
            return went_out(desk, e, actor)
        case Concluded() as e:
            outcome = desk.city.label("outreach_outcomes", e.outcome)
            said = present(("結果", outcome), ("まとめ", e.note))
            return Entry(e.concluded_on, "支援を終えました", said, actor)


def visit_title(desk: Desk, visited: Visited | VisitCorrected) -> str:
    met = "本人に会えた" if visited.met else "本人には会えなかった"
    again = "（直した記録）" if isinstance(visited, VisitCorrected) else ""
    return f"{desk.city.label('visit_methods', visited.method)}：{met}{again}"


def visit_lines(desk: Desk, visited: Visited | VisitCorrected) -> list[tuple[str, str]]:
    return present(
        ("ようす・反応", visited.reaction),
        ("安全のための注意", visited.safety_note),
        ("次にすること", visited.next_step),
        ("次の予定", wareki(visited.next_on) if visited.next_on else None),
        (
            "信頼関係の段階",
            desk.city.label("trust_stages", visited.trust) if visited.trust else None,
        ),
    )


def went_out(desk: Desk, event: VisitPlanned | PlanDropped | TieBuilt, actor: str) -> Entry:
    """What was planned, and what was built in the neighbourhood."""
    match event:
        case VisitPlanned() as e:
            how = f"{desk.city.label('visit_methods', e.method)}、{e.staff}人で"
            said = present(("予定日", wareki(e.planned_on)), ("方法", how), ("ねらい", e.aim))
            return Entry(e.planned_on, "訪問を予定しました", said, actor)
        case PlanDropped() as e:
            return Entry(e.dropped_on, "訪問の予定を取りやめました", [], actor)
        case TieBuilt() as e:
            kind = desk.city.label("tie_kinds", e.kind)
            said = present(("相手", e.partner), ("内容", e.note))
            return Entry(e.built_on, f"地域とのつながりづくり：{kind}", said, actor)
