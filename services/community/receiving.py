"""A row of a list becomes an entry, or changes the one it names; it is never half of either."""

from __future__ import annotations

from enum import StrEnum

from services.community.desk import Desk
from services.community.domain.resource import amend, register
from services.community.importing import Row


class Became(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


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
