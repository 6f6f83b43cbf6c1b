"""One lead opened: what was told, and every contact since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.outreach.desk import Desk
from services.outreach.domain.lead import (
    Answered,
    Contacted,
    Expired,
    Joined,
    LeadEvent,
    Noticed,
    Proposed,
)
from services.outreach.lead_access import LEAD
from services.outreach.read.leads import LeadRow, lead_row
from shared.casefile.history import Entry, present, recorded_by
from shared.casefile.showing import BASES
from shared.privacy.access import Staff
from shared.privacy.access_log import saw
from shared.sourcing.decider import Refused
from shared.sourcing.log import Recorded
from shared.vocabulary.wareki import wareki


@dataclass(frozen=True)
class LeadFile:
    """What is shown of one lead."""

    row: LeadRow
    entries: list[Entry]
    """Newest first."""
    safety: list[tuple[date, str]]
    """Safety notes of the last contacts: read before going there."""
    next_step: str | None
    """Noted at the last contact."""


async def open_lead(desk: Desk, staff: Staff, lead_id: UUID) -> LeadFile:
    """Open a lead for somebody, and note in the access log that they look at it."""
    row = await lead_row(desk.db, lead_id)
    if row is None:
        raise Refused("lead-unknown")
    await saw(desk.db, staff, {lead_id, row.case_id or lead_id}, LEAD.name)
    history = await desk.leads.history(lead_id)
    return LeadFile(row, entries_of(desk, history), safety_of(history), next_of(history))


def entries_of(desk: Desk, history: list[Recorded[LeadEvent]]) -> list[Entry]:
    """The whole history as lines, newest first."""
    return [entry(desk, record) for record in reversed(history)]


def safety_of(history: list[Recorded[LeadEvent]]) -> list[tuple[date, str]]:
    contacts = [r.event for r in history if isinstance(r.event, Contacted)]
    contacts.sort(key=lambda c: c.contacted_on, reverse=True)
    return [(c.contacted_on, c.safety_note) for c in contacts if c.safety_note][:3]


def next_of(history: list[Recorded[LeadEvent]]) -> str | None:
    contacts = [r.event for r in history if isinstance(r.event, Contacted)]
    contacts.sort(key=lambda one: one.contacted_on)  # of one day, what was written last
    return contacts[-1].next_step if contacts else None


def contact_entry(desk: Desk, event: Contacted, actor: str) -> Entry:
    met = "会えた" if event.met else "会えなかった"
    trust = desk.city.label("trust_stages", event.trust) if event.trust else None
    said = present(
        ("お名前", event.name),
        ("ようす・反応", event.reaction),
        ("安全のための注意", event.safety_note),
        ("次にすること", event.next_step),
        ("次の予定", wareki(event.next_on) if event.next_on else None),
        ("信頼関係の段階", trust),
    )
    title = f"{desk.city.label('visit_methods', event.method)}：{met}"
    return Entry(event.contacted_on, title, said, actor)


def entry(desk: Desk, record: Recorded[LeadEvent]) -> Entry:
    """A stored event as a line of the history."""
    actor = recorded_by(record.origin.actor)
    match record.event:
        case Noticed() as e:
            source = desk.city.label("sources", e.source) if e.source else "見回り"
            said = present(
                ("内容", e.story),
                ("お名前", e.name),
                ("町名", desk.city.label("towns", e.town) if e.town else None),
                ("場所の目印", e.place),
                ("知らせてくれた方", e.teller),
            )
            return Entry(e.noticed_on, f"把握しました（{source}）", said, actor)
        case Contacted() as e:
            return contact_entry(desk, e, actor)
        case Proposed() | Answered() as e:
            return proposal_entry(desk, e, actor)
        case Joined() as e:
            return Entry(e.joined_on, "すでにケースのある方だと分かりました", [], actor)
        case Expired() as e:
            return Entry(e.expired_on, "保存期間が過ぎ、内容を消しました", [], "")


def proposal_entry(desk: Desk, event: Proposed | Answered, actor: str) -> Entry:
    """What went to 多機関協働, and what it said."""
    office = desk.city.coordination_office
    if isinstance(event, Answered):
        said = "受けました" if event.accepted else "戻しました"
        return Entry(event.answered_on, f"{office}が{said}", [], actor)
    reasons = "、".join(desk.city.label("reasons", code) for code in event.reasons)
    ground = f"{BASES[event.basis]}：{event.basis_reference or '（消えています）'}"
    lines = present(("理由", reasons), ("根拠", ground), ("伝えた内容", event.story))
    return Entry(event.proposed_on, f"{office}へ伝えました", lines, actor)
