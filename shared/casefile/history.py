"""記録: what was done for a person, as lines that staff read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Entry:
    """One line of the history."""

    on: date
    title: str
    lines: list[tuple[str, str]]
    actor: str
    """Who wrote it down; empty when no person did."""


def present(*said: tuple[str, str | None]) -> list[tuple[str, str]]:
    """Only what was said."""
    return [(term, text) for term, text in said if text]


def recorded_by(actor: str) -> str:
    """The sign-in name; empty for what a fact of another team did."""
    return "" if actor.startswith("reaction:") else actor.removeprefix("local:")
