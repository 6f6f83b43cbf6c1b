"""What may be published, and what people decided, as files and JSON for other systems."""

from __future__ import annotations

import csv
import io

from services.reporting.publishing import HIDDEN
from tests.reporting.conftest import Client
from tests.reporting.test_report_pages import REVIEW
from tests.reporting.test_years import send


async def rows_of(client: Client, use: str) -> list[dict[str, str]]:
    answer = await client.get(f"/reporting/indicators.csv?fiscal_year=2026{use}")
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))


async def test_the_published_csv_hides_what_the_published_report_hides(client: Client) -> None:
    inside, public = [await rows_of(client, use) for use in ("", "&use=public")]
    assert not [row for row in inside if HIDDEN in row.values()]
    [q02] = [row for row in public if row["番号"] == "Q-02"]
    assert (q02["内訳"], q02["年度"], q02["5月"]) == ("計", HIDDEN, HIDDEN), "and no part of it"
    places = [[row for row in rows if row["番号"] == "Q-05"] for rows in (inside, public)]
    assert places[0][0] == places[1][0], "places are no persons"
    assert not [row for row in public if row["内訳"] != "計" and row["5月"]], "no part by month"


async def test_staff_see_as_json_what_is_published(client: Client) -> None:
    where = "/reporting/api/indicators?fiscal_year=2026"
    for use, said in (("", (2, False)), ("&use=public", (None, True))):
        found = (await client.get(where + use)).json()["indicators"]
        [q02] = [one for one in found if one["id"] == "Q-02"]
        assert (q02["total"], q02["hidden"]) == said


async def test_targets_closings_and_reviews_are_told(client_in_april: Client) -> None:
    client = client_in_april
    assert (await client.get("/reporting/api/years/2026/closings")).json() == []
    where = "/reporting/indicators/Q-02/target"
    assert (await send(client, where, fiscal_year="2026", target="10")).status_code == 303
    assert (await send(client, "/reporting/reviews/2026/2", **REVIEW)).status_code == 303
    closed = await client.post("/reporting/api/years/2026/closing", json={"edition": 0})
    assert closed.status_code == 201, closed.text

    [aim] = (await client.get("/reporting/api/targets?fiscal_year=2026")).json()
    assert (aim["indicator"], aim["baseline"], aim["target"]) == ("Q-02", None, 10)
    assert (await client.get("/reporting/api/targets?fiscal_year=2026&on=2026-08-01")).json() == []
    [edition] = (await client.get("/reporting/api/years/2026/closings")).json()
    assert (edition["edition"], edition["signature"]) == (1, closed.json()["signature"])
    assert {one["indicator"]: one["value"] for one in edition["figures"]}["Q-02"] == 2
    reviews = (await client.get("/reporting/api/reviews?fiscal_year=2026")).json()
    [review] = reviews["reviews"]
    assert (review["programme"], review["label"]) == ("2", "参加支援事業")
    assert review["achieved"] == REVIEW["achieved"]
    assert reviews["reported_on"] is None
