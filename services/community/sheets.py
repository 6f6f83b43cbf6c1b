"""活動の記録の用紙: one form per kind of activity, with the fields that its 様式 counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints, create_model

from services.community.domain.activity import ActivityEvent, Sheet
from shared.contracts.fact import Code
from shared.sourcing.log import Recorded as Told
from shared.vocabulary.city import City
from shared.vocabulary.entries import ActivityKind
from shared.web.forms import Form, blank
from shared.web.merging import merged
from shared.web.sentences import CHOSEN

Number = Annotated[int, Field(ge=0, le=1_000_000_000)]
Text = Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True)]
Note = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)]
_COUNT = "count_"


class SheetForm(BaseModel):
    """What every record says; the numbers of its kind come to it in `form_of`."""

    edition: int = Field(0, title="版", ge=0)
    """The one that was on the screen; 0: a new record."""
    kind: Code = Field(title="活動の種類")
    held_on: date = Field(title="開催日・実施日")
    programme: Annotated[Code, CHOSEN] = Field(title="事業")
    resource_id: UUID | None = Field(None, title="場所")
    story: Text = Field("", title="内容（公表する文）")
    note: Note = Field("", title="備考（チームの中だけ）")


def kind_of(city: City, code: str) -> ActivityKind | None:
    """The 様式 with this code, None if the city has none."""
    return next((one for one in city.activity_kinds if one.code == code), None)


def form_of(city: City, kind: ActivityKind) -> type[SheetForm]:
    """The form of one kind: a number for each of its measures, under the city's name of it."""
    names = tuple((code, city.label("activity_measures", code)) for code in kind.measures)
    return _model(names)


@lru_cache(maxsize=100)
def _model(measures: tuple[tuple[str, str], ...]) -> type[SheetForm]:
    numbers: dict[str, Any] = {
        field_of(code): (Number | None, Field(None, title=label)) for code, label in measures
    }
    return create_model("SheetForm", __base__=SheetForm, **numbers)


def field_of(measure: str) -> str:
    """What a measure is called in a form: `under-65` → `count_under_65`."""
    return _COUNT + measure.replace("-", "_")


def sheet_of(kind: ActivityKind, typed: SheetForm) -> Sheet:
    """What was typed as a record of the activity; an empty field counts nothing."""
    numbers = {code: getattr(typed, field_of(code)) for code in kind.measures}
    return Sheet(
        programme=typed.programme,
        kind=kind.code,
        resource_id=typed.resource_id,
        held_on=typed.held_on,
        counts={code: number for code, number in numbers.items() if number},
        story=typed.story or None,
        note=typed.note or None,
    )


def values_of(sheet: Sheet) -> dict[str, Any]:
    """A record as the values of its form."""
    numbers = {field_of(code): number for code, number in sheet.counts.items()}
    said = sheet.model_dump(include={"kind", "held_on", "programme", "resource_id"})
    return said | numbers | {"story": sheet.story or "", "note": sheet.note or ""}


def with_theirs(form: Form[Any], history: Sequence[Told[ActivityEvent]]) -> Form[Any]:
    """What was typed, on top of what a colleague saved since this form was opened."""
    editions = [one.event.sheet for one in history]
    seen = form.first("edition")
    known = seen.isdecimal() and 0 < int(seen) <= len(editions)
    before, now = editions[int(seen) - 1 if known else 0], editions[-1]
    return merged(form, _fields(form, before), _fields(form, now), edition=len(editions))[0]


def _fields(form: Form[Any], sheet: Sheet) -> dict[str, str]:
    """As the fields of the form show it."""
    shown = blank(form.model, **values_of(sheet))
    return {name: shown.first(name) for name in form.model.model_fields if name != "edition"}
