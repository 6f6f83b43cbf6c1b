"""決裁 in words: every round of signing of a case, as its page and JSON show it (F-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.coordination.approving import right_of
from services.coordination.clearing import approvals_of, due_of, plan_of, step_of
from services.coordination.desk import Desk
from services.coordination.domain.approval import (
    ApprovalAsked,
    ApprovalEvent,
    ApprovalWithdrawn,
    Asked,
    Right,
    SentBack,
    StepApproved,
)
from shared.privacy.access import Staff
from shared.sourcing.decider import Refused
from shared.sourcing.log import Recorded
from shared.vocabulary.wareki import wareki

STATUS = {"waiting": "回っています", "granted": "決裁済み", "ended": "差し戻し・取り下げ"}


@dataclass(frozen=True)
class Line:
    """One thing that happened, in order."""

    on: date
    what: str
    who: str
    said: str


@dataclass(frozen=True)
class Round:
    """One round of signing."""

    approval_id: UUID
    asked: Asked
    asked_on: date
    subject: str
    """What is signed, in words."""
    status: str
    lines: list[Line]
    turn: str
    """The post whose turn it is."""
    until: date | None
    right: Right
    """What the reader may do at this step."""
    own: bool
    """The reader asked for it."""


async def rounds_of(desk: Desk, staff: Staff, case_id: UUID) -> list[Round]:
    """Every round, newest first."""
    history = await desk.approvals.history(approvals_of(case_id))
    state = await desk.approvals.state(approvals_of(case_id))
    found = []
    for approval_id, asked in state.asked.items():
        own = [one for one in history if one.event.approval_id == approval_id]
        found.append(_round(desk, staff, approval_id, asked, own))
    return found[::-1]


async def round_of(desk: Desk, staff: Staff, case_id: UUID, approval_id: UUID) -> Round:
    """One round. Raises Refused when there is none."""
    for one in await rounds_of(desk, staff, case_id):
        if one.approval_id == approval_id:
            return one
    raise Refused("approval-unknown")


async def signatures_of(desk: Desk, case_id: UUID, plan_id: UUID) -> tuple[tuple[str, str], ...]:
    """Who signed this plan, post by post; nobody where it was decided without a 決裁."""
    state = await desk.approvals.state(approvals_of(case_id))
    for approval_id, asked in state.asked.items():
        if asked.granted and asked.kind == "plan" and plan_of(case_id, asked.subject) == plan_id:
            history = await desk.approvals.history(approvals_of(case_id))
            return tuple(
                (
                    _post(desk, asked.kind, one.event.step),
                    f"{one.event.approved_name}　{wareki(one.event.approved_on)}"
                    + ("（代決）" if one.event.deputy else ""),
                )
                for one in history
                if isinstance(one.event, StepApproved) and one.event.approval_id == approval_id
            )
    return ()


def _round(
    desk: Desk,
    staff: Staff,
    approval_id: UUID,
    asked: Asked,
    history: list[Recorded[ApprovalEvent]],
) -> Round:
    today = desk.clock.today()
    lines = [_line(desk, asked, one) for one in history]
    due = due_of(desk.city, asked.kind, asked.step, lines[-1].on, today) if asked.step else None
    return Round(
        approval_id,
        asked,
        lines[0].on,
        _subject(desk, asked),
        "waiting" if asked.step else "granted" if asked.granted else "ended",
        lines,
        _post(desk, asked.kind, asked.step) if asked.step else "",
        due.by if due else None,
        right_of(desk, staff, asked),
        asked.asked_by == staff.staff_id,
    )


def _subject(desk: Desk, asked: Asked) -> str:
    if asked.kind == "plan":
        return f"支援プランの下書き 第{asked.subject}版"
    _, lead, reason = asked.subject.split(":", 2)
    said = desk.city.label("agencies", lead), desk.city.label("closure_reasons", reason)
    return f"一旦終結（主担当 {said[0]}、理由 {said[1]}）"


def _post(desk: Desk, kind: str, code: str) -> str:
    step = step_of(desk.city, kind, code, desk.clock.today())
    return step.label if step else code


def _line(desk: Desk, asked: Asked, recorded: Recorded[ApprovalEvent]) -> Line:
    match recorded.event:
        case ApprovalAsked() as e:
            return Line(e.asked_on, "決裁を回した", e.asked_name, e.note or "")
        case StepApproved() as e:
            what = "代決" if e.deputy else "決裁"
            said = f"{_post(desk, asked.kind, e.step)} {what}"
            return Line(e.approved_on, said, e.approved_name, e.note or "")
        case SentBack() as e:
            said = f"{_post(desk, asked.kind, e.step)} 差し戻し"
            return Line(e.sent_back_on, said, e.sent_back_name, e.reason or "")
        case ApprovalWithdrawn() as e:
            return Line(e.withdrawn_on, "取り下げ", "", "")
