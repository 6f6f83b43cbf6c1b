"""One walk over every decider of every service: whatever is asked in whatever order.

Values are made from type hints, with few different ids and days, so that decisions meet each
other's events. A new decision or event is walked over without an edit here. Hypothesis gives the
seeds and tells the one that fails.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import Enum
from importlib import import_module
from random import Random
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from deploy.services import service_of
from deploy.teams import TEAMS
from shared.sourcing.decider import Decider, Refused

AnyDecider = Decider[Any, Any]
Decide = Callable[..., list[Any]]

IDS = [UUID(int=1), UUID(int=2)]
DAYS = [date(2026, 4, 1), date(2026, 11, 23), date(2027, 3, 31)]
WORDS = [
    "C-01",
    "consent",
    "渕上",
    "理由",
    "",
    "　",
    'a "b" \\ c',
    "e\u0301",
    "🏠",
    "\u0000",
    "x" * 300,
]
PLAIN: dict[Any, list[Any]] = {
    UUID: IDS, date: DAYS, str: WORDS, int: [0, 1, 2, 30], float: [0.0, 1.5],
    bool: [True, False], NoneType: [None], time: [time(9, 30), time(14)],
}  # fmt: skip

any_seed = given(random=st.randoms(use_true_random=True))
walk = settings(max_examples=20, deadline=None, derandomize=True, database=None)
STEPS = 150


class NotMade(Exception):
    """These values do not fit together; others will."""


def deciders() -> dict[str, AnyDecider]:
    """Every decider by its team and category; what several teams share is walked once."""
    found: dict[Any, tuple[str, AnyDecider]] = {}
    for service in [service_of(team) for team in TEAMS]:
        for decider in service.deciders:
            found.setdefault(decider.evolve, (f"{service.team}.{decider.category}", decider))
    return dict(found.values())


DECIDERS = deciders()
every_decider = pytest.mark.parametrize("name", DECIDERS)


def made(kind: Any, random: Random) -> Any:
    """A value of a type hint."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind in PLAIN:
        return random.choice(PLAIN[kind])
    if origin is Annotated:
        return made(parts[0], random)
    if origin is Literal:
        return random.choice(parts)
    if origin in (Union, UnionType):
        return made(random.choice(parts), random)
    if origin is not None:
        return _several(origin, parts, random)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return random.choice(list(kind))
    return _whole(kind, random)


def _several(origin: Any, parts: tuple[Any, ...], random: Random) -> Any:
    if issubclass(origin, Mapping):
        return {made(parts[0], random): made(parts[1], random) for _ in range(random.randrange(3))}
    if origin is tuple and Ellipsis not in parts:
        return tuple(made(part, random) for part in parts)
    values = [made(parts[0], random) for _ in range(random.randrange(4))]
    return origin(values) if origin in (list, set, frozenset) else tuple(values)


def _whole(kind: Any, random: Random) -> Any:
    """A model or a dataclass with all its fields."""
    if issubclass(kind, BaseModel):
        hints = {name: field.annotation for name, field in kind.model_fields.items()}
    elif is_dataclass(kind):
        known = get_type_hints(kind)
        hints = {field.name: known[field.name] for field in fields(kind) if field.init}
    else:
        raise NotImplementedError(f"how is a {kind} made? say it in PLAIN")
    try:
        return kind(**{name: made(hint, random) for name, hint in hints.items()})
    except (ValidationError, ValueError) as error:
        raise NotMade(kind) from error


def events_of(decider: AnyDecider, random: Random, number: int) -> list[Any]:
    """Events as nobody would have decided on them, in any order."""
    events = []
    for _ in range(number):
        try:
            events.append(made(random.choice(decider.events), random))
        except NotMade:
            continue
    return events


def decisions(name: str) -> list[Decide]:
    """The public functions of the domain that take this decider's state first."""
    state = type(DECIDERS[name].initial)
    return [
        value
        for module in sorted(_domain(name))
        for verb, value in vars(import_module(module)).items()
        if inspect.isfunction(value)
        and value.__module__ == module
        and not verb.startswith("_")
        and _asks(value, state)
    ]


def _domain(name: str) -> set[str]:
    package = import_module(f"services.{name.partition('.')[0]}.domain")
    own = {f"{package.__name__}.{module.name}" for module in pkgutil.iter_modules(package.__path__)}
    return own | {DECIDERS[name].evolve.__module__}


def _asks(function: Decide, state: type[Any]) -> bool:
    hints = get_type_hints(function)
    first = next(iter(inspect.signature(function).parameters), "")
    return hints.get(first) is state and get_origin(hints.get("return")) is list


@every_decider
@walk
@any_seed
def test_every_event_survives_its_way_into_the_store(name: str, random: Random) -> None:
    for event in events_of(DECIDERS[name], random, STEPS):
        assert type(event).model_validate_json(event.model_dump_json()) == event


@every_decider
@walk
@any_seed
def test_no_history_is_too_strange_to_be_read(name: str, random: Random) -> None:
    decider = DECIDERS[name]
    state = decider.fold(events_of(decider, random, STEPS))
    assert isinstance(state, type(decider.initial))


@every_decider
@walk
@any_seed
def test_asked_twice_it_stays_quiet(name: str, random: Random) -> None:
    decider, possible = DECIDERS[name], decisions(name)
    assert possible, "no decision takes this state first and answers with a list"
    state = decider.initial
    for _ in range(STEPS):
        decide = random.choice(possible)
        hints = list(get_type_hints(decide).items())[1:-1]
        try:
            arguments = {one: made(hint, random) for one, hint in hints}
            events = decide(state, **arguments)
        except (NotMade, Refused):
            continue
        for event in events:
            state = decider.evolve(state, event)
        again = decide(state, **arguments)
        assert again == [], f"{decide.__name__}({arguments}) says it twice"
