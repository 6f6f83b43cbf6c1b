"""docker-compose.yml and the files beside it say the same system as `./tsunagu up`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deploy.apart import stopped
from deploy.cli import app
from deploy.embedded import Servers
from deploy.services import ROOT
from deploy.slim import canonical, needed
from deploy.teams import TEAMS


@cache
def composed() -> dict[str, Any]:
    """What the real Compose makes of the file."""
    compose = Path(sys.executable).parent / "docker-compose"
    command: list[str | Path] = [
        compose,
        "-f",
        ROOT / "docker-compose.yml",
        "--profile",
        "*",
        "config",
        "--format",
        "json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr.lower(), done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_every_team_has_a_container() -> None:
    assert set(composed()["services"]) == {
        *TEAMS, "rooms", "secrets", "roles", "postgres", "nats", "proxy", "operator"
    }  # fmt: skip


@pytest.mark.parametrize("team", TEAMS)
def test_a_container_sees_its_own_secrets_only(team: str) -> None:
    service = composed()["services"][team]
    subpaths = [
        volume["volume"]["subpath"]
        for volume in service["volumes"]
        if volume["source"] == "secrets"
    ]
    assert subpaths == [team, "public"]
    assert all(
        volume["read_only"] for volume in service["volumes"] if volume["source"] == "secrets"
    )
    signs = "TSUNAGU_TOKEN_SIGNING_KEY_FILE" in service["environment"]
    assert signs == (team == "portal")


@pytest.mark.parametrize("team", TEAMS)
def test_a_container_gets_the_settings_that_up_gives(team: str, servers: Servers) -> None:
    said = composed()["services"][team]["environment"]
    assert set(servers.environment(team)) <= set(said)
    assert said["TSUNAGU_TEAM"] == team
    assert f"/tsunagu_{team}?" in said["TSUNAGU_DATABASE_URL"]
    assert not any("password=" in value for value in said.values())


def test_nothing_but_the_proxy_is_reachable_from_outside() -> None:
    services = composed()["services"]
    assert [name for name, service in services.items() if service.get("ports")] == ["proxy"]
    assert composed()["networks"]["inside"]["internal"] is True


ROOMS = {"user": "0:0", "cap_add": ["CHOWN"]}
"""The one step as root: a fresh volume is root's, and somebody has to give it away."""


def test_every_container_runs_without_privileges() -> None:
    for name, service in composed()["services"].items():
        assert service["user"] == (ROOMS["user"] if name == "rooms" else "10001:10001"), name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["read_only"] is True, name


def test_a_capability_is_added_where_nothing_runs_without_it() -> None:
    """The file of Caddy carries one: the kernel does not run it for whoever may never have it."""
    added = {
        name: service["cap_add"]
        for name, service in composed()["services"].items()
        if service.get("cap_add")
    }
    assert added == {"rooms": ROOMS["cap_add"], "proxy": ["NET_BIND_SERVICE"]}
    assert composed()["services"]["rooms"]["network_mode"] == "none"


def waits_for_rooms(name: str) -> bool:
    """Whether the volumes are given away before this one starts."""
    before = composed()["services"][name].get("depends_on", {})
    return "rooms" in before or any(waits_for_rooms(other) for other in before)


def test_who_writes_a_volume_owns_it() -> None:
    """Nothing of the image is copied in, as root's again; and nobody writes before `rooms` ran."""
    services = composed()["services"]
    given = {volume["source"]: volume["target"] for volume in services["rooms"]["volumes"]}
    assert set(given) == set(composed()["volumes"])
    assert services["rooms"]["entrypoint"] == ["chown", "10001:10001", *given.values()]
    for name, service in services.items():
        for volume in service.get("volumes", []):
            if volume["type"] == "volume" and not volume.get("read_only"):
                assert volume["volume"] == {"nocopy": True}, (name, volume["source"])
                assert name == "rooms" or waits_for_rooms(name), name


def test_the_operator_is_called_and_has_what_all_teams_have() -> None:
    operator = composed()["services"]["operator"]
    assert operator["profiles"] == ["operator"]
    assert operator["restart"] == "no"
    assert not operator.get("ports")
    (secrets,) = operator["volumes"]
    assert (secrets["source"], secrets["read_only"]) == ("secrets", True)
    assert operator["environment"]["TSUNAGU_HOST_SECRETS"] == secrets["target"]


def test_the_proxy_knows_every_team_with_pages_of_its_own() -> None:
    caddyfile = (ROOT / "deploy" / "proxy" / "Caddyfile").read_text(encoding="utf-8")
    assert "|".join(team for team in TEAMS if team != "portal") in caddyfile
    assert "reverse_proxy portal:8000" in caddyfile


def test_the_proxy_says_of_a_stopped_service_what_the_gateway_says() -> None:
    caddyfile = (ROOT / "deploy" / "proxy" / "Caddyfile").read_text(encoding="utf-8")
    (said,) = re.findall(r"respond @away_system `(.*)` 503", caddyfile)
    assert json.loads(said) == stopped()


def test_the_steps_of_a_real_host(tmp_path: Path, servers: Servers) -> None:
    done = CliRunner().invoke(app, ["host", "secrets", str(tmp_path), "--city", "akiruno"])
    assert done.exit_code == 0, done.output
    configuration = (tmp_path / "nats" / "nats.conf").read_text(encoding="utf-8")
    assert "sync_interval: always" in configuration
    assert "$" not in configuration.replace("$JS.", "")
    assert (tmp_path / "intake" / "pgpass").read_text().startswith("*:*:*:tsunagu_intake:")
    assert (tmp_path / "intake" / "pgpass").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "operator" / "nats.seed").exists()
    # The same roles again, on a server that has them already: nothing changes, nothing fails.
    command = [
        "host",
        "roles",
        str(servers.folder.secrets),
        "--server",
        str(servers.postgres.socket),
    ]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output


def test_the_broker_is_told_the_code_of_the_city_and_not_the_name_of_its_folder(
    tmp_path: Path,
) -> None:
    city = tmp_path / "our-city"
    city.mkdir()
    (city / "city.toml").write_text('code = "tsukumo"\n', encoding="utf-8")
    secrets = tmp_path / "secrets"
    done = CliRunner().invoke(app, ["host", "secrets", str(secrets), "--city", str(city)])
    assert done.exit_code == 0, done.output
    configuration = (secrets / "nats" / "nats.conf").read_text(encoding="utf-8")
    assert "facts.tsukumo.intake.>" in configuration
    assert "our-city" not in configuration


def test_the_image_leaves_the_tools_of_developers_out() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    kept = needed(project["dependencies"])
    assert {canonical(one) for one in project["dependencies"]} <= kept
    assert {"starlette", "pynacl", "fast-depends", "h11"} <= kept
    assert not {"pytest", "mypy", "playwright", "eventsourcing", "psycopg", "ruff"} & kept


def test_the_image_holds_no_secret_and_no_data() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert ignored[0] == "*"
    assert not {"!.", "!var", "!.venv", "!.git"} & set(ignored)
    dockerfile = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    assert "USER 10001:10001" in dockerfile
    assert "--require-hashes" in dockerfile
