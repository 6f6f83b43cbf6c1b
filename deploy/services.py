"""From a team's name to its running app. Imports a service only when it is started."""

from __future__ import annotations

import os
import shlex
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.teams import TEAMS
from deploy.trouble import Trouble

if TYPE_CHECKING:
    from fastapi import FastAPI

    from shared.runtime.service import Service
    from shared.runtime.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "var"
HOST_SECRETS = "TSUNAGU_HOST_SECRETS"
"""The folder of `./tsunagu host secrets`, every team's in it: the operator's container has it."""


def require_team(team: str) -> None:
    """Say which services there are when this is none."""
    if team not in TEAMS:
        raise Trouble(
            f"サービス {team} はありません。{'、'.join(TEAMS)} から選んでください。",
            f"there is no service {team}; choose one of {', '.join(TEAMS)}",
        )


def service_of(team: str) -> Service:
    """`services/<team>/app.py` holds it under the team's name."""
    service: Service = getattr(import_module(f"services.{team}.app"), team)
    return service


def settings_from(environment: dict[str, str]) -> Settings:
    """Settings from `TSUNAGU_…` names and values."""
    from shared.runtime.settings import Settings

    prefix = "TSUNAGU_"
    return Settings.model_validate(
        {
            name.removeprefix(prefix).lower(): value
            for name, value in environment.items()
            if name.startswith(prefix)
        }
    )


def settings_for(team: str, data: Path) -> Settings:
    """From the environment (a container), else from the servers of `up --servers-only`."""
    if HOST_SECRETS in os.environ:
        return settings_from({**os.environ, **_on_this_host(team)})
    if "TSUNAGU_DATABASE_URL" in os.environ:
        _refuse_another_teams(team)
        return settings_from({**os.environ, "TSUNAGU_TEAM": team})
    kept = data / "run" / f"{team}.env"
    if not kept.exists():
        raise Trouble(
            f"{kept} がありません。別の端末で ./tsunagu up --servers-only を実行してください。",
            "no servers are running there; run ./tsunagu up --servers-only in another terminal",
        )
    lines = (shlex.split(line)[0] for line in kept.read_text(encoding="utf-8").splitlines() if line)
    # What the environment says beside the addresses (a log level, say) goes first.
    said = {name: value for name, value in os.environ.items() if name.startswith("TSUNAGU_")}
    return settings_from(dict(line.split("=", 1) for line in lines) | said | {"TSUNAGU_TEAM": team})


def servers_are_elsewhere() -> bool:
    """Whether the environment says where the servers are: nothing is to be started here."""
    return HOST_SECRETS in os.environ or "TSUNAGU_DATABASE_URL" in os.environ


def _refuse_another_teams(team: str) -> None:
    """A container reaches the database of its own team and no other."""
    own = os.environ.get("TSUNAGU_TEAM")
    if own != team:
        raise Trouble(
            f"ここから届くのは {own or '(TSUNAGU_TEAM なし)'} のデータベースだけです。"
            f"{team} には operator のコンテナを使ってください(deploy/README.md)。",
            f"this environment reaches the database of {own or 'no named team'} only, not of {team}"
            "; use the operator container (deploy/README.md)",
        )


def _on_this_host(team: str) -> dict[str, str]:
    """For the operator's container: every team's settings, from the folder of `host secrets`."""
    secrets = Path(os.environ[HOST_SECRETS])
    server = os.environ.get("TSUNAGU_HOST_POSTGRES", "postgres")
    own, public = secrets / team, secrets / "public"
    name = f"tsunagu_{team}"
    settings = {
        "TEAM": team,
        "DATABASE_URL": f"postgresql://{name}@/{name}?host={server}&passfile={own / 'pgpass'}",
        "NATS_SEED_FILE": str(own / "nats.seed"),
        "MASTER_KEY_FILE": str(own / "master.key"),
        "HANDOVER_KEY_FILE": str(own / "handover.key"),
        "PUBLIC_KEYS_DIR": str(public),
        "TOKEN_PUBLIC_KEY_FILE": str(public / "token.pub"),
    }
    if team == "portal":
        settings["TOKEN_SIGNING_KEY_FILE"] = str(own / "token.key")
    return {f"TSUNAGU_{name}": value for name, value in settings.items()}


def app_of(settings: Settings) -> FastAPI:
    """The team's service, ready to be started by its lifespan."""
    from shared.runtime.host import build

    return build(service_of(settings.team), settings)
