"""`./tsunagu account`: people come, forget their password, and leave."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import asyncpg
import pytest

from deploy.embedded import Servers
from services.portal.accounts import sign_in
from shared.privacy.access import Role
from tests.deploy.test_cli import refused, tsunagu

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HANAKO = ("hanako", "--name", "見本 花子", "--role", "nurse", "--agency", "C-08")


@pytest.fixture
def portal(servers: Servers, new_database: Callable[..., str]) -> dict[str, str]:
    return servers.environment("portal") | {"TSUNAGU_DATABASE_URL": new_database("portal")}


def shown_password(said: str) -> str:
    """It stands alone on its line."""
    (found,) = (
        line.strip()
        for line in said.splitlines()
        if line.count("-") == 3 and " " not in line.strip()
    )
    return found


async def test_a_person_comes_forgets_and_leaves(portal: dict[str, str]) -> None:
    added = tsunagu("account", "add", *HANAKO, "--district", "nd-tasai", **portal)
    assert added.returncode == 0, added.stdout + added.stderr
    first = shown_password(added.stdout)
    db = await asyncpg.connect(portal["TSUNAGU_DATABASE_URL"])
    staff = (await sign_in(db, "hanako", first, NOW)).staff
    assert staff is not None
    assert (staff.role, staff.agency, staff.district) == (Role.NURSE, "C-08", "nd-tasai")

    again = tsunagu("account", "password", "hanako", **portal)
    second = shown_password(again.stdout)
    assert (await sign_in(db, "hanako", first, NOW)).staff is None
    assert (await sign_in(db, "hanako", second, NOW)).staff == staff

    left = tsunagu("account", "disable", "hanako", **portal)
    assert "10 h after its sign-in" in left.stdout
    assert (await sign_in(db, "hanako", second, NOW)).staff is None
    listed = tsunagu("account", "list", **portal).stdout
    assert "hanako" in listed
    assert "disabled" in listed
    assert second not in listed
    assert "is taken" in refused(tsunagu("account", "add", *HANAKO, **portal))
    await db.close()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("add Hanako --name A --role counter --agency C-01", "a login is 2 to 40"),
        ("add hanako --name A --role counter", "needs an --agency"),
        ("add hanako --name A --role manager --agency C-01", "has no agency"),
        ("add hanako --name A --role clerk", "there is no role clerk"),
        ("add hanako --name A --role counter --agency C-77", "there is no agency C-77"),
        ("add hanako --name A --role counter --agency C-01 --district nd-tasai", "only a nurse"),
        ("add hanako --name A --role integrator", "./tsunagu token"),
        ("password hanako", "there is no account hanako"),
        ("disable hanako", "there is no account hanako"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(portal: dict[str, str], words: str, why: str) -> None:
    assert why in refused(tsunagu("account", *words.split(), **portal))
