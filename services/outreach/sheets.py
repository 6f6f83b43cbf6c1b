"""What was recorded as the form that shows it, and what happens when two write the same one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.outreach.asked.lead import RoundForm
from services.outreach.asked.request import (
    ConclusionForm,
    LinkCorrectionForm,
    TieCorrectionForm,
    VisitCorrectionForm,
    VisitForm,
)
from services.outreach.desk import Desk
from services.outreach.domain.events import (
    Concluded,
    ConclusionCorrected,
    LinkCorrected,
    Linked,
    TieBuilt,
    TieCorrected,
    VisitCorrected,
    Visited,
    edition_of,
)
from services.outreach.domain.request import VisitNote
from services.outreach.domain.round import Made
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


def link_sheet(link: Linked | LinkCorrected) -> Form[LinkCorrectionForm]:
    return blank(
        LinkCorrectionForm,
        edition=edition_of(link),
        on=link.linked_on,
        agency=link.agency,
        passed=link.passed,
        basis=link.basis,
        reference=link.reference,
        note=link.note,
    )


def tie_sheet(tie: TieBuilt | TieCorrected) -> Form[TieCorrectionForm]:
    return blank(
        TieCorrectionForm,
        edition=edition_of(tie),
        on=tie.built_on,
        kind=tie.kind,
        partner=tie.partner,
        note=tie.note,
    )


def ending(ended: Concluded | ConclusionCorrected) -> Form[ConclusionForm]:
    return blank(
        ConclusionForm,
        edition=edition_of(ended),
        on=ended.concluded_on,
        outcome=ended.outcome,
        note=ended.note,
    )


def round_sheet(made: Made) -> Form[RoundForm]:
    return blank(
        RoundForm, on=made.made_on, place=made.place, gathered=made.gathered, heard=made.heard
    )


def fields_in(sheet: Form[Any] | None) -> dict[str, str]:
    """Field → what stands in it."""
    if sheet is None:
        return {}
    return {
        name: next(iter(values), "") for name, values in sheet.typed.items() if name != "edition"
    }


def over(form: Form[Any], editions: Sequence[Form[Any]]) -> Form[Any]:
    """What was typed, on top of what colleagues saved since this form was opened (F-21)."""
    seen, now = form.first("edition"), editions[-1]
    before = next((one for one in editions if seen and one.first("edition") == seen), None)
    carried: dict[str, Any] = {"edition": now.first("edition")} if "edition" in now.typed else {}
    return merged(form, fields_in(before), fields_in(now), **carried)[0]
