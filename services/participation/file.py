"""One request opened: how it stands, the person behind it, the plan of today, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.participation.access import REQUEST
from services.participation.desk import Desk
from services.participation.domain.events import (
    Concluded,
    FollowedUp,
    Matched,
    Planned,
    Requested,
    RequestEvent,
    Started,
)
from services.participation.read.places import names_of
from services.participation.read.requests import RequestRow, request_row
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
    plan: Planned | None
    """The plan of today."""
    entries: list[Entry]
    """Newest first."""


async def open_file(desk: Desk, staff: Staff, request_id: UUID) -> File:
    """Open a request for somebody, and note in the access log that they look at it."""
    row = await request_row(desk.db, request_id)
    if row is None:
        raise Refused("request-unknown")
    await saw(desk.db, staff, [row.case_id], REQUEST.name, Basis(row.basis))
    handed = await desk.handovers.history(row.handover_id)
    history = await desk.requests.history(request_id)
    matched = [r.event.resource_id for r in history if isinstance(r.event, Matched)]
    names = await names_of(desk.db, matched)
    plans = [r.event for r in history if isinstance(r.event, Planned)]
    return File(
        row=row,
        person=person_for(staff, REQUEST, handed[0].event) if handed else None,
        plan=plans[-1] if plans else None,
        entries=[entry(desk, record, names) for record in reversed(history)],
    )


def entry(desk: Desk, record: Recorded[RequestEvent], names: dict[UUID, str]) -> Entry:
    """A stored event as a line of the history."""
    actor = recorded_by(record.origin.actor)
    match record.event:
        case Requested() as e:
            said = [("根拠", BASES.get(e.basis, e.basis))]
            return Entry(e.requested_on, "多機関協働から依頼を受けました", said, "")
        case Started() as e:
            return Entry(e.started_on, "支援を始めました", [], actor)
        case Planned() as e:
            return Entry(e.planned_on, "参加支援プランを作りました", plan_lines(desk, e), actor)
        case Matched() as e:
            place = names.get(e.resource_id, "（台帳にない場所）")
            title = f"{place} とマッチングしました"
            return Entry(e.matched_on, title, present(("受け入れ先の状況", e.assessment)), actor)
        case FollowedUp() as e:
            method = desk.city.label("followup_methods", e.method)
            return Entry(e.followed_on, f"フォローアップ：{method}", followup_lines(desk, e), actor)
        case Concluded() as e:
            outcome = desk.city.label("participation_outcomes", e.outcome)
            said = present(("結果", outcome), ("まとめ", e.note))
            return Entry(e.concluded_on, "支援を終えました", said, actor)


def plan_lines(desk: Desk, planned: Planned) -> list[tuple[str, str]]:
    """The plan as terms and texts."""
    return present(
        ("本人の希望", planned.wishes),
        ("本人の強み", planned.strengths),
        ("目標", planned.goal),
        ("支援メニュー", desk.city.label("participation_menu", planned.menu)),
    )


def followup_lines(desk: Desk, followed: FollowedUp) -> list[tuple[str, str]]:
    return present(
        ("本人と受け入れ先の関係", desk.city.label("participation_relations", followed.relation)),
        ("ようす・調整したこと", followed.note),
        ("次の予定", wareki(followed.next_on) if followed.next_on else None),
    )
