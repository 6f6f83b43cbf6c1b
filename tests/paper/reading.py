"""A PDF and a workbook read back, as words."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pypdfium2


def words_of_pdf(content: bytes) -> str:
    """All pages, without the spaces and line breaks of the setting."""
    document = pypdfium2.PdfDocument(content)
    pages = [document[n].get_textpage().get_text_bounded() for n in range(len(document))]
    return "".join("".join(pages).split())


def cells_of_book(content: bytes) -> list[object]:
    """Every cell that holds something, on all sheets."""
    book = openpyxl.load_workbook(BytesIO(content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"], "a sheet has no formulas"
    return [cell.value for cell in cells if cell.value not in (None, "")]
