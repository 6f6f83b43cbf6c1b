"""`./tsunagu host …`: the two steps that a real host needs once (docker-compose.yml). `restored.py`
has what it needs after a restore.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Annotated

import typer

from deploy.cities import city_named
from deploy.console import step
from deploy.servers.nats_rules import configuration
from deploy.servers.postgres import ROLES, wheel_binaries
from deploy.servers.secret_files import ensure_secrets, read_text, write_once
from deploy.teams import CITY, TEAMS, users
from deploy.trouble import Trouble

host = typer.Typer(help="本番の準備 / steps of a real host", no_args_is_help=True)
Secrets = Annotated[Path, typer.Argument(help="秘密の置き場所 / folder of the secrets")]


@host.command()
def secrets(
    folder: Secrets,
    city: Annotated[str, typer.Option(help="市のフォルダ / the city's folder")] = CITY,
    listen: Annotated[
        str, typer.Option(help="NATSの待ち受け / where NATS listens")
    ] = "0.0.0.0:4222",
    monitor: Annotated[str, typer.Option(help="NATSの監視 / NATS monitor")] = "127.0.0.1:8222",
    store: Annotated[Path, typer.Option(help="JetStreamの置き場所 / its store")] = Path("/data"),
) -> None:
    """パスワードと鍵、NATSの設定を作ります。既にあるものは変えません。/ Make what is missing."""
    code = city_named(city).code
    ensure_secrets(folder)
    for team in TEAMS:
        password = read_text(folder / team / "database.password")
        write_once(folder / team / "pgpass", f"*:*:*:tsunagu_{team}:{password}\n".encode())
    nkeys = {team: read_text(folder / "public" / f"{team}.nkey") for team in users()}
    text = configuration(nkeys, city=code, listen=listen, monitor=monitor, store=store)
    key = read_text(folder / "servers" / "jetstream.key")
    rooms = folder / "nats"
    rooms.mkdir(exist_ok=True, mode=0o700)
    written = rooms / "nats.conf"
    written.touch(mode=0o600)
    written.write_text(text.replace("$TSUNAGU_JETSTREAM_KEY", key), encoding="utf-8")
    step("秘密と設定を用意しました", f"secrets and configuration in {folder}")


@host.command()
def roles(
    folder: Secrets,
    server: Annotated[str, typer.Option(help="PostgreSQLのホスト / its host")] = "postgres",
    port: Annotated[int, typer.Option(help="ポート / port")] = 5432,
) -> None:
    """チームごとの利用者とデータベースを作ります。/ One role and one database per team."""
    psql = wheel_binaries() / "psql"
    for team in TEAMS:
        command: list[str | Path] = [
            psql,
            "-XAtq",
            "-v",
            f"team={team}",
            "-U",
            "postgres",
            "-h",
            server,
        ]
        done = subprocess.run(
            [*command, "-p", str(port), "-d", "postgres", "-f", ROLES],
            env={
                **os.environ,
                "PGPASSWORD": read_text(folder / "servers" / "postgres.password"),
                "TSUNAGU_ROLE_PASSWORD": read_text(folder / team / "database.password"),
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:] or ["?"]
            raise Trouble(f"{team} のデータベースを作れません: {last[0]}", "roles.sql failed")
    step("利用者とデータベースを用意しました", "roles and databases are there")
