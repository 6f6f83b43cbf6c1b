"""A sealed box: anyone may close it for a receiver, only the receiver opens it.

X25519 with a key of its own for each message, HKDF-SHA256, AES-256-GCM. The bound data (`aad`) says
what the box is for (hand-over id, receiver, case), so a box cannot be passed off as another one.
"""

from __future__ import annotations

from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_V1 = b"\x01"
_PUBLIC = 32
_NONCE = bytes(12)  # each message has its own key, so the nonce need not vary


class Unsealable(Exception):
    """Not for us, not for this purpose, or damaged on the way."""


def keypair() -> tuple[bytes, bytes]:
    """(private, public), 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public half of a private key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def bound(handover_id: UUID, to_team: str, case_id: UUID) -> bytes:
    """What the box of a hand-over is for: it opens under no other id, receiver or case."""
    return handover_id.bytes + case_id.bytes + to_team.encode()


def seal(public: bytes, plain: bytes, aad: bytes) -> bytes:
    """Close a box for the owner of `public`."""
    once = X25519PrivateKey.generate()
    sender = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    return _V1 + sender + _cipher(shared, sender, public).encrypt(_NONCE, plain, aad)


def open_sealed(private: bytes, sealed: bytes, aad: bytes) -> bytes:
    """What is in a box that was closed for us."""
    sender, box = sealed[1 : 1 + _PUBLIC], sealed[1 + _PUBLIC :]
    if sealed[:1] != _V1 or len(sender) != _PUBLIC:
        raise Unsealable("not a sealed box")
    mine = X25519PrivateKey.from_private_bytes(private)
    try:
        shared = mine.exchange(X25519PublicKey.from_public_bytes(sender))
        public = mine.public_key().public_bytes_raw()
        return _cipher(shared, sender, public).decrypt(_NONCE, box, aad)
    except (InvalidTag, ValueError):
        raise Unsealable("not for this receiver or not for this purpose") from None


def _cipher(shared: bytes, sender: bytes, receiver: bytes) -> AESGCM:
    kdf = HKDF(SHA256(), 32, salt=sender + receiver, info=b"tsunagu sealed box 1")
    return AESGCM(kdf.derive(shared))
