"""Lists of offices as they come: every row is a slip or a sentence."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.importing import Row, read_rows, rows_of, write_errors
from services.intake.reception import Slip, wrong_codes
from shared.vocabulary.city import City

FOLDER = Path(__file__).parents[2] / "deploy" / "municipalities" / "akiruno"
SAMPLE = FOLDER / "samples" / "consultations.csv"
CITY = City.load(FOLDER)
TODAY = date(2026, 11, 23)

HEADER = "受付日,窓口,相談方法,相談経路,氏名,ふりがな,生年月日,電話,住所,世帯人数,課題,相談内容"
LINE = (
    "令和8年4月1日,C-01,電話,本人,架空　花子,かくう はなこ,S21.3.1,042-000-0100,雨間1,２人,"
    "◎債務、介護,困っている"
)
SLIP = Slip(
    counter="C-01",
    channel="phone",
    source="self",
    received_on=date(2026, 4, 1),
    household_size=2,
    issues=("debt", "care"),
    main_issue="debt",
    name="架空　花子",
    kana="かくう はなこ",
    born_on=date(1946, 3, 1),
    phone="042-000-0100",
    address="雨間1",
    content="困っている",
)


def read(*lines: str, encoding: str = "utf-8") -> list[Row]:
    return list(rows_of("\r\n".join(lines).encode(encoding), CITY, TODAY))


def problem(*lines: str) -> str:
    """What is said about the only row."""
    (row,) = read(*lines)
    assert row.slip is None
    return "。".join(row.problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_row_becomes_a_slip_in_any_encoding(encoding: str) -> None:
    (row,) = read(HEADER, LINE, encoding=encoding)
    assert row.slip == SLIP
    assert (row.line, row.problems) == (2, ())


def test_old_forms_of_kanji_stay_as_they_are_written() -> None:
    (row,) = read(HEADER, LINE.replace("架空", "髙﨑"), encoding="cp932")
    assert row.slip is not None
    assert row.slip.name == "髙﨑　花子"


def test_columns_may_have_other_names_and_another_order() -> None:
    (row,) = read(
        "内容,相談の経路,受付方法,相談窓口,受付年月日", "寒い,近隣,来所,保健福祉支援係,2026/4/1"
    )
    assert row.slip == Slip("C-08", "visit", "neighbour", date(2026, 4, 1), content="寒い")


def test_empty_lines_and_empty_last_columns_are_nothing() -> None:
    rows = read(HEADER, "", LINE + ",,", " , ,,,,,,,,,,", LINE)
    assert [(row.line, row.slip) for row in rows] == [(3, SLIP), (5, SLIP)]


def test_a_story_of_several_lines_is_one_row() -> None:
    rows = read(HEADER, LINE.replace("困っている", '"一つ、\r\n二つ, 三つ"'), LINE)
    assert [row.line for row in rows] == [2, 4]
    assert rows[0].slip is not None
    assert rows[0].slip.content == "一つ、\n二つ, 三つ"


@pytest.mark.parametrize(
    ("said", "issues", "main"),
    [
        ("家族関係・家族の問題", ("family",), None),
        ("○債務・介護負担", ("debt", "care"), None),
        ("債務、◎ごみ屋敷；DV", ("debt", "hoarding", "violence"), "hoarding"),
        ("債務、債務", ("debt",), None),
        ("◎８０５０", ("8050",), "8050"),
    ],
)
def test_issues_with_their_marks(said: str, issues: tuple[str, ...], main: str | None) -> None:
    (row,) = read(HEADER, LINE.replace("◎債務、介護", said))
    assert row.slip is not None
    assert (row.slip.issues, row.slip.main_issue) == (issues, main)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("令和8年4月1日", "", "受付日が書かれていません"),
        ("令和8年4月1日", "先月", "受付日: 日付として読めません: 先月"),
        ("令和8年4月1日", "2026-11-24", "受付日が今日より後です"),
        ("C-01", "駅前", "窓口: 「駅前」は一覧にありません"),
        ("電話", "鳩", "相談方法: 「鳩」は一覧にありません"),
        ("本人", "", "相談経路が書かれていません"),
        ("S21.3.1", "R8.4.2", "生年月日が受付日より後です"),
        ("２人", "大勢", "世帯人数: 「大勢」は1から30までの数ではありません"),
        ("２人", "０", "世帯人数: 「０」は1から30までの数ではありません"),
        ("２人", "31", "世帯人数: 「31」は1から30までの数ではありません"),
        ("２人", "1 2", "世帯人数: 「1 2」は1から30までの数ではありません"),
        ("介護", "宇宙", "課題: 「宇宙」は一覧にありません"),
        ("介護", "債務・宇宙", "課題: 「債務・宇宙」は一覧にありません"),
        ("架空　花子", "花" * 101, "氏名が長すぎます"),
        ("困っている", "困" * 10_001, "相談内容が長すぎます"),
        (",困っている", "", "列の数が11です（見出しは12）"),
        ("困っている", "困っている,余り", "列の数が13です（見出しは12）"),
        ("◎債務、介護,困っている", ",", "課題も相談内容も書かれていません"),
        (
            "C-01,電話",
            "駅前,鳩",
            "窓口: 「駅前」は一覧にありません。相談方法: 「鳩」は一覧にありません",
        ),
    ],
)
def test_what_is_wrong_is_said(old: str, new: str, said: str) -> None:
    assert problem(HEADER, LINE.replace(old, new)) == said


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "ファイルが空です"),
        (b"\xef\xbb\xbf\r\n", "ファイルが空です"),
        (b"PK\x03\x04zip", "Excelのファイルです"),
        (b"\xff\xfe\x00\x01", "文字コードがわかりません"),
        (HEADER.encode("utf-16"), "文字コードがわかりません"),
        ("こんにちは".encode(), "相談の一覧ではありません。見出しに受付日・窓口"),
        ("受付日,窓口,相談方法,相談経路,備考".encode(), "取り込めない列があります: 備考"),
        ("受付日,窓口,相談方法,相談経路,相談日".encode(), "同じ意味の見出しが2つあります"),
    ],
)
def test_a_file_that_is_no_list_is_one_problem(raw: bytes, said: str) -> None:
    (row,) = rows_of(raw, CITY, TODAY)
    assert row.slip is None
    assert row.problems[0].startswith(said)


def test_an_open_quote_ends_the_list_with_a_sentence() -> None:
    rows = read(HEADER, LINE, LINE.replace("困っている", '"困っている'))
    assert rows[0].slip == SLIP
    assert "3行目からCSVとして読めません" in rows[1].problems[0]


def test_the_same_row_has_the_same_key_however_it_is_written() -> None:
    (one,) = read(HEADER, LINE)
    (other,) = read(HEADER, LINE.replace("令和8年4月1日", "2026-04-01"), encoding="cp932")
    twice = read(HEADER, LINE, LINE)
    assert one.row_key == other.row_key == twice[0].row_key
    assert twice[1].row_key not in ("", one.row_key)
    assert "null" not in one.row_key, "a field nobody filled is not part of a row's identity"


def test_refused_rows_come_back_as_they_were_and_can_be_mended(tmp_path: Path) -> None:
    rows = read(HEADER, LINE, LINE.replace("C-01", "駅前").replace("困っている", "=1+1"))
    write_errors(tmp_path / "errors.csv", rows)
    raw = (tmp_path / "errors.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf"), "for Excel"
    header, refused = csv.reader(raw.decode("utf-8-sig").splitlines())
    assert header[:3] == ["行", "理由", "受付日"]
    assert refused[:2] == ["3", "窓口: 「駅前」は一覧にありません"]
    assert refused[-1] == "'=1+1", "no formula"
    mended = raw.replace("駅前".encode(), b"C-01", 2)
    (row,) = rows_of(mended, CITY, TODAY)
    assert row.slip is not None


def test_the_sample_has_200_rows_and_6_faults() -> None:
    rows = read_rows(SAMPLE, CITY, TODAY)
    slips = [row.slip for row in rows if row.slip]
    assert (len(rows), len(slips)) == (200, 194)
    assert all(len(row.problems) == 1 for row in rows if not row.slip)
    assert len({row.row_key for row in rows}) == 200
    days = [slip.received_on for slip in slips]
    assert (min(days), max(days)) == (date(2026, 4, 1), date(2026, 11, 20))
    assert not [field for slip in slips for field in wrong_codes(CITY, slip)]


def test_the_sample_is_as_awkward_as_real_lists() -> None:
    raw = SAMPLE.read_bytes()
    with pytest.raises(UnicodeDecodeError):
        raw.decode()
    text = raw.decode("cp932")
    assert all(word in text for word in ("髙", "﨑", "令和8年", "R8.", "2026-", "2026/", "０４２"))
    notes = {
        note
        for row in read_rows(SAMPLE, CITY, TODAY)
        if row.slip and row.slip.address
        for note in CITY.locate(row.slip.address, on=row.slip.received_on).notes
    }
    assert notes >= {"town-unknown", "area-unmapped", "outside-city", "unassigned-nurse-district"}


@given(st.binary(max_size=300))
def test_any_bytes_are_answered(raw: bytes) -> None:
    for row in rows_of(raw, CITY, TODAY):
        assert bool(row.slip) != bool(row.problems)


@given(st.lists(st.text(max_size=8), min_size=12, max_size=12))
def test_any_cells_are_answered(cells: list[str]) -> None:
    line = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    for row in rows_of(f"{HEADER}\n{line}".encode("utf-8", "replace"), CITY, TODAY):
        assert bool(row.slip) != bool(row.problems)
