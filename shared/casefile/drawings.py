"""ジェノグラム and エコマップ of a page as pictures for a paper: the same markup, a file each."""

from __future__ import annotations

from fastapi import Request

from shared.casefile.family import Family
from shared.web.render import Web


def drawings_of(request: Request, family: Family) -> tuple[str, str]:
    """Genogram and ecomap."""
    web: Web = request.app.state.web
    genogram = web.environment.get_template("genogram.html").module
    ecomap = web.environment.get_template("ecomap.html").module
    drawn = str(genogram.drawn(family.drawing, family.size))  # type: ignore[attr-defined]  # a macro
    mapped = str(ecomap.mapped(family.map))  # type: ignore[attr-defined]  # a macro
    return _alone(drawn), _alone(mapped)


def _alone(svg: str) -> str:
    own = 'xmlns="http://www.w3.org/2000/svg" font-family="Noto Sans JP"'
    return svg.replace("<svg ", f"<svg {own} ", 1)
