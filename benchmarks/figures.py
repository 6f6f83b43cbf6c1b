"""Figures: rounds interleaved, medians, and a table that says what was measured."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table


@dataclass
class Figures:
    """What one run measured: name → one number per round."""

    rounds: dict[str, list[float]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, value: float, note: str = "") -> None:
        self.rounds.setdefault(name, []).append(value)
        if note:
            self.notes[name] = note

    def median(self, name: str) -> float:
        return statistics.median(self.rounds[name])

    def ratio(self, one: str, other: str) -> float:
        """Median of the ratios of the rounds: both were measured side by side, so drift of the
        machine cancels.
        """
        return statistics.median(
            a / b for a, b in zip(self.rounds[one], self.rounds[other], strict=True)
        )


def percentile(samples: Sequence[float], share: float) -> float:
    """The value below which `share` of the samples lie."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def show(
    console: Console, title: str, rows: Sequence[tuple[str, ...]], headings: Sequence[str]
) -> None:
    """Print one table; the first column is text, the others are numbers."""
    table = Table(title=title, title_justify="left")
    for nth, heading in enumerate(headings):
        table.add_column(heading, justify="left" if nth == 0 else "right")
    for row in rows:
        table.add_row(*row)
    console.print(table)
