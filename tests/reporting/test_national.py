"""国への実績報告 (F-16): mappings that are refused, rows counted by hand, page and files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest

from services.reporting.app import reporting
from services.reporting.indicators import Memory
from services.reporting.national import faults_of, rows_of, sections_of, sources_of, together_of
from services.reporting.read.figures import figures_of
from services.reporting.read.known import NOW
from services.reporting.tables import apply_batch
from shared.bus.told import Told
from shared.runtime.host import build
from shared.runtime.settings import Settings
from shared.sourcing.log import Connection
from shared.vocabulary.city import City, CityError
from tests.othercity.folder import write_city
from tests.reporting.conftest import Client
from tests.reporting.examples import agreed, applied, met, received, tell
from tests.reporting.test_pages import page
from tests.reporting.test_years import send

AKIRUNO = Path(__file__).parents[2] / "deploy" / "municipalities" / "akiruno"
ROWS = "national_return = [\n{}\n]\n"


@pytest.fixture
def city_with(tmp_path: Path) -> Callable[..., City]:
    """つくも市 with these rows of the return."""

    def with_rows(*rows: str) -> City:
        folder = write_city(tmp_path / "tsukumo")
        lines = ",\n".join(
            f'{{ code = "{n}", label = "行", section = "甲", {row} }}' for n, row in enumerate(rows)
        )
        (folder / "national_return.toml").write_text(ROWS.format(lines), encoding="utf-8")
        return City.load(folder)

    return with_rows


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('source = "Q-99"', "0: source の Q-99 という指標はありません"),
        ('source = "Q-30", part = "issue", codes = ["x"]', "issue は Q-30 の内訳にありません"),
        ('source = "S-02", part = "counter", codes = ["w9"]', "w9 が counters.toml にありません"),
        ('source = "Q-30", part = "meeting", codes = ["x"]', "x が 内訳 meeting にありません"),
    ],
)
def test_a_mapping_to_nothing_is_refused(
    city_with: Callable[..., City], row: str, said: str
) -> None:
    [fault] = faults_of(city_with(row))
    assert said in fault
    assert fault.startswith("national_return.toml: 0: ")


def test_a_service_does_not_start_in_such_a_city(
    tmp_path: Path, city_with: Callable[..., City], settings_of: Callable[[str], Settings]
) -> None:
    city_with('source = "Q-99"')
    settings = settings_of("reporting").model_copy(update={"city_dir": tmp_path / "tsukumo"})
    with pytest.raises(CityError, match="Q-99 という指標はありません"):
        build(reporting, settings)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (['part = "counter", codes = ["w1"]'], "source が要ります"),
        (['source = "S-02", part = "counter"'], "part と codes"),
        (['source = "S-02", part = "counter", codes = ["w1", "w1"]'], "同じコードが2つ"),
        (['source = "S-02", part = "counter", codes = ["w1", "w2"]'] * 2, "w1、w2 を数えています"),
    ],
)
def test_a_city_with_a_code_in_two_rows_is_no_city(
    city_with: Callable[..., City], rows: list[str], said: str
) -> None:
    with pytest.raises(CityError, match=said):
        city_with(*rows)


def test_a_code_may_move_to_another_row_with_the_years(city_with: Callable[..., City]) -> None:
    row = 'source = "S-02", part = "counter", codes = ["w1"]'
    city = city_with(f"{row}, valid_until = 2027-03-31", f"{row}, valid_from = 2027-04-01")
    assert [[one.code for one in rows_of(city, year)] for year in (2026, 2027)] == [["0"], ["1"]]


def test_every_row_of_the_city_is_counted_from_what_is_there() -> None:
    city = City.load(AKIRUNO)
    assert list(faults_of(city)) == []
    issues = {code for row in city.national_return if row.part == "issue" for code in row.codes}
    assert issues == set(city.codes("issues")), "each local issue goes into its standard one"


def in_may() -> list[Told]:
    """Four consultations of the year, one of the year before, and what 多機関協働 did."""
    return tell(
        [
            received(counter="C-01", issues=("dementia", "illness", "poverty")),
            received(counter="C-02", issues=("illness",), age_band="75+"),
            received(counter="C-07", issues=("poverty",)),
            received(counter="C-16", issues=("something-of-old",)),
            received(date(2026, 3, 31), counter="C-01"),
            applied(),
            met("plan-meeting"),
            met("plan-meeting"),
            met("support-meeting"),
            agreed(1, participation=True),
            agreed(2),
        ]
    )


async def test_rows_are_counted_as_by_hand(db: Connection) -> None:
    city = City.load(AKIRUNO)
    async with db.transaction():
        await apply_batch(db, in_may(), Memory("C-08"))
    rows, today = rows_of(city, 2026), date(2026, 11, 23)
    found = await figures_of(db, 2026, today, sources_of(rows))
    figures = {one.definition.id: one for one in found}
    together = await together_of(db, rows, 2026, NOW)
    sections = sections_of(city, rows, figures, together, date(2027, 3, 31))
    lines = {line.row.code: line for section in sections for line in section.lines}
    assert {code: line.value for code, line in lines.items() if line.value} == {
        "1-1": 2,
        "1-4": 1,
        "1-6": 4,
        "2-3": 3,
        "2-5": 1,
        "3-01": 2,  # 認知症 and 病気 on one sheet are one consultation
        "3-09": 2,
        "4-4": 1,
        "4-5": 2,
        "4-6": 1,
        "4-7": 1,
        "4-8": 1,
        "5-1": 1,
    }
    assert lines["3-01"].counted == (("病気", 2), ("認知症", 1))
    assert lines["3-01"].overlaps
    assert lines["1-8"].value is None, "by hand, and no zero"
    nowhere = {(one.code, one.value) for section in sections for one in section.unmapped}
    assert {("C-16", 1), ("something-of-old", 1), ("C-09", 0)} <= nowhere
    then = await together_of(db, rows, 2026, UUID(int=1))
    assert then["3-01"] == 1, "as it was known when the first was told"


async def test_every_figure_opens_to_as_many_facts(client: Client) -> None:
    told = (await client.get("/reporting/api/return?fiscal_year=2026")).json()
    counted = [row for row in told["rows"] if row["value"]]
    assert {row["code"]: row["value"] for row in counted} == {
        "1-1": 1,
        "1-5": 2,
        "1-6": 3,
        "2-3": 3,
        "4-4": 1,
        "4-5": 1,
        "4-6": 1,
        "4-7": 1,
        "4-8": 1,
        "5-1": 1,
        "5-2": 1,
        "5-3": 2,
        "6-1": 1,
        "6-2": 1,
    }
    for row in counted:
        dim = f"{row['part']}:{','.join(row['codes'])}" if row["part"] else ""
        path = f"/reporting/api/indicators/{row['indicator']}/facts?fiscal_year=2026&dim={dim}"
        facts = (await client.get(path)).json()
        if row["indicator"] != "Q-05":  # a stock opens to what changed in the year
            assert facts["total"] == row["value"] == sum(one["number"] for one in facts["facts"])
    assert {one["code"] for one in told["unmapped"] if one["value"]} == {
        *("i05", "i09", "planned", "started"),
    }


async def test_the_page_says_where_a_number_comes_from(client: Client) -> None:
    text = await page(client, "/reporting/return?fiscal_year=2026")
    for said in (
        "手で記入",
        "Q-31（定義 第1版）",
        "報告のどの行にも入っていないコード",
        "多機関協働 0まで",
    ):
        assert said in text
    assert "/reporting/indicators/S-02?fiscal_year=2026&amp;dim=issue%3Aillness%2Cdementia" in text
    assert '"/reporting/return?fiscal_year=2026"' in await page(client, "/reporting")
    opened = await page(client, "/reporting/indicators/S-02?dim=issue:i05,i09")
    assert "課題の種類: i05、i09" in opened
    assert "2 件の記録、合計 2 件" in opened
    empty = await page(client, "/reporting/return?fiscal_year=2024")
    assert "様式は、市の設定" in empty
    then = await page(client, "/reporting/return?fiscal_year=2026&on=2026-08-01")
    assert "令和8年8月1日までに記録されたもの" in then


async def test_the_files_hold_the_same(client: Client) -> None:
    answer = await client.get("/reporting/return.csv?fiscal_year=2026")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    by_code = {row["番号"]: row for row in rows}
    assert (by_code["4-5"]["数"], by_code["4-5"]["もとの指標"]) == ("1", "Q-30")
    assert (by_code["1-8"]["数"], by_code["1-8"]["もとの指標"]) == ("", "手で記入")
    assert {"項目": "報告のどの行にも入っていないコード", "数": "2"}.items() <= rows[
        -1
    ].items() or [row for row in rows if row["数えたコード"] == "i05"]
    answer = await client.get("/reporting/return.xlsx?fiscal_year=2026")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["実績報告", "入っていないコード"]
    cells = {row[1]: row[3] for row in book["実績報告"].iter_rows(min_row=2, values_only=True)}
    assert (cells["1-6"], cells["4-4"], cells["7-5"]) == (3, 1, None)


async def test_a_closed_year_says_so_and_what_it_was_closed_with(client_in_april: Client) -> None:
    await send(client_in_april, "/reporting/years/2026/closing", edition="0")
    text = await page(client_in_april, "/reporting/return?fiscal_year=2026")
    assert "令和8年度は令和9年4月10日に締めました（第1版）" in text
    assert "/reporting/return?fiscal_year=2026&amp;on=2027-04-10" in text
    assert "。締めた値は 1<" in text
    told = (await client_in_april.get("/reporting/api/return?fiscal_year=2026")).json()
    assert (told["closed_on"], told["edition"]) == ("2027-04-10", 1)
