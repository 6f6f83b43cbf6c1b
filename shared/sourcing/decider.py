"""The vocabulary of decisions: events, deciders, and the one way to say no.

A stored event is private to its service. A decision is a pure function of the folded state and
plain arguments (time, ids and the acting person among them) that answers with events, and with none
the second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

S = TypeVar("S")
E = TypeVar("E", bound="Event")


class Event(BaseModel):
    """One stored change. Class name and field names are the storage format: change them with an
    upcast only.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    subject_field: ClassVar[str] = "case_id"
    """The field that names whose key encrypts this event's `Personal[...]` fields."""


class Refused(Exception):
    """A rule says no. `code` is kebab-case; the sentence a person reads belongs to the page
    (`messages.py`).
    """

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


D = TypeVar("D", bound=Callable[..., Any])


def verb(name: str) -> Callable[[D], D]:
    """The verb under which a decision is remembered, for a function that is called otherwise now.

    `@verb("close")` above `def conclude(…)`: a command that was tried before the renaming and is
    tried again still finds its answer (decision record 0008).
    """

    def named(decide: D) -> D:
        vars(decide)["verb"] = name
        return decide

    return named


def verb_of(decide: Callable[..., Any]) -> str:
    """The verb in a command's id: the one it was given, else the function's name."""
    given: str = vars(decide).get("verb") or decide.__name__
    return given


Upcast = Callable[[dict[str, Any]], dict[str, Any]]
"""Gets data of any age and answers today's. Personal fields are still sealed, each under its name:
they keep their names.
"""


@dataclass(frozen=True)
class Decider(Generic[S, E]):
    """One kind of stream: its name, its empty state, how events change it, and which events there
    are.
    """

    category: str
    initial: S
    evolve: Callable[[S, E], S]
    events: tuple[type[E], ...]
    upcasts: Mapping[str, Upcast] = field(default_factory=dict)
    """Old stored `data` (by event class name) to today's shape, applied on reading."""

    def fold(self, history: Iterable[E]) -> S:
        """The state after `history`."""
        state = self.initial
        for event in history:
            state = self.evolve(state, event)
        return state
