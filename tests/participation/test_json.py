"""The JSON of participation: the decisions of the screens, for other systems."""

from __future__ import annotations

from tests.casefile.running import Client
from tests.participation.examples import PLACE
from tests.participation.sent import JSON, STABLE


async def test_the_json_does_the_same(nurse: Client) -> None:
    places = (await nurse.get("/participation/api/places", params={"words": "草花"})).json()
    assert [(one["resource_id"], one["weekdays"]) for one in places] == [(str(PLACE), ["mon"])]
    assert (await nurse.post(f"{JSON}/start")).status_code == 200
    day = "2026-11-23"
    plan = {"on": day, "menu": "hobby", "wishes": "描きたい", "goal": "教室に通う"}
    assert (await nurse.post(f"{JSON}/plan", json=plan)).status_code == 201
    match = {"on": day, "resource_id": str(PLACE)}
    assert (await nurse.post(f"{JSON}/matches", json=match)).status_code == 201
    follow_up = {"on": day, "method": "visit", "relation": "stable"}
    again = {"Idempotency-Key": "f-1"}
    for _ in range(2):
        sent = await nurse.post(f"{JSON}/followups", json=follow_up, headers=again)
        assert sent.status_code == 201
    unjudged = await nurse.post(f"{JSON}/conclusion", json=STABLE | {"judgement": ""})
    assert unjudged.json()["type"] == "urn:tsunagu:refused:judgement-missing"
    assert (await nurse.post(f"{JSON}/conclusion", json=STABLE)).status_code == 200
    opened = (await nurse.get(JSON)).json()
    assert (opened["name"], opened["followups"], opened["place"]) == ("架空 太郎", 1, "草花台会館")
    listed = (await nurse.get("/participation/api/requests?status=concluded")).json()
    assert [one["outcome"] for one in listed] == ["stable"]
    wrong = await nurse.post(f"{JSON}/plan", json=plan | {"color": "red"})
    assert wrong.status_code == 422


async def test_trials_and_contacts_as_json(nurse: Client) -> None:
    day = "2026-11-23"
    assert (await nurse.post(f"{JSON}/start")).status_code == 200
    plan = {"on": day, "menu": "hobby", "wishes": "描きたい", "goal": "教室に通う"}
    more = {"weekdays": ["mon"], "offers": [{"what": "絵の教室"}]}
    assert (await nurse.post(f"{JSON}/plan", json=plan | {"cares": ["moon"]})).status_code == 422
    assert (await nurse.post(f"{JSON}/plan", json=plan | more)).status_code == 201
    trial = {"on": day, "resource_id": str(PLACE), "result": "waiting"}
    assert (await nurse.post(f"{JSON}/trials", json=trial)).status_code == 201
    end = {"on": day, "outcome": "declined", "contact_every": "monthly"}
    assert (await nurse.post(f"{JSON}/conclusion", json=end)).status_code == 200
    [due] = (await nurse.get("/participation/api/due")).json()
    assert (due["kind"], due["on"], due["days_late"]) == ("contact", "2026-12-24", -31)
    opened = (await nurse.get(JSON)).json()
    said = ("trial_result", "tried_at", "contact_every", "contacted_on")
    assert [opened[one] for one in said] == ["waiting", "草花台会館", "monthly", None]
    contact = {"on": day, "note": "元気"}
    assert (await nurse.post(f"{JSON}/contacts", json=contact)).status_code == 201


async def test_a_system_says_which_plan_it_replaces(nurse: Client) -> None:
    assert (await nurse.post(f"{JSON}/start")).status_code == 200
    plan = {"on": "2026-11-23", "menu": "hobby", "wishes": "描きたい", "goal": "教室に通う"}
    assert (await nurse.post(f"{JSON}/plan", json=plan)).status_code == 201
    seen = (await nurse.get(JSON)).json()["plan"]["plan_id"]
    unseen = await nurse.post(f"{JSON}/plan", json=plan | {"goal": "ほかの目標"})
    assert unseen.status_code == 409
    assert unseen.json()["type"] == "urn:tsunagu:refused:plan-changed"
    again = plan | {"goal": "毎週通う", "seen": seen}
    assert (await nurse.post(f"{JSON}/plan", json=again)).status_code == 201
    older = await nurse.post(f"{JSON}/plan", json=again | {"goal": "古い版"})
    assert older.status_code == 409
    assert (await nurse.get(JSON)).json()["plan"]["goal"] == "毎週通う"
