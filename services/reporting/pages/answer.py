"""The one quiet page for who answers a survey: no sign-in, once (L-01 … L-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, cast

from fastapi import Depends, Request, Response
from pydantic import BaseModel, Field, create_model

from services.reporting.desk import Desk
from services.reporting.domain.survey import Grade, Survey, answer
from services.reporting.inviting import read_token
from services.reporting.messages import messages
from shared.privacy.access import PUBLIC
from shared.sourcing.decider import Refused
from shared.web.desks import desk_of
from shared.web.forms import Form, blank, read_form
from shared.web.pages import Pages
from shared.web.render import render

pages = Pages("reporting")
DeskHere = Annotated[Desk, Depends(desk_of)]
GRADES: tuple[tuple[Grade, str], ...] = (
    ("4", "そう思う"),
    ("3", "どちらかといえばそう思う"),
    ("2", "どちらかといえばそう思わない"),
    ("1", "そう思わない"),
)
MOST = 10
"""Items of one survey."""
Story = Annotated[str, Field(max_length=4000)]


class AnswerBase(BaseModel):
    note: Story = Field("", title="ほかに伝えたいこと")


AnswerForm = create_model(
    "AnswerForm",
    __base__=AnswerBase,
    **cast(
        "Any",
        {f"grade_{n}": (Grade | None, Field(None, title=f"問{n}")) for n in range(1, MOST + 1)},
    ),
)


@dataclass(frozen=True)
class AnswerPage:
    token: str
    items: list[tuple[str, str]]
    form: Form[Any]
    grades: tuple[tuple[Grade, str], ...]
    title: str
    closes_on: date | None
    over: str
    """Why there is nothing to answer."""


@pages.get("/answers/{token}", rule=PUBLIC)
async def new_answer(request: Request, token: str, desk: DeskHere) -> Response:
    """No sign-in: the link is the right to answer once."""
    return await _ask(request, desk, token, blank(AnswerForm))


@pages.post("/answers/{token}", rule=PUBLIC)
async def create_answer(request: Request, token: str, desk: DeskHere) -> Response:
    form: Form[Any] = await read_form(request, AnswerForm)
    found = read_token(_key(request), token)
    if found is None or form.value is None:
        return await _ask(request, desk, token, form)
    round_id, invitation_id = found
    items = (await desk.surveys.state(round_id)).items
    grades = {
        item: grade
        for n, item in enumerate(items, 1)
        if (grade := getattr(form.value, f"grade_{n}")) is not None
    }
    try:
        acted = await desk.surveys.act(
            round_id,
            answer,
            invitation_id=invitation_id,
            grades=grades,
            note=form.value.note or None,
            today=desk.clock.today(),
        )
    except Refused as refused:
        return await _ask(request, desk, token, form.refuse(refused, messages))
    said = "ありがとうございました。回答を受け取りました。" if acted.events else USED
    return await _ask(request, desk, token, form, over=said)


USED = "このリンクからの回答は、すでに受け取っています。ありがとうございました。"
UNKNOWN = "このリンクは使えません。お願いした係に、もう一度お尋ねください。"


async def _ask(
    request: Request, desk: Desk, token: str, form: Form[Any], over: str = ""
) -> Response:
    found = read_token(_key(request), token)
    state = await desk.surveys.state(found[0]) if found else Survey()
    if found is None or found[1] not in state.invited:
        over = UNKNOWN
    elif found[1] in state.used:
        over = over or USED
    elif state.closes_on is not None and desk.clock.today() > state.closes_on:
        over = "回答の締切を過ぎました。"
    items = [(item, desk.city.label("survey_items", item)) for item in state.items]
    page = AnswerPage(token, items, form, GRADES, desk.city.name, state.closes_on, over)
    return render(request, "answer.html", page, status=404 if over == UNKNOWN else form.status)


def _key(request: Request) -> Any:
    return request.app.state.host.settings.master_key_file
