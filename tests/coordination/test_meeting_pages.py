"""会議 on screen: called, members confirmed, held, tasks done; sealed material stays sealed."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx2

from shared.privacy.access import Role
from tests.coordination.examples import CASE
from tests.coordination.test_pages import DAY, HERE, Office, office, post
from tests.paper.reading import cells_of_book, words_of_pdf

__all__ = ["office"]

LIST = "/coordination/meetings"
PLANNED: dict[str, Any] = {
    "planned_on": "令和8年11月30日",
    "place": "市役所3階",
    "rules": "会議設置要綱",
    "cases": [str(CASE)],
}


async def send(client: httpx2.AsyncClient, path: str, /, **typed: Any) -> httpx2.Response:
    return await client.post(f"{LIST}{path}", data={"command_id": str(uuid4())} | typed)


async def called(client: httpx2.AsyncClient, kind: str, **more: Any) -> str:
    made = await send(client, "", **PLANNED | {"kind": kind} | more)
    assert made.status_code == 303, made.text
    return str(made.headers["location"].removeprefix(LIST).split("?")[0])


MINUTES: dict[str, Any] = {
    "on": DAY,
    "place": "市役所3階",
    "rules": "会議設置要綱",
    "members": ["C-08", "C-01"],
    "case_1": str(CASE),
    "talked_1": "true",
    "report_1": "近所の方の話",
    "outcome_1": "訪問する",
    "task_what_1": "電話で様子を聞く",
    "task_case_1": str(CASE),
    "task_agency_1": "C-01",
    "task_due_1": "2026-12-01",
    "lack_kind_1": "food",
    "lack_case_1": str(CASE),
}


async def test_a_meeting_from_the_call_to_the_last_task(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        refused = await send(client, "", **PLANNED | {"kind": "plan-meeting"})
        assert refused.status_code == 409
        assert "令和8年11月30日" in refused.text
        await post(client, "consent", answer="given")
        meeting = await called(client, "plan-meeting")
        proposed = (await client.get(f"{LIST}{meeting}")).text
        assert "紹介元" in proposed, "the referrer is proposed with the reason"
        assert (await send(client, f"{meeting}/members", agencies=["C-01"])).status_code == 303
        half = await send(client, f"{meeting}/minutes", **MINUTES | {"task_due_1": ""})
        assert half.status_code == 422
        for said in ("1行目の期限を入れてください。", "近所の方の話"):
            assert said in half.text
        done = await send(client, f"{meeting}/minutes", **MINUTES)
        assert done.status_code == 303, done.text
        page = (await client.get(f"{LIST}{meeting}")).text
        for said in ("近所の方の話", "電話で様子を聞く", "食の支援"):
            assert said in page
        again = await send(client, f"{meeting}/minutes", **MINUTES)
        assert again.status_code == 303, "the same minutes twice are one"
        assert (await client.get(LIST)).status_code == 200
    facts = await office.store.pool.fetch("SELECT type, case_id, data FROM facts ORDER BY position")
    assert [row["type"] for row in facts][-2:] == ["MeetingHeld", "ResourceMissed"]
    assert facts[-1]["case_id"] is None
    assert str(CASE) not in str(facts[-1]["data"])
    await _finished(office, meeting)


async def _finished(office: Office, meeting: str) -> None:
    """Somebody of the agency says what came of the task; a stranger sees nothing."""
    task = await office.store.pool.fetchval("SELECT task_id FROM tasks")
    async with office.client(Role.COUNTER, "C-01") as member:
        assert "済みにする" in (await member.get(f"{LIST}{meeting}")).text
        assert "近所の方の話" in (await member.get(f"{LIST}{meeting}")).text, "a member reads it"
        wrong = await send(member, f"{meeting}/tasks/{task}/done", on="2027-01-01", note="話せた")
        assert wrong.status_code == 409
        assert "話せた" in wrong.text
        done = await send(member, f"{meeting}/tasks/{task}/done", on=DAY, note="話せた")
        assert done.status_code == 303
        page = (await member.get(f"{LIST}{meeting}")).text
        for said in ("済み", "話せた"):
            assert said in page
    async with office.client(Role.COUNTER, "C-05") as other:
        assert (await other.get(f"{LIST}{meeting}")).status_code == 409
        assert (await send(other, f"{meeting}/tasks/{task}/done")).status_code == 409
        assert meeting not in (await other.get(LIST)).text


async def test_a_second_persons_minutes_are_not_lost(office: Office) -> None:
    """4.7: what a colleague recorded first is shown beside what was typed; nothing is dropped."""
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        await post(client, "consent", answer="given")
        meeting = await called(client, "plan-meeting")
        await send(client, f"{meeting}/members", agencies=["C-01"])
        path = f"{meeting}/minutes"
        assert (await send(client, path, **MINUTES)).status_code == 303
        other = MINUTES | {
            "report_1": "学校の話も出た",
            "opinion_1": "様子を見る",
            "task_what_1": "学校に聞く",
        }
        slower = await send(client, path, **other)
        assert slower.status_code == 409
        for said in ("ほかの職員が書いたこと: 近所の方の話", "学校の話も出た", "学校に聞く"):
            assert said in slower.text
        assert 'name="edition" value="1"' in slower.text
        more = {"begins_at": "１４：００", "who_agency_1": "C-01", "who_name_1": "架空 太郎"}
        merged = await send(client, path, **other | more | {"edition": "1"})
        assert merged.status_code == 303, merged.text
        page = (await client.get(f"{LIST}{meeting}")).text
        for said in ("様子を見る", "学校に聞く", "電話で様子を聞く", "14:00", "太郎", "第2版"):
            assert said in page, said
        again = await send(client, path, **other | {"edition": "1", "outcome_1": "待つ"})
        assert again.status_code == 409
        assert "待つ" in again.text
        shown = (await client.get(f"{LIST}{path}")).text
        assert "架空 太郎" in shown, "to be put right once more"
        half = await send(
            client, path, **other | {"edition": "2", "who_post_1": "", "who_name_1": "誰か"}
        )
        assert "1行目の所属を入れてください。" in half.text
    await _printed(office, path, meeting)


async def _printed(office: Office, path: str, meeting: str) -> None:
    """On paper, for members; in a 重層的支援会議 also 地域づくり, with the consent."""
    async with office.client(Role.COORDINATOR, "C-08") as client:
        paper = await client.get(f"{LIST}{path}/paper.pdf")
        for said in ("学校の話も出た", "太郎", "学校に聞く", "見本"):
            assert said in words_of_pdf(paper.content)
        assert "守秘義務" not in words_of_pdf(paper.content)
        book = await client.get(f"{LIST}{path}/paper.xlsx")
        assert "様子を見る" in cells_of_book(book.content)
    async with office.client(Role.COMMUNITY, "C-01") as member:
        assert "学校の話も出た" in (await member.get(f"{LIST}{meeting}")).text
    async with office.client(Role.COUNTER, "C-05") as stranger:
        assert (await stranger.get(f"{LIST}{path}/paper.pdf")).status_code == 409


async def _not_they_themselves(office: Office, meeting: str) -> None:
    """A colleague in the same office, who did not accept secrecy, reads and loses nothing."""
    async with office.client(Role.COORDINATOR, "C-08", login="s-2") as colleague:
        for path in (f"{LIST}{meeting}", HERE):
            assert "近所の方の話" not in (await colleague.get(path)).text, "not they themselves"
        assert (await colleague.get(f"{LIST}{meeting}/minutes/paper.pdf")).status_code == 409
        assert (await colleague.get(f"{LIST}{meeting}/minutes")).status_code == 409
        late = await send(colleague, f"{meeting}/minutes", **MINUTES | {"report_1": "ちがう話"})
        assert late.status_code == 409
        assert "ちがう話" in late.text
        assert "近所の方の話" not in late.text


async def test_what_is_sealed_opens_after_the_oath_and_goes_over_with_consent(
    office: Office,
) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        await post(client, "consent", answer="refused")
        meeting = await called(client, "support-meeting")
        await send(client, f"{meeting}/members", agencies=["C-01"])
    async with office.client(Role.COUNTER, "C-01") as member:
        assert "守秘義務の確認が必要です" in (await member.get(f"{LIST}{meeting}")).text
        assert (await send(member, f"{meeting}/secrecy")).status_code == 303
        assert "守秘義務の確認が必要です" not in (await member.get(f"{LIST}{meeting}")).text
    async with office.client(Role.COORDINATOR, "C-08") as client:
        silent = await send(client, f"{meeting}/minutes", **MINUTES)
        assert silent.status_code == 409
        assert "守秘義務" in silent.text
        assert "近所の方の話" in silent.text, "what was typed is kept"
        kept = await send(client, f"{meeting}/minutes", **MINUTES | {"secrecy": "true"})
        assert kept.status_code == 303
        paper = await client.get(f"{LIST}{meeting}/minutes/paper.pdf")
        for said in ("第106条の6", "近所の方の話"):
            assert said in words_of_pdf(paper.content)
    looks = "SELECT count(*) FROM access_log WHERE basis = 'support-meeting'"
    assert await office.store.pool.fetchval(looks)
    await _not_they_themselves(office, meeting)
    async with office.client(Role.COORDINATOR, "C-07") as colleague:
        for path in (f"{LIST}{meeting}", HERE):
            assert "近所の方の話" not in (await colleague.get(path)).text
        handed = await send(colleague, f"{meeting}/material", case_id=str(CASE))
        assert handed.status_code == 409
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "consent", answer="given")
        assert (await send(client, f"{meeting}/material", case_id=str(CASE))).status_code == 303
    async with office.client(Role.COORDINATOR, "C-07") as colleague:
        for path in (f"{LIST}{meeting}", HERE):
            assert "近所の方の話" in (await colleague.get(path)).text
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "consent", answer="withdrawn")
    async with office.client(Role.COORDINATOR, "C-07") as colleague:
        assert "近所の方の話" not in (await colleague.get(HERE)).text


async def test_consent_takes_cases_off_the_agenda(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        support = await called(client, "support-meeting")
        await post(client, "consent", answer="given")
        page = (await client.get(f"{LIST}{support}")).text
        assert "同意を得たため、支援会議の議題から外れました" in page
        plan = await called(client, "plan-meeting")
        await post(client, "consent", answer="withdrawn")
        assert "同意が取り下げられたため" in (await client.get(f"{LIST}{plan}")).text
        assert (await send(client, f"{plan}/agenda", case_id=str(CASE))).status_code == 409
        assert (await send(client, f"{plan}/cancellation")).status_code == 303
        assert plan not in (await client.get(LIST)).text
        narrow = await post(
            client, "consent", answer="given", purposes=["plan"], expires_on="2026-11-23"
        )
        assert narrow["id"]
        refused = await post(
            client, "outreach-requests", status=409, errand="声をかける", basis="consent"
        )
        assert "目的に含まれていません" in str(refused)


async def test_the_same_as_json(office: Office) -> None:
    async with office.client(Role.COORDINATOR, "C-08") as client:
        await post(client, "acceptance")
        await post(client, "consent", answer="given")
        call = {"kind": "plan-meeting", "planned_on": "2026-11-30", "place": "市役所"}
        api = "/coordination/api/meetings"
        made = await client.post(api, json=call | {"cases": [str(CASE)]})
        assert made.status_code == 201, made.text
        meeting = f"{api}/{made.json()['id']}"
        assert (await client.post(f"{meeting}/members", json={"agencies": ["C-01"]})).is_success
        action = {"case_id": str(CASE), "agency": "C-01", "what": "電話", "due_on": "2026-12-01"}
        body: dict[str, Any] = {
            "on": DAY,
            "place": "市役所",
            "members": ["C-08", "C-01"],
            "cases": [{"case_id": str(CASE), "report": "話せた"}],
            "actions": [action],
        }
        unknown = body | {"missing": [{"case_id": str(CASE), "resource": "moon"}]}
        assert (await client.post(f"{meeting}/minutes", json=unknown)).status_code == 422
        assert (await client.post(f"{meeting}/minutes", json=body)).status_code == 201
        assert (await client.post(f"{meeting}/minutes", json=body)).status_code == 200
        shown = (await client.get(meeting)).json()
        assert (shown["status"], shown["cases"][0]["report"]) == ("held", "話せた")
        assert shown["actions"][0]["what"] == "電話"
    await _more_as_json(office, api, meeting)
    async with office.client(Role.COUNTER, "C-05") as other:
        assert (await other.get(meeting)).status_code == 409
        assert (await other.get(api)).json() == {"to_come": [], "held": []}


async def _more_as_json(office: Office, api: str, meeting: str) -> None:
    """What the pages can do beside minutes."""
    item, act = {"case_id": str(CASE)}, {"agency": "C-01", "what": "訪問", "due_on": "2026-12-02"}
    async with office.client(Role.COORDINATOR, "C-08") as client:
        task = await client.post(f"{meeting}/tasks", json=item | act)
        assert task.status_code == 201, task.text
        call = {"kind": "plan-meeting", "planned_on": "2026-11-30", "place": "市役所"}
        second = f"{api}/{(await client.post(api, json=call)).json()['id']}"
        assert (await client.post(f"{second}/agenda", json=item)).status_code == 201
        assert (await client.delete(f"{second}/agenda/{CASE}")).status_code == 200
        assert (await client.post(f"{second}/members", json={"agencies": ["C-01"]})).is_success
        assert (await client.post(f"{second}/secrecy")).status_code == 201
        assert (await client.post(f"{second}/excused", json={"agency": "C-01"})).is_success
        listed = (await client.get(api)).json()
        assert [len(listed["to_come"]), len(listed["held"])] == [1, 1]
        assert listed["to_come"][0]["members"] == ["C-08"]
        assert (await client.post(f"{second}/cancellation")).status_code == 201
        assert (await client.get(api)).json()["to_come"] == []
        assert (await client.post(f"{meeting}/material", json=item)).status_code == 200
    done = f"{meeting}/tasks/{task.json()['id']}/done"
    async with office.client(Role.COUNTER, "C-01") as member:
        assert (await member.post(done, json={"note": "会えた"})).status_code == 201
        actions = (await member.get(meeting)).json()["actions"]
        assert "会えた" in [one["note"] for one in actions]
