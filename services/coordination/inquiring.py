"""照会: asking agencies and being answered; page and JSON end here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.coordination.access import INQUIRY, knows_person
from services.coordination.asked.answer import AnswerForm
from services.coordination.convening import covers
from services.coordination.desk import Desk
from services.coordination.domain.inquiry import (
    Heard,
    Inquiry,
    Kind,
    Question,
    answer,
    ask,
    drop,
    remind,
)
from services.coordination.domain.support import Ground
from services.coordination.made import listed
from services.coordination.read.cases import CaseRow, case_row
from services.coordination.read.inquiries import InquiryRow, inquiry_row
from services.coordination.read.meetings import sworn
from shared.privacy.access import Basis, FieldClass, Relation, Role, Staff, decide
from shared.sourcing.decider import Refused


@dataclass(frozen=True)
class Letter:
    """What is asked of one or more agencies, and on which ground."""

    kind: Kind
    agencies: Sequence[str]
    text: str
    basis: str
    reference: str = ""
    meeting_id: UUID | None = None


@dataclass(frozen=True)
class Sight:
    """What this reader may do with a question and see of it."""

    row: InquiryRow
    case: CaseRow
    may_answer: bool
    may_lead: bool
    """Remind and drop: 保健福祉支援係."""
    may_read: bool
    on_behalf: bool = False
    """The agency does not sign in: staff write down what it said (A-05)."""


async def ask_agencies(desk: Desk, case_id: UUID, letter: Letter) -> list[tuple[UUID, int]]:
    """One question to each agency; answers (id, position) of each. All are checked first."""
    agencies = [listed(desk, code, "agencies") for code in dict.fromkeys(letter.agencies)]
    if not agencies:
        raise Refused("agency-missing")
    case = await desk.cases.state(case_id)
    meeting = await desk.meetings.state(letter.meeting_id) if letter.meeting_id else None
    reference = str(letter.meeting_id) if letter.meeting_id else letter.reference or None
    ground = Ground(letter.basis, reference, meeting)
    on, days = desk.clock.today(), desk.city.deadlines.inquiry_answer
    questions = [Question(letter.kind, agency, letter.text, days) for agency in agencies]
    news = [desk.new_id() for _ in questions]
    for new, question in zip(news, questions, strict=True):
        ask(
            Inquiry(),
            inquiry_id=new,
            case=case,
            question=question,
            ground=ground,
            meeting_id=letter.meeting_id,
            on=on,
        )
    sent = []
    for new, question in zip(news, questions, strict=True):
        acted = await desk.inquiries.start(
            new,
            ask,
            inquiry_id=new,
            case=case,
            question=question,
            ground=ground,
            meeting_id=letter.meeting_id,
            on=on,
        )
        sent.append((new, acted.position))
    return sent


async def answer_it(desk: Desk, sight: Sight, asked: AnswerForm, answers: Mapping[str, str]) -> int:
    """In the agency's words, and to the questions of the city's sheet; or what it told us, where it
    does not sign in (A-05).
    """
    if not sight.may_answer:
        raise Refused("not-your-inquiry")
    heard = None
    if sight.on_behalf:
        how = desk.city.listed("progress_kinds", asked.told_how or "", "told_how")
        heard = Heard(asked.told_by, how)
    for code in answers:
        desk.city.listed("assessment_items", code, "answers")
    acted = await desk.inquiries.act(
        sight.row.inquiry_id,
        answer,
        text=asked.answer,
        answers=answers,
        edition=asked.edition,
        on=desk.clock.today(),
        heard=heard,
    )
    return acted.position


async def remind_of(desk: Desk, inquiry_id: UUID) -> int:
    return (await desk.inquiries.act(inquiry_id, remind, on=desk.clock.today())).position


async def drop_it(desk: Desk, inquiry_id: UUID) -> int:
    return (await desk.inquiries.act(inquiry_id, drop, on=desk.clock.today())).position


async def sight_of(desk: Desk, staff: Staff, inquiry_id: UUID) -> Sight:
    """For the agency that was asked and for those in charge. Raises Refused for others."""
    row = await inquiry_row(desk.db, inquiry_id)
    case = await case_row(desk.db, row.case_id) if row else None
    if row is None or case is None:
        raise Refused("inquiry-unknown")
    asked, leads = staff.agency == row.agency, staff.role is Role.COORDINATOR
    if not (asked or leads or knows_person(staff, case)):
        raise Refused("not-your-inquiry")
    outside = not desk.city.signs_in(row.agency)
    readable = await may_read(desk, staff, row, case, asked=asked)
    return Sight(row, case, asked or (leads and outside), leads, readable, outside)


async def may_read(
    desk: Desk, staff: Staff, row: InquiryRow, case: CaseRow, *, asked: bool
) -> bool:
    """Question and answer. On the ground of a 支援会議 they are for its members only (M-1); on that
    of a consent the agency reads them as long as it holds.
    """
    if row.meeting_id is not None:
        sat = await desk.meetings.state(row.meeting_id)
        member = staff.agency in sat.members and sworn(staff, sat.oaths)
        tie = Relation.MEMBER if member else Relation.NONE
        return decide(staff, INQUIRY, tie, Basis.SUPPORT_MEETING, FieldClass.MEETING).allowed
    if (
        asked
        and row.basis == "consent"
        and not covers(await desk.cases.state(row.case_id), row.agency, desk.clock.today())
    ):
        return False
    if asked:
        basis = Basis(row.basis)
        return decide(staff, INQUIRY, Relation.RECIPIENT, basis, FieldClass.NARRATIVE).allowed
    tie = Relation.ASSIGNED if knows_and_leads(staff, case) else Relation.NONE
    return decide(staff, INQUIRY, tie, field_class=FieldClass.NARRATIVE).allowed


def knows_and_leads(staff: Staff, case: CaseRow) -> bool:
    """保健福祉支援係, and the nurse of the district."""
    return staff.role is Role.COORDINATOR or staff.is_nurse_of(case.nurse_district)
