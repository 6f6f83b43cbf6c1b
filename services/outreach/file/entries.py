"""A stored event of a request as a line of its history."""

from __future__ import annotations

from services.outreach.desk import Desk
from services.outreach.domain.events import (
    Concluded,
    ConclusionCorrected,
    GroundLost,
    GroundRenewed,
    LinkCorrected,
    Linked,
    LinkWithdrawn,
    PlanDropped,
    Requested,
    RequestEvent,
    Started,
    TieBuilt,
    TieCorrected,
    TieWithdrawn,
    VisitCorrected,
    Visited,
    VisitPlanned,
    edition_of,
)
from shared.casefile.history import Entry, present, recorded_by
from shared.casefile.showing import BASES, WHY_LOST
from shared.sourcing.log import Recorded
from shared.vocabulary.wareki import wareki


def entry(desk: Desk, record: Recorded[RequestEvent]) -> Entry:
    """What happened, in words, and who wrote it."""
    actor = recorded_by(record.origin.actor)
    match record.event:
        case Requested() | GroundLost() | GroundRenewed() as e:
            return ground_entry(e)
        case Started() as e:
            return Entry(e.started_on, "支援を始めました", [], actor)
        case Visited() | VisitCorrected() as e:
            return Entry(e.visited_on, visit_title(desk, e), visit_lines(desk, e), actor)
        case Linked() | LinkCorrected() | LinkWithdrawn() as e:
            return link_entry(desk, e, actor)
        case VisitPlanned() | PlanDropped() as e:
            return plan_entry(desk, e, actor)
        case TieBuilt() | TieCorrected() | TieWithdrawn() as e:
            return tie_entry(desk, e, actor)
        case Concluded() | ConclusionCorrected() as e:
            outcome = desk.city.label("outreach_outcomes", e.outcome)
            said = present(("結果", outcome), ("まとめ", e.note))
            return Entry(e.concluded_on, f"支援を終えました{again(e)}", said, actor)


def ground_entry(event: Requested | GroundLost | GroundRenewed) -> Entry:
    if isinstance(event, GroundLost):
        said = [("理由", WHY_LOST.get(event.why, event.why))]
        return Entry(event.lost_on, "依頼の根拠にしていた本人の同意がなくなりました", said, "")
    said = [("根拠", BASES.get(event.basis, event.basis))]
    if isinstance(event, Requested):
        return Entry(event.requested_on, "多機関協働から依頼を受けました", said, "")
    return Entry(event.renewed_on, "多機関協働が、依頼を続けると決めました", said, "")


def visit_title(desk: Desk, visited: Visited | VisitCorrected) -> str:
    met = "本人に会えた" if visited.met else "本人には会えなかった"
    return f"{desk.city.label('visit_methods', visited.method)}：{met}{again(visited)}"


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


def link_entry(desk: Desk, event: Linked | LinkCorrected | LinkWithdrawn, actor: str) -> Entry:
    """Whom the person was linked to, on which ground, and what they were told (N-01)."""
    if isinstance(event, LinkWithdrawn):
        said = present(("理由", event.reason))
        return Entry(event.withdrawn_on, "支援機関につないだ記録を取り消しました", said, actor)
    ground = None
    if event.basis is not None:
        ground = f"{BASES[event.basis]}：{event.reference or '（消えています）'}"
    said = present(("根拠", ground), ("伝えたこと", event.passed), ("つなぎ方", event.note))
    agency = desk.city.label("agencies", event.agency)
    return Entry(event.linked_on, f"{agency}につなぎました{again(event)}", said, actor)


def plan_entry(desk: Desk, event: VisitPlanned | PlanDropped, actor: str) -> Entry:
    if isinstance(event, PlanDropped):
        return Entry(event.dropped_on, "訪問の予定を取りやめました", [], actor)
    how = f"{desk.city.label('visit_methods', event.method)}、{event.staff}人で"
    said = present(("予定日", wareki(event.planned_on)), ("方法", how), ("ねらい", event.aim))
    return Entry(event.planned_on, "訪問を予定しました", said, actor)


def tie_entry(desk: Desk, event: TieBuilt | TieCorrected | TieWithdrawn, actor: str) -> Entry:
    """What was built in the neighbourhood."""
    if isinstance(event, TieWithdrawn):
        said = present(("理由", event.reason))
        return Entry(event.withdrawn_on, "つながりづくりの記録を取り消しました", said, actor)
    kind = desk.city.label("tie_kinds", event.kind)
    said = present(("相手", event.partner), ("内容", event.note))
    return Entry(event.built_on, f"地域とのつながりづくり：{kind}{again(event)}", said, actor)


def again(event: RequestEvent) -> str:
    return "（直した記録）" if edition_of(event) > 1 else ""
