"""Examples of every stored event, as stores of yesterday hold them: kept for ever, added to only.

One file per kind of stream, one line per example: what the event had to hold when the line was
written, and all it could hold. Personal fields are shown open.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from types import NoneType
from typing import Any, TypeAlias, TypeVar

from shared.sourcing.decider import Event
from tests.test_deciders import DECIDERS, PLAIN, made

FOLDER = Path(__file__).parent / "events"
T = TypeVar("T")
Example: TypeAlias = dict[str, Any]
Examples: TypeAlias = dict[str, list[Example]]
"""Event → its examples, oldest first."""


class _Plainest(Random):
    """Always the first that says something."""

    def choice(self, seq: Sequence[T]) -> T:  # type: ignore[override]  # typeshed asks for less
        possible = [one for one in seq if one is not NoneType]
        return possible[1 if seq is PLAIN[int] else 0]  # 0 of something is often refused

    def randrange(self, *_: int) -> int:  # type: ignore[override]  # how many of a collection
        return 1


def whole(kind: type[Event]) -> Example:
    """All fields of today, as JSON."""
    event: Event = made(kind, _Plainest())
    return event.model_dump(mode="json")


def bare(kind: type[Event]) -> Example:
    """Only what today's code insists on."""
    fields = kind.model_fields
    return {name: value for name, value in whole(kind).items() if fields[name].is_required()}


def kept(name: str) -> Examples:
    """The examples of this decider (`team.category`) until now."""
    path = FOLDER / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def written(examples: Examples) -> str:
    """The text of a file: one line per example."""
    blocks = [
        f' "{event}": [\n  '
        + ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in lines)
        + "\n ]"
        for event, lines in sorted(examples.items())
    ]
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def grown(name: str) -> Examples:
    """What is kept, and behind it what today's events can hold and no example shows."""
    examples = {event: list(lines) for event, lines in kept(name).items()}
    for kind in DECIDERS[name].events:
        lines = examples.setdefault(kind.__name__, [])
        for example in (bare(kind), whole(kind)):
            if not any(one.keys() == example.keys() for one in lines):
                lines.append(example)
    return examples


def write_events() -> None:
    """Add what is missing; what is there is never changed."""
    FOLDER.mkdir(exist_ok=True)
    for name in DECIDERS:
        (FOLDER / f"{name}.json").write_text(written(grown(name)), encoding="utf-8")
