"""What every API route may answer besides its own: RFC 9457 problem details, said in OpenAPI."""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string"}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "title_en", "detail_en", "errors"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "title_en": _TEXT,
        "detail_en": _TEXT,
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message", "message_en"],
                "properties": {"field": _TEXT, "message": _TEXT, "message_en": _TEXT},
            },
        },
    },
}
_WHY = {
    400: "The request cannot be read.",
    401: "No valid token.",
    403: "The role does not include this.",
    404: "There is nothing under this id.",
    409: "Not possible in the present state, or somebody was quicker.",
    413: "The body is too large.",
    422: "A field is wrong; `errors` names it. Or the Idempotency-Key was used for another body.",
    503: "The store cannot be reached. Nothing was recorded.",
}

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": why,
        "content": {"application/problem+json": {"schema": _PROBLEM}},
    }
    for status, why in _WHY.items()
}
