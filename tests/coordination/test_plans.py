"""支援プラン on a running service: written together, agreed, compared, evaluated, shared."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx2

from shared.privacy.access import Role
from tests.coordination.test_pages import API, DAY, HERE, Office, office, post
from tests.paper.reading import cells_of_book, words_of_pdf

__all__ = ["office"]

WRITTEN: dict[str, str] = {
    "version": "0",
    "aim": "母と落ち着いて暮らす",
    "problem_1": "家計",
    "goal_1": "滞納をなくす",
    "who_1": "C-07",
    "contact_1": "見本 一郎",
    "what_1": "家計の相談",
    "about_1": "1",
    "who_2": "person",
    "what_2": "家計簿を付ける",
    "contact_desk": "C-08",
    "lead_agency": "C-01",
    "participation": "true",
    "emergency": "119番のあと窓口へ",
    "review_on": "令和9年2月23日",
}


PRINTED = ("支援プラン（初回）", "主担当", "滞納をなくす", "家計の相談", "令和9年2月23日")


async def begin(client: httpx2.AsyncClient) -> str:
    await post(client, "acceptance")
    await post(client, "consent", answer="given")
    sat = await post(client, "meetings", kind="plan-meeting", place="市役所", members=["C-07"])
    return str(sat["id"])


async def send(client: httpx2.AsyncClient, name: str, **typed: Any) -> httpx2.Response:
    sent = typed | {"command_id": str(uuid4())}
    return await client.post(f"{HERE}/plans/{name}", data=sent)


async def test_a_draft_becomes_a_plan_and_the_next_round_shows_what_changed(
    office: Office,
) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        meeting = await begin(client)
        assert (await client.get(f"{HERE}/plans/draft")).status_code == 200
        saved = await send(client, "draft", **WRITTEN)
        assert saved.status_code == 303, saved.text
        assert "見本 一郎" in (await client.get(f"{HERE}/plans/draft")).text
        agreeing = {"on": DAY, "version": "1", "meeting_id": meeting}
        without = await send(client, "agreement", **agreeing)
        assert "本人と合意したことを確かめて" in without.text
        agreed = await send(client, "agreement", **agreeing, agreed="true")
        assert agreed.status_code == 303, agreed.text
        await send(client, "draft", **WRITTEN | {"version": "1", "goal_1": "家計簿を続ける"})
        await send(client, "agreement", **agreeing | {"version": "2"}, agreed="true")
        second = (await client.get(f"{HERE}/plans/rounds/2")).text
        assert "家計 → 滞納をなくす" in second
        assert "家計 → 家計簿を続ける" in second
        assert "本人" in second
        file = (await client.get(f"{API}/plans")).json()
        assert [one["round"] for one in file["plans"]] == [2, 1]
        assert [one["field"] for one in file["plans"][0]["changed"]] == ["課題と目標 1"]
    facts = await office.store.pool.fetch("SELECT type, data FROM facts ORDER BY position")
    told = [row["type"] for row in facts]
    assert told.count("PlanAgreed") == 2
    assert not any("滞納" in row["data"].decode() for row in facts)


async def test_two_people_write_and_the_second_keeps_what_they_typed(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await begin(client)
        await send(client, "draft", **WRITTEN)
        slower = await send(client, "draft", **WRITTEN | {"aim": "ひとりで暮らす"})
        assert slower.status_code == 409
        assert "ほかの職員が変えたところ" in slower.text
        assert slower.text.count("ひとりで暮らす") == 2
        assert 'name="version" value="1"' in slower.text
        again = await send(client, "draft", **WRITTEN | {"aim": "ひとりで暮らす", "version": "1"})
        assert again.status_code == 303


async def test_a_case_is_evaluated_closed_and_talked_about_afterwards(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        meeting = await begin(client)
        sheet = {
            "goals": [{"problem": "家計", "goal": "滞納をなくす"}],
            "tasks": [{"who": "C-07", "what": "家計の相談"}],
            "contact_desk": "C-08",
            "lead_agency": "C-01",
            "review_on": "2027-02-23",
        }
        body = {"version": 0, "sheet": sheet}
        draft = await client.post(f"{API}/plans/draft", json=body)
        assert draft.status_code == 201, draft.text
        await post(client, "plans/agreement", version=1, meeting_id=meeting, agreed=True)
        row = await review(office)
        assert (str(row["next_review_on"]), row["round"]) == ("2027-02-23", 1)
        paper = await client.get(f"{HERE}/plans/rounds/1/paper.pdf")
        for said in PRINTED:
            assert said in words_of_pdf(paper.content)
        book = await client.get(f"{HERE}/plans/rounds/1/paper.xlsx")
        assert "滞納をなくす" in cells_of_book(book.content)
        assert (await client.get(f"{HERE}/plans/rounds/2/paper.pdf")).status_code == 404
        assert (await client.get(f"{HERE}/plans/evaluation")).status_code == 200
        judged = await send(client, "evaluation", on=DAY, reached_1="partly", words_1="あと少し")
        assert judged.status_code == 303, judged.text
        await _evaluated_together(client)
        ending: dict[str, Any] = {
            "reason": "roles-agreed",
            "resume_when": "滞納",
            "contact_until": "2027-09-30",
        }
        await post(client, "closure", lead_agency="C-01", **ending)
        assert (await client.get(f"{HERE}/plans/sharing")).status_code == 200
        shared = await send(client, "sharing", on=DAY, agency="C-01", note="変わりなし")
        assert shared.status_code == 303, shared.text
        shown = (await client.get(f"{HERE}/plans")).text
        for said in ("一部達成", "あと少し", "変わりなし", "令和9年9月30日"):
            assert said in shown
        assert (await review(office))["next_review_on"] is None
        assert str(await office.store.pool.fetchval("SELECT shared_on FROM cases")) == DAY


async def _evaluated_together(client: httpx2.AsyncClient) -> None:
    """4.5: the second of two sees what the first wrote; the sheet has it all."""
    more = {"changes": ["housing"], "wishes": "働きたい", "judgement": "replan"}
    typed = {"on": DAY, "reached_1": "partly", "words_1": "あと二か月"} | more
    slower = await send(client, "evaluation", **typed)
    assert slower.status_code == 409
    for said in ("ほかの職員が書いたこと: あと少し", "あと二か月", 'name="edition" value="1"'):
        assert said in slower.text
    typed["words_1"] = "あと少し。あと二か月"
    assert (await send(client, "evaluation", **typed | {"edition": "1"})).status_code == 303
    paper = await client.get(f"{HERE}/plans/evaluation/paper.pdf")
    for said in ("あと二か月", "○住まいの確保・安定", "働きたい", "再プランして継続"):
        assert said in words_of_pdf(paper.content), said
    book = await client.get(f"{HERE}/plans/evaluation/paper.xlsx")
    assert "働きたい" in cells_of_book(book.content)


async def review(office: Office) -> Any:
    return await office.store.pool.fetchrow("SELECT * FROM plan_reviews WHERE kind = 'plan'")


async def test_a_policy_is_no_plan_and_stays_with_its_members(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        await post(client, "consent", answer="refused")
        sat = await post(
            client,
            "meetings",
            kind="support-meeting",
            place="市役所",
            members=["C-07"],
            secrecy=True,
        )
        assert (await client.get(f"{HERE}/plans/policies")).status_code == 200
        asked = {"meeting_id": sat["id"], "direction": "見守る", "review_on": "2027-02-01"}
        made = await send(client, "policies", on=DAY, **asked)
        assert made.status_code == 303, made.text
        assert "見守る" in (await client.get(f"{HERE}/plans")).text
    async with office.client(Role.COUNTER, "C-07") as member:
        assert (await member.get(f"{HERE}/plans")).status_code == 409
        await member.post(f"/coordination/meetings/{sat['id']}/secrecy", data={})
        assert "見守る" in (await member.get(f"{HERE}/plans")).text
    async with office.client(Role.NURSE, "C-09") as nurse:
        assert "見守る" not in (await nurse.get(f"{HERE}/plans")).text
    async with office.client(Role.COUNTER, "C-05") as other:
        assert (await other.get(f"{HERE}/plans")).status_code == 409
    facts = await office.store.pool.fetch("SELECT type FROM facts")
    assert "PlanAgreed" not in {row["type"] for row in facts}


async def test_json_is_refused_like_the_page(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await begin(client)
        written = {"version": 0, "sheet": {"aim": "落ち着いて暮らす"}}
        assert (await client.post(f"{API}/plans/draft", json=written)).status_code == 201
        other = written | {"sheet": {"aim": "ひとりで暮らす"}}
        late = await client.post(f"{API}/plans/draft", json=other)
        assert (late.status_code, late.json()["type"].split(":")[-1]) == (409, "draft-changed")
        unknown = {"version": 1, "sheet": {"contact_desk": "X-1"}}
        refused = await client.post(f"{API}/plans/draft", json=unknown)
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "contact_desk")
        assert (await client.get(f"{API}/plans")).json()["version"] == 1


async def test_others_read_no_plan(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await begin(client)
        await send(client, "draft", **WRITTEN)
    async with office.client(Role.COUNTER, "C-05") as other:
        assert (await other.get(f"{API}/plans")).status_code == 409
        assert (await other.get(f"{HERE}/plans/rounds/1/paper.pdf")).status_code == 409
        assert (await other.get(f"{HERE}/plans/draft")).status_code == 403
        assert (await send(other, "draft", **WRITTEN)).status_code == 403
