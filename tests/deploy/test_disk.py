"""What the disk or the machine refuses is one line that says what to do; nothing is half done."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.cities import city_of
from deploy.commands.imports import errors_of, refuse_bad_list
from deploy.servers.child import server_user
from deploy.servers.folder import MARKER, Folder
from deploy.servers.ports import require_port
from deploy.trouble import Trouble, on_disk
from tests.deploy.test_cli import refused, tsunagu

NOBODY = 65534


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of an ordinary user, who is us for as long as the test lasts."""
    with tempfile.TemporaryDirectory() as made:
        path = Path(made)
        if os.geteuid() != 0:
            yield path
            return
        os.chown(path, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            yield path
        finally:
            os.seteuid(0)


def take(path: Path) -> None:
    folder = Folder(path, server_user())
    folder.take()
    folder.release()


def test_below_a_closed_folder(place: Path) -> None:
    closed = place / "closed"
    closed.mkdir(mode=0o000)
    for start in (take, lambda data: city_of(data, None)):
        with pytest.raises(Trouble, match="permission denied; --data") as told:
            start(closed / "var")
        assert "\n" not in str(told.value)
    closed.chmod(0o700)


def test_below_a_file(place: Path) -> None:
    (place / "notes.txt").touch()
    with pytest.raises(Trouble, match="something on the way is no folder; --data"):
        take(place / "notes.txt" / "var")


def test_a_folder_that_may_be_passed_but_not_read(place: Path) -> None:
    """As root leaves it to everybody else, before there was a mark of who began it."""
    (place / "var").mkdir(mode=0o311)
    with pytest.raises(Trouble, match="permission denied"):
        take(place / "var")
    (place / "var").chmod(0o700)


def test_a_folder_is_for_whoever_began_it(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(place / "var")
    take(place / "var")
    owner = (place / "var" / MARKER).stat().st_uid
    folder = Folder(place / "var", server_user())
    monkeypatch.setattr("deploy.servers.folder.os.geteuid", lambda: owner + 1)
    with pytest.raises(Trouble, match=r"was begun by .* or choose another folder with --data"):
        folder.take()


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "read-only"), (errno.EIO, "failed")],
)
def test_what_a_disk_says_while_something_is_written(number: int, said: str) -> None:
    told = pytest.raises(Trouble, match=f"/data/x: .*{said}.*; try elsewhere")
    with told, on_disk(Path("/data"), "別の場所で", "try elsewhere"):
        raise OSError(number, os.strerror(number), "/data/x")


def test_what_is_not_the_disks_refusal_shows_itself_whole() -> None:
    with pytest.raises(ConnectionRefusedError), on_disk(Path("/data"), "", ""):
        raise ConnectionRefusedError(errno.ECONNREFUSED, "refused")


def test_an_address_of_another_machine_is_not_a_taken_port() -> None:
    for host in ("192.0.2.1", "no-such-host.invalid"):
        with pytest.raises(Trouble, match=f"{host} is no address of this machine"):
            require_port(8600, host)


def test_a_port_that_is_not_ours_to_open(place: Path) -> None:
    allowed = int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text("utf-8"))
    if allowed <= 1:
        pytest.skip("here everybody may open every port")
    with pytest.raises(Trouble, match="you may not open port 1; choose one from 1024"):
        require_port(1)


def test_there_are_no_more_ports_than_there_are() -> None:
    with pytest.raises(Trouble, match="there is no port 65536"):
        require_port(65536)


def test_a_list_is_refused_before_its_first_row(place: Path) -> None:
    file = place / "april.csv"
    with pytest.raises(Trouble, match="there is no file"):
        refuse_bad_list(file)
    file.touch(mode=0o000)
    with pytest.raises(Trouble, match="permission denied; put the list where it can be read"):
        refuse_bad_list(file)
    file.chmod(0o400)
    refuse_bad_list(file)
    place.chmod(0o500)
    with pytest.raises(Trouble, match=r"permission denied; .* april.errors.csv can be written"):
        refuse_bad_list(file)
    place.chmod(0o700)
    errors_of(file).mkdir()
    with pytest.raises(Trouble, match="it is a folder where a file is needed"):
        refuse_bad_list(file)


@pytest.mark.parametrize("what", ["consultations", "places"])
def test_the_command_says_it_in_one_line(what: str, tmp_path: Path) -> None:
    errors_of(tmp_path / "april.csv").mkdir()
    (tmp_path / "april.csv").touch()
    data = tmp_path / "var"
    done = tsunagu("import", what, str(tmp_path / "april.csv"), "--data", str(data))
    assert "april.errors.csv" in refused(done)
    assert not data.exists()
