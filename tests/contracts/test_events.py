"""What was stored once can be read for ever: every example of every event, by today's code."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from shared.sourcing.decider import Decider, Event
from tests.contracts.snapshots import COMMAND
from tests.contracts.stored import FOLDER, Example, bare, grown, kept, whole
from tests.test_deciders import DECIDERS

every_decider = pytest.mark.parametrize("name", DECIDERS)


def read(decider: Decider[Any, Any], event: str, data: Example) -> Event:
    """As `Codec.decode` reads it, once its personal fields are open."""
    kinds = {kind.__name__: kind for kind in decider.events}
    assert event in kinds, f"{event} is gone, but stores hold it: bring it back"
    upcast = decider.upcasts.get(event)
    found: Event = kinds[event].model_validate(upcast(data) if upcast else data)
    return found


@every_decider
def test_every_stored_event_can_still_be_read(name: str) -> None:
    decider = DECIDERS[name]
    for event, examples in kept(name).items():
        for data in examples:
            try:
                decider.evolve(decider.initial, read(decider, event, data))
            except ValidationError as error:
                pytest.fail(
                    f"{name}.{event}: stores hold {data}, which today's code cannot read. Give the "
                    f"new field a default, or the decider an upcast.\n{error}"
                )


@every_decider
def test_every_shape_of_an_event_has_its_example(name: str) -> None:
    assert grown(name) == kept(name), f"{name} has grown: run `{COMMAND}` and commit it"


def test_no_kind_of_stream_is_gone() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} <= DECIDERS.keys()


# The rule itself, on an event that somebody might change.


class Visited(Event):
    case_id: UUID
    way: str
    note: str | None = None


def visited_with_a_place() -> type[Event]:
    class Stricter(Visited):
        place: str

    Stricter.__name__ = "Visited"
    return Stricter


def test_a_new_required_field_breaks_the_reading_and_an_upcast_mends_it() -> None:
    before = [bare(Visited), whole(Visited)]
    assert [sorted(one) for one in before] == [["case_id", "way"], ["case_id", "note", "way"]]
    events = (visited_with_a_place(),)
    broken: Decider[Any, Any] = Decider("visit", None, lambda _s, _e: None, events)
    for data in before:
        with pytest.raises(ValidationError, match="place"):
            read(broken, "Visited", data)
    upcasts = {"Visited": lambda data: data | {"place": "home"}}
    mended: Decider[Any, Any] = Decider("visit", None, lambda _s, _e: None, events, upcasts)
    for data in before:
        assert read(mended, "Visited", data).model_dump()["place"] == "home"
