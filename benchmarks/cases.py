"""`./tsunagu bench cases`: 100,000 cases in the list of 多機関協働, most of them at rest, as they
are after many years; the list, its filters, finding by name and the work queue at the service.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import httpx2
from rich.console import Console

from benchmarks.figures import Figures, percentile, show
from benchmarks.pages import CLERK, page, timed
from deploy.embedded import Servers
from deploy.services import service_of, settings_from
from services.coordination.read.case_keys import grams
from shared.runtime.host import build
from shared.sourcing.ids import new_id
from shared.sourcing.log import Connection
from shared.sourcing.migrate import migrate
from shared.vocabulary.text import search_key
from shared.web.tokens import issue

CASES = 100_000
OPEN, WAITING = 1_000, 100
"""Far more than a city of 80,000 has at once."""
LIMIT_MS = 200
"""What nobody should wait longer for, in 95 of 100 pages of the list."""
_COLUMNS = (
    "case_id", "phase", "counter", "age_band", "issues", "nurse_district", "opened_on",
    "applied_on", "consent", "consent_on", "plan_id", "planned_on", "review_on", "closed_on",
    "lead_agency", "waiting_since", "referrers", "contact_every", "name", "kana",
)  # fmt: skip
_KEYS = ("case_id", "told_in", "key", "grams")
_ESCALATIONS = (
    "escalation_id", "case_id", "counter", "reasons", "basis", "handover_id", "escalated_on",
    "status",
)  # fmt: skip
DAY = date(2026, 11, 23)
QUESTIONS = {
    "一覧 / list": "/coordination",
    "2ページ目 / second page": "/coordination?page=2",
    "ずっと先 / far on": "/coordination?page=1500",
    "支援中 / open": "/coordination?phase=open",
    "長い順 / by age": "/coordination?sort=age",
    "次にすること / by step": "/coordination?step=review",
    "地区 / district": "/coordination?district=nd-masuko",
    "機関 / agency": "/coordination?agency=C-01",
    "氏名 / name": "/coordination?q=見本+花子7",
    "だれもいない / nobody": "/coordination?q=いない人",
    "再開を決める / resume": "/coordination?step=resume",
    "やること / queue": "/coordination/queue",
    "やること、地区 / queue, district": "/coordination/queue?district=nd-masuko",
}


def main() -> int:
    """Measure and print; 0 when every question stays below the limit."""
    console = Console(width=None if sys.stdout.isatty() else 120)
    figures = Figures()
    with Servers.temporary() as servers:
        asyncio.run(_measure(servers, figures))
    slow = {name: percentile(took, 0.95) for name, took in figures.rounds.items()}
    rows = [(name, f"{figures.median(name):.1f}", f"{slow[name]:.1f}") for name in slow]
    title = f"{CASES:,} cases, {OPEN:,} of them open: a page at the service"
    show(console, title, rows, ("what", "p50 ms", "p95 ms"))
    return int(any(slow[name] > LIMIT_MS for name in slow))


async def _measure(servers: Servers, figures: Figures) -> None:
    service = service_of("coordination")
    app = build(service, settings_from(servers.environment("coordination")))
    host = app.state.host
    await migrate(host.settings.database_url, [service.migrations])
    await host.store.open(2)
    async with host.store.pool.acquire() as db:
        await _fill(db)
    key = Path(servers.environment("portal")["TSUNAGU_TOKEN_SIGNING_KEY_FILE"]).read_bytes()
    headers = {"Authorization": f"Bearer {issue(key, CLERK, datetime.now(UTC))}"}
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://localhost", headers=headers
    ) as client:
        for name, path in QUESTIONS.items():
            await timed(figures, name, partial(page, client, path))
    await host.store.close()


async def _fill(db: Connection) -> None:
    rows = list(_cases())
    await db.copy_records_to_table("cases", records=rows, columns=_COLUMNS)
    keys = [(row[0], new_id(), search_key(f"{row[-2]}|{row[-1]}")) for row in rows]
    records = [(*one, grams(one[2])) for one in keys]
    await db.copy_records_to_table("case_keys", records=records, columns=_KEYS)
    escalated = [_escalation(row) for row in rows]
    await db.copy_records_to_table("escalations", records=escalated, columns=_ESCALATIONS)
    await db.execute("VACUUM ANALYZE")  # as the server does by itself after a while


def _cases() -> Iterator[tuple[Any, ...]]:
    random, today = Random(7), DAY  # invented people: the same in every run
    for nth in range(CASES):
        phase = "waiting" if nth < WAITING else "open" if nth < WAITING + OPEN else "closed"
        began = today - timedelta(days=random.randrange(30 if phase == "waiting" else 3000))
        closed = began + timedelta(days=200) if phase == "closed" else None
        planned = phase != "waiting" and nth % 3 != 0
        counter = random.choice(("C-01", "C-02", "C-05"))
        followed = closed is not None and closed > today - timedelta(days=34)
        yield (
            new_id(), phase, counter, "40-64", ["i05"],
            random.choice(("nd-masuko", "nd-tasai", None)),
            None if phase == "waiting" else began, began if planned else None,
            "given" if planned else "unknown", began if planned else None,
            new_id() if planned else None, began if planned else None,
            began + timedelta(days=random.randrange(90, 3400)) if planned else None,
            closed, "C-07" if closed else None,
            today - timedelta(days=5) if phase == "waiting" else None, [counter],
            "monthly" if followed else None,
            f"見本 花子{nth}", f"みほん はなこ{nth}",
        )  # fmt: skip


def _escalation(row: tuple[Any, ...]) -> tuple[Any, ...]:
    waits = row[1] == "waiting"
    on = DAY - timedelta(days=5) if waits else row[6]
    status = "waiting" if waits else "accepted"
    return (new_id(), row[0], row[2], ["complex"], "consent", new_id(), on, status)
