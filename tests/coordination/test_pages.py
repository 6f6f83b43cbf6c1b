"""The screens and the JSON of coordination on a running service, as a coordinator uses them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest

from deploy.embedded import Servers
from services.coordination.app import coordination
from services.coordination.domain.case import case
from services.coordination.domain.escalation import take_in
from services.coordination.works import WORKS
from shared.casefile.handover import handover, receive
from shared.privacy.access import Role, Staff
from shared.runtime.clock import Clock
from shared.runtime.host import Host, build
from shared.runtime.settings import Settings
from shared.sourcing.migrate import migrate
from shared.sourcing.store import Store
from shared.sourcing.streams import Streams
from shared.web.tokens import issue
from tests.coordination.examples import CASE, HANDOVER, escalated
from tests.coordination.test_lists import COORDINATOR, PART

NOVEMBER = datetime(2026, 11, 23, 1, tzinfo=UTC)
HERE = f"/coordination/cases/{CASE}"
API = f"/coordination/api/cases/{CASE}"
DAY = "2026-11-23"
FAR = UUID(int=0xFA)


@dataclass
class Office:
    """A running service and clients of it."""

    store: Store
    client: Callable[..., httpx2.AsyncClient]
    host: Host


@pytest.fixture
async def office(servers: Servers, settings_of: Callable[[str], Settings]) -> AsyncIterator[Office]:
    settings = settings_of("coordination")
    app = build(coordination, settings, Clock(lambda: NOVEMBER))
    store: Store = app.state.host.store
    key = Path(servers.environment("portal")["TSUNAGU_TOKEN_SIGNING_KEY_FILE"]).read_bytes()

    def client(
        role: Role, agency: str, district: str | None = None, login: str = "s-1"
    ) -> httpx2.AsyncClient:
        token = issue(key, Staff(login, "見本", role, agency, district), datetime.now(UTC))
        return httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=app),
            base_url="http://localhost",
            headers={"Authorization": f"Bearer {token}"},
        )

    await migrate(settings.database_url, [coordination.migrations])
    await store.open(4)
    waiting = escalated().model_copy(update={"reasons": ("x",), "nurse_district": None})
    await Streams(store, case, COORDINATOR).act(CASE, take_in, escalated=waiting)
    await Streams(store, handover, COORDINATOR).act(HANDOVER, receive, part=PART)
    yield Office(store, client, app.state.host)
    await store.close()


async def post(
    client: httpx2.AsyncClient, path: str, /, status: int = 201, key: str = "", **asked: Any
) -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    answer = await client.post(f"{API}/{path}", json={"on": DAY} | asked, headers=headers)
    assert answer.status_code == status, answer.text
    return answer.json()


async def test_a_case_goes_from_the_waiting_list_to_the_end_and_back(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        await post(client, "application", filled_by="subject", name="架空 花子")
        await post(client, "consent", answer="given")
        sat = await post(client, "meetings", kind="plan-meeting", place="市役所", members=["C-01"])
        await post(
            client,
            "plans",
            meeting_id=sat["id"],
            problems="家計",
            goal="外に出る",
            contact_desk="C-08",
            review_on="2027-02-23",
            roles=[{"agency": "C-07", "task": "家計の相談"}],
        )
        await post(client, "outreach-requests", errand="声をかける", basis="consent")
        await post(client, "participation-requests", errand="居場所", basis="consent")
        await post(
            client,
            "closure",
            lead_agency="C-01",
            reason="roles-agreed",
            resume_when="滞納したとき",
            basis="consent",
        )
        await post(client, "resumption", reason="new-issue")
        file = (await client.get(API)).json()
        assert (file["phase"], file["round"], file["name"]) == ("open", 1, "架空 花子")
        shown = await client.get(HERE, headers={"Accept": "text/html"})
        assert shown.status_code == 200
        for text in ("架空 花子", "支援プラン（第1回）を決めました", "支援を再開しました"):
            assert text in shown.text
    sent = await office.store.pool.fetch("SELECT to_team FROM handovers ORDER BY to_team")
    assert [row["to_team"] for row in sent] == ["intake", "outreach", "participation"]
    assert await office.store.pool.fetchval("SELECT count(*) FROM access_log") >= 2


async def test_the_same_key_is_one_command(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        first = await post(client, "acceptance", key="k-1")
        assert await post(client, "acceptance", status=200, key="k-1") == first
        again = await post(client, "consent", key="k-2", answer="given")
        assert await post(client, "consent", status=200, key="k-2", answer="given") == again
        assert (await client.get(f"{API}")).json()["consent"] == "given"


async def test_bad_json_names_the_field_and_a_rule_says_why(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        wrong = await post(client, "closure", status=422, lead_agency=3)
        assert "lead_agency" in str(wrong)
        refused = await post(
            client, "application", status=409, filled_by="subject", name="架空 花子"
        )
        assert "受付を判断していない" in str(refused)
        await post(client, "acceptance")
        asked: dict[str, Any] = {"kind": "plan-meeting", "place": "市役所", "members": ["C-01"]}
        refused = await post(client, "meetings", status=409, **asked)
        assert "同意がありません" in str(refused)
        await post(client, "meetings", status=422, **asked | {"members": ["C-xx"]})


@pytest.mark.parametrize("name", sorted(WORKS))
async def test_every_form_shows_and_keeps_what_was_typed(office: Office, name: str) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        form = await client.get(f"{HERE}/{name}/new", headers={"Accept": "text/html"})
        assert form.status_code == 200, form.text
        assert WORKS[name].title in form.text
        wrong = await client.post(
            f"{HERE}/{name}",
            data={"on": "きのうのこと"},
            headers={"Accept": "text/html", "Origin": "http://localhost"},
        )
        assert wrong.status_code == 422, wrong.text
        assert "きのうのこと" in wrong.text


async def test_the_waiting_list_says_who_and_how_long(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        text = (await client.get("/coordination", headers={"Accept": "text/html"})).text
        assert "架空 花子" in text
        assert "新しい紹介" in text
        done = await client.post(
            f"{HERE}/acceptance",
            data={"on": "R8.11.23"},
            headers={"Accept": "text/html", "Origin": "http://localhost"},
        )
        assert done.status_code == 303, done.text


async def test_others_see_how_far_a_case_is_and_no_person(office: Office) -> None:
    async with office.client(Role.COUNTER, "C-05") as client:
        assert (await client.get(API)).json()["name"] is None
        listed = (await client.get("/coordination/api/cases")).json()
        assert [one["name"] for one in listed] == [None]
        assert (await client.get("/coordination/api/cases", params={"q": "花子"})).json() == []
        assert (await client.post(f"{API}/acceptance", json={"on": DAY})).status_code == 403
        page = await client.get(HERE, headers={"Accept": "text/html"})
        assert "花子" not in page.text
        assert "ケース 0001" in page.text
        assert str(CASE) not in (await client.get("/coordination")).text
    assert await office.store.pool.fetchval("SELECT count(*) FROM access_log") == 0


async def test_the_counter_that_referred_it_knows_whose_case_it_is(office: Office) -> None:
    async with office.client(Role.COUNTER, escalated().counter) as client:
        listed = await client.get("/coordination")
        assert "架空 花子" in listed.text
        shown = await client.get(HERE, headers={"Accept": "text/html"})
        assert "架空 花子" in shown.text
        assert PART.narrative is not None
        assert PART.narrative not in shown.text
    assert await office.store.pool.fetchval("SELECT count(*) FROM access_log") == 2


async def test_a_nurse_reads_the_cases_of_her_district(office: Office) -> None:
    elsewhere = escalated().model_copy(update={"case_id": FAR, "escalation_id": FAR})
    await Streams(office.store, case, COORDINATOR).act(FAR, take_in, escalated=elsewhere)
    async with office.client(Role.NURSE, "C-08", "nd-masuko") as client:
        assert (
            str(PART.narrative) in (await client.get(HERE)).text
        )  # no district: every nurse's (G-3)
        shown = await client.get(f"/coordination/cases/{FAR}")
        assert "お名前やお話は、担当する職員だけが見られます" in shown.text


async def test_what_a_support_meeting_said_is_for_its_members(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        await post(client, "consent", answer="refused")
        sat = await post(
            client,
            "meetings",
            kind="support-meeting",
            secrecy=True,
            place="市役所",
            members=["C-01"],
            report="近所の方の話",
        )
        plan: dict[str, Any] = {
            "meeting_id": sat["id"],
            "problems": "家計",
            "goal": "外に出る",
            "contact_desk": "C-08",
            "review_on": "2027-02-23",
            "roles": [{"agency": "C-07", "task": "家計の相談"}],
        }
        await post(client, "plans", status=409, **plan)
        await post(client, "consent", answer="given")
        refused = await post(client, "plans", status=409, **plan)
        assert "支援プランにできません" in str(refused)
        assert "近所の方の話" in (await client.get(HERE)).text
    async with office.client(Role.COORDINATOR, "C-07") as client:
        assert "近所の方の話" not in (await client.get(HERE)).text


async def test_who_saw_a_case_is_shown_to_those_who_answer_for_it(office: Office) -> None:
    sights = f"/coordination/sights/{CASE}"
    async with office.client(Role.COORDINATOR, "C-08") as client:
        assert "まだだれも見ていません" in (await client.get(sights)).text
        await client.get(HERE)
        seen = (await client.get(sights)).text
        assert "s-1" in seen
        assert "まだだれも見ていません" not in seen
        assert "まだ渡していません" in seen
        await post(client, "acceptance")
        await post(client, "consent", answer="given")
        await post(client, "outreach-requests", errand="声をかける", basis="consent")
        given = (await client.get(sights)).text
        assert "まだ渡していません" not in given
        assert "本人の同意" in given
        assert "声をかける" not in given
    async with office.client(Role.COUNTER, "C-05") as client:
        assert (await client.get(sights)).status_code == 403
