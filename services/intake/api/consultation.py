"""The JSON API of intake: the same decisions as the pages, for other systems of the counters."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Request, Response
from pydantic import Field

from services.intake.access import (
    ATTACH,
    ESCALATE,
    LIST,
    RECEIVE,
    VIEW,
    acting_on,
    may_receive_for,
    may_see,
    scope_of,
)
from services.intake.api.sheet import SheetBody
from services.intake.api.strict import Code, Day, Id, Strict, listed
from services.intake.desk import Desk
from services.intake.domain.ground import Ground
from services.intake.joining import Known, join, part
from services.intake.read.escalations import escalations_of
from services.intake.read.searching import (
    MOST,
    ConsultationRow,
    Question,
    Sort,
    consultation_row,
    find,
    rows_of,
)
from services.intake.read.terms import terms_of
from services.intake.reception import (
    Slip,
    pass_on,
    receive_slip,
    supply,
    wrong_codes,
    wrong_reasons,
)
from services.intake.showing import log_names, told_to
from services.intake.words import BasisCode, EscalationBasisCode, StatusCode
from shared.privacy.access import AccessRule, FieldClass, Staff
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.pages import Api

api = Api("intake")
DeskHere = Annotated[Desk, Depends(desk_of)]
HERE = "/intake/api/consultations"


class NewConsultation(SheetBody):
    """相談受付・申込票. `case_id` joins the consultation to a known case."""

    counter: Code = Field(title="受付窓口")
    received_on: Day = Field(title="受付日")
    case_id: Id | None = Field(None, title="ケース")

    def slip(self) -> Slip:
        return self.slip_of(self.counter, self.received_on)


class Basis(Strict):
    """The legal basis: the day of consent, why it is urgent, the article, or the meeting's id."""

    kind: BasisCode = Field(title="根拠")
    reference: str = Field(title="根拠の内容", max_length=200)


class EscalationBasis(Strict):
    """A legal basis; or `support-meeting-asked`, without reference: none yet (T-03)."""

    kind: EscalationBasisCode = Field(title="根拠")
    reference: str = Field("", title="根拠の内容", max_length=200)


class NewHandover(Strict):
    """支援会議に渡す (T-03): with `support-meeting`, the id of one the counter was called to."""

    basis: Basis = Field(title="情報を渡す根拠")


class NewEscalation(Strict):
    """多機関協働へつなぐ (K-03)."""

    reasons: list[Code] = Field(title="つなぐ理由", max_length=20)
    basis: EscalationBasis | None = Field(None, title="情報を渡す根拠")
    on: Day | None = Field(None, title="つないだ日")
    """Without a day: today."""


class NewAttachment(Strict):
    """ケースに合わせる (F-20). `former_case_id` guards against a change made meanwhile."""

    case_id: Id = Field(title="合わせる先のケース")
    former_case_id: Id | None = Field(None, title="今のケース")


class NewDetachment(Strict):
    """ケースから離す (F-20): somebody else after all."""

    reason: str = Field(title="別の方だとわかった理由", max_length=200)
    former_case_id: Id | None = Field(None, title="今のケース")


@api.post("/consultations", rule=RECEIVE, status_code=201)
async def create(
    request: Request, response: Response, body: NewConsultation, desk: DeskHere
) -> dict[str, Any]:
    slip = body.slip()
    listed(body, *wrong_codes(desk.city, slip))
    staff: Staff = request.state.staff
    if not may_receive_for(staff, slip.counter):
        raise Refused("not-your-counter")
    made = await receive_slip(
        desk, slip, known=Known(body.case_id, staff) if body.case_id else None
    )
    response.headers["Location"] = f"{HERE}/{made.consultation_id}"
    return {"id": made.consultation_id, "case_id": made.case_id, "position": made.position}


@api.get("/consultations", rule=LIST)
async def search(  # noqa: PLR0913 - one argument per filter of the address
    request: Request,
    desk: DeskHere,
    counter: str | None = None,
    status: StatusCode | None = None,
    q: Annotated[str | None, Query(max_length=100)] = None,
    issue: Code | None = None,
    district: Code | None = None,
    urgency: Code | None = None,
    sort: Sort = "newest",
    since: Annotated[Day | None, Query(alias="from")] = None,
    until: Annotated[Day | None, Query(alias="to")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 20,
    after: str | None = None,
) -> dict[str, Any]:
    """In the order of `sort`; `next` goes into `after` of the next request."""
    staff: Staff = request.state.staff
    question = Question(
        *(counter, status, q, since, until, after, limit, issue, district, urgency, sort),
        terms=terms_of(q or "", desk.city),
    )
    rows, mark = rows_of(await find(desk.db, question, scope_of(staff)), limit)
    await log_names(desk, staff, rows, LIST)
    return {"items": [listed_row(staff, row, LIST) for row in rows], "next": mark or None}


@api.get("/consultations/{consultation_id}", rule=VIEW)
async def show(request: Request, consultation_id: UUID, desk: DeskHere) -> dict[str, Any]:
    row = await consultation_row(desk.db, consultation_id)
    if row is None:
        raise Refused("consultation-unknown")
    told = await told_to(desk, request.state.staff, row, VIEW)
    passed = await escalations_of(desk.db, consultation_id)
    state = await desk.consultations.state(consultation_id)
    more = {
        "edition": state.edition,
        "escalations": [vars(one) for one in passed],
        "support_meetings": list(dict.fromkeys(state.calls.values())),
    }
    return _open_part(row) | vars(told) | more


@api.post("/consultations/{consultation_id}/escalation", rule=ESCALATE, status_code=201)
async def escalate(
    request: Request, response: Response, consultation_id: UUID, body: NewEscalation, desk: DeskHere
) -> dict[str, Any]:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    listed(body, *(["reasons"] if wrong_reasons(desk.city, body.reasons) else []))
    ground = Ground(body.basis.kind, body.basis.reference) if body.basis else Ground(None, "")
    reasons = tuple(body.reasons)
    passed = await pass_on(desk, consultation_id, reasons=reasons, ground=ground, on=body.on)
    response.headers["Location"] = f"{HERE}/{consultation_id}"
    return {"id": passed.escalation_id, "case_id": row.case_id, "position": passed.position}


@api.post("/consultations/{consultation_id}/handover", rule=ESCALATE, status_code=201)
async def hand_over(
    request: Request, response: Response, consultation_id: UUID, body: NewHandover, desk: DeskHere
) -> dict[str, Any]:
    """T-03: what an escalation that asked for a 支援会議 left with the counter."""
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    ground = Ground(body.basis.kind, body.basis.reference)
    position = await supply(desk, consultation_id, ground)
    response.headers["Location"] = f"{HERE}/{consultation_id}"
    return {"id": consultation_id, "case_id": row.case_id, "position": position}


@api.post("/consultations/{consultation_id}/attachment", rule=ATTACH, status_code=201)
async def attach(
    request: Request, response: Response, consultation_id: UUID, body: NewAttachment, desk: DeskHere
) -> dict[str, Any]:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    known = Known(body.case_id, request.state.staff)
    position = await join(
        desk, consultation_id, known, former_case_id=body.former_case_id or row.case_id
    )
    response.headers["Location"] = f"{HERE}/{consultation_id}"
    return {"id": consultation_id, "case_id": body.case_id, "position": position}


@api.post("/consultations/{consultation_id}/detachment", rule=ATTACH, status_code=201)
async def detach(
    request: Request, consultation_id: UUID, body: NewDetachment, desk: DeskHere
) -> dict[str, Any]:
    row = await acting_on(desk.db, request.state.staff, consultation_id)
    former = body.former_case_id or row.case_id
    position = await part(desk, consultation_id, former_case_id=former, reason=body.reason)
    state = await desk.consultations.state(consultation_id)
    return {"id": consultation_id, "case_id": state.case_id, "position": position}


def listed_row(staff: Staff, row: ConsultationRow, rule: AccessRule) -> dict[str, Any]:
    """With the name where this person may see it; the sight is logged before."""
    named = may_see(staff, row, rule, FieldClass.IDENTITY)
    return _open_part(row) | {
        "name": row.name if named else None,
        "kana": row.kana if named else None,
        "born_on": row.born_on if named else None,
    }


def _open_part(row: ConsultationRow) -> dict[str, Any]:
    """What names nobody."""
    hidden = {"consultation_id", "position", "name", "kana", "born_on", "basis", "sent_on_basis"}
    values = {name: value for name, value in vars(row).items() if name not in hidden}
    return {"id": row.consultation_id} | values
