"""`./tsunagu bench pages`: a city of 50,000 people in intake's list; lists and finding at the
service, as the clerk of one counter asks. Invented people, the same ones in every run.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import httpx2
from rich.console import Console

from benchmarks.figures import Figures, percentile, show
from deploy.embedded import Servers
from deploy.services import service_of, settings_from
from services.intake.read.candidates import candidates
from services.intake.read.consultations import grams, key_of, phone_key
from shared.privacy.access import Role, Staff
from shared.runtime.host import build
from shared.sourcing.ids import new_id
from shared.sourcing.log import Connection
from shared.sourcing.migrate import migrate
from shared.web.tokens import issue

PEOPLE = 50_000
CONSULTATIONS = 100_000
ROUNDS = 40
CLERK = Staff("bench", "計測", Role.COORDINATOR, "C-08")
"""保健福祉支援係: may search among most names, which is the widest search there is."""

ISSUES = ("debt", "care", "illness", "housing", "isolation", "family", "dementia", "violence")
URGENCIES = ("urgent", "soon", None, None, None, None, None, None)
DISTRICTS = ("nd-higashi-akiru-a", "nd-higashi-akiru-b", "nd-tasai", None)
DEEP = "20230901-50000-0"
"""A place far behind: more than nine of ten rows come before it."""

_SURNAMES = (
    "架空",
    "仮名",
    "見本",
    "例示",
    "試験",
    "小川",
    "山田",
    "高尾",
    "草花",
    "緑川",
    "青木原",
    "白石台",
    "黒田野",
    "赤坂下",
    "森谷",
)
_GIVEN = (
    "花子",
    "太郎",
    "一郎",
    "二郎",
    "春子",
    "夏子",
    "秋子",
    "冬子",
    "健太",
    "由美",
    "陽",
    "翔",
    "結衣",
    "正一",
    "とし子",
    "みどり",
)
_KANA = (
    "カナ",
    "サト",
    "タミ",
    "ナオ",
    "ハル",
    "マイ",
    "ヤエ",
    "ラン",
    "ユキ",
    "ソラ",
    "アオ",
    "ミカ",
    "ケイ",
    "トモ",
)
_COLUMNS = (
    "consultation_id", "case_id", "told_under", "position", "received_on", "counter", "channel",
    "source", "age_band", "issues", "came_back", "status", "name", "kana", "born_on", "name_key",
    "kana_key", "phone_key", "town", "grams", "urgency", "nurse_district",
)  # fmt: skip


def people(towns: list[str]) -> Iterator[tuple[Any, ...]]:
    """Rows of the list: two consultations for each person."""
    random = Random(7)  # invented people: the same in every run
    for nth in range(CONSULTATIONS):
        if nth % 2 == 0:
            who = _person(random, nth, towns)
        status = random.choices(("open", "escalated", "returned"), (2, 5, 3))[0]
        received = date(2026, 11, 23) - timedelta(days=random.randrange(1200))
        counter = random.choice(("C-01", "C-02", "C-04", "C-05", "C-07", "C-08"))
        yield (
            new_id(), who["case"], who["case"], nth + 1, received, counter, "visit", "self",
            "40-64", random.sample(ISSUES, 2), nth % 2 == 1, status,
            who["name"], who["kana"], who["born"], *who["keys"], who["town"], grams(*who["keys"]),
            random.choice(URGENCIES), random.choice(DISTRICTS),
        )  # fmt: skip


def _person(random: Random, nth: int, towns: list[str]) -> dict[str, Any]:
    name = f"{random.choice(_SURNAMES)} {random.choice(_GIVEN)}"
    kana = f"{random.choice(_KANA)}{random.choice(_KANA)} {random.choice(_KANA)}コ"
    return {
        "case": new_id(),
        "name": name,
        "kana": kana,
        "born": date(1930, 1, 1) + timedelta(days=random.randrange(33_000)),
        "keys": (key_of(name), key_of(kana), phone_key(f"042-{nth % 1000:03}-{nth // 10:04}")),
        "town": random.choice(towns),
    }


_MEMBERS = """
INSERT INTO members (member_id, case_id, name, kana, born_on, name_key, kana_key, grams)
SELECT gen_random_uuid(), c.case_id, o.name, o.kana, o.born_on, o.name_key, o.kana_key, o.grams
FROM consultations c JOIN consultations o ON o.position = (c.position + 777) % 100000
WHERE c.position % 2 = 1
"""
QUESTIONS = {
    "一覧 / list": "/intake?counter=all",
    "一覧、状況 / by status": "/intake?counter=all&status=returned",
    "古い順 / oldest": "/intake?counter=all&sort=oldest",
    "緊急を先に / urgent first": "/intake?counter=all&sort=urgency",
    "緊急を先に、窓口 / of a counter": "/intake?counter=C-01&sort=urgency",
    "奥のページ / a deep page": f"/intake?counter=all&after={DEEP}",
    "奥のページ、緊急 / deep, urgent first": f"/intake?counter=all&sort=urgency&after={DEEP}",
    "課題 / issue": "/intake?counter=all&issue=dementia",
    "組合せ / combined": (
        "/intake?counter=C-04&status=open&issue=care&district=nd-tasai&urgency=urgent"
    ),
    "組合せ、古い順 / combined, oldest": (
        "/intake?counter=all&status=returned&issue=debt&district=nd-tasai&sort=oldest"
    ),
    "氏名 / name": "/intake?q=見本+花子",
    "姓 / surname": "/intake?q=緑川",
    "姓か町 / surname or town": "/intake?q=小川",
    "ふりがな / kana": "/intake?q=かなさと",
    "電話番号 / phone": "/intake?q=０４２-５０２",
    "生年月日 / birth date": "/intake?q=S41.3.1",
    "町 / town": "/intake?q=雨間",
    "氏名と町 / name, town": "/intake?q=花子+雨間",
    "だれもいない / nobody": "/intake?q=いない人",
}


def main() -> int:
    """Measure and print; 0 when every figure was taken."""
    console = Console(width=None if sys.stdout.isatty() else 120)
    figures = Figures()
    with Servers.temporary() as servers:
        asyncio.run(_measure(servers, figures))
    rows = [
        (name, f"{figures.median(name):.1f}", f"{percentile(figures.rounds[name], 0.95):.1f}")
        for name in figures.rounds
    ]
    title = f"{PEOPLE:,} people, {CONSULTATIONS:,} consultations: a page at the service"
    show(console, title, rows, ("what", "p50 ms", "p95 ms"))
    return 0


async def _measure(servers: Servers, figures: Figures) -> None:
    app = build(service_of("intake"), settings_from(servers.environment("intake")))
    host = app.state.host
    await migrate(host.settings.database_url, [service_of("intake").migrations])
    await host.store.open(2)
    async with host.store.pool.acquire() as db:
        await _fill(db, sorted(host.city.codes("towns")))
    key = Path(servers.environment("portal")["TSUNAGU_TOKEN_SIGNING_KEY_FILE"]).read_bytes()
    headers = {"Authorization": f"Bearer {issue(key, CLERK, datetime.now(UTC))}"}
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(
        transport=transport, base_url="http://localhost", headers=headers
    ) as client:
        for name, path in QUESTIONS.items():
            await timed(figures, name, partial(page, client, path))
    async with host.store.pool.acquire() as db:
        await timed(figures, "同じ方の候補 / doubles", partial(_doubles, db))
    await host.store.close()


async def _fill(db: Connection, towns: list[str]) -> None:
    await db.copy_records_to_table("consultations", records=people(towns), columns=_COLUMNS)
    await db.execute(_MEMBERS)  # one member in each household, called like somebody else
    await db.execute("ANALYZE consultations, members")


async def timed(figures: Figures, name: str, ask: Callable[[], Awaitable[Any]]) -> None:
    """The same question again and again; the first time does not count."""
    await ask()
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        await ask()
        figures.add(name, (time.perf_counter() - begun) * 1000)


async def page(client: httpx2.AsyncClient, path: str) -> None:
    """One page, which must be there."""
    response = await client.get(path, headers={"Accept": "text/html"})
    if response.status_code != 200:
        raise RuntimeError(f"{path}: {response.status_code}")


async def _doubles(db: Connection) -> None:
    await candidates(
        db, name="見本 花子", kana="カナサト ユキコ", phone="042-502-0050",
        born_on=date(1966, 3, 1), town="amema",
    )  # fmt: skip
