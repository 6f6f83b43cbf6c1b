"""Links to a survey: they name an invitation and prove themselves, so none has to be stored."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from pathlib import Path
from uuid import UUID

_PURPOSE = b"tsunagu: link to a survey"
_PROOF = 16


def token_of(key_file: Path, round_id: UUID, invitation_id: UUID) -> str:
    """What stands in the link: 64 characters that only we can make."""
    named = round_id.bytes + invitation_id.bytes
    return urlsafe_b64encode(named + _proof(key_file, named)).decode()


def read_token(key_file: Path, token: str) -> tuple[UUID, UUID] | None:
    """Round and invitation, None for a link that we did not make."""
    try:
        raw = urlsafe_b64decode(token.encode())
    except ValueError:
        return None
    named, proof = raw[:32], raw[32:]
    if len(named) != 32 or not hmac.compare_digest(proof, _proof(key_file, named)):
        return None
    return UUID(bytes=named[:16]), UUID(bytes=named[16:])


def _proof(key_file: Path, named: bytes) -> bytes:
    return hmac.new(key_file.read_bytes(), _PURPOSE + named, sha256).digest()[:_PROOF]
