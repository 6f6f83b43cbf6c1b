"""決裁: asked, signed step by step, sent back, withdrawn, and what it opens (F-08)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.coordination.domain.approval import (
    ApprovalAsked,
    Approvals,
    ApprovalWithdrawn,
    Matter,
    Right,
    SentBack,
    Signer,
    StepApproved,
    approval,
    approve,
    ask_approval,
    granted,
    send_back,
    withdraw_approval,
)
from services.coordination.domain.case import Case, Phase
from tests.coordination.examples import CASE, TODAY, YESTERDAY, uid
from tests.given import scenario

given_approval = scenario(approval)
ASKED, OTHER = uid(1), uid(2)
OPEN = Case(phase=Phase.OPEN, case_id=CASE)
WORKER, CHIEF = Signer("worker", "見本 担当"), Signer("a", "見本 係長")
DIRECTOR = Signer("b", "見本 課長")
STEPS = ("chief", "director")
ASKING: dict[str, Any] = {
    "approval_id": ASKED,
    "case": OPEN,
    "matter": Matter("plan", "3"),
    "steps": STEPS,
    "by": WORKER,
    "note": "急ぎます",
    "today": TODAY,
}
asked = ApprovalAsked(
    case_id=CASE,
    approval_id=ASKED,
    kind="plan",
    subject="3",
    steps=STEPS,
    asked_on=TODAY,
    asked_by="worker",
    asked_name="見本 担当",
    note="急ぎます",
)
signed = StepApproved(
    case_id=CASE,
    approval_id=ASKED,
    step="chief",
    approved_on=TODAY,
    approved_by="a",
    approved_name="見本 係長",
    deputy=False,
    note=None,
)
last = signed.model_copy(
    update={"step": "director", "approved_by": "b", "approved_name": "見本 課長"}
)
back = SentBack(
    case_id=CASE,
    approval_id=ASKED,
    step="chief",
    sent_back_on=TODAY,
    sent_back_by="a",
    sent_back_name="見本 係長",
    reason="目標を具体的に",
)
gone = ApprovalWithdrawn(case_id=CASE, approval_id=ASKED, withdrawn_on=TODAY)
SIGNING: dict[str, Any] = {
    "case_id": CASE,
    "approval_id": ASKED,
    "step": "chief",
    "by": CHIEF,
    "right": Right.HOLDER,
    "note": None,
    "today": TODAY,
}
BACK: dict[str, Any] = {
    **{name: SIGNING[name] for name in SIGNING if name != "note"},
    "reason": "目標を具体的に",
}
GONE: dict[str, Any] = {"case_id": CASE, "approval_id": ASKED, "today": TODAY}


def test_a_draft_is_sent_round_and_signed_in_order() -> None:
    given_approval().when(ask_approval, **ASKING).then(asked)
    given_approval(asked).when(approve, **SIGNING).then(signed)
    second = SIGNING | {"step": "director", "by": DIRECTOR}
    given_approval(asked).when(approve, **second).then_refused("approval-not-this-step")
    given_approval(asked, signed).when(approve, **second).then(last)


def test_only_all_signatures_grant_and_only_exactly_this() -> None:
    def after(*events: Any) -> Approvals:
        state = Approvals()
        for event in events:
            state = approval.evolve(state, event)
        return state

    assert not granted(after(asked, signed), "plan", "3")
    assert granted(after(asked, signed, last), "plan", "3")
    assert not granted(after(asked, signed, last), "plan", "4")
    assert not granted(after(asked, signed, last), "closure", "3")
    assert not granted(after(asked, signed, back), "plan", "3")


def test_nobody_signs_what_they_asked_for_nor_twice_nor_without_the_post() -> None:
    given_approval(asked).when(approve, **SIGNING | {"by": WORKER}).then_refused("approval-own")
    stranger = SIGNING | {"right": Right.NONE}
    given_approval(asked).when(approve, **stranger).then_refused("approval-not-yours")
    again = SIGNING | {"step": "director"}
    given_approval(asked, signed).when(approve, **again).then_refused("approval-twice")


def test_a_deputy_says_why() -> None:
    deputy = SIGNING | {"right": Right.DEPUTY}
    given_approval(asked).when(approve, **deputy).then_refused("deputy-without-reason")
    said = signed.model_copy(update={"deputy": True, "note": "出張のため"})
    given_approval(asked).when(approve, **deputy | {"note": "出張のため"}).then(said)


def test_sent_back_it_is_over_and_may_be_asked_again() -> None:
    given_approval(asked).when(send_back, **BACK).then(back)
    given_approval(asked).when(send_back, **BACK | {"reason": " "}).then_refused("reason-missing")
    given_approval(asked, back).when(approve, **SIGNING).then_refused("approval-over")
    again = asked.model_copy(update={"approval_id": OTHER, "subject": "4"})
    asking = ASKING | {"approval_id": OTHER, "matter": Matter("plan", "4")}
    given_approval(asked, back).when(ask_approval, **asking).then(again)


def test_one_of_a_kind_is_under_way_at_a_time() -> None:
    other = ASKING | {"approval_id": OTHER}
    given_approval(asked).when(ask_approval, **other).then_refused("approval-pending")
    given_approval(asked, signed, last).when(ask_approval, **other).then_refused("approval-granted")
    ending = asked.model_copy(update={"approval_id": OTHER, "kind": "closure", "subject": "1:a:b"})
    given_approval(asked).when(ask_approval, **other | {"matter": Matter("closure", "1:a:b")}).then(
        ending
    )


def test_it_is_withdrawn_as_long_as_a_signature_is_missing() -> None:
    given_approval(asked, signed).when(withdraw_approval, **GONE).then(gone)
    given_approval(asked, signed, last).when(withdraw_approval, **GONE).then_refused(
        "approval-granted"
    )
    given_approval().when(withdraw_approval, **GONE).then_refused("approval-unknown")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"steps": ()}, "approval-not-needed"),
        ({"case": replace(OPEN, phase=Phase.CLOSED)}, "case-closed"),
        ({"case": Case()}, "case-unknown"),
    ],
)
def test_what_cannot_be_sent_round(change: dict[str, Any], code: str) -> None:
    given_approval().when(ask_approval, **ASKING | change).then_refused(code)


def test_a_withdrawn_one_stays_withdrawn_whatever_the_day() -> None:
    given_approval(asked, gone).when(withdraw_approval, **GONE | {"today": YESTERDAY}).then()
    given_approval(asked, gone).when(approve, **SIGNING).then_refused("approval-over")
