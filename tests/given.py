"""given / when / then for deciders: what happened, what is asked, what follows.

`then` asks a second time and demands silence, so no decision can forget to be idempotent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import pytest

from shared.sourcing.decider import Decider, Event, Refused

S = TypeVar("S")
E = TypeVar("E", bound=Event)


class Scenario(Generic[S, E]):
    """One question to a decider after a given history."""

    def __init__(self, decider: Decider[S, E], history: Sequence[E]) -> None:
        self._decider = decider
        self._history = list(history)

    def when(self, decide: Callable[..., Sequence[E]], **facts: Any) -> Scenario[S, E]:
        self._decide = decide
        self._facts = facts
        return self

    def _ask(self, history: Sequence[E]) -> list[E]:
        return list(self._decide(self._decider.fold(history), **self._facts))

    def then(self, *expected: E) -> None:
        events = self._ask(self._history)
        assert events == list(expected)
        assert self._ask([*self._history, *events]) == [], "the same question twice must stay quiet"

    def then_nothing(self) -> None:
        assert self._ask(self._history) == []

    def then_refused(self, code: str) -> None:
        with pytest.raises(Refused) as refusal:
            self._ask(self._history)
        assert refusal.value.code == code


def scenario(decider: Decider[S, E]) -> Callable[..., Scenario[S, E]]:
    """`given = scenario(consultation)`; `given(received()).when(refer, …).then(referred())`."""

    def given(*history: E) -> Scenario[S, E]:
        return Scenario(decider, history)

    return given
