"""The JSON Schema of every fact, at the address that the fact's own header names."""

from __future__ import annotations

from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from shared.contracts.schemas import all_facts, schema_of, schema_path
from shared.privacy.access import PUBLIC
from shared.web.pages import Api

contracts = Api("portal", prefix="/contracts")


# For everybody: a schema says how facts are written and holds no data, and the tools that follow
# the header know no sign-in.
@contracts.get("/{team}.{fact}.json", rule=PUBLIC, name="contract")
async def show_schema(team: str, fact: str) -> JSONResponse:
    """One contract. It only grows, so an old copy of it stays right."""
    found = all_facts().get(f"{team}.{fact}")
    if found is None:
        raise HTTPException(404)
    return JSONResponse(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": schema_path(team, fact),
            **schema_of(found),
        },
        headers={"cache-control": "public, max-age=3600"},
        media_type="application/schema+json",
    )
