"""A paper as PDF: Typst sets it in the Noto fonts of two wheels, tagged for screen readers
(PDF/UA-1).

Values travel as JSON in memory: never as Typst source, where a person's words could become
commands, and never through a file.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import typst

    from shared.paper.paper import Paper

_TEMPLATE = Path(__file__).parent / "paper.typ"
FONTS = ("pylopdf_fonts_jp", "noto_cjk_sans_jp_bold")
"""Packages that hold nothing but fonts. A host without Japanese fonts would print empty boxes."""

_NO_GLYPH = "could not be displayed"


async def pdf_of(paper: Paper) -> bytes:
    """Some hundredths of a second a page, beside the event loop."""
    return await asyncio.to_thread(pdf_now, paper)


def pdf_now(paper: Paper) -> bytes:
    """The same for commands and tests. Raises typst.TypstError when a drawing says nothing.

    PDF/UA-1 takes no character without a glyph (😀), but people write them: such a paper has empty
    boxes there and goes without the promise of the standard, rather than not at all.
    """
    import typst

    try:
        return _set(paper, "ua-1")
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
        return _set(paper)


def _set(paper: Paper, standard: Literal["ua-1"] | None = None) -> bytes:
    import typst

    made = typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=_fonts(),
        sys_inputs={"paper": json.dumps(asdict(paper), ensure_ascii=False, default=sorted)},
        pdf_standards=standard,
        format="pdf",
    )
    if not isinstance(made, bytes):
        raise TypeError("one PDF was expected")
    return made


@cache
def _fonts() -> typst.Fonts:
    import typst

    folders = [str(files(package)) for package in FONTS]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)
