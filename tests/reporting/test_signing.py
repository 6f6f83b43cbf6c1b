"""A closing proves itself, with a key that is ours (N-15)."""

from __future__ import annotations

from pathlib import Path

from services.reporting.domain.year import YearClosed
from services.reporting.signing import content_of, is_genuine, keys_of, sign
from tests.reporting.test_years import FIGURES, closed


def signed(key_file: Path, one: YearClosed) -> YearClosed:
    signature, key = sign(key_file, content_of("akiruno", one))
    return one.model_copy(update={"signature": signature, "key": key})


def test_a_signature_covers_figures_positions_edition_and_reason(tmp_path: Path) -> None:
    key_file = tmp_path / "key"
    key_file.write_bytes(bytes(range(32)))
    keys, genuine = keys_of(key_file), signed(key_file, closed(2, "訂正"))
    assert is_genuine("akiruno", genuine, keys)
    assert not is_genuine("tsukumo", genuine, keys)
    changed = (FIGURES[0].model_copy(update={"value": 11.0}), FIGURES[1])
    for forged in (
        *({"figures": changed}, {"heads": {"intake": 41}}, {"signature": "AA=="}),
        *({"edition": 1}, {"reason": "別の理由"}, {"content": 1}),
    ):
        assert not is_genuine("akiruno", genuine.model_copy(update=forged), keys)


def test_a_closing_of_before_edition_and_reason_were_signed_is_still_checked(
    tmp_path: Path,
) -> None:
    key_file = tmp_path / "key"
    key_file.write_bytes(bytes(range(32)))
    old = closed().model_copy(update={"content": 1})
    assert b"edition" not in content_of("akiruno", old)
    assert is_genuine("akiruno", signed(key_file, old), keys_of(key_file))


def test_whoever_signs_anew_with_another_key_is_found_out(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "key", tmp_path / "other"
    ours.write_bytes(bytes(range(32)))
    theirs.write_bytes(bytes(32))
    forged = signed(theirs, closed())
    assert not is_genuine("akiruno", forged, keys_of(ours))
    (tmp_path / "key.former").write_text(f"{forged.key}\n")
    assert is_genuine("akiruno", forged, keys_of(ours)), "a key of before the master key changed"
