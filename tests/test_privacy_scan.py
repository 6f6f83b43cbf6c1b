"""Names, birthdays and stories are planted in every private event; no fact may show one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from random import Random
from types import NoneType
from typing import Any, Literal, get_args, get_origin
from uuid import UUID

import pytest
from pydantic import BaseModel, ValidationError

from deploy.services import service_of
from deploy.teams import TEAMS
from shared.privacy.personal import personal_fields
from shared.sourcing.decider import Event
from tests.test_deciders import NotMade, made

WORD, BORN = "植込花子", date(1931, 2, 3)
TRIES = 200


def planted(kind: Any, random: Random) -> Event:
    """An event whose personal fields all say who it is about."""
    for _ in range(TRIES):
        try:
            event: Event = made(kind, random)
        except NotMade:
            continue
        marks = {name: mark(kind.model_fields[name].annotation) for name in personal_fields(kind)}
        return event.model_copy(update=marks)
    raise AssertionError(f"no {kind.__name__} could be made in {TRIES} tries")


PLANTED = {str: WORD, date: BORN, int: 1, bool: False, UUID: UUID(int=1), time: time(9, 30)}


def mark(annotation: Any) -> Any:
    """What is planted in a personal field of this kind: a text, a day, a list, a sheet of them.

    What has to be a code is the first that may be.
    """
    origin, inner = get_origin(annotation), get_args(annotation)
    if annotation in PLANTED:
        return PLANTED[annotation]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields.items()
        return annotation.model_validate({name: mark(one.annotation) for name, one in fields})
    if origin is Literal:
        return inner[0]
    if origin in {tuple, list}:
        return (mark(inner[0]),)
    if origin in {dict, Mapping}:
        return {"health": WORD}
    return next((mark(kind) for kind in inner if kind is not NoneType), WORD)


def telling_events() -> Iterator[tuple[str, type[Event]]]:
    """Every event with a personal field, by the team that keeps it."""
    for team in TEAMS:
        for decider in service_of(team).deciders:
            events: tuple[Any, ...] = decider.events
            yield from ((team, kind) for kind in events if personal_fields(kind))


CASES = list(telling_events())


@pytest.mark.parametrize(("team", "kind"), CASES, ids=[f"{t}.{k.__name__}" for t, k in CASES])
def test_no_fact_shows_what_was_planted(team: str, kind: type[Event]) -> None:
    random, heard = Random(106), 0
    for _ in range(TRIES):
        event = planted(kind, random)
        assert WORD in event.model_dump_json() or BORN.isoformat() in event.model_dump_json()
        try:
            fact = service_of(team).tell(event)
        except ValidationError:  # a code as no screen would let it pass
            continue
        heard += 1
        told = fact.model_dump_json() if fact else ""
        assert WORD not in told, f"{kind.__name__} tells a name: {told}"
        assert BORN.isoformat() not in told, f"{kind.__name__} tells a birthday: {told}"
    assert heard
