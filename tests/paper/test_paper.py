"""PDF and Excel say the same, nothing typed becomes a command, no glyph is missing."""

from __future__ import annotations

import pytest
import typst

from shared.paper.book import book_now, spans_of
from shared.paper.paper import Drawing, Facts, Grid, Paper, Section, Signature, Story, Ticks
from shared.paper.pdf import pdf_now
from tests.paper.reading import cells_of_book, words_of_pdf

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><path d="M1 1h9"/></svg>'
EVIL = '=HYPERLINK("x") #read("/etc/passwd") $x$ *a* "]'
SHEET = Paper(
    "見本の票",
    (
        Section("第1", "はじめに"),
        Facts("ご本人", (("氏名", "髙﨑 𠮷野"), ("町名", "渕上"), ("備考", EVIL))),
        Ticks("相談内容", (("◎", "住まい"), ("", "介護"))),
        Grid("家族", ("続柄", "年齢"), (("母", "80"),), widths=(2, 1), numbers=frozenset({1})),
        Grid("空の表", ("a", "b"), ()),
        Story("希望", "一行目\n二行目"),
        Drawing("図", SVG, "母と子"),
        Signature("申込", "申し込みます。", ("本人", "代理人")),
    ),
    above=(("番号", "A-1"),),
    foot="取扱注意",
)


def test_a_character_that_no_font_has_is_printed_as_a_mark() -> None:
    """An emoji in a note kept every paper from being made."""
    note = Paper("見本", (Story("希望", "元気 \U0001f9ff と 👨\u200d👩\u200d👧 と ꚠ 𠮷"),))
    assert "元気〓と〓〓〓と〓𠮷" in words_of_pdf(pdf_now(note))


def test_the_pdf_says_everything_with_rare_kanji() -> None:
    words = words_of_pdf(pdf_now(SHEET))
    for said in (
        "見本の票",
        "髙﨑𠮷野",
        "渕上",
        "◎住まい",
        "介護",
        "母",
        "一行目二行目",
        "取扱注意",
    ):
        assert said in words
    assert "".join(EVIL.split()) in words, "what somebody wrote is printed, not run"
    assert "記録なし" in words
    assert "1/1" in words


def test_the_workbook_says_the_same() -> None:
    cells = cells_of_book(book_now(SHEET))
    assert EVIL in cells, "a text, not a formula"
    assert 80 in cells
    for said in (
        "見本の票",
        "番号：A-1",
        "髙﨑 𠮷野",
        "◎ 住まい",
        "一行目\n二行目",
        "母と子",
        "記録なし",
    ):
        assert said in cells


def test_a_drawing_without_words_is_refused() -> None:
    with pytest.raises(typst.TypstError):
        pdf_now(Paper("票", (Drawing("図", SVG, ""),)))


@pytest.mark.parametrize(
    ("columns", "widths", "expected"),
    [(2, (2, 1), [8, 4]), (3, (), [4, 4, 4]), (5, (), [2, 3, 2, 3, 2]), (14, (), [1] * 14)],
)
def test_columns_share_the_line(
    columns: int, widths: tuple[float, ...], expected: list[int]
) -> None:
    assert spans_of(Grid("", ("",) * columns, (), widths)) == expected


@pytest.mark.parametrize(
    "typed", ["楽しかった😀です", "楽しかった\x1bです", "楽しかった👩‍👩‍👧です"]
)
def test_a_character_of_no_font_leaves_the_paper_to_be_printed(typed: str) -> None:
    words = words_of_pdf(pdf_now(Paper("票", (Story("感想", typed),))))
    assert "楽しかった" in words
    assert "です" in words
