"""窓口の記録 comes with the hand-over, for those who see the person, and goes with them (K-03)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import httpx2

from shared.casefile.handover import handover, receive
from shared.privacy.access import Role
from shared.sourcing.streams import Streams
from shared.vocabulary.counter_file import (
    CounterFile,
    WrittenAssessment,
    WrittenMember,
    WrittenSheet,
    WrittenTie,
)
from tests.coordination.examples import CASE, TODAY, uid
from tests.coordination.test_lists import COORDINATOR, PART
from tests.coordination.test_pages import API, HERE, Office, office
from tests.paper.reading import words_of_pdf

__all__ = ["office"]

FILE = CounterFile(
    sheet=WrittenSheet(
        counter="C-01",
        channel="visit",
        source="family",
        topics=("income",),
        name="架空 花子",
        content="家賃が払えない",
        visitor_name="架空 次郎",
        visitor_relation="長男",
    ),
    members=(
        WrittenMember(
            member_id=UUID(int=1), relation="son", name="架空 太郎", born_on=date(1980, 1, 1)
        ),
    ),
    ties=(WrittenTie(tie_id=UUID(int=2), kind="strong", who="となりの家の方"),),
    assessment=WrittenAssessment(edition=2, assessed_on=TODAY, answers={"health": "膝が痛む"}),
)
TOLD = ("架空 次郎", "架空 太郎", "となりの家の方", "膝が痛む")


async def handed(office: Office, file: CounterFile | None = FILE) -> None:
    part = PART.model_copy(update={"handover_id": uid(0xF9), "file": file})
    await Streams(office.store, handover, COORDINATOR).act(uid(0xF9), receive, part=part)


async def text(client: httpx2.AsyncClient, name: str) -> str:
    response = await client.get(f"{HERE}/papers/{name}.pdf")
    assert response.status_code == 200, response.text
    return words_of_pdf(response.content)


async def test_what_the_counter_wrote_is_on_the_case(office: Office) -> None:
    """Page, JSON and paper; drawn, and never for those who only see how far a case is."""
    await handed(office)
    async with office.client(Role.COORDINATOR, "C-08") as client:
        page = (await client.get(HERE)).text
        assert [word for word in TOLD if word not in page] == []
        assert "<svg" in page
        kept = (await client.get(API)).json()["counter_file"]
        assert CounterFile.model_validate(kept) == FILE
        printed = await text(client, "reception")
        assert "架空次郎" in printed
        assert "自署" in printed
        assert "膝が痛む" in await text(client, "assessment")
        assert (await client.get(f"{HERE}/papers/reception.xlsx")).status_code == 200
    async with office.client(Role.COUNTER, "C-05") as other:
        page = (await other.get(HERE)).text
        assert [word for word in TOLD if word in page] == []
        assert (await other.get(API)).json()["counter_file"] is None
        assert (await other.get(f"{HERE}/papers/reception.pdf")).status_code == 409


async def test_the_sheet_to_sign_is_there_without_a_file(office: Office) -> None:
    """T-02: handed on before, or told by outreach: what is known is filled in."""
    async with office.client(Role.COORDINATOR, "C-08") as client:
        assert "架空花子" in await text(client, "reception")
        assert "家族の意向" in await text(client, "assessment")
        assert (await client.get(API)).json()["counter_file"] is None


async def test_who_is_forgotten_takes_the_file_along(office: Office) -> None:
    await handed(office)
    await office.store.forget(CASE)
    async with office.client(Role.COORDINATOR, "C-08") as client:
        page = (await client.get(HERE)).text
        assert [word for word in TOLD if word in page] == []
        assert (await client.get(API)).json()["counter_file"] is None
