"""`./tsunagu import places`: each row becomes an entry, or comes back to be mended."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from deploy.commands.import_places import import_places, write_beside
from shared.runtime.settings import Settings

LIST = "NO,名称,種類,緯度,定期の開催\n1,みどり会館,salon,35.7,毎週火曜\n2,あおぞら,城,,ときどき\n"


async def test_a_mended_error_file_is_imported_and_nothing_comes_twice(
    settings_of: Callable[[str], Settings], tmp_path: Path
) -> None:
    settings, file = settings_of("community"), tmp_path / "places.csv"
    file.write_text(LIST, encoding="cp932")
    first = await import_places(file, settings)
    assert (first.counts, first.left_out) == ({"new": 1}, ["緯度"])

    beside = write_beside(file, first.errors)
    assert beside is not None
    written = beside.read_text(encoding="utf-8-sig")
    header, refused = csv.reader(written.splitlines())
    assert header[:3] == ["行", "理由", "NO"]
    assert refused[0] == "3"
    assert "種類: 「城」は一覧にありません。ときどきは" in refused[1]
    beside.write_text(
        written.replace("城,", "hobby,").replace(",ときどき", ",木"), encoding="utf-8"
    )
    mended = await import_places(beside, settings)
    assert (mended.counts, mended.errors) == ({"new": 1}, [])
    assert write_beside(beside, []) is None

    again = await import_places(file, settings)
    assert again.counts == {"same": 1}
    assert write_beside(file, []) is None
    assert not beside.exists()
