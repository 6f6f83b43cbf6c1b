"""The sheet of a visit as it is typed, and what happens when two people write the same one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.outreach.asked.request import VisitCorrectionForm, VisitForm
from services.outreach.desk import Desk
from services.outreach.domain.events import VisitCorrected, Visited
from services.outreach.domain.request import VisitNote
from services.outreach.file.request import File
from shared.web.forms import Form, blank
from shared.web.merging import merged


@dataclass(frozen=True)
class SheetPage:
    """The record of a visit, to be corrected."""

    file: File
    visit_id: UUID
    form: Form[Any]
    options: list[tuple[str, str]]
    stages: list[tuple[str, str]]


def note_of(desk: Desk, asked: VisitForm) -> VisitNote:
    """What was typed as what the decision takes; nothing typed is nothing said."""
    return VisitNote(
        method=desk.city.listed("visit_methods", asked.method, "method"),
        met=asked.met == "yes",
        reaction=asked.reaction or None,
        safety_note=asked.safety_note or None,
        next_step=asked.next_step or None,
        next_on=asked.next_on,
        planned_id=asked.planned_id,
        trust=desk.city.listed("trust_stages", asked.trust, "trust") if asked.trust else None,
    )


def edition_of(visit: Visited | VisitCorrected) -> int:
    return visit.edition if isinstance(visit, VisitCorrected) else 1


def sheet_of(visit: Visited | VisitCorrected) -> Form[VisitCorrectionForm]:
    """A stored visit as the form that shows it."""
    return blank(
        VisitCorrectionForm,
        edition=edition_of(visit),
        on=visit.visited_on,
        method=visit.method,
        met="yes" if visit.met else "no",
        reaction=visit.reaction,
        safety_note=visit.safety_note,
        next_step=visit.next_step,
        next_on=visit.next_on,
        trust=visit.trust,
    )


def fields_of(visit: Visited | VisitCorrected | None) -> dict[str, str]:
    """Field → what stands in it."""
    if visit is None:
        return {}
    typed = sheet_of(visit).typed
    return {name: next(iter(values), "") for name, values in typed.items() if name != "edition"}


def clash(
    form: Form[Any], before: Visited | VisitCorrected | None, now: Visited | VisitCorrected
) -> Form[Any]:
    """What was typed, on top of what a colleague wrote about the same visit (F-21)."""
    return merged(form, fields_of(before), fields_of(now), edition=edition_of(now))[0]
