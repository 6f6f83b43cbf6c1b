"""受付: from what was typed, sent or imported to a consultation in the store.

The page, the API and the import of files all end here, so that one set of rules holds for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.intake.choices import programme_of
from services.intake.desk import Desk
from services.intake.domain.consultation import receive
from services.intake.domain.escalating import escalate
from services.intake.domain.filing import NOTHING
from services.intake.domain.ground import Ground
from services.intake.domain.sheet import Sheet
from services.intake.domain.supplying import hand_over
from services.intake.families import beyond_field
from services.intake.filing import filed
from services.intake.joining import Known, admit
from services.intake.read.searching import of_case
from shared.sourcing.decider import Refused
from shared.vocabulary.city import City
from shared.vocabulary.relations import Sex


@dataclass(frozen=True)
class Slip:
    """What the counter knows. Codes are still to be checked, the address to be placed."""

    counter: str
    channel: str
    source: str
    received_on: date
    household_size: int | None = None
    issues: tuple[str, ...] = ()
    main_issue: str | None = None
    topics: tuple[str, ...] = ()
    main_topic: str | None = None
    urgency: str | None = None
    screening: str | None = None
    sex: Sex = "unknown"
    name: str | None = None
    kana: str | None = None
    born_on: date | None = None
    phone: str | None = None
    email: str | None = None
    office: str | None = None
    address: str | None = None
    content: str | None = None
    wishes: str | None = None
    visitor_relation: str | None = None
    visitor_name: str | None = None
    visitor_phone: str | None = None


@dataclass(frozen=True)
class Reception:
    """The consultation that was received, and the case it belongs to."""

    consultation_id: UUID
    case_id: UUID
    position: int
    replayed: bool = False
    """It had been received before; nothing was added."""


@dataclass(frozen=True)
class Passed:
    """The escalation that was told."""

    escalation_id: UUID
    position: int


async def receive_slip(
    desk: Desk, slip: Slip, *, known: Known | None = None, consultation_id: UUID | None = None
) -> Reception:
    """K-01, K-04: a new consultation, of a known case if one was chosen, else of a new one."""
    sheet = sheet_of(desk, slip)
    if known is not None:
        await admit(desk, known, sheet)
        sheet = await _named(desk, known.case_id, sheet)
    case_id = known.case_id if known else None
    new = consultation_id or desk.new_id()
    case = case_id or desk.new_id()
    acted = await desk.consultations.start(
        new,
        receive,
        consultation_id=new,
        case_id=case,
        sheet=sheet,
        today=desk.clock.today(),
        returning=case_id is not None,
        beyond=await beyond_field(desk, sheet, case_id),
    )
    if acted.events:
        return Reception(new, case, acted.position)
    first = await desk.consultations.state(new)
    return Reception(new, first.case_id or case, acted.position, replayed=True)


async def _named(desk: Desk, case_id: UUID, sheet: Sheet) -> Sheet:
    """A known person does not become nameless because the counter did not write the name again."""
    if sheet.name or sheet.kana:
        return sheet
    row = next((one for one in await of_case(desk.db, case_id) if one.name or one.kana), None)
    if row is None:
        return sheet
    born_on = sheet.born_on or row.born_on
    if born_on is not None and born_on > sheet.received_on:
        born_on = None
    return sheet.model_copy(update={"name": row.name, "kana": row.kana, "born_on": born_on})


async def pass_on(
    desk: Desk,
    consultation_id: UUID,
    *,
    reasons: tuple[str, ...],
    ground: Ground,
    on: date | None = None,
) -> Passed:
    """K-03, T-01: on to 多機関協働, with the ground on which the personal part travels."""
    escalation_id, handover_id = desk.new_id(), desk.new_id()
    case_id = (await desk.consultations.state(consultation_id)).case_id
    acted = await desk.consultations.act(
        consultation_id,
        escalate,
        escalation_id=escalation_id,
        handover_id=handover_id,
        reasons=reasons,
        ground=ground,
        on=on or desk.clock.today(),
        today=desk.clock.today(),
        filed=await filed(desk, case_id) if case_id else NOTHING,
    )
    return Passed(escalation_id, acted.position)


async def supply(desk: Desk, consultation_id: UUID, ground: Ground) -> int:
    """T-03: the personal part that waited for a ground goes to 多機関協働 now. The position."""
    case_id = (await desk.consultations.state(consultation_id)).case_id
    acted = await desk.consultations.act(
        consultation_id,
        hand_over,
        ground=ground,
        on=desk.clock.today(),
        filed=await filed(desk, case_id) if case_id else NOTHING,
    )
    return acted.position


def sheet_of(desk: Desk, slip: Slip) -> Sheet:
    """The sheet with its address resolved to town, catchment and nurse district (G-1, G-4)."""
    for field in wrong_codes(desk.city, slip):
        raise Refused("code-not-listed", field=field)
    place = desk.city.locate(slip.address, on=slip.received_on) if slip.address else None
    return Sheet(
        **vars(slip),
        programme=programme_of(desk.city, slip.counter, slip.received_on),
        town=place.town if place else None,
        catchment=place.catchment if place else None,
        nurse_district=place.nurse_district if place else None,
        place_note=next(iter(place.notes), None) if place else None,
    )


def wrong_codes(city: City, slip: Slip) -> Iterator[str]:
    """The fields whose codes the city does not have."""
    for field, kind, code in (
        ("counter", "counters", slip.counter),
        ("channel", "channels", slip.channel),
        ("source", "sources", slip.source),
        ("urgency", "urgencies", slip.urgency),
        ("screening", "screenings", slip.screening),
        *(("issues", "issues", issue) for issue in slip.issues),
        *(("topics", "topics", topic) for topic in slip.topics),
    ):
        if code is not None and code not in city.codes(kind):
            yield field


def wrong_reasons(city: City, reasons: Sequence[str]) -> bool:
    """Is there a reason that the city does not have?"""
    return not set(reasons) <= set(city.codes("reasons"))
