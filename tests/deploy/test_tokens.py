"""Which system a token names: two systems never one, and one system never two."""

from __future__ import annotations

from deploy.commands.tokens import _id_of


def test_two_systems_have_two_ids() -> None:
    ids = [_id_of(name, agency) for name in ("窓口連携", "記録連携", "api") for agency in _OFFICES]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("token:api-") for one in ids)


def test_a_new_token_names_the_same_system() -> None:
    """A command that is sent again with tomorrow's token must be known."""
    assert _id_of("窓口連携", "C-01") == _id_of("窓口連携", "C-01")
    assert _id_of("Kintone 1", None).startswith("token:kintone-1-")


_OFFICES = ("C-01", "C-02", None)
