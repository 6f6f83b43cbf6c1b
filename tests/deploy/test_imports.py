"""`./tsunagu import consultations`: each row becomes a consultation, or comes back to be mended."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from deploy.commands.imports import import_list, write_beside
from shared.runtime.settings import Settings

HEADER = "受付日,窓口,相談方法,相談経路,氏名,相談内容\n"
GOOD = "令和8年4月1日,C-01,来所,本人,架空 花子,眠れない\n"
BAD = "令和8年4月2日,駅前,来所,本人,見本 太郎,家賃が払えない\n"


async def test_a_mended_error_file_is_imported_and_nothing_comes_twice(
    settings_of: Callable[[str], Settings], tmp_path: Path
) -> None:
    settings, file = settings_of("intake"), tmp_path / "april.csv"
    file.write_text(HEADER + GOOD + BAD + GOOD, encoding="cp932")
    first = await import_list(file, settings)
    assert (first.added, first.known, [row.line for row in first.errors]) == (2, 0, [3])

    beside = write_beside(file, first.errors)
    assert beside is not None
    written = beside.read_text(encoding="utf-8-sig")
    header, refused = csv.reader(written.splitlines())
    assert header[:3] == ["行", "理由", "受付日"]
    assert "見本 太郎" in refused, "the row itself, not only what is wrong with it"
    beside.write_text(written.replace("駅前,来所", "C-03,来所"), encoding="utf-8")
    mended = await import_list(beside, settings)
    assert (mended.added, mended.known, mended.errors) == (1, 0, [])

    again = await import_list(file, settings)
    assert (again.added, again.known) == (0, 2)
    assert write_beside(file, []) is None
    assert not beside.exists()
