"""What operators and old copies do to a whole town: after each, stores without holes and figures
equal to the recount.
"""

from __future__ import annotations

import asyncpg
import nats
import pytest
from nats.aio.client import Client

from deploy.services import service_of, settings_from
from shared.bus.parking import parked, release
from shared.bus.relay import ROWS
from shared.bus.told import headers_of, subject_of, told_from_row
from shared.bus.topology import facts_stream
from shared.runtime.host import Host
from shared.sourcing.store import connect
from tests.flows.town import Town
from tests.waiting import until

pytestmark = pytest.mark.anyio

CITY = "akiruno"


async def speaking_as(town: Town, team: str) -> Client:
    server = town.servers.nats
    return await nats.connect(
        server.url,
        nkeys_seed=str(server.seed_file(team)),
        inbox_prefix=f"_INBOX_{team}".encode(),
    )


async def test_deleted_consumers_and_late_copies_change_nothing(town: Town) -> None:
    town.start()
    await town.work(2)
    await town.settled()
    for team in ("coordination", "reporting"):
        client = await speaking_as(town, team)
        await client.jetstream().delete_consumer(facts_stream("intake"), team)
        await client.close()
    await _tell_all_again(town, "intake")
    await town.work(3)
    await town.settled()
    await town.check()


async def _tell_all_again(town: Town, team: str) -> None:
    """Every fact a second time, and without the id by which the broker would know it."""
    store = await connect(town.servers.postgres.team_url(team))
    epoch = await store.fetchval("SELECT epoch FROM head")
    rows = await store.fetch(ROWS, 0, 1000)
    await store.close()
    client = await speaking_as(town, team)
    for row in rows:
        told = told_from_row(team, epoch, tuple(row))
        headers = headers_of(CITY, told)
        del headers["Nats-Msg-Id"]
        await client.jetstream().publish(subject_of(CITY, told), told.data, headers=headers)
    await client.close()


async def test_a_poison_fact_parks_its_case_only_and_is_released_later(town: Town) -> None:
    town.start()
    await town.work(1)
    await town.settled()
    operator = await asyncpg.connect(town.servers.postgres.team_url("coordination"))
    await operator.execute(POISON)
    case_id = await town.escalated()

    async def waits() -> bool:
        return bool(await parked(operator))

    await until(waits, "the fact is parked")
    await operator.execute("DROP TRIGGER poison ON escalations")
    await town.work(3)
    await town.settled()
    (one,) = await parked(operator)
    assert (one.source, str(one.case_id), one.kind) == ("intake", case_id, "RaiseError")
    assert await operator.fetchval("SELECT count(*) FROM escalations") == 4, "the others went on"
    await operator.close()
    host = Host(service_of("coordination"), settings_from(town.servers.environment("coordination")))
    await host.store.open(2)
    assert await release(host.service, host.store, host.office, "intake", one.position) == 1
    await host.store.close()
    await town.settled()
    await town.check()


POISON = """
CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'poison';
END $$;
CREATE TRIGGER poison BEFORE INSERT ON escalations FOR EACH ROW EXECUTE FUNCTION poison();
"""
