"""Keys per subject on a real PostgreSQL: made once, bound to their place, gone for ever when
forgotten.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from shared.privacy.access import Basis, Role, Staff
from shared.privacy.access_log import saw, who_saw
from shared.privacy.keys import MasterKey, SubjectForgotten, SubjectKeys, Unreadable, aad_for

MASTER = MasterKey(bytes(range(32)))
Body = Callable[[asyncpg.Connection, asyncpg.Connection], Awaitable[None]]


@pytest.fixture
def with_two(empty_store: str) -> Callable[[Body], None]:
    """Run a test body with two connections to a migrated, otherwise empty store."""

    def run(body: Body) -> None:
        async def main() -> None:
            one, two = await asyncpg.connect(empty_store), await asyncpg.connect(empty_store)
            try:
                await body(one, two)
            finally:
                await one.close()
                await two.close()

        asyncio.run(asyncio.wait_for(main(), 20))

    return run


def place(subject: UUID, field: str = "name") -> bytes:
    return aad_for(UUID(int=7), field, subject)


def test_a_master_key_file_is_private_and_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    MasterKey.create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        MasterKey.create(path)
    with pytest.raises(ValueError, match="32"):
        MasterKey(b"short")


def test_a_wrapped_key_opens_for_its_subject_and_its_master_only() -> None:
    subject, key = uuid4(), bytes(32)
    wrapped = MASTER.wrap(subject, key)
    assert MASTER.unwrap(subject, wrapped) == key
    with pytest.raises(Unreadable):
        MASTER.unwrap(uuid4(), wrapped)
    with pytest.raises(Unreadable):
        MasterKey(bytes(32)).unwrap(subject, wrapped)


def test_a_key_that_was_not_asked_for_is_a_bug() -> None:
    with pytest.raises(RuntimeError, match="need"):
        SubjectKeys(MASTER).encrypt(uuid4(), b"", "x")


def test_a_token_opens_in_its_own_place_only(with_two: Callable[[Body], None]) -> None:
    async def body(db: asyncpg.Connection, _other: asyncpg.Connection) -> None:
        keys, subject, stranger = SubjectKeys(MASTER), uuid4(), uuid4()
        await keys.need(db, [subject, stranger])
        token = keys.encrypt(subject, place(subject), "秋留 花子")
        assert token.startswith("enc1:")
        assert "秋留" not in token
        assert keys.decrypt(subject, place(subject), token) == "秋留 花子"
        for who, where in (
            (subject, place(subject, "phone")),
            (subject, aad_for(UUID(int=8), "name", subject)),
            (stranger, place(stranger)),
        ):
            with pytest.raises(Unreadable):
                keys.decrypt(who, where, token)
        for rubbish in ("秋留 花子", "enc1:", "enc1:!!", token[:-4]):
            with pytest.raises(Unreadable):
                keys.decrypt(subject, place(subject), rubbish)

    with_two(body)


def test_two_processes_agree_on_one_key(with_two: Callable[[Body], None]) -> None:
    async def body(db: asyncpg.Connection, other: asyncpg.Connection) -> None:
        subjects = [uuid4() for _ in range(50)]
        ours, theirs = SubjectKeys(MASTER), SubjectKeys(MASTER)
        await asyncio.gather(ours.need(db, subjects), theirs.need(other, reversed(subjects)))
        for subject in subjects:
            token = ours.encrypt(subject, place(subject), "x")
            assert theirs.decrypt(subject, place(subject), token) == "x"
        assert await db.fetchval("SELECT count(*) FROM subject_keys") == 50

    with_two(body)


def test_a_forgotten_subject_reads_as_none_and_gets_no_second_key(
    with_two: Callable[[Body], None],
) -> None:
    async def body(db: asyncpg.Connection, other: asyncpg.Connection) -> None:
        keys, subject = SubjectKeys(MASTER), uuid4()
        await keys.need(db, [subject])
        token = keys.encrypt(subject, place(subject), "x")
        assert await keys.forget(db, subject)
        assert not await keys.forget(db, subject)
        for again, on in ((keys, db), (SubjectKeys(MASTER), other)):
            await again.need(on, [subject])
            assert again.decrypt(subject, place(subject), token) is None
            with pytest.raises(SubjectForgotten) as refusal:
                again.encrypt(subject, place(subject), "y")
            assert refusal.value.code == "subject-forgotten"
        assert await db.fetchval("SELECT wrapped FROM subject_keys") == b""
        assert await db.fetchval("SELECT count(*) FROM shred_ledger") == 1

    with_two(body)


def test_a_subject_forgotten_before_it_had_a_key_gets_none(
    with_two: Callable[[Body], None],
) -> None:
    async def body(db: asyncpg.Connection, other: asyncpg.Connection) -> None:
        keys, subject = SubjectKeys(MASTER), uuid4()
        async with db.transaction():
            await keys.forget(db, subject)
            racing = asyncio.create_task(keys.need(other, [subject]))
            await asyncio.sleep(0)
        await racing
        with pytest.raises(SubjectForgotten):
            keys.encrypt(subject, place(subject), "x")

    with_two(body)


def test_a_key_whose_transaction_rolled_back_is_not_used_again(
    with_two: Callable[[Body], None],
) -> None:
    async def body(db: asyncpg.Connection, other: asyncpg.Connection) -> None:
        keys, subject = SubjectKeys(MASTER), uuid4()
        transaction = db.transaction()
        await transaction.start()
        await keys.need(db, [subject])
        lost = keys.encrypt(subject, place(subject), "x")
        await transaction.rollback()
        await keys.need(other, [subject])
        with pytest.raises(Unreadable):
            keys.decrypt(subject, place(subject), lost)
        fresh = SubjectKeys(MASTER)
        await fresh.need(db, [subject])
        token = keys.encrypt(subject, place(subject), "y")
        assert fresh.decrypt(subject, place(subject), token) == "y"

    with_two(body)


def test_reading_creates_no_keys(with_two: Callable[[Body], None]) -> None:
    async def body(db: asyncpg.Connection, _other: asyncpg.Connection) -> None:
        keys, subject = SubjectKeys(MASTER), uuid4()
        await keys.need(db, [subject], create=False)
        assert keys.decrypt(subject, place(subject), "enc1:") is None
        assert await db.fetchval("SELECT count(*) FROM subject_keys") == 0
        await keys.need(db, [subject])
        assert keys.encrypt(subject, place(subject), "x")

    with_two(body)


def test_the_cache_stays_small(with_two: Callable[[Body], None]) -> None:
    async def body(db: asyncpg.Connection, _other: asyncpg.Connection) -> None:
        keys, subjects = SubjectKeys(MASTER, cache_max=3), [uuid4() for _ in range(5)]
        await keys.need(db, subjects)
        assert keys.holds(subjects)
        await keys.need(db, subjects[:1])
        assert keys.holds(subjects[:1])
        assert not keys.holds(subjects)

    with_two(body)


def test_who_saw_this_case_is_one_question(with_two: Callable[[Body], None]) -> None:
    async def body(db: asyncpg.Connection, other: asyncpg.Connection) -> None:
        nurse = Staff("n-1", "保健師", Role.NURSE, "SEC-1")
        seen, unseen = uuid4(), uuid4()
        await saw(db, nurse, [seen, seen], "case-file", Basis.CONSENT)
        await saw(db, nurse, [], "empty list")
        sights = await who_saw(other, seen)
        assert [(s.staff_id, s.agency, s.what, s.basis) for s in sights] == [
            ("n-1", "SEC-1", "case-file", "consent")
        ]
        assert await who_saw(other, unseen) == []
        with pytest.raises(asyncpg.RaiseError, match="append-only"):
            await db.execute("DELETE FROM access_log")

    with_two(body)
