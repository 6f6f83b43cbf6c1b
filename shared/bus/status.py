"""How far everything is: for readiness, metrics and the operators' page."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

DENIED_S = 60.0
"""A refusal that did not come again for so long is over: somebody has changed the permissions, or
it was a call that nobody makes twice.
"""


@dataclass
class SourceStatus:
    """One feed as this service sees it: its own (the relay) or another team's (a consumer)."""

    source: str
    position: int = 0
    head: int = 0
    error: str | None = None

    @property
    def lag(self) -> int:
        """Facts that are told and not yet here."""
        return max(0, self.head - self.position)


@dataclass
class BusStatus:
    """All feeds of one service."""

    team: str
    connected: bool = False
    relay: SourceStatus = field(default_factory=lambda: SourceStatus("self"))
    sources: dict[str, SourceStatus] = field(default_factory=dict)
    handovers_waiting: int = 0
    handovers: dict[str, str] = field(default_factory=dict)
    """What hinders hand-overs: sending, receiving, the reader on our stream."""
    ended: dict[str, str] = field(default_factory=dict)
    """Tasks that a fault of ours has ended, and its kind; each begins again."""
    denied: str | None = None
    """The last thing the broker refused us; a refusal shows as a time-out elsewhere."""
    denied_at: float = 0.0

    def trouble(self, part: str, error: str | None) -> None:
        """What readiness says of this part of the hand-overs from now on."""
        if error:
            self.handovers[part] = error
        else:
            self.handovers.pop(part, None)

    def refused(self, what: str) -> None:
        """The broker said no. Nothing says when it would say yes."""
        self.denied, self.denied_at = what, time.monotonic()

    def refusal(self) -> str | None:
        """What the broker refused lately: what we need is asked for again and again."""
        if self.denied and time.monotonic() - self.denied_at > DENIED_S:
            self.denied = None
        return self.denied
