"""What an agency answers: free text, and for a sheet the city's own questions (S-02, T-04)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints, create_model

from services.coordination.asked.case import Line, Story
from shared.contracts.fact import Code
from shared.vocabulary.city import City
from shared.vocabulary.entries import AssessmentItem
from shared.web.sentences import CHOSEN


class AnswerForm(BaseModel):
    """照会への回答. Its questions are the city's (`form_of`)."""

    edition: int = Field(0, title="版", ge=0)
    """0: nothing was answered yet."""
    answer: Annotated[str, StringConstraints(max_length=10_000, strip_whitespace=True)] = Field(
        "", title="回答"
    )
    told_by: Line = Field("", title="だれから聞いたか")
    """Of an agency that does not sign in (A-05)."""
    told_how: Annotated[Code | None, CHOSEN] = Field(None, title="どうやって聞いたか")


def items_of(city: City, on: date, kind: str) -> list[AssessmentItem]:
    """Only a sheet has questions; a report is told freely."""
    if kind != "assessment":
        return []
    return [one for one in city.assessment_items if one.holds(on)]


def sections_of(city: City, on: date, kind: str) -> list[tuple[str, list[tuple[str, int]]]]:
    """Heading → (field, lines of its box)."""

    def heading(one: AssessmentItem) -> str:
        return one.section

    return [
        (name, [(field_of(one.code), one.lines) for one in group])
        for name, group in groupby(items_of(city, on, kind), heading)
    ]


def field_of(code: str) -> str:
    """The form's name of a question."""
    return f"item_{code.replace('-', '_')}"


def form_of(city: City, on: date, kind: str) -> type[AnswerForm]:
    return _model(tuple((one.code, one.label) for one in items_of(city, on, kind)))


@lru_cache(maxsize=8)
def _model(questions: tuple[tuple[str, str], ...]) -> type[AnswerForm]:
    fields: dict[str, Any] = {
        field_of(code): (Story, Field("", title=label)) for code, label in questions
    }
    return create_model("AnswerForm", __base__=AnswerForm, **fields)


def answers_in(city: City, on: date, kind: str, typed: AnswerForm) -> dict[str, str]:
    """Code → answer, of what was answered."""
    said = {one.code: getattr(typed, field_of(one.code), "") for one in items_of(city, on, kind)}
    return {code: text for code, text in said.items() if text}


def fields_of(
    edition: int, answer: str | None, answers: Mapping[str, str] | None
) -> dict[str, str]:
    """A stored answer as the form shows it."""
    shown = {field_of(code): text for code, text in (answers or {}).items()}
    return {"edition": str(edition), "answer": answer or ""} | shown
