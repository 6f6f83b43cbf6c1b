"""Two people edit one entry: fields meet as everywhere (`shared.web.merging`), ticks of a list by
what each of them added and took away, so that no tick is in anybody's way.
"""

from __future__ import annotations

from dataclasses import replace

from services.community.asked import CardForm, values_of
from services.community.domain.resource import Card, Corrected, Registered, ResourceEvent
from shared.sourcing.log import Recorded
from shared.web.forms import Form
from shared.web.merging import merged

_TICKS = ("targets", "cares")


def with_theirs(form: Form[CardForm], history: list[Recorded[ResourceEvent]]) -> Form[CardForm]:
    """What was typed, on top of what a colleague saved since this form was opened."""
    editions = [one.event.card for one in history if isinstance(one.event, Registered | Corrected)]
    seen = form.first("edition")
    known = seen.isdecimal() and 0 < int(seen) <= len(editions)
    before, now = editions[int(seen) - 1 if known else 0], editions[-1]
    ticks = {name: _ticked(form.all(name), before, now, name) for name in _TICKS}
    mixed, _ = merged(form, _fields(before), _fields(now), edition=len(editions))
    return replace(mixed, typed={**mixed.typed, **ticks})


def _ticked(mine: list[str], before: Card, now: Card, name: str) -> list[str]:
    was, theirs = getattr(before, name), getattr(now, name)
    added = [code for code in mine if code not in was]
    return [code for code in theirs if code in mine or code not in was] + [
        code for code in added if code not in theirs
    ]


def _fields(card: Card) -> dict[str, str]:
    values = {name: value for name, value in values_of(card).items() if name not in _TICKS}
    values["published"] = "true" if card.published else ""
    return {name: "" if value is None else str(value) for name, value in values.items()}
