"""A drill: a store comes back from a backup that knows too much and tells too little."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import asyncpg
import pytest

from deploy.embedded import Servers
from deploy.services import service_of, settings_from
from services.intake.domain.consultation import Received, consultation
from shared.bus.relay import LEADER
from shared.runtime.host import Host
from shared.sourcing.log import Origin
from shared.sourcing.migrate import migrate
from shared.sourcing.streams import Streams
from tests.deploy.test_cli import refused, tsunagu
from tests.reporting.small_sheets import CASE, received

pytestmark = pytest.mark.anyio


class Drill:
    """Intake's store, its backup, and the command in an environment of its own."""

    def __init__(self, servers: Servers, url: str) -> None:
        self.servers = servers
        self.environment = servers.environment("intake") | {"TSUNAGU_DATABASE_URL": url}
        self.database = urlsplit(url).path.removeprefix("/")
        self.stream: UUID | None = None

    async def opened(self) -> Host:
        settings = settings_from(self.environment)
        host = Host(service_of("intake"), settings)
        await migrate(settings.database_url, [host.service.migrations])
        await host.store.open(2)
        return host

    def backup(self) -> None:
        self.servers.postgres.run_sql(
            f"CREATE DATABASE {self.database}_backup OWNER tsunagu_intake"
            f" TEMPLATE {self.database} STRATEGY file_copy"
        )

    def restore(self) -> None:
        self.servers.postgres.run_sql(f"DROP DATABASE {self.database}")
        self.servers.postgres.run_sql(
            f"ALTER DATABASE {self.database}_backup RENAME TO {self.database}"
        )

    async def ask(self, *words: str) -> str:
        done = await asyncio.to_thread(tsunagu, "host", *words, **self.environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    async def name(self) -> str | None:
        """The name of the caller, as the event keeps it and as the table shows it."""
        host = await self.opened()
        assert self.stream
        (recorded,) = await host.store.load(consultation, self.stream)
        shown: str | None = await host.store.pool.fetchval("SELECT name FROM consultations")
        await host.store.close()
        assert isinstance(recorded.event, Received)
        assert recorded.event.name == shown
        return shown


@pytest.fixture
async def drill(servers: Servers, new_database: Callable[..., str]) -> Drill:
    made = Drill(servers, new_database("intake"))
    host = await made.opened()
    event = received("C-08", ("care",))
    made.stream = event.consultation_id
    await Streams(host.store, consultation, Origin("test")).start(
        event.consultation_id, lambda _state: [event]
    )
    await host.store.close()
    return made


async def test_who_was_forgotten_is_forgotten_again_and_the_epoch_is_new(
    drill: Drill, tmp_path: Path
) -> None:
    drill.backup()
    host = await drill.opened()
    before = await host.store.pool.fetchval("SELECT epoch FROM head")
    await host.store.forget(CASE)
    await host.store.close()
    ledger = tmp_path / "ledger"
    ledger.write_text(await drill.ask("ledger", "intake"), encoding="utf-8")
    drill.restore()
    assert await drill.name() == "山田 太郎", "a backup knows her"

    said = await drill.ask("restored", "intake", "--ledger", str(ledger))

    assert "1件" in said
    assert await drill.name() is None
    host = await drill.opened()
    assert await host.store.pool.fetchval("SELECT epoch FROM head") != before
    assert await host.store.pool.fetchval("SELECT subject FROM shred_ledger") == CASE
    await host.store.close()


async def test_a_running_service_is_not_restored_under_its_feet(drill: Drill) -> None:
    relay = await asyncpg.connect(drill.environment["TSUNAGU_DATABASE_URL"])
    await relay.execute("SELECT pg_advisory_lock($1)", LEADER)
    done = await asyncio.to_thread(tsunagu, "host", "restored", "intake", **drill.environment)
    assert "intake が動いています" in refused(done)
    await relay.close()


async def test_a_list_that_is_none_is_refused(drill: Drill, tmp_path: Path) -> None:
    wrong = tmp_path / "ledger"
    wrong.write_text("山田\n", encoding="utf-8")
    words = ("host", "restored", "intake", "--ledger", str(wrong))
    done = await asyncio.to_thread(tsunagu, *words, **drill.environment)
    assert "番号でない" in refused(done)
