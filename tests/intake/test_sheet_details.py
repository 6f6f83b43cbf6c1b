"""The small fields of the official sheets (4.1, 4.2): who received it, which office, 職業, 年齢."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

from services.intake.pages.sheet_choices import sheet_choices
from tests.intake.conftest import Client
from tests.intake.examples import TODAY
from tests.intake.screens import page, receive
from tests.intake.test_which_counter import AKIRUNO


def test_local_issues_stand_below_the_standard_one() -> None:
    offered = sheet_choices(AKIRUNO, TODAY).issues
    assert ("illness", "病気") in offered
    assert (("illness", "病気"), ("dementia", "└ 認知症")) in set(pairwise(offered))
    assert sorted(code for code, _ in offered) == sorted(AKIRUNO.codes("issues", TODAY))


async def test_office_mail_and_screening_are_kept_and_shown(clerk: Client) -> None:
    more = {"office": "税務課", "email": "hana@mail.example", "screening": "continued-agreed"}
    where = await receive(clerk, **more)
    text = await page(clerk, where)
    for words in ("税務課", "hana@mail.example", "本人の同意の上、継続して支援する"):
        assert words in text
    form = await page(clerk, f"{where}/sheet")
    assert 'value="税務課"' in form
    assert 'value="hana@mail.example"' in form


async def test_a_member_has_an_age_and_an_occupation(clerk: Client) -> None:
    where = await receive(clerk)
    son = {"relation": "son", "born_on": "S50.5.5", "occupation": "会社員", "command_id": "m"}
    assert (await clerk.post(f"{where}/household", data=son)).status_code == 303
    text = await page(clerk, where)
    assert "51歳" in text.split("世帯の人")[1]
    assert "会社員" in text
    printed = await clerk.get(f"{where}/papers/assessment.xlsx")
    assert printed.status_code == 200


async def test_who_received_it_is_printed(clerk: Client) -> None:
    printed = await clerk.get(f"{await receive(clerk)}/papers/reception.xlsx")
    assert printed.status_code == 200
    assert "受付者" in cells(printed.content)
    assert "clerk-1" in cells(printed.content)


def cells(book: bytes) -> set[str]:
    """Every text of an Excel file."""

    with ZipFile(BytesIO(book)) as files:
        names = [one for one in files.namelist() if one.endswith(".xml")]
        text = "".join(files.read(one).decode() for one in names)
    return set(re.findall(r"<t[^>]*>([^<]*)</t>", text))
