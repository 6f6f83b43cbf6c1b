"""Lists with dates, and folders that are no city."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from shared.vocabulary.city import City, CityError
from tests.vocabulary.test_akiruno import FOLDER

CHANNELS = """
channels = [
  {{ code = "phone", label = "電話" }},
  {{ code = "fax", label = "ファクス", valid_until = 2026-09-30 }},
  {{ code = "online", label = "テレビ電話", valid_until = 2026-09-30 }},
  {{ code = "online", label = "オンライン", valid_from = 2026-10-01 }},
  {more}
]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of Akiruno, to be spoilt."""
    shutil.copytree(FOLDER, tmp_path / "city")
    return tmp_path / "city"


def channels(folder: Path, more: str = "") -> City:
    (folder / "channels.toml").write_text(CHANNELS.format(more=more), encoding="utf-8")
    return City.load(folder)


def fault(folder: Path, name: str, old: str, new: str) -> str:
    """What is said after a change to one file."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CityError) as said:
        City.load(folder)
    return str(said.value)


def test_a_form_offers_what_holds_on_the_day(folder: Path) -> None:
    city = channels(folder)
    assert city.codes("channels", date(2026, 9, 30)) == ("phone", "fax", "online")
    assert city.codes("channels", date(2026, 10, 1)) == ("phone", "online")


def test_an_old_record_keeps_its_word(folder: Path) -> None:
    city = channels(folder)
    assert city.label("channels", "fax") == "ファクス"
    assert city.label("channels", "online") == "オンライン"
    assert city.label("channels", "dove") == "dove", "unknown, and visible"


def test_a_list_has_each_code_once(folder: Path) -> None:
    assert channels(folder).codes("channels") == ("phone", "fax", "online")


def test_what_somebody_wrote_is_found(folder: Path) -> None:
    city = channels(folder, '{ code = "mail", label = "メール", aliases = ["Ｅ－ｍａｉｌ"] },')
    assert city.find("channels", "e-mail") == "mail"
    assert city.find("channels", "ﾒｰﾙ") == "mail"
    assert city.find("channels", "PHONE") == "phone"
    assert city.find("channels", "鳩") is None


def test_a_town_may_change_its_nurse(folder: Path) -> None:
    file = folder / "towns.toml"
    before = (
        '{ code = "ina", label = "伊奈", '
        'catchment = "ca-itsukaichi", nurse_district = "nd-masuko" }'
    )
    after = (
        before.replace(" }", ", valid_until = 2027-03-31 }")
        + ",\n"
        + before.replace("nd-masuko", "nd-itsukaichi").replace(" }", ", valid_from = 2027-04-01 }")
    )
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    city = City.load(folder)
    assert city.locate("伊奈1", on=date(2027, 3, 31)).nurse_district == "nd-masuko"
    assert city.locate("伊奈1", on=date(2027, 4, 1)).nurse_district == "nd-itsukaichi"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("towns.toml", '"nd-masuko"', '"nd-nowhere"', ("towns.toml: yamada", "nd-nowhere")),
        (
            "counters.toml",
            'operator = "委託"',
            "operator = 5",
            ("counters.toml: C-01: operator",),
        ),
        ("counters.toml", 'label = "生活・就労相談窓口", ', "", ("counters.toml: C-07: label",)),
        ("sources.toml", 'code = "family"', 'code = "self"', ("sources.toml: self", "2つ")),
        ("channels.toml", '"ＴＥＬ"', '"訪問"', ("channels.toml: home-visit", "phone")),
        ("reasons.toml", 'code = "gap"', 'code = "gap", colour = "red"', ("gap: colour",)),
        ("issues.toml", 'parent = "illness"', 'parent = "ill"', ("issues.toml: dementia", "ill")),
        ("venues.toml", 'town = "nobe"', 'town = "nowhere"', ("venues.toml: V-03", "nowhere")),
        (
            "channels.toml",
            "channels = [",
            "chanels = [",
            ("channels.toml", "channels = [ { … }, … ]"),
        ),
        ("channels.toml", "channels = [", "channels = [[", ("channels.toml", "TOML")),
        ("channels.toml", "channels = [", 'channels = ["phone",', ("channels.toml", "{ … }")),
        ("city.toml", 'name = "あきる野市"', "", ("city.toml", "name")),
        ("city.toml", '"秋川市"', "8", ("city.toml", "address_prefixes")),
        ("city.toml", "starts = 2026-04-01", 'starts = "春"', ("city.toml", "plan.starts")),
        (
            "counters.toml",
            "valid_from = 2026-04-01",
            "valid_from = 2026-04-01\nvalid_until = 2020-01-01",
            ("counters.toml", "valid_until が valid_from より前です"),
        ),
    ],
)
def test_a_fault_is_named_with_file_and_entry(
    folder: Path, name: str, old: str, new: str, said: tuple[str, ...]
) -> None:
    message = fault(folder, name, old, new)
    for part in said:
        assert part in message


def test_a_period_that_ends_before_it_begins(folder: Path) -> None:
    with pytest.raises(CityError, match=r"pigeon.*valid_until"):
        channels(
            folder,
            '{ code = "pigeon", label = "鳩", valid_from = 2026-05-01, valid_until = 2026-04-01 },',
        )


def test_an_unknown_list_is_named(folder: Path) -> None:
    (folder / "colours.toml").write_text('colours = [{ code = "red", label = "赤" }]\n')
    with pytest.raises(CityError, match="colours"):
        City.load(folder)


def test_a_missing_list_is_named(folder: Path) -> None:
    (folder / "sources.toml").unlink()
    with pytest.raises(CityError, match=r"sources\.toml"):
        City.load(folder)


def test_an_empty_folder_is_no_city(tmp_path: Path) -> None:
    with pytest.raises(CityError, match=r"city\.toml"):
        City.load(tmp_path)
