"""eventsourcing 9.5 on the same PostgreSQL, in the same run: its application, saving one event per
command.
"""

from __future__ import annotations

import threading
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from benchmarks.errand import FILLER
from benchmarks.figures import Figures, percentile

SHAPES = ((1, 1), (16, 1), (64, 1), (1, 3), (16, 3), (64, 3))


class Errand(Aggregate):
    """The same size of event as ours."""

    @event("Opened")
    def __init__(self, remark: str) -> None:
        self.remark = remark

    @event("Counted")
    def count(self, number: int, remark: str) -> None:
        self.number = number
        self.remark = remark


class Errands(Application):  # type: ignore[type-arg]  # its ids may be of any type
    """One command: an aggregate with so many events, saved at once."""

    def open(self, events: int) -> None:
        errand = Errand(FILLER)
        for number in range(1, events):
            errand.count(number, FILLER)
        self.save(errand)


def application(url: str) -> Errands:
    """On the database of that URL (unix socket or host)."""
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    environment: dict[str, Any] = {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": parts.path.strip("/"),
        "POSTGRES_HOST": query.get("host", parts.hostname or ""),
        "POSTGRES_PORT": query.get("port", str(parts.port or 5432)),
        "POSTGRES_USER": parts.username or query.get("user", ""),
        "POSTGRES_PASSWORD": parts.password or query.get("password", ""),
        "POSTGRES_POOL_SIZE": "64",
        "POSTGRES_MAX_OVERFLOW": "16",
    }
    return Errands(env=environment)


def measure(url: str, figures: Figures, rounds: int, seconds: float) -> None:
    """eventsourcing/<clients>/<events>, in commands a second. Clients are threads."""
    app = application(url)
    for _ in range(rounds):
        for clients, events in SHAPES:
            rate, latencies = _closed_loop(app, clients, events, seconds)
            name = f"eventsourcing/{clients}/{events}"
            figures.add(name, rate)
            figures.add(f"{name}/p50", percentile(latencies, 0.5))
    app.close()


def _closed_loop(
    app: Errands, clients: int, events: int, seconds: float
) -> tuple[float, list[float]]:
    latencies: list[float] = []
    begun = time.perf_counter()
    end = begun + seconds

    def client() -> None:
        while (start := time.perf_counter()) < end:
            app.open(events)
            latencies.append((time.perf_counter() - start) * 1000)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(latencies) / (time.perf_counter() - begun), latencies
