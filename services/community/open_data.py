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
MUNICIPAL = (
    *(
        "全国地方公共団体コード",
        "ID",
        "地方公共団体名",
        "名称",
        "名称_カナ",
        "名称_英語",
        "名称_通称",
    ),
    *("POIコード", "所在地_全国地方公共団体コード", "町字ID", "所在地_連結表記", "所在地_都道府県"),
    *("所在地_市区町村", "所在地_町字", "所在地_番地以下", "建物名等(方書)", "緯度", "経度"),
    *(
        "電話番号",
        "内線番号",
        "連絡先メールアドレス",
        "連絡先FormURL",
        "郵便番号",
        "法人番号",
        "団体名",
    ),
    *("利用可能曜日", "開始時間", "終了時間", "利用可能日時特記事項", "説明", "バリアフリー情報"),
    *("画像", "画像_ライセンス", "URL", "備考"),
)
"""自治体標準オープンデータセット (公共施設一覧): what came after the 推奨データセット."""
OWN = (
    *("種類", "地区", "町名", "事業", "対象", "対象_詳細", "配慮", "定期の開催", "空き"),
    "最終確認日",
)
BETWEEN = "、"
"""Between several words of one cell."""


def csv_of(city: City, rows: Iterable[ResourceRow], *, municipal: bool = False) -> bytes:
    """UTF-8 with BOM, so that Excel reads it too. `municipal`: the headings of 自治体標準."""
    written = io.StringIO()
    lines = csv.writer(written)
    heads = (*(MUNICIPAL if municipal else STANDARD), *OWN)
    lines.writerow(heads)
    for row in rows:
        cells = _standard(city, row) | _own(city, row)
        if municipal:
            cells |= _municipal(city, row)
        lines.writerow([harmless(cells.get(name) or "") for name in heads])
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


def _municipal(city: City, row: ResourceRow) -> dict[str, str | None]:
    """What 自治体標準 calls otherwise, and the address from the prefecture on."""
    where = f"{city.prefecture}{city.name}"
    whole = f"{where}{row.address}" if row.address and where not in row.address else row.address
    return {
        "全国地方公共団体コード": city.government_code,
        "ID": str(row.resource_id),
        "地方公共団体名": where,
        "所在地_全国地方公共団体コード": city.government_code if row.address else None,
        "所在地_連結表記": whole,
        "所在地_都道府県": city.prefecture if row.address else None,
        "所在地_市区町村": city.name if row.address else None,
        "所在地_町字": city.label("towns", row.town) if row.town else None,
        "建物名等(方書)": row.building,
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
