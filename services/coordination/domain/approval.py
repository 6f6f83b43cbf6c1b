"""決裁: what the office signs before it holds, step by step, with deputies (F-08).

Which steps there are, who may sign them and whether a plan or an ending needs them is the city's
choice (`approvals.toml`). One stream per case; told to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Literal, TypeAlias, assert_never
from uuid import UUID

from services.coordination.domain.case import Case, opened
from shared.privacy.personal import Personal
from shared.sourcing.decider import Decider, Event, Refused

Kind: TypeAlias = Literal["plan", "closure"]


class Right(StrEnum):
    """What somebody may do at a step."""

    NONE = "none"
    HOLDER = "holder"
    DEPUTY = "deputy"
    """代決: in the holder's stead, with the reason written down."""


@dataclass(frozen=True)
class Signer:
    """Who does it: their sign-in, and the name that stands on paper."""

    staff_id: str
    name: str


@dataclass(frozen=True)
class Matter:
    """What is signed, exactly: the version of a draft, or 主担当 and reason of an ending."""

    kind: Kind
    subject: str


class ApprovalAsked(Event):
    """決裁を回した: the steps as the city had them on that day."""

    case_id: UUID
    approval_id: UUID
    kind: Kind
    subject: str
    steps: tuple[str, ...]
    asked_on: date
    asked_by: str
    asked_name: str
    note: Personal[str] = None


class StepApproved(Event):
    """決裁した, or 代決した."""

    case_id: UUID
    approval_id: UUID
    step: str
    approved_on: date
    approved_by: str
    approved_name: str
    deputy: bool
    note: Personal[str] = None


class SentBack(Event):
    """差し戻した: whoever asked changes it and asks anew."""

    case_id: UUID
    approval_id: UUID
    step: str
    sent_back_on: date
    sent_back_by: str
    sent_back_name: str
    reason: Personal[str] = None


class ApprovalWithdrawn(Event):
    """取り下げた."""

    case_id: UUID
    approval_id: UUID
    withdrawn_on: date


ApprovalEvent: TypeAlias = ApprovalAsked | StepApproved | SentBack | ApprovalWithdrawn


@dataclass(frozen=True)
class Asked:
    """One round of signing."""

    kind: Kind
    subject: str
    steps: tuple[str, ...]
    asked_by: str
    signed: tuple[tuple[str, str], ...] = ()
    """(step, who), in the order of the steps."""
    ended: bool = False
    """Sent back or withdrawn."""

    @property
    def granted(self) -> bool:
        return not self.ended and len(self.signed) == len(self.steps)

    @property
    def step(self) -> str | None:
        """The step that is to sign now; None: nobody's turn."""
        return None if self.ended or self.granted else self.steps[len(self.signed)]


@dataclass(frozen=True)
class Approvals:
    """Everything that was ever asked about one case."""

    asked: Mapping[UUID, Asked] = field(default_factory=dict)


def evolve(state: Approvals, event: ApprovalEvent) -> Approvals:
    match event:
        case ApprovalAsked():
            asked = Asked(event.kind, event.subject, event.steps, event.asked_by)
            return _with(state, event.approval_id, asked)
        case StepApproved() | SentBack() | ApprovalWithdrawn():
            before = state.asked.get(event.approval_id)
            return state if before is None else _with(state, event.approval_id, _on(before, event))
        case _:
            assert_never(event)


def _on(asked: Asked, event: StepApproved | SentBack | ApprovalWithdrawn) -> Asked:
    if isinstance(event, StepApproved):
        return replace(asked, signed=(*asked.signed, (event.step, event.approved_by)))
    return replace(asked, ended=True)


def _with(state: Approvals, approval_id: UUID, asked: Asked) -> Approvals:
    return Approvals({**state.asked, approval_id: asked})


def ask_approval(
    state: Approvals,
    *,
    approval_id: UUID,
    case: Case,
    matter: Matter,
    steps: Sequence[str],
    by: Signer,
    note: str | None,
    today: date,
) -> list[ApprovalEvent]:
    """決裁を回す. One of a kind is under way at a time."""
    if approval_id in state.asked:
        return []
    case_id = opened(case)
    if not steps:
        raise Refused("approval-not-needed")
    kind, subject = matter.kind, matter.subject
    of_kind = [one for one in state.asked.values() if one.kind == kind]
    if any(one.step for one in of_kind):
        raise Refused("approval-pending")
    if granted(state, kind, subject):
        raise Refused("approval-granted")
    return [
        ApprovalAsked(
            case_id=case_id,
            approval_id=approval_id,
            kind=kind,
            subject=subject,
            steps=tuple(steps),
            asked_on=today,
            asked_by=by.staff_id,
            asked_name=by.name,
            note=note,
        )
    ]


def approve(
    state: Approvals,
    *,
    case_id: UUID,
    approval_id: UUID,
    step: str,
    by: Signer,
    right: Right,
    note: str | None,
    today: date,
) -> list[ApprovalEvent]:
    """Sign the step whose turn it is. Nobody signs what they asked for, or twice."""
    asked = _asked(state, approval_id)
    if (step, by.staff_id) in asked.signed:
        return []
    _may_sign(asked, step, by.staff_id, right)
    if any(who == by.staff_id for _, who in asked.signed):
        raise Refused("approval-twice")
    if right is Right.DEPUTY and not note:
        raise Refused("deputy-without-reason")
    return [
        StepApproved(
            case_id=case_id,
            approval_id=approval_id,
            step=step,
            approved_on=today,
            approved_by=by.staff_id,
            approved_name=by.name,
            deputy=right is Right.DEPUTY,
            note=note,
        )
    ]


def send_back(
    state: Approvals,
    *,
    case_id: UUID,
    approval_id: UUID,
    step: str,
    by: Signer,
    right: Right,
    reason: str,
    today: date,
) -> list[ApprovalEvent]:
    """差し戻す: with a reason, by whoever could sign now."""
    asked = _asked(state, approval_id)
    if asked.ended:
        return []
    _may_sign(asked, step, by.staff_id, right)
    if not reason.strip():
        raise Refused("reason-missing")
    return [
        SentBack(
            case_id=case_id,
            approval_id=approval_id,
            step=step,
            sent_back_on=today,
            sent_back_by=by.staff_id,
            sent_back_name=by.name,
            reason=reason,
        )
    ]


def withdraw_approval(
    state: Approvals, *, case_id: UUID, approval_id: UUID, today: date
) -> list[ApprovalEvent]:
    """取り下げる: before the last signature, by anybody who works on the case."""
    asked = _asked(state, approval_id)
    if asked.ended:
        return []
    if asked.granted:
        raise Refused("approval-granted")
    return [ApprovalWithdrawn(case_id=case_id, approval_id=approval_id, withdrawn_on=today)]


def granted(state: Approvals, kind: Kind, subject: str) -> bool:
    """Was exactly this signed by everybody?"""
    return any(
        one.granted and (one.kind, one.subject) == (kind, subject) for one in state.asked.values()
    )


def _asked(state: Approvals, approval_id: UUID) -> Asked:
    if approval_id not in state.asked:
        raise Refused("approval-unknown")
    return state.asked[approval_id]


def _may_sign(asked: Asked, step: str, by: str, right: Right) -> None:
    if asked.step is None:
        raise Refused("approval-over")
    if asked.step != step:
        raise Refused("approval-not-this-step")
    if right is Right.NONE:
        raise Refused("approval-not-yours")
    if by == asked.asked_by:
        raise Refused("approval-own")


approval: Decider[Approvals, ApprovalEvent] = Decider(
    "approval",
    Approvals(),
    evolve,
    (ApprovalAsked, StepApproved, SentBack, ApprovalWithdrawn),
)
