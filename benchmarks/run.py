"""`./tsunagu bench`: measured here and now, side by side, medians of rounds."""

from __future__ import annotations

import asyncio
import gc
import sys

from rich.console import Console
from rich.progress import Progress

from benchmarks import appending, flowing, rebuilding
from benchmarks.figures import Figures, percentile, show
from deploy.embedded import Servers

ROUNDS = 3
SECONDS = 2.0
LATENCY_S = 5.0
REBUILT = 1_000_000


def main(*, peers: bool) -> int:
    """Measure and print; 0 when every figure was taken."""
    console = Console(width=None if sys.stdout.isatty() else 120)
    figures = Figures()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    with Servers.temporary() as servers, Progress(console=console, transient=True) as progress:
        bar = progress.add_task("計測 / measuring", total=4 + peers)
        _append(servers, figures)
        progress.advance(bar)
        if peers:
            _peers(servers, figures)
            progress.advance(bar)
        asyncio.run(flowing.measure(servers, figures, ROUNDS, LATENCY_S))
        progress.advance(bar, 2)
        facts = progress.add_task("作り直し / rebuild", total=REBUILT)
        asyncio.run(
            rebuilding.measure(
                servers, figures, REBUILT, lambda n: progress.update(facts, completed=n)
            )
        )
        progress.advance(bar)
    _print(console, figures, peers=peers)
    return 0


def _database(servers: Servers, name: str) -> str:
    servers.postgres.run_sql(
        f"CREATE DATABASE {name} OWNER tsunagu_community TEMPLATE template0 STRATEGY file_copy"
    )
    return servers.postgres.team_url("community").replace("/tsunagu_community?", f"/{name}?")


def _append(servers: Servers, figures: Figures) -> None:
    asyncio.run(appending.measure(_database(servers, "bench_act"), figures, ROUNDS, SECONDS))


def _peers(servers: Servers, figures: Figures) -> None:
    from benchmarks import peers

    peers.measure(_database(servers, "bench_peer"), figures, ROUNDS, SECONDS)


def _print(console: Console, figures: Figures, *, peers: bool) -> None:
    headings = ["act", "commands/s", "p50 ms", "p99 ms", "prototype/s", "ratio"]
    headings += ["eventsourcing/s", "ratio"] if peers else []
    show(console, "書き込み / write path", _act_rows(figures, peers=peers), headings)
    rows = [
        ("facts relayed, stream synced always", f"{figures.median('relay'):,.0f}/s"),
        ("facts applied by reporting", f"{figures.median('applied'):,.0f}/s"),
        ("through everything, 64 clients", f"{figures.median('through'):,.0f}/s"),
        ("rebuild of 1,000,000 facts", f"{figures.median('rebuild'):,.0f}/s"),
    ]
    for page in rebuilding.PAGES:
        found = figures.rounds[f"page/{page}"]
        said = f"p50 {percentile(found, 0.5):.0f} ms, p95 {percentile(found, 0.95):.0f} ms"
        rows.append((f"page over 1,000,000 facts: {page}", said))
    for name, text in (("at_rest", "at rest"), ("half", "at half load")):
        figure = {key: figures.median(f"{name}/{key}") for key in ("rate", "p50", "p99")}
        rows.append(
            (
                f"append to indicator {text} ({figure['rate']:,.0f}/s)",
                f"p50 {figure['p50']:.1f} ms, p99 {figure['p99']:.1f} ms",
            )
        )
    show(console, "事実の流れ / flow of facts", rows, ("what", "measured"))


def _act_rows(figures: Figures, *, peers: bool) -> list[tuple[str, ...]]:
    rows = []
    for clients, events in appending.SHAPES:
        shape = f"{clients}/{events}"
        row = [
            f"{clients} clients, {events} ev",
            f"{figures.median(f'act/{shape}'):,.0f}",
            f"{figures.median(f'act/{shape}/p50'):.2f}",
            f"{figures.median(f'act/{shape}/p99'):.2f}",
            f"{figures.median(f'prototype/{shape}'):,.0f}",
            f"{figures.ratio(f'act/{shape}', f'prototype/{shape}'):.2f}",
        ]
        if peers:
            peer = figures.median(f"eventsourcing/{shape}")
            row += [f"{peer:,.0f}", f"{figures.median(f'act/{shape}') / peer:.1f}"]
        rows.append(tuple(row))
    return rows
