"""`verify` holds texts against the sheets they stand in, and closings against their signatures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import services.reporting
from deploy.verifying.words import KINDS, Signing, check_closings
from services.reporting import published
from services.reporting.domain.year import Year, YearClosed, year, year_stream
from services.reporting.indicators import COMPUTED
from services.reporting.signing import keys_of
from shared.privacy.keys import SubjectKeys
from shared.sourcing.log import Origin
from shared.sourcing.migrate import migrate
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams
from tests.reporting.test_signing import signed
from tests.reporting.test_verify import MASTER, City, bad, city
from tests.reporting.test_years import closed

__all__ = ["city"]
TEXTS = ("reporting", "文章は最後の様式のとおり")


def test_every_indicator_in_words_is_read_a_second_time() -> None:
    assert set(KINDS) == {one.id for one in COMPUTED if one.kind != "number"}


async def test_a_text_that_nobody_wrote_is_found(city: City) -> None:  # the fixture
    report = await city.examine()
    [words] = [one for one in report.findings if one.check == TEXTS[1]]
    assert words.ok
    assert not words.detail.startswith("0 "), "there is something to compare"
    await city.do(
        "reporting",
        "UPDATE observations SET note = 'ほかの文' WHERE indicator = 'Q-16' AND note IS NOT NULL",
    )
    assert bad(await city.examine()) == [TEXTS]


@pytest.mark.parametrize(
    ("ours", "city_code", "ok"),
    [(True, "akiruno", True), (False, "akiruno", False), (True, "x", False)],
)
async def test_a_closing_is_held_against_our_key(
    new_database: Callable[..., str], tmp_path: Path, ours: bool, city_code: str, ok: bool
) -> None:
    key_file, other = tmp_path / "key", tmp_path / "other"
    key_file.write_bytes(bytes(range(32)))
    other.write_bytes(bytes(32))
    url = new_database("reporting")
    await migrate(url, [Path(services.reporting.__file__).parent / "migrations"])
    store = await Store(url, published.tell, SubjectKeys(MASTER)).open()
    stored = signed(key_file, closed())

    def happened(_state: Year) -> list[YearClosed]:
        return [stored]

    await Streams(store, year, Origin("tester")).act(year_stream(2025), happened)
    keys = keys_of(key_file if ours else other)
    async with store.pool.acquire() as db:
        found = await check_closings(db, Signing(city_code, keys))
        assert found.ok is ok
        if not ok:
            assert "年度第1版" in found.detail
        assert not (await check_closings(db, Signing(city_code, frozenset()))).ok, "no key, no word"
    await store.close()
