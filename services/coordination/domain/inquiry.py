"""照会: what an agency is asked to tell about a case, one stream per question and agency.

Before the plan the インテーク・アセスメントシート (T-04), while it runs the reports on its progress
(T-07). Nothing is asked without a ground, since the question itself says who is supported; nothing
lapses in silence (N-04): a question has a day, and whoever waits may remind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, TypeAlias, assert_never
from uuid import UUID

from services.coordination.domain.case import Case, opened
from services.coordination.domain.support import Ground, reference_of
from shared.privacy.personal import Personal
from shared.sourcing.decider import Decider, Event, Refused

Kind: TypeAlias = Literal["assessment", "report"]


class Asked(Event):
    """照会した."""

    inquiry_id: UUID
    case_id: UUID
    kind: Kind
    agency: str
    asked_on: date
    answer_by: date
    basis: str
    meeting_id: UUID | None = None
    """The 支援会議 whose members may read question and answer (M-1)."""
    basis_reference: Personal[str] = None
    question: Personal[str] = None


class Reminded(Event):
    """回答を頼み直した."""

    inquiry_id: UUID
    case_id: UUID
    reminded_on: date


class Answered(Event):
    """回答があった."""

    inquiry_id: UUID
    case_id: UUID
    kind: Kind
    agency: str
    answered_on: date
    answer: Personal[str] = None
    edition: int = 1
    answers: Personal[dict[str, str]] = None
    """Question of the city's sheet → answer (S-02)."""
    told_by: Personal[str] = None
    """Who of the agency said it, where staff write it down for them (A-05)."""
    told_how: str | None = None
    """By telephone, on paper …: `progress_kinds`."""


class Dropped(Event):
    """取り下げた: the answer is no longer needed."""

    inquiry_id: UUID
    case_id: UUID
    dropped_on: date


InquiryEvent: TypeAlias = Asked | Reminded | Answered | Dropped


class Stage(StrEnum):
    UNKNOWN = "unknown"
    ASKED = "asked"
    ANSWERED = "answered"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Inquiry:
    """Just big enough to decide."""

    stage: Stage = Stage.UNKNOWN
    asked: Asked | None = None
    reminded_on: date | None = None
    answer: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    edition: int = 0
    """Of the answer: 0 while there is none."""


@dataclass(frozen=True)
class Question:
    """Who is asked for what, and within how many days."""

    kind: Kind
    agency: str
    text: str
    days: int


def evolve(state: Inquiry, event: InquiryEvent) -> Inquiry:
    match event:
        case Asked():
            return Inquiry(Stage.ASKED, event)
        case Reminded():
            return replace(state, reminded_on=event.reminded_on)
        case Answered():
            return replace(
                state,
                stage=Stage.ANSWERED,
                answer=event.answer,
                answers=event.answers or {},
                edition=max(event.edition, state.edition + 1),
            )
        case Dropped():
            return replace(state, stage=Stage.DROPPED)
        case _:
            assert_never(event)


def ask(
    state: Inquiry,
    *,
    inquiry_id: UUID,
    case: Case,
    question: Question,
    ground: Ground,
    meeting_id: UUID | None,
    on: date,
) -> list[InquiryEvent]:
    """T-04, T-07: of a case in our hands, on a ground that covers this agency."""
    if state.asked is not None:
        return []
    case_id = opened(case)
    reference = reference_of(case, ground, "sharing", on, (question.agency,))
    if not question.text.strip():
        raise Refused("question-missing")
    return [
        Asked(
            inquiry_id=inquiry_id,
            case_id=case_id,
            kind=question.kind,
            agency=question.agency,
            asked_on=on,
            answer_by=on + timedelta(days=question.days),
            basis=ground.kind,
            meeting_id=meeting_id if ground.kind == "support-meeting" else None,
            basis_reference=reference,
            question=question.text.strip(),
        )
    ]


@dataclass(frozen=True)
class Heard:
    """An answer that staff write down for an agency that does not sign in: from whom, and how."""

    told_by: str
    told_how: str


def answer(
    state: Inquiry,
    *,
    text: str,
    answers: Mapping[str, str],
    edition: int,
    on: date,
    heard: Heard | None = None,
) -> list[InquiryEvent]:
    """The agency's answer. A correction is another edition on top of the one that was seen; the
    former ones stay in the history.
    """
    asked = _asked(state)
    if state.stage is Stage.DROPPED:
        raise Refused("inquiry-dropped")
    said = {code: words.strip() for code, words in answers.items() if words.strip()}
    if not text.strip() and not said:
        raise Refused("answer-missing")
    if heard is not None and not heard.told_by.strip():
        raise Refused("told-by-missing")
    if state.edition and (state.answer or "", state.answers) == (text.strip(), said):
        return []
    if edition != state.edition:
        raise Refused("answer-changed")
    return [
        Answered(
            inquiry_id=asked.inquiry_id,
            case_id=asked.case_id,
            kind=asked.kind,
            agency=asked.agency,
            answered_on=on,
            answer=text.strip() or None,
            edition=state.edition + 1,
            answers=said or None,
            told_by=heard.told_by if heard else None,
            told_how=heard.told_how if heard else None,
        )
    ]


def remind(state: Inquiry, *, on: date) -> list[InquiryEvent]:
    """Once a day is enough."""
    asked = _waiting(state)
    if state.reminded_on == on:
        return []
    return [Reminded(inquiry_id=asked.inquiry_id, case_id=asked.case_id, reminded_on=on)]


def drop(state: Inquiry, *, on: date) -> list[InquiryEvent]:
    """As long as nobody has answered."""
    if state.stage is Stage.DROPPED:
        return []
    asked = _waiting(state)
    return [Dropped(inquiry_id=asked.inquiry_id, case_id=asked.case_id, dropped_on=on)]


def _asked(state: Inquiry) -> Asked:
    if state.asked is None:
        raise Refused("inquiry-unknown")
    return state.asked


def _waiting(state: Inquiry) -> Asked:
    asked = _asked(state)
    if state.stage is not Stage.ASKED:
        raise Refused("inquiry-over")
    return asked


inquiry: Decider[Inquiry, InquiryEvent] = Decider(
    "inquiry", Inquiry(), evolve, (Asked, Reminded, Answered, Dropped)
)
