"""紹介の規則: the closed loop between two counters."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.intake.domain.ground import Ground
from services.intake.domain.referral import (
    Address,
    Finished,
    ReferralEvent,
    Reminded,
    Sent,
    SentBack,
    Taken,
    Withdrawn,
    finish,
    referral,
    remind,
    send,
    send_back,
    take,
    withdraw,
)
from tests.given import scenario
from tests.intake.examples import CASE, CONSENT, CONSULTATION, TODAY

given = scenario(referral)
REFERRAL = UUID(int=0xAA)
LATER = TODAY + timedelta(days=3)
WHOSE: dict[str, Any] = {
    "referral_id": REFERRAL,
    "consultation_id": CONSULTATION,
    "case_id": CASE,
}
SENDING: dict[str, Any] = {
    "referral_id": REFERRAL,
    "address": Address(CONSULTATION, CASE, "C-04", "C-01"),
    "ground": CONSENT,
    "why": "介護の申請を手伝ってほしい",
    "on": TODAY,
    "days": 7,
}
sent = Sent(
    **WHOSE,
    from_counter="C-04",
    to_counter="C-01",
    sent_on=TODAY,
    answer_by=date(2026, 11, 30),
    basis="consent",
    basis_reference="2026-11-20",
    why="介護の申請を手伝ってほしい",
)
taken = Taken(**WHOSE, to_counter="C-01", taken_on=LATER)
sent_back = SentBack(
    **WHOSE, to_counter="C-01", reason="other-field", sent_back_on=LATER, note="障がいの窓口へ"
)
withdrawn = Withdrawn(**WHOSE, withdrawn_on=LATER)
finished = Finished(**WHOSE, to_counter="C-01", outcome="solved", finished_on=LATER, note=None)
BACK: dict[str, Any] = {"reason": "other-field", "note": "障がいの窓口へ", "on": LATER}
END: dict[str, Any] = {"outcome": "solved", "note": " ", "on": LATER}


def test_a_referral_names_its_ground_and_the_day_of_the_answer() -> None:
    given().when(send, **SENDING).then(sent)


def test_without_a_ground_nothing_is_passed_on() -> None:
    given().when(send, **SENDING | {"ground": Ground(None, "")}).then_refused("basis-missing")


def test_nobody_refers_to_themselves() -> None:
    own = Address(CONSULTATION, CASE, "C-01", "C-01")
    given().when(send, **SENDING | {"address": own}).then_refused("referral-to-oneself")


def test_the_receiver_learns_what_is_asked() -> None:
    given().when(send, **SENDING | {"why": " 　"}).then_refused("referral-why-missing")


def test_it_is_taken_once() -> None:
    given(sent).when(take, on=LATER).then(taken)
    given(sent, taken).when(take, on=LATER).then_nothing()


def test_it_is_sent_back_before_or_after_it_was_taken() -> None:
    given(sent).when(send_back, **BACK).then(sent_back)
    given(sent, taken).when(send_back, **BACK).then(sent_back)


def test_the_sender_hears_the_end() -> None:
    given(sent, taken).when(finish, **END).then(finished)
    given(sent).when(finish, **END).then_refused("referral-not-taken")


def test_one_reminder_a_day() -> None:
    given(sent).when(remind, on=LATER).then(Reminded(referral_id=REFERRAL, reminded_on=LATER))
    given(sent, taken).when(remind, on=LATER).then_refused("referral-answered")


def test_it_is_withdrawn_only_while_nobody_answered() -> None:
    given(sent).when(withdraw, on=LATER).then(withdrawn)
    given(sent, taken).when(withdraw, on=LATER).then_refused("referral-answered")


@pytest.mark.parametrize("end", [sent_back, withdrawn, finished])
def test_what_is_over_stays_over(end: ReferralEvent) -> None:
    history = (sent, end) if end is not finished else (sent, taken, end)
    given(*history).when(take, on=LATER).then_refused("referral-over")
    given(*history).when(remind, on=LATER).then_refused("referral-over")


def test_an_unknown_referral_is_answered_by_nobody() -> None:
    given().when(take, on=LATER).then_refused("referral-unknown")
