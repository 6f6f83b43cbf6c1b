"""The real servers for every test that asks: PostgreSQL and NATS from the wheels, once per worker.

    servers        both, started when the first test asks, ended with the run; can be killed
    database       the URL of a fresh, empty database of this test
    new_database   the same as a function, for tests that need several
    broker         the NATS URL of a server without any stream
    settings_of    `settings_of("intake")`: a service's Settings: fresh database, NATS user, keys
Async tests and fixtures need no mark (anyio's plugin, asyncio only).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import TYPE_CHECKING

import pytest

from deploy.embedded import Servers
from deploy.services import settings_from

if TYPE_CHECKING:
    from shared.runtime.settings import Settings

_ROLE_OF_TESTS = "intake"
_numbers = count(1)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """PostgreSQL and NATS of this worker."""
    with Servers.temporary() as running:
        yield running


@pytest.fixture
def new_database(servers: Servers) -> Iterator[Callable[..., str]]:
    """`new_database("outreach")`: the URL of a fresh database that this team's role owns."""
    made: list[str] = []

    def make(team: str = _ROLE_OF_TESTS) -> str:
        name = f"test_{next(_numbers)}_{team}"
        servers.postgres.run_sql(
            f"CREATE DATABASE {name} OWNER tsunagu_{team} TEMPLATE template0 STRATEGY file_copy"
        )
        made.append(name)
        return servers.postgres.team_url(team).replace(f"/tsunagu_{team}?", f"/{name}?")

    yield make
    if servers.postgres.child.running:
        for name in made:
            servers.postgres.run_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database(new_database: Callable[..., str]) -> str:
    """The URL of a fresh, empty database."""
    return new_database()


@pytest.fixture
def broker(servers: Servers) -> str:
    """The URL of a NATS server that holds nothing."""
    servers.wipe_nats()
    return servers.nats.url


@pytest.fixture
def settings_of(
    servers: Servers, broker: str, new_database: Callable[..., str]
) -> Callable[[str], Settings]:
    """One team's settings as its process would read them: fresh database, empty broker."""

    def make(team: str) -> Settings:
        return settings_from(
            servers.environment(team) | {"TSUNAGU_DATABASE_URL": new_database(team)}
        )

    return make
