"""One request opened: how it stands, the person behind it, the plan of today, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from services.participation.access import REQUEST
from services.participation.desk import Desk
from services.participation.domain.correcting import edition_of
from services.participation.domain.events import (
    Concluded,
    ContactCorrected,
    Contacted,
    FollowedUp,
    FollowUpCorrected,
    GroundLost,
    GroundRenewed,
    Matched,
    MatchWithdrawn,
    Offer,
    Planned,
    Requested,
    RequestEvent,
    Started,
    Tried,
)
from services.participation.domain.request import Request as State
from services.participation.domain.request import request as decider
from services.participation.proposing import DAYS
from services.participation.read.places import names_of
from services.participation.read.requests import RequestRow, request_row
from shared.casefile.history import Entry, present, recorded_by
from shared.casefile.showing import BASES, WHY_LOST, Person, person_for
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
    ended: Concluded | None
    state: State
    """Matches, follow-ups and contacts as they are now."""
    names: dict[UUID, str]
    """Of the places that were tried or matched."""
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
    matched = [r.event.resource_id for r in history if isinstance(r.event, Matched | Tried)]
    names = await names_of(desk.db, matched)
    plans = [r.event for r in history if isinstance(r.event, Planned)]
    state = decider.fold([r.event for r in history])
    return File(
        row=row,
        person=person_for(staff, REQUEST, handed[0].event) if handed else None,
        plan=plans[-1] if plans else None,
        ended=state.ended,
        state=state,
        names=names,
        entries=[entry(desk, record, names) for record in reversed(history)],
    )


def entry(desk: Desk, record: Recorded[RequestEvent], names: dict[UUID, str]) -> Entry:
    """A stored event as a line of the history."""
    actor = recorded_by(record.origin.actor)
    match record.event:
        case Requested() | GroundLost() | GroundRenewed() as e:
            return ground_entry(e)
        case Started() as e:
            return Entry(e.started_on, "支援を始めました", [], actor)
        case Planned() as e:
            return Entry(e.planned_on, "参加支援プランを作りました", plan_lines(desk, e), actor)
        case Contacted() | ContactCorrected() as e:
            said, again = present(("ようす", e.note)), _again(e)
            return Entry(e.contacted_on, f"終わったあとの連絡をしました{again}", said, actor)
        case Tried() | Matched() | MatchWithdrawn() as e:
            return _at_place(desk, e, names, actor)
        case FollowedUp() | FollowUpCorrected() as e:
            title = f"フォローアップ：{desk.city.label('followup_methods', e.method)}{_again(e)}"
            return Entry(e.followed_on, title, followup_lines(desk, e), actor)
        case Concluded() as e:
            return Entry(e.concluded_on, "支援を終えました", ending_lines(desk, e), actor)


def ground_entry(event: Requested | GroundLost | GroundRenewed) -> Entry:
    if isinstance(event, GroundLost):
        said = [("理由", WHY_LOST.get(event.why, event.why))]
        return Entry(event.lost_on, "依頼の根拠にしていた本人の同意がなくなりました", said, "")
    said = [("根拠", BASES.get(event.basis, event.basis))]
    if isinstance(event, Requested):
        return Entry(event.requested_on, "多機関協働から依頼を受けました", said, "")
    return Entry(event.renewed_on, "多機関協働が、依頼を続けると決めました", said, "")


def _again(event: Contacted | ContactCorrected | FollowedUp | FollowUpCorrected) -> str:
    return "（直した記録）" if edition_of(event) > 1 else ""


def _at_place(
    desk: Desk, event: Tried | Matched | MatchWithdrawn, names: dict[UUID, str], actor: str
) -> Entry:
    place = names.get(event.resource_id, "（台帳にない場所）")
    if isinstance(event, MatchWithdrawn):
        said = [("マッチングの日", wareki(event.matched_on)), *present(("理由", event.reason))]
        return Entry(event.withdrawn_on, f"{place} とのマッチングを取り消しました", said, actor)
    if isinstance(event, Tried):
        said = trial_lines(desk, event)
        return Entry(event.tried_on, f"{place} を見学・体験しました", said, actor)
    said = present(("受け入れ先の状況", event.assessment))
    return Entry(event.matched_on, f"{place} とマッチングしました", said, actor)


def ending_lines(desk: Desk, ended: Concluded) -> list[tuple[str, str]]:
    every = ended.contact_every and desk.city.label("contact_intervals", ended.contact_every)
    until = ended.contact_until and f"{wareki(ended.contact_until)}まで"
    return present(
        ("結果", desk.city.label("participation_outcomes", ended.outcome)),
        ("安定したと判断した理由", ended.judgement),
        ("まとめ", ended.note),
        ("終わったあとの連絡", "、".join(one for one in (every, until) if one)),
    )


def plan_lines(desk: Desk, planned: Planned) -> list[tuple[str, str]]:
    """The plan as terms and texts."""
    return present(
        ("本人の希望", planned.wishes),
        ("本人の強み", planned.strengths),
        ("課題", planned.issues),
        ("目標", planned.goal),
        ("支援メニュー", desk.city.label("participation_menu", planned.menu)),
        ("通いたい曜日", "・".join(DAYS[day] for day in DAYS if day in (planned.weekdays or ()))),
        ("必要な配慮", "、".join(care_names(desk, planned))),
        *((f"メニュー{n}", offer_line(one)) for n, one in enumerate(planned.offers or (), 1)),
    )


def care_names(desk: Desk, planned: Planned) -> list[str]:
    return [desk.city.label("resource_cares", code) for code in planned.cares or ()]


def offer_line(offer: Offer) -> str:
    """One line of the menu in one sentence."""
    return "　".join(text for text in (offer.what, offer.place, offer.rhythm) if text)


def trial_lines(desk: Desk, tried: Tried) -> list[tuple[str, str]]:
    return present(
        ("結果", desk.city.label("trial_results", tried.result)),
        ("体制", tried.staffing),
        ("配慮", tried.care),
        ("条件", tried.conditions),
        ("受け入れ先の担当", tried.contact),
        ("ようす", tried.note),
    )


def followup_lines(desk: Desk, followed: FollowedUp | FollowUpCorrected) -> list[tuple[str, str]]:
    return present(
        ("本人と受け入れ先の関係", desk.city.label("participation_relations", followed.relation)),
        ("ようす・調整したこと", followed.note),
        ("次の予定", wareki(followed.next_on) if followed.next_on else None),
    )
