"""Passwords, seeds and keys: made once, in files only their owner may read, one folder per team.

<secrets>/<team>/   database.password nats.seed master.key handover.key   (portal: token.key)
                    operator and other systems: nats.seed only
<secrets>/public/   <team>.public (X25519, 32 bytes) token.pub (PEM) <team>.nkey
<secrets>/servers/  postgres.password jetstream.key
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path

import nkeys
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from deploy.teams import TEAMS, users


def _once(path: Path, make: Callable[[], bytes]) -> bytes:
    """The file's content; made when it is missing."""
    if not path.exists():
        write_once(path, make())
    return path.read_bytes()


def write_once(path: Path, content: bytes) -> None:
    """Write a secret, whole or not at all, unless it is there already."""
    if path.exists():
        return
    fresh = path.with_suffix(path.suffix + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(path)


def _password() -> bytes:
    return secrets.token_urlsafe(24).encode()


def _word() -> bytes:
    """A secret that NATS reads from a variable: it takes a leading digit for a number."""
    return f"k{secrets.token_hex(24)}".encode()


def _seed() -> bytes:
    return bytes(nkeys.encode_seed(os.urandom(32), nkeys.PREFIX_BYTE_USER))


def _raw_x25519() -> bytes:
    raw = form.Encoding.Raw, form.PrivateFormat.Raw, form.NoEncryption()
    return X25519PrivateKey.generate().private_bytes(*raw)


def _pem_ed25519() -> bytes:
    pem = form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()
    return Ed25519PrivateKey.generate().private_bytes(*pem)


def _public_x25519(private: bytes) -> bytes:
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def _public_pem(private: bytes) -> bytes:
    key = form.load_pem_private_key(private, password=None)
    return key.public_key().public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)


def _public_nkey(seed: bytes) -> bytes:
    return bytes(nkeys.from_seed(bytearray(seed)).public_key)


def ensure_secrets(folder: Path) -> None:
    """Make whatever is missing; nothing that is there is ever replaced."""
    for name in (*users(), "public", "servers"):
        (folder / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    public = folder / "public"
    _once(folder / "servers" / "postgres.password", _password)
    _once(folder / "servers" / "jetstream.key", _word)
    for team in TEAMS:
        own = folder / team
        _once(own / "database.password", _password)
        _once(own / "master.key", lambda: os.urandom(32))
        handover = _once(own / "handover.key", _raw_x25519)
        _once(public / f"{team}.public", partial(_public_x25519, handover))
    for user in users():
        seed = _once(folder / user / "nats.seed", _seed)
        _once(public / f"{user}.nkey", partial(_public_nkey, seed))
    token = _once(folder / "portal" / "token.key", _pem_ed25519)
    _once(public / "token.pub", lambda: _public_pem(token))


def read_text(path: Path) -> str:
    """A password, seed or public key as text."""
    return path.read_text(encoding="ascii").strip()
