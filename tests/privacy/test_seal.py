"""A sealed box opens for its receiver, for its purpose, undamaged; never otherwise."""

import pytest

from shared.privacy.seal import Unsealable, keypair, open_sealed, public_of, seal

PLAIN = "秋留 花子".encode()


def test_the_receiver_opens_it() -> None:
    private, public = keypair()
    assert public_of(private) == public
    assert open_sealed(private, seal(public, PLAIN, b"h-1"), b"h-1") == PLAIN


def test_two_boxes_with_the_same_content_differ() -> None:
    _, public = keypair()
    assert seal(public, PLAIN, b"") != seal(public, PLAIN, b"")


def test_another_receiver_or_purpose_does_not_open_it() -> None:
    private, public = keypair()
    other, _ = keypair()
    box = seal(public, PLAIN, b"h-1")
    for key, aad in ((other, b"h-1"), (private, b"h-2")):
        with pytest.raises(Unsealable):
            open_sealed(key, box, aad)


def test_any_flipped_byte_is_noticed() -> None:
    private, public = keypair()
    box = seal(public, PLAIN, b"h-1")
    for index in range(len(box)):
        damaged = box[:index] + bytes([box[index] ^ 1]) + box[index + 1 :]
        with pytest.raises(Unsealable):
            open_sealed(private, damaged, b"h-1")


@pytest.mark.parametrize("box", [b"", b"\x01", b"\x01" + bytes(32), b"\x01" + bytes(60)])
def test_rubbish_is_no_box(box: bytes) -> None:
    private, _ = keypair()
    with pytest.raises(Unsealable):
        open_sealed(private, box, b"")


def test_the_content_is_not_in_the_box() -> None:
    _, public = keypair()
    assert PLAIN not in seal(public, PLAIN, b"")
