"""Settings of one service, from the environment (`TSUNAGU_…`). The only reader of the environment
in the services.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.bus.outside import OUTSIDE

ROOT = Path(__file__).resolve().parents[2]


class Settings(BaseSettings):
    """Where a service finds its database, its broker, its keys and its city."""

    model_config = SettingsConfigDict(env_prefix="TSUNAGU_", extra="ignore")

    team: str
    database_url: str
    nats_url: str = "nats://127.0.0.1:4222"
    nats_seed_file: Path | None = None
    """NKey seed of this service's NATS user; None only for a broker without accounts."""
    stream_replicas: int = 1
    master_key_file: Path
    """32 bytes that wrap the subjects' keys; kept outside PostgreSQL and its backups."""
    handover_key_file: Path | None = None
    """X25519 private key that opens hand-overs sealed to this service."""
    public_keys_dir: Path | None = None
    """One `<team>.public` per team: the keys hand-overs are sealed to."""
    token_public_key_file: Path
    """Ed25519 public key that verifies the portal's sign-in tokens."""
    token_signing_key_file: Path | None = None
    """Ed25519 private key; the portal alone has it."""
    accounts_file: Path | None = None
    """Where the portal writes the first sign-ins (0600); the portal alone has it."""
    city_dir: Path = ROOT / "deploy" / "municipalities" / "akiruno"
    readers: int = 6
    """Read connections to PostgreSQL."""
    smtp: str = Field("", pattern=r"^(\S+:\d{1,5})?$")
    """host:port of the city's mail server; empty: nobody is told by mail (F-24)."""
    smtp_starttls: bool = False
    smtp_user: str = ""
    smtp_password_file: Path | None = None
    notices_from: str = "tsunagu@localhost"
    """Sender of the notices."""
    site: str = ""
    """The address people open, for the way to the page: https://…"""
    outside: str = OUTSIDE
    """Names of the other systems that read facts, with commas between (docs/integrators.md)."""
    log_level: str = "INFO"
