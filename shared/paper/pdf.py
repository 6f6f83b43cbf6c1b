"""A paper as PDF: Typst sets it in the Noto fonts of two wheels, tagged for screen readers
(PDF/UA-1).

Values travel as JSON in memory: never as Typst source, where a person's words could become
commands, and never through a file.
"""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import typst

    from shared.paper.paper import Paper

_TEMPLATE = Path(__file__).parent / "paper.typ"
MISSING = "〓"
"""Stands for a character that no font has."""
_JOINER, _AS_PICTURE = "\u200d", "\ufe0f"
"""They tie several emoji into one, and stand for nothing alone."""
_WITHOUT_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
FONTS = ("pylopdf_fonts_jp", "noto_cjk_sans_jp_bold")
"""Packages that hold nothing but fonts. A host without Japanese fonts would print empty boxes."""


async def pdf_of(paper: Paper) -> bytes:
    """Some hundredths of a second a page, beside the event loop."""
    return await asyncio.to_thread(pdf_now, paper)


def pdf_now(paper: Paper) -> bytes:
    """The same for commands and tests. Raises typst.TypstError when a drawing says nothing.

    PDF/UA-1 allows no character without a glyph. One that no font has (an emoji in a note, a rare
    kanji of a name) is printed as 〓, as printers have always done, and the paper comes anyway.
    With a control character in it, it goes without the promise of the standard.
    """
    import typst

    told = json.dumps(asdict(paper), ensure_ascii=False, default=sorted)
    while True:
        try:
            return _set(told)
        except typst.TypstError as error:
            unknown = _WITHOUT_GLYPH.search(str(error))
            if unknown is None:
                raise
            if unknown[1] == MISSING or unknown[1] not in told:  # a control character
                return _set(told, standard=None)
            told = told.replace(unknown[1], MISSING).replace(_JOINER, "").replace(_AS_PICTURE, "")


def _set(told: str, standard: Literal["ua-1"] | None = "ua-1") -> bytes:
    import typst

    made = typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=_fonts(),
        sys_inputs={"paper": told},
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
