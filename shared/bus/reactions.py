"""What a team does when another team tells something: one small function per fact."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from shared.contracts.fact import Fact

F = TypeVar("F", bound=Fact)
D = TypeVar("D")


@dataclass(frozen=True)
class Reaction:
    """A fact and our answer to it. Its command id is made from the fact, so the function may be
    renamed.
    """

    fact: type[Fact]
    handle: Callable[[Any, Any], Awaitable[None]]


class Reactions(Generic[D]):
    """The facts one team listens to. Pure: it knows nothing of the broker."""

    def __init__(self, team: str) -> None:
        self.team = team
        self._by_fact: dict[tuple[str, str], Reaction] = {}

    def on(
        self, fact: type[F]
    ) -> Callable[[Callable[[F, D], Awaitable[None]]], Callable[[F, D], Awaitable[None]]]:
        """Register the one answer to a fact. The class names the team that tells it."""

        def register(
            handle: Callable[[F, D], Awaitable[None]],
        ) -> Callable[[F, D], Awaitable[None]]:
            key = (fact.team, fact.__name__)
            if key in self._by_fact:
                raise ValueError(f"{self.team} already answers {fact.team}.{fact.__name__}")
            self._by_fact[key] = Reaction(fact, handle)
            return handle

        return register

    def to(self, team: str, fact: str) -> Reaction | None:
        """Our answer to this fact of that team, if we have one."""
        return self._by_fact.get((team, fact))

    @property
    def handlers(self) -> dict[tuple[str, str], Reaction]:
        """All answers, by (team, fact)."""
        return dict(self._by_fact)

    @property
    def sources(self) -> tuple[str, ...]:
        """The teams we listen to."""
        return tuple(sorted({team for team, _ in self._by_fact}))
