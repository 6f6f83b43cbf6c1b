"""A closed year's signature: with the public key one can tell that nobody changed it (N-15)."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Collection
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.reporting.domain.year import YearClosed

_PURPOSE = b"tsunagu: closing of a fiscal year"


def content_of(city: str, closed: YearClosed) -> bytes:
    """What is signed: JSON with sorted keys and no spaces, which any system can build again."""
    values: dict[str, Any] = {
        "city": city,
        "fiscal_year": closed.fiscal_year,
        "closed_on": closed.closed_on.isoformat(),
        "figures": [one.model_dump() for one in closed.figures],
        "heads": dict(closed.heads),
    }
    if closed.content >= 2:
        values |= {"content": 2, "edition": closed.edition, "reason": closed.reason}
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode()


def sign(key_file: Path, content: bytes) -> tuple[str, str]:
    """Signature and public key. The private half is derived from the service's own master key, so
    there is no further secret to keep.
    """
    private = _private(key_file)
    return b64encode(private.sign(content)).decode(), _public(private)


def keys_of(key_file: Path) -> frozenset[str]:
    """Ours, and those of before the master key was changed: one public key a line in the file
    beside it that is called like it and `.former`.
    """
    former = key_file.with_name(f"{key_file.name}.former")
    listed = former.read_text().split() if former.exists() else ()
    return frozenset({_public(_private(key_file)), *listed})


def is_genuine(city: str, closed: YearClosed, keys: Collection[str]) -> bool:
    """Did one of our keys sign what it says? The key in the event alone proves nothing: whoever can
    change the figures can sign them anew and put another key beside them.
    """
    if closed.key not in keys:
        return False
    try:
        public = Ed25519PublicKey.from_public_bytes(b64decode(closed.key))
        public.verify(b64decode(closed.signature), content_of(city, closed))
    except (InvalidSignature, ValueError):
        return False
    return True


def _private(key_file: Path) -> Ed25519PrivateKey:
    seed = HKDF(SHA256(), 32, None, _PURPOSE).derive(key_file.read_bytes())
    return Ed25519PrivateKey.from_private_bytes(seed)


def _public(private: Ed25519PrivateKey) -> str:
    return b64encode(private.public_key().public_bytes_raw()).decode()
