"""A row of a list becomes an entry, or changes the one it names; it is never half of either."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.community.desk import Desk
from services.community.domain.resource import amend, register
from services.community.importing import Row
from services.community.messages import messages
from shared.sourcing.decider import Refused
from shared.web.messages import said


class Became(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Foreseen:
    """What a row would do, before it does."""

    row: Row
    name: str
    became: Became | None
    """None: nothing, for the reasons in `problems`."""
    changed: tuple[str, ...] = ()
    """Fields of the entry that the row says otherwise."""
    problems: tuple[str, ...] = ()


async def foresee_row(desk: Desk, row: Row) -> Foreseen:
    """The same decisions, without their effect."""
    name = str(row.said.get("name") or "")
    if row.problems or row.resource_id is None:
        return Foreseen(row, name, None, problems=row.problems)
    now = await desk.resources.state(row.resource_id)
    try:
        card = desk.listed_card(row.card(now.card, desk.city.entries("resource_kinds")[-1].code))
        if now.card is None:
            return Foreseen(row, name, Became.NEW)
        amend(now, correction_id=row.resource_id, card=card, on=desk.clock.today())
    except Refused as refused:
        return Foreseen(row, name, None, problems=(said(refused, messages).ja,))
    before, after = now.card.model_dump(), card.model_dump()
    changed = tuple(field for field in after if after[field] != before[field])
    return Foreseen(row, name, Became.CHANGED if changed else Became.SAME, changed)


async def receive_row(desk: Desk, row: Row) -> Became:
    """By the decisions of the screens; raises Refused as they do."""
    if row.resource_id is None:
        raise ValueError("a row with problems is not received")
    today, resource_id = desk.clock.today(), row.resource_id
    now = await desk.resources.state(resource_id)
    card = desk.listed_card(row.card(now.card, desk.city.entries("resource_kinds")[-1].code))
    if now.card is None:
        await desk.resources.act(
            resource_id, register, resource_id=resource_id, card=card, on=today
        )
        return Became.NEW
    acted = await desk.resources.act(
        resource_id, amend, correction_id=desk.new_id(), card=card, on=today
    )
    return Became.CHANGED if acted.events else Became.SAME
