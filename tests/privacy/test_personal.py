"""Which fields are personal, and that the mark cannot hide."""

from datetime import date
from uuid import UUID

import pytest
from pydantic import BaseModel

from shared.privacy.personal import Personal, from_text, personal_fields, to_text
from shared.sourcing.decider import Event


class Met(Event):
    case_id: UUID
    place: str
    name: Personal[str]
    born_on: Personal[date] = None
    phone: Personal[str] | None = None


class Names(BaseModel):
    names: list[Personal[str]]


class Inner(BaseModel):
    name: Personal[str]


class Outer(BaseModel):
    inner: Inner


CASE = UUID(int=1)


def test_personal_fields_are_found_in_order() -> None:
    assert personal_fields(Met) == ("name", "born_on", "phone")


def test_a_personal_value_is_validated_like_any_other() -> None:
    met = Met.model_validate_json(
        f'{{"case_id":"{CASE}","place":"x","name":"秋留","born_on":"1950-04-01"}}'
    )
    assert met.born_on == date(1950, 4, 1)
    with pytest.raises(ValueError, match="born_on"):
        Met.model_validate({"case_id": CASE, "place": "x", "name": "秋留", "born_on": "いつか"})


def test_after_erasure_the_value_is_none() -> None:
    assert Met(case_id=CASE, place="x", name=None).name is None


@pytest.mark.parametrize("model", [Names, Outer])
def test_a_hidden_mark_is_refused(model: type[BaseModel]) -> None:
    with pytest.raises(TypeError, match="put Personal"):
        personal_fields(model)


def test_a_date_travels_as_text_and_comes_back() -> None:
    met = Met(case_id=CASE, place="x", name="秋留 花子", born_on=date(1950, 4, 1))
    data = met.model_dump(mode="json")
    for field in personal_fields(Met):
        data[field] = from_text(to_text(data[field]))
    assert Met.model_validate(data) == met
