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
    if "TSUNAGU_DATABASE_URL" in os.environ:
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


def app_of(settings: Settings) -> FastAPI:
    """The team's service, ready to be started by its lifespan."""
    from shared.runtime.host import build

    return build(service_of(settings.team), settings)
