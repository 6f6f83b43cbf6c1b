"""What went wrong and what to do about it, one line in each of our operators' languages."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FULL = "ディスクがいっぱいです。空きを作ってください", "the disk is full; make room on it"
_CLOSED = "開けません(権限がありません)", "permission denied"
_ON_DISK = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EROFS: ("書き込めない(読み取り専用の)ディスクです", "the disk is read-only"),
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.ENOTDIR: ("途中にフォルダでないものがあります", "something on the way is no folder"),
    errno.EISDIR: ("フォルダです。ファイルが要ります", "it is a folder where a file is needed"),
    errno.ENAMETOOLONG: ("名前が長すぎます", "the name is too long"),
    errno.EIO: ("ディスクが読み書きに失敗しました", "the disk failed"),
}
"""What a disk refuses that the person at the keyboard can mend."""


class Trouble(Exception):
    """A start that cannot go on for a reason the person at the keyboard can mend."""

    def __init__(self, japanese: str, english: str) -> None:
        super().__init__(f"{japanese} / {english}")
        self.japanese = japanese
        self.english = english


@contextmanager
def on_disk(path: Path, japanese: str, english: str) -> Iterator[None]:
    """What the disk refuses in here is one line: which file, what is wrong, and what to do."""
    try:
        yield
    except OSError as error:
        said = _ON_DISK.get(error.errno or 0)
        if said is None:
            raise  # not the disk's refusal: a bug, which shows itself whole
        where = error.filename or path
        raise Trouble(
            f"{where}: {said[0]}。{japanese}", f"{where}: {said[1]}; {english}"
        ) from error
