"""How far everything is: for readiness, metrics and the operators' page."""

from __future__ import annotations

from dataclasses import dataclass, field


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

    def trouble(self, part: str, error: str | None) -> None:
        """What readiness says of this part of the hand-overs from now on."""
        if error:
            self.handovers[part] = error
        else:
            self.handovers.pop(part, None)
