"""A closed year's signature: with the public key one can tell that nobody changed it (N-15)."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from services.reporting.domain.year import Stated, YearClosed

_PURPOSE = b"tsunagu: closing of a fiscal year"


def content_of(
    city: str,
    fiscal_year: int,
    closed_on: date,
    figures: Sequence[Stated],
    heads: Mapping[str, int],
) -> bytes:
    """What is signed: JSON with sorted keys and no spaces, which any system can build again."""
    values = {
        "city": city,
        "fiscal_year": fiscal_year,
        "closed_on": closed_on.isoformat(),
        "figures": [one.model_dump() for one in figures],
        "heads": dict(heads),
    }
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode()


def sign(key_file: Path, content: bytes) -> tuple[str, str]:
    """Signature and public key. The private half is derived from the service's own master key, so
    there is no further secret to keep.
    """
    seed = HKDF(SHA256(), 32, None, _PURPOSE).derive(key_file.read_bytes())
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes_raw()
    return b64encode(private.sign(content)).decode(), b64encode(public).decode()


def is_genuine(city: str, closed: YearClosed) -> bool:
    """Do the figures still say what was signed?"""
    content = content_of(city, closed.fiscal_year, closed.closed_on, closed.figures, closed.heads)
    try:
        public = Ed25519PublicKey.from_public_bytes(b64decode(closed.key))
        public.verify(b64decode(closed.signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True
