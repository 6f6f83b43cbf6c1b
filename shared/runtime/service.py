"""A service is one value: what it keeps, shows, hears and says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from shared.bus.projection import Projection
from shared.bus.reactions import Reactions
from shared.contracts.fact import Fact
from shared.contracts.handover import Handover
from shared.privacy.handing_over import Told
from shared.runtime.notices import Waiting
from shared.runtime.office import Office
from shared.sourcing.decider import Decider, Event
from shared.sourcing.log import Connection, ReadModel
from shared.sourcing.store import Store
from shared.vocabulary.city import City
from shared.vocabulary.notices import Recipient
from shared.web.messages import Message


def says_nothing(_event: Event) -> Fact | None:
    """For services that tell no facts."""
    return None


def hands_nothing_over(_event: Event) -> Handover | None:
    """For services that pass no personal data on."""
    return None


def suits_any(_city: City) -> Iterable[str]:
    """For services that ask no more of a city than `words`."""
    return ()


@dataclass(frozen=True)
class Service:
    """One team's service. `services/<team>/app.py` holds it under the team's name."""

    team: str
    title: str
    folder: Path
    """Where its `templates/` and `migrations/` are: `Path(__file__).parent`."""
    routers: tuple[APIRouter, ...]
    desk: Callable[[Office], Any]
    deciders: tuple[Decider[Any, Any], ...] = ()
    tell: Callable[[Any], Fact | None] = says_nothing
    reactions: Reactions[Any] | None = None
    projection: Projection | None = None
    reads: tuple[ReadModel, ...] = ()
    messages: Mapping[str, Message] = field(default_factory=dict)
    handovers: Callable[[Any], Handover | None] = hands_nothing_over
    """Which of our events carry a personal part that another team shall get, on which ground."""
    told_to: Callable[[Connection, UUID], Awaitable[list[Told]]] | None = None
    """Which agencies outside these services our people told of this person (N-01)."""
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """List of the city → its codes that our rules branch on; a city without one is not started."""
    faults: Callable[[City], Iterable[str]] = suits_any
    """What else is wrong with a city for us, in words; then it is not started."""
    waiting: Callable[[Any, Recipient], Awaitable[Waiting]] | None = None
    """How much waits for an office, for its daily notice; None: nothing here has a day (F-24)."""
    daily: Callable[[Store, date], Awaitable[object]] | None = None
    """What it does by itself, given the day; done again, it changes nothing (`daily.py`)."""
    daily_at_desk: Callable[[Any], Awaitable[object]] | None = None
    """The same, where it is done at a desk."""
    accept: Callable[[Handover, Any], Awaitable[None]] | None = None
    """What we do with a personal part that another team handed over; None if we get none."""

    @property
    def migrations(self) -> Path:
        return self.folder / "migrations"

    @property
    def templates(self) -> Path:
        return self.folder / "templates"
