"""`verify` agrees with reporting on real stores, and notices whatever was tampered with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

import services.reporting
from deploy.verify import examine, show
from deploy.verifying.beyond import BESIDES
from deploy.verifying.figures import THINGS
from deploy.verifying.findings import Report
from deploy.verifying.stores import check_store
from services.community import published as community_published
from services.coordination import published as coordination_published
from services.intake import published as intake_published
from services.outreach import published as outreach_published
from services.participation import published as participation_published
from services.reporting.indicators import VERIFIED, Memory
from services.reporting.tables import apply_batch
from shared.bus.told import Told
from shared.privacy.keys import MasterKey, SubjectKeys
from shared.sourcing.decider import Event
from shared.sourcing.log import Origin
from shared.sourcing.migrate import migrate
from shared.sourcing.store import Store, connect
from shared.sourcing.streams import Streams
from tests.reporting.small_city import played

MASTER = MasterKey(bytes(32))
TELLS: dict[str, Any] = {
    "intake": intake_published.tell,
    "coordination": coordination_published.tell,
    "participation": participation_published.tell,
    "outreach": outreach_published.tell,
    "community": community_published.tell,
}


@dataclass
class City:
    """Every database of a small system that has run for a while."""

    databases: dict[str, str]

    async def do(self, team: str, sql: str) -> None:
        db = await asyncpg.connect(self.databases[team])
        try:
            await db.execute(sql)
        finally:
            await db.close()

    async def examine(self) -> Report:
        return await examine(self.databases, "C-08", ["neighbour"])


def _said(_state: object, happened: Sequence[Event]) -> Sequence[Event]:
    return happened


async def write(databases: dict[str, str]) -> None:
    stores = {
        team: await Store(databases[team], tell, SubjectKeys(MASTER)).open()
        for team, tell in TELLS.items()
    }
    for team, decider, happened in played():
        streams = Streams(stores[team], decider, Origin("tester"))
        await streams.act(uuid4(), _said, happened)
    for store in stores.values():
        await store.close()


async def count(databases: dict[str, str]) -> None:
    """What the bus does: every team's facts to reporting, with the positions."""
    reporting = await connect(databases["reporting"])
    for team in TELLS:
        source = await connect(databases[team])
        rows = await source.fetch("SELECT * FROM facts ORDER BY position")
        epoch = await source.fetchval("SELECT epoch FROM head")
        async with reporting.transaction():
            await apply_batch(
                reporting,
                [told(team, row, epoch) for row in rows],
                Memory("C-08", frozenset({"neighbour"})),
            )
            await reporting.execute(
                "INSERT INTO consumed (source, position, epoch) VALUES ($1, $2, $3)",
                team,
                len(rows),
                epoch,
            )
        await source.close()
    await reporting.close()


def told(team: str, row: asyncpg.Record, epoch: UUID) -> Told:
    return Told(
        team=team,
        position=row["position"],
        fact_id=row["fact_id"],
        type=row["type"],
        case_id=row["case_id"],
        occurred_on=row["occurred_on"],
        data=row["data"],
        meta=row["meta"],
        epoch=epoch,
    )


BY_HAND = {
    "Q-01": 2,
    "Q-02": 4,
    "Q-03": 4,
    "Q-04": 4,
    "Q-05": 4,
    "Q-06": 1,
    "Q-07": 12,
    "Q-08": 2,
    "Q-09": 6,
    "Q-10": 2,
    "Q-11": 9,
    "Q-12": 7,
    "Q-13": 38,
    "Q-14": 38,
    "Q-15": 10,
    "Q-16": 1,
    "Q-17": 2,
    "Q-18": 1,
    "Q-19": 2,
    "Q-20": 1,
    "Q-21": 2,
    "Q-22": 1,
    "Q-23": 1,
    "Q-24": 4,
    "Q-25": 1,
    "Q-26": 1,
    "Q-27": 1,
    "Q-28": 5,
    "Q-29": 1,
    "Q-30": 1,
    "Q-31": 2,
    "S-01": 17,
    "S-02": 11,
    "S-03": 7,
    "S-04": 4,
}
"""What the small city's events come to, counted on paper."""


@pytest.fixture
async def city(new_database: Callable[..., str]) -> City:
    databases = {team: new_database(team) for team in (*TELLS, "reporting")}
    reporting = Path(services.reporting.__file__).parent / "migrations"
    for team, url in databases.items():
        await migrate(url, [reporting] if team == "reporting" else [])
    await write(databases)
    await count(databases)
    return City(databases)


def test_every_indicator_is_counted_a_second_time() -> None:
    assert {one.id for one in VERIFIED} == {*THINGS, *(name for name, _ in BESIDES)}


def bad(report: Report) -> list[tuple[str, str]]:
    return [(one.team, one.check) for one in report.findings if not one.ok]


async def test_a_whole_system_agrees_also_while_facts_are_on_their_way(
    city: City, capsys: pytest.CaptureFixture[str]
) -> None:
    report = await city.examine()
    show(report)
    said = capsys.readouterr().out
    assert report.ok, said
    assert "すべて一致しました" in said
    assert {one.indicator: one.shown for one in report.compared} == BY_HAND
    await write(city.databases)
    report = await city.examine()
    assert report.ok
    assert any("あと" in one.detail for one in report.findings)


TOLD = "知らせるべき出来事をすべて、そのとおりに知らせている"
TAMPERINGS = [
    ("UPDATE events SET data = replace(data::text, 'i09', 'i08')::json", "ハッシュの鎖が合う"),
    ("UPDATE events SET digest = '\\x00' WHERE position = 2", "ハッシュの鎖が合う"),
    ("UPDATE head SET chain = '\\x00'", "ハッシュの鎖が合う"),
    ("DELETE FROM events WHERE position = 3", "出来事の位置に欠番がない"),
    ("DELETE FROM facts WHERE position = 2", "知らせの位置に欠番がない"),
    ("UPDATE head SET fact_position = 9", "知らせの位置に欠番がない"),
    ("UPDATE events SET version = 2 WHERE position = 1", "ストリームの版に欠番がない"),
    ("UPDATE facts SET fact_id = gen_random_uuid()", "知らせは出来事のとおり"),
    ("UPDATE facts SET event_position = 1", "知らせは出来事のとおり"),
    (
        "DELETE FROM facts WHERE position = (SELECT fact_position FROM head);"
        "UPDATE head SET fact_position = fact_position - 1",
        TOLD,
    ),
    ("UPDATE facts SET data = replace(data::text, 'C-0', 'C-1')::json", TOLD),
    ("UPDATE facts SET type = 'ConsultationAttached' WHERE type = 'ConsultationReceived'", TOLD),
    ("UPDATE events SET type = 'consultation.Vanished' WHERE position = 1", TOLD),
]


async def test_tampering_with_a_store_is_found(city: City) -> None:
    db = await connect(city.databases["intake"])
    for tampering, check in TAMPERINGS:
        transaction = db.transaction()
        await transaction.start()
        await db.execute("ALTER TABLE events DISABLE TRIGGER ALL")
        await db.execute("ALTER TABLE facts DISABLE TRIGGER ALL")
        await db.execute(tampering)
        found = await check_store(db, "intake", lambda _count: None)
        assert check in {one.check for one in found if not one.ok}, tampering
        await transaction.rollback()
    async with db.transaction():
        assert all(one.ok for one in await check_store(db, "intake", lambda _count: None))
    await db.close()


IN_STEP = ("reporting", "月別の表は一件ごとの記録の合計")
AHEAD = ("reporting", "反映した位置が発信元を超えない")


async def test_wrong_figures_and_positions_are_found(city: City) -> None:
    far = "UPDATE consumed SET position = position {} 99 WHERE source = 'outreach'"
    await city.do("reporting", far.format("+"))
    assert bad(await city.examine()) == [AHEAD]
    await city.do("reporting", far.format("-"))
    await city.do(
        "reporting",
        "UPDATE indicator_values SET value = value + 1 WHERE indicator = 'Q-03' AND dim = ''",
    )
    report = await city.examine()
    assert [one.indicator for one in report.compared if not one.ok] == ["Q-03"]
    assert report.compared[2].differences == ("2026年度5月 計: 表 5、数え直し 4",)
    assert bad(report) == [IN_STEP]


async def test_a_parked_fact_is_said_and_not_held_against_the_figures(city: City) -> None:
    await city.do("reporting", PARK)
    report = await city.examine()
    assert all(one.ok for one in report.compared)
    assert bad(report) == [("reporting", "保留された知らせがない")]
    await city.do("outreach", "UPDATE head SET epoch = gen_random_uuid()")
    assert AHEAD in bad(await city.examine()), "a restored source"
    url = city.databases["outreach"]
    name = url.rpartition("?")[0].rpartition("/")[2]
    city.databases["outreach"] = url.replace(f"/{name}?", "/nowhere?")
    assert ("outreach", "データベースにつながる") in bad(await city.examine())


PARK = """
INSERT INTO parked (source, position, fact_id, type, envelope, error)
SELECT source, position, fact_id, 'PlaceMatched', '{}', 'broken' FROM observations
WHERE indicator = 'Q-06';
DELETE FROM observations WHERE indicator = 'Q-06';
DELETE FROM indicator_values WHERE indicator = 'Q-06'
"""
