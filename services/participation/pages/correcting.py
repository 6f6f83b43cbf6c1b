"""The screens on which mistakes are put right: a match, a follow-up, a contact (T-22 … T-24)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request, Response

from services.participation.access import REQUEST, desk_here
from services.participation.asked.request import (
    ContactCorrectionForm,
    FollowUpCorrectionForm,
    WithdrawalForm,
)
from services.participation.desk import Desk
from services.participation.domain.correcting import (
    FollowUpNote,
    correct_contact,
    correct_follow_up,
    edition_of,
    withdraw_match,
)
from services.participation.domain.events import (
    ContactCorrected,
    Contacted,
    FollowedUp,
    FollowUpCorrected,
)
from services.participation.file import File
from services.participation.messages import messages
from services.participation.pages.form import (
    CONTACT_SHEET,
    FOLLOW_UP_SHEET,
    WITHDRAWAL,
    show_form,
)
from shared.sourcing.decider import Refused
from shared.vocabulary.wareki import wareki
from shared.web.forms import Form, blank, read_form
from shared.web.merging import merged
from shared.web.pages import Pages
from shared.web.render import see_other

pages = Pages("participation")
DeskHere = Annotated[Desk, Depends(desk_here)]
Record = FollowedUp | FollowUpCorrected | Contacted | ContactCorrected


def to_put_right(file: File) -> Iterator[tuple[str, str]]:
    """What can be put right: the form below the request's page, and what it is called."""
    state = file.state
    followed = {one.match_id for one in state.followups.values()}
    for contact in reversed(list(state.contacts.values())):
        yield f"/contacts/{contact.contact_id}", f"{wareki(contact.contacted_on)}　連絡"
    for one in reversed(list(state.followups.values())):
        yield f"/followups/{one.followup_id}", f"{wareki(one.followed_on)}　フォローアップ"
    for match in reversed(state.matches):
        if match.match_id not in followed:
            place = file.names.get(match.resource_id, "")
            yield (
                f"/matches/{match.match_id}",
                f"{wareki(match.matched_on)}　{place} とのマッチング",
            )


@pages.get("/requests/{request_id}/matches/{match_id}", rule=REQUEST)
async def new_withdrawal(
    request: Request, request_id: UUID, match_id: UUID, desk: DeskHere
) -> Response:
    matches = (await desk.requests.state(request_id)).matches
    if match_id not in {one.match_id for one in matches}:
        raise Refused("match-unknown")
    form = blank(WithdrawalForm)
    return await show_form(request, request_id, desk, WITHDRAWAL, form, match_id)


@pages.post("/requests/{request_id}/matches/{match_id}", rule=REQUEST)
async def create_withdrawal(
    request: Request, request_id: UUID, match_id: UUID, desk: DeskHere
) -> Response:
    form = await read_form(request, WithdrawalForm)
    if form.value is None:
        return await show_form(request, request_id, desk, WITHDRAWAL, form, match_id)
    reason, today = form.value.reason, desk.clock.today()
    try:
        await desk.requests.act(
            request_id, withdraw_match, match_id=match_id, reason=reason, today=today
        )
    except Refused as refused:
        form = form.refuse(refused, messages)
        return await show_form(request, request_id, desk, WITHDRAWAL, form, match_id)
    return see_other(f"/participation/requests/{request_id}", said="マッチングを取り消しました。")


@pages.get("/requests/{request_id}/followups/{followup_id}", rule=REQUEST)
async def edit_follow_up(
    request: Request, request_id: UUID, followup_id: UUID, desk: DeskHere
) -> Response:
    found = (await desk.requests.state(request_id)).followups.get(followup_id)
    if found is None:
        raise Refused("follow-up-unknown")
    form = sheet_of(found)
    return await show_form(request, request_id, desk, FOLLOW_UP_SHEET, form, followup_id)


@pages.post("/requests/{request_id}/followups/{followup_id}", rule=REQUEST)
async def save_follow_up(
    request: Request, request_id: UUID, followup_id: UUID, desk: DeskHere
) -> Response:
    form = await read_form(request, FollowUpCorrectionForm)
    if form.value is None:
        return await show_form(request, request_id, desk, FOLLOW_UP_SHEET, form, followup_id)
    asked = form.value
    try:
        await desk.requests.act(
            request_id,
            correct_follow_up,
            followup_id=followup_id,
            edition=asked.edition,
            seen=FollowUpNote(
                desk.city.listed("followup_methods", asked.method, "method"),
                desk.city.listed("participation_relations", asked.relation, "relation"),
                asked.note or None,
                asked.next_on,
            ),
            on=asked.on,
            today=desk.clock.today(),
        )
    except Refused as refused:
        form = await refused_sheet(desk, request_id, followup_id, form, refused)
        return await show_form(request, request_id, desk, FOLLOW_UP_SHEET, form, followup_id)
    said = "フォローアップの記録を直しました。"
    return see_other(f"/participation/requests/{request_id}", said=said)


@pages.get("/requests/{request_id}/contacts/{contact_id}", rule=REQUEST)
async def edit_contact(
    request: Request, request_id: UUID, contact_id: UUID, desk: DeskHere
) -> Response:
    found = (await desk.requests.state(request_id)).contacts.get(contact_id)
    if found is None:
        raise Refused("contact-unknown")
    form = sheet_of(found)
    return await show_form(request, request_id, desk, CONTACT_SHEET, form, contact_id)


@pages.post("/requests/{request_id}/contacts/{contact_id}", rule=REQUEST)
async def save_contact(
    request: Request, request_id: UUID, contact_id: UUID, desk: DeskHere
) -> Response:
    form = await read_form(request, ContactCorrectionForm)
    if form.value is None:
        return await show_form(request, request_id, desk, CONTACT_SHEET, form, contact_id)
    asked = form.value
    try:
        await desk.requests.act(
            request_id,
            correct_contact,
            contact_id=contact_id,
            edition=asked.edition,
            note=asked.note or None,
            on=asked.on,
            today=desk.clock.today(),
        )
    except Refused as refused:
        form = await refused_sheet(desk, request_id, contact_id, form, refused)
        return await show_form(request, request_id, desk, CONTACT_SHEET, form, contact_id)
    return see_other(f"/participation/requests/{request_id}", said="連絡の記録を直しました。")


def sheet_of(record: Record) -> Form[Any]:
    """A stored record as the form that shows it."""
    if isinstance(record, Contacted | ContactCorrected):
        on, note = record.contacted_on, record.note
        return blank(ContactCorrectionForm, edition=edition_of(record), on=on, note=note)
    said = record.model_dump(include={"method", "relation", "note", "next_on"})
    edition, on = edition_of(record), record.followed_on
    return blank(FollowUpCorrectionForm, edition=edition, on=on, **said)


async def refused_sheet(
    desk: Desk, request_id: UUID, record_id: UUID, form: Form[Any], refused: Refused
) -> Form[Any]:
    """What was typed, with what is wrong; or on top of what a colleague saved meanwhile."""
    if refused.code != "changed-meanwhile":
        return form.refuse(refused, messages)
    editions = [
        one.event
        for one in await desk.requests.history(request_id)
        if isinstance(one.event, Record) and id_of(one.event) == record_id
    ]
    seen = form.first("edition")
    before = next((one for one in editions if str(edition_of(one)) == seen), None)
    now = editions[-1]
    return merged(form, fields_of(before), fields_of(now), edition=edition_of(now))[0]


def id_of(record: Record) -> UUID:
    if isinstance(record, Contacted | ContactCorrected):
        return record.contact_id
    return record.followup_id


def fields_of(record: Record | None) -> dict[str, str]:
    """Field → what stands in it."""
    typed = sheet_of(record).typed if record else {}
    return {name: next(iter(values), "") for name, values in typed.items() if name != "edition"}
