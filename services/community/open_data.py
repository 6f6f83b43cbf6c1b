"""オープンデータ: published places as CSV, in the manner of the 推奨データセット 公共施設一覧.

What that list has no column for stands in columns of our own behind it, so that the same file can
be read back (`importing.py`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from services.community.domain.schedule import JAPANESE, WEEKDAYS, Schedule, said, weekdays_of
from services.community.read.directory import ResourceRow
from shared.vocabulary.city import City
from shared.vocabulary.lists import harmless

STANDARD = (
    *("都道府県コード又は市区町村コード", "NO", "都道府県名", "市区町村名", "名称", "名称_カナ"),
    *("名称_通称", "POIコード", "住所", "方書", "緯度", "経度", "電話番号", "内線番号", "法人番号"),
    *("団体名", "利用可能曜日", "開始時間", "終了時間", "利用可能日時特記事項", "説明"),
    *("バリアフリー情報", "URL", "備考"),
)
OWN = (
    *("種類", "地区", "町名", "事業", "対象", "対象_詳細", "配慮", "定期の開催", "空き"),
    "最終確認日",
)
BETWEEN = "、"
"""Between several words of one cell."""


def csv_of(city: City, rows: Iterable[ResourceRow]) -> bytes:
    """UTF-8 with BOM, so that Excel reads it too."""
    written = io.StringIO()
    lines = csv.writer(written)
    lines.writerow([*STANDARD, *OWN])
    for row in rows:
        cells = _standard(city, row) | _own(city, row)
        lines.writerow([harmless(cells.get(name) or "") for name in (*STANDARD, *OWN)])
    return written.getvalue().encode("utf-8-sig")


def _standard(city: City, row: ResourceRow) -> dict[str, str | None]:
    starts, ends = times_of(row.schedule)
    return {
        "都道府県コード又は市区町村コード": city.government_code,
        "NO": str(row.resource_id),
        "都道府県名": city.prefecture,
        "市区町村名": city.name,
        "名称": row.name,
        "名称_カナ": row.kana,
        "住所": row.address,
        "方書": row.building,
        "電話番号": row.phone,
        "団体名": row.organisation,
        "利用可能曜日": "".join(JAPANESE[WEEKDAYS.index(d)] for d in weekdays_of(row.schedule)),
        "開始時間": starts,
        "終了時間": ends,
        "利用可能日時特記事項": row.held,
        "URL": row.url,
        "備考": row.note,
    }


def _own(city: City, row: ResourceRow) -> dict[str, str | None]:
    label = city.label
    return {
        "種類": label("resource_kinds", row.kind),
        "地区": row.area,
        "町名": label("towns", row.town) if row.town else None,
        "事業": label("programmes", row.programme) if row.programme else None,
        "対象": _labels(city, "resource_targets", row.targets),
        "対象_詳細": row.target,
        "配慮": _labels(city, "resource_cares", row.cares),
        "定期の開催": said(row.schedule).replace("\n", ";"),
        "空き": label("capacity_states", row.capacity) if row.capacity else None,
        "最終確認日": row.checked_on.isoformat(),
    }


def _labels(city: City, kind: str, codes: Sequence[str]) -> str:
    return BETWEEN.join(city.label(kind, code) for code in codes)


def times_of(schedule: Schedule) -> tuple[str | None, str | None]:
    """From when to when, if every opening has the same times."""
    times = {(slot.starts, slot.ends) for slot in schedule}
    return times.pop() if len(times) == 1 else (None, None)
