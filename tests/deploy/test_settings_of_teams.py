"""Which database a command reaches: in a container its own team's only, as the operator all."""

from __future__ import annotations

import shutil
from pathlib import Path

import asyncpg
import pytest
from typer.testing import CliRunner

from deploy.cli import app
from deploy.embedded import Servers
from deploy.services import settings_for
from deploy.teams import OPERATOR, TEAMS
from deploy.trouble import Trouble
from tests.deploy.test_cli import refused, tsunagu

NOBODY = "00000000-0000-0000-0000-000000000001"


def test_a_container_answers_for_its_own_team_only(
    servers: Servers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in servers.environment("intake").items():
        monkeypatch.setenv(name, value)
    assert "tsunagu_intake" in settings_for("intake", tmp_path).database_url
    with pytest.raises(Trouble, match="of intake only, not of outreach"):
        settings_for("outreach", tmp_path)
    monkeypatch.delenv("TSUNAGU_TEAM")
    with pytest.raises(Trouble, match="not of intake"):
        settings_for("intake", tmp_path)


def test_in_a_teams_container_nobody_is_forgotten_by_one_team_alone(servers: Servers) -> None:
    done = tsunagu("forget", NOBODY, "--yes", **servers.environment("intake"))
    assert "operator" in refused(done)


@pytest.fixture
def operator(servers: Servers, tmp_path: Path) -> dict[str, str]:
    """The environment of the operator's container, with the volume that `host secrets` filled."""
    secrets = tmp_path / "secrets"
    shutil.copytree(servers.folder.secrets, secrets)
    done = CliRunner().invoke(app, ["host", "secrets", str(secrets)])
    assert done.exit_code == 0, done.output
    return {
        "TSUNAGU_HOST_SECRETS": str(secrets),
        "TSUNAGU_HOST_POSTGRES": str(servers.postgres.socket),
        "TSUNAGU_NATS_URL": servers.nats.url,
        "TSUNAGU_CITY_DIR": str(servers.city.path),
    }


async def test_the_operator_reaches_the_database_of_every_team(
    operator: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in operator.items():
        monkeypatch.setenv(name, value)
    for team in TEAMS:
        settings = settings_for(team, tmp_path)
        db = await asyncpg.connect(settings.database_url)
        reached = await db.fetchrow("SELECT current_user, current_database()")
        await db.close()
        assert tuple(reached or ()) == (f"tsunagu_{team}", f"tsunagu_{team}")
        assert settings.master_key_file.parent.name == team


def test_the_operator_asks_all_teams_and_watches_the_facts(operator: dict[str, str]) -> None:
    assert "no team has anything" in refused(tsunagu("forget", NOBODY, "--yes", **operator))
    watched = tsunagu("facts", "tail", "--no-follow", **operator)
    assert watched.returncode == 0, watched.stderr


def test_who_has_not_the_operators_key_watches_nothing(servers: Servers, tmp_path: Path) -> None:
    environment = servers.environment("portal")
    done = tsunagu("facts", "tail", "--no-follow", "--data", str(tmp_path), **environment)
    assert OPERATOR in refused(done)
