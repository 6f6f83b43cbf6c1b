"""Who may enter, what is kept of a wrong form, and that nothing typed ever ends in a 500."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import asyncpg
import pytest
from asyncpg.exceptions._base import DataError as ClientSideDataError
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, Field, StringConstraints
from starlette.datastructures import FormData

from shared.privacy.access import Role, Staff
from shared.web.forms import MOST_FIELDS, blank, parsed
from shared.web.pages import check_routes
from shared.web.problems import is_away
from shared.web.sentences import CHOSEN
from shared.web.tokens import issue, verify
from tests.web.throwaway import PRIVATE, PUBLIC_KEY, SAME_SITE, Visit, client, token

GOOD = {"visited_on": "2026-01-05", "people": "３", "way": "home", "needs": ["home", "phone"]}


def test_a_stranger_is_sent_to_sign_in_and_comes_back(tmp_path: Path) -> None:
    answer = client(tmp_path, None).get("/x/new?a=1")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/portal/sign-in?next=%2Fx%2Fnew%3Fa%3D1"


def test_a_strange_system_is_told_before_its_body_is_read(tmp_path: Path) -> None:
    answer = client(tmp_path, None).post("/x/api/visits", content=b"{bad")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.headers["content-type"] == "application/problem+json"


def test_another_role_reads_a_calm_page(tmp_path: Path) -> None:
    answer = client(tmp_path, Role.MANAGER).get("/x/new")
    assert answer.status_code == 403
    assert "あなたの担当業務の対象ではありません" in answer.text


def test_a_route_without_a_rule_refuses_to_start() -> None:
    app, router = FastAPI(), APIRouter()
    router.add_api_route("/open", lambda: "x")
    app.include_router(router)
    with pytest.raises(RuntimeError, match="no access rule on /open"):
        check_routes(app)


def test_an_old_or_forged_token_is_nobody() -> None:
    staff, long_ago = Staff("s", "n", Role.NURSE), datetime.now(UTC) - timedelta(days=2)
    assert verify(PUBLIC_KEY, issue(PRIVATE, staff, long_ago)) is None
    assert verify(PUBLIC_KEY, token(Role.NURSE)[:-4] + "AAAA") is None


def test_a_good_form_goes_on_with_a_notice_shown_once(tmp_path: Path) -> None:
    asking = client(tmp_path)
    assert asking.post("/x/visits", data=GOOD, headers=SAME_SITE).status_code == 303
    assert "訪問を記録しました。" in asking.get("/x/new").text
    assert "訪問を記録しました。" not in asking.get("/x/new").text


def test_a_wrong_form_names_every_field_and_keeps_what_was_typed(tmp_path: Path) -> None:
    typed = {"visited_on": "あした", "people": "９９", "way": ["home", "phone"], "note": "あ" * 21}
    answer = client(tmp_path).post("/x/visits", data=typed, headers=SAME_SITE)
    assert answer.status_code == 422
    for sentence in (
        "「訪問日」は、令和8年11月23日 または 2026-11-23 のように入力してください。",
        "「世帯人数」は1から30の数字で入力してください。",
        "「方法」は1つだけにしてください。",
        "「メモ」は20文字以内で入力してください。",
        'value="あした"',
        'value="９９"',
        'href="#f-people"',
    ):
        assert sentence in answer.text


def test_a_date_is_offered_as_staff_write_it() -> None:
    form = blank(Visit, visited_on=date(2026, 11, 23))
    assert form.first("visited_on") == "令和8年11月23日"


def test_what_is_chosen_from_a_list_is_asked_to_be_chosen() -> None:
    class Choice(BaseModel):
        counter: Annotated[str, StringConstraints(min_length=1), CHOSEN] = Field(title="窓口")
        place: UUID = Field(title="場所")
        note: str = Field(title="メモ", min_length=1)

    errors = parsed(FormData([]), Choice).errors
    assert list(errors.values()) == [
        "「窓口」を選んでください。",
        "「場所」を選んでください。",
        "「メモ」を入力してください。",
    ]


def test_the_tab_says_that_something_is_wrong(tmp_path: Path) -> None:
    asking = client(tmp_path)
    assert "<title>エラー：" in asking.post("/x/visits", data={}, headers=SAME_SITE).text
    assert "<title>エラー：" not in asking.get("/x/new").text


def test_a_refusal_is_a_sentence_above_the_form(tmp_path: Path) -> None:
    answer = client(tmp_path).post("/x/visits", data=GOOD | {"people": "30"}, headers=SAME_SITE)
    assert answer.status_code == 409
    assert "3日を過ぎました。" in answer.text


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://elsewhere"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_site_cannot_send_our_forms(tmp_path: Path, headers: dict[str, str]) -> None:
    assert client(tmp_path).post("/x/visits", data=GOOD, headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/x-www-form-urlencoded", b"people=\xff%ff&note=%00x", 422),
        ("application/x-www-form-urlencoded", b"\xff\xfe&&&==", 422),
        ("application/x-www-form-urlencoded", b"note=" + b"a" * 1_100_000, 413),
        ("multipart/form-data", b"zz", 400),
        ("multipart/form-data; boundary=a", b"zz", 400),
        ("text/plain", b"zz", 422),
    ],
)
def test_odd_bodies_are_refused(tmp_path: Path, kind: str, body: bytes, status: int) -> None:
    headers = SAME_SITE | {"Content-Type": kind}
    assert client(tmp_path).post("/x/visits", content=body, headers=headers).status_code == status


def test_an_unexpected_error_shows_nothing_of_itself(tmp_path: Path) -> None:
    answer = client(tmp_path).get("/x/boom")
    assert answer.status_code == 500
    assert "秘密の言葉" not in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_system_gets_both_languages_and_the_fields(tmp_path: Path) -> None:
    bearer = {"Authorization": f"Bearer {token(Role.NURSE)}"}
    asking = client(tmp_path, None)
    problem = asking.post("/x/api/visits", json={"people": 99}, headers=bearer).json()
    assert problem["status"] == 422
    assert problem["errors"][1]["message"] == "「世帯人数」は1から30の数字で入力してください。"
    assert problem["errors"][1]["message_en"] == "世帯人数: a number from 1 to 30."
    assert asking.get("/x/api/refused/visit-unknown", headers=bearer).status_code == 404
    late = asking.get("/x/api/refused/too-late", headers=bearer)
    assert (late.status_code, late.json()["detail_en"]) == (409, "Later than day 3.")


def test_a_nul_in_the_address_is_refused_before_anything_is_looked_for(tmp_path: Path) -> None:
    for path in ("/x/new?q=a%00b", "/x/api/visits?q=%00", "/x/a%00b"):
        answer = client(tmp_path, Role.NURSE).get(path)
        assert answer.status_code == 400, path


@pytest.mark.parametrize("note", [r"\u0000", r"a\u0000b", r"\ud800", r"\\\u0000"])
def test_a_text_nobody_can_keep_is_refused_by_its_name(tmp_path: Path, note: str) -> None:
    sent = f'{{"visited_on": "2026-01-05", "people": 3, "way": "home", "note": "{note}"}}'
    problem = _sent(tmp_path, sent)
    assert (problem["status"], problem["errors"][0]["field"]) == (422, "note")
    assert "「メモ」に読み取れない文字があります" in problem["detail"]


def test_the_letters_of_an_escape_are_a_text_like_any_other(tmp_path: Path) -> None:
    sent = r'{"visited_on": "2026-01-05", "people": 3, "way": "home", "note": "\\u0000"}'
    assert _sent(tmp_path, sent)["note"] == r"\u0000"


def test_a_nul_where_no_field_is_gets_an_answer_too(tmp_path: Path) -> None:
    problem = _sent(tmp_path, r'{"needs": [{"\u0000": 1}], "x": [["\u0000"]]}')
    fields = {one["field"] for one in problem["errors"]}
    assert (problem["status"], fields) == (422, {"needs.0", "x.0.0"})


def _sent(folder: Path, body: str) -> Any:
    bearer = {"Authorization": f"Bearer {token(Role.NURSE)}", "Content-Type": "application/json"}
    return client(folder, None).post("/x/api/visits", content=body, headers=bearer).json()


def test_the_api_documents_its_problems(tmp_path: Path) -> None:
    app = client(tmp_path, Role.NURSE).app
    assert isinstance(app, FastAPI)
    answers = app.openapi()["paths"]["/x/api/visits"]["post"]["responses"]
    assert {"400", "401", "403", "404", "409", "413", "422", "503"} <= set(answers)
    assert list(answers["422"]["content"]) == ["application/problem+json"]


def test_a_store_that_is_away_promises_nothing_about_what_was_sent(tmp_path: Path) -> None:
    """The command may be stored: only the same one sent again tells (never "nothing recorded")."""
    asking = client(tmp_path)
    shown = asking.get("/x/away")
    assert shown.status_code == 503
    assert "画面を開き直してください" in shown.text
    sent = asking.post("/x/api/away", headers=SAME_SITE)
    assert (sent.status_code, sent.json()["status"]) == (503, 503)
    assert "もう一度送ってください" in sent.json()["detail"]


def test_what_was_typed_outlives_the_sign_in(tmp_path: Path) -> None:
    """No script needed: the page holds every field and sends it again."""
    typed = GOOD | {"people": "<b>３</b>", "command_id": "c-1"}
    answer = client(tmp_path, None).post("/x/visits", data=typed, headers=SAME_SITE)
    assert answer.status_code == 401
    for said in (
        "まだ記録していません",
        'action="/x/visits"',
        "&lt;b&gt;３&lt;/b&gt;",
        'name="command_id"',
    ):
        assert said in answer.text
    assert answer.text.count('name="needs"') == 2
    nothing = client(tmp_path, None).post("/x/visits", data={"command_id": "c"}, headers=SAME_SITE)
    assert nothing.status_code == 303


def test_a_month_of_many_rows_outlives_the_sign_in_too(tmp_path: Path) -> None:
    rows = {f"count_{n}": "5" for n in range(MOST_FIELDS)}
    answer = client(tmp_path, None).post("/x/visits", data=rows, headers=SAME_SITE)
    assert answer.status_code == 401
    assert answer.text.count('name="count_') == MOST_FIELDS
    too_many = rows | {"count": "5"}
    answer = client(tmp_path, None).post("/x/visits", data=too_many, headers=SAME_SITE)
    assert answer.status_code == 400
    assert "欄が多すぎます" in answer.text


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.TooManyConnectionsError("sorry, too many clients already"),
        asyncpg.DiskFullError("could not extend file"),
        asyncpg.AdminShutdownError("terminating connection"),
        asyncpg.CrashShutdownError("terminating connection"),
        asyncpg.InterfaceError("connection is closed"),
        asyncpg.IdleInTransactionSessionTimeoutError("terminating connection"),
        ConnectionRefusedError(),
    ],
)
def test_a_store_that_is_away_or_full_may_be_asked_again(error: Exception) -> None:
    assert is_away(error)


def test_a_wrong_query_argument_is_a_bug_and_asking_again_does_not_help() -> None:
    assert not is_away(ClientSideDataError("invalid input for query argument $1"))
    assert not is_away(asyncpg.NumericValueOutOfRangeError("value out of range"))
