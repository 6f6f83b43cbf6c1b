"""What a check found, in words for operators."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at in one team's database."""

    team: str
    check: str
    ok: bool
    detail: str


@dataclass(frozen=True)
class Compared:
    """One indicator: what the reporting page shows against what the event stores say."""

    indicator: str
    title: str
    shown: int
    """Sum of all monthly totals."""
    recounted: int
    differences: tuple[str, ...]
    """Every cell (fiscal year, month, part) that disagrees."""

    @property
    def ok(self) -> bool:
        return not self.differences


@dataclass
class Report:
    """Everything that was looked at. `ok` says whether all of it agrees."""

    findings: list[Finding] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return all(finding.ok for finding in self.findings) and all(c.ok for c in self.compared)
