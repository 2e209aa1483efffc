"""A file under a passphrase: nothing of it can be read, and nothing else opens it; SQLCipher itself knows it."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import UserError
from core.i18n import T
from core.ledger import Change, Evidence, Step
from core.passphrase import LockedError, Passphrase, asking
from core.store import GroupFile, PlantFile, forget, protect, unlock
from core.store import cipher as ciphers
from core.store.connecting import connect
from core.store.database import create, open_file
from core.store.header import Kind
from core.store.schema import PLANT as KIND
from core.store.schema import version_1
from tests.core.store.conftest import NOW, PASSPHRASE, PLANT, activity, adding

SECRET = b"the boiler of Hillside burns " * 400
WRONG = Passphrase("three cranes over the boiler house")


def filled(path: Path) -> Path:
    """An encrypted file with a bill and its proof."""
    PlantFile.create(path, PLANT, "Li Na", NOW, PASSPHRASE)
    proof = Evidence("e00001", "secret-name.pdf", "bill", hashlib.sha256(SECRET).hexdigest(), len(SECRET))
    with PlantFile.open(path) as plant:
        plant.append(Change("Li Na", NOW, T("Proof"), (Step("evidence", proof.id, None, proof),)), [SECRET])
        plant.append(adding(activity(1)))
    return path


@pytest.fixture
def secret(tmp_path: Path, quick: None) -> Path:
    return filled(tmp_path / "secret.plant")


def test_sqlcipher_opens_it_with_the_passphrase_alone(tmp_path: Path) -> None:
    """With its own defaults: the one test that derives a key as long as people wait for it."""
    path = tmp_path / "one.plant"
    PlantFile.create(path, PLANT, "Li Na", NOW, PASSPHRASE)
    with closing(ciphers.connected(path.as_uri(), None)) as conn:
        conn.execute(f"PRAGMA key = '{PASSPHRASE.word}'")
        assert conn.execute("select count(*) from journal").fetchone() == (1,)
        assert conn.execute("PRAGMA kdf_iter").fetchone() == (str(ciphers.ITERATIONS),)
    forget()


def test_nothing_of_it_can_be_read_also_while_it_is_open(secret: Path) -> None:
    with PlantFile.open(secret) as plant:
        plant.append(Change("Wang Wu", NOW, T("Edit"), (Step("activity", "a00002", None, activity(2)),)))
        files = {one.name: one.read_bytes() for one in secret.parent.iterdir() if not one.name.endswith(".lock")}
        assert {"secret.plant", "secret.plant-wal"} <= files.keys()
        assert plant.encrypted and plant.health.sound
    files["closed"] = secret.read_bytes()
    for content in files.values():
        for words in (b"Hillside", b"boiler of", b"secret-name", b"Wang Wu", b"stationary", b"CREATE TABLE", b"SQLite"):
            assert words not in content
    assert [one.name for one in secret.parent.iterdir()] == [secret.name]


def test_nobody_answers(secret: Path) -> None:
    forget()
    before = secret.read_bytes()
    with pytest.raises(LockedError, match="is encrypted") as caught:
        PlantFile.open(secret)
    assert (caught.value.path, caught.value.wrong) == (secret, False)
    assert secret.read_bytes() == before and [one.name for one in secret.parent.iterdir()] == [secret.name]


def test_a_wrong_passphrase_is_said_and_asked_again(secret: Path) -> None:
    forget()
    said: list[bool] = []

    def answer(error: LockedError) -> Passphrase:
        said.append(error.wrong)
        return WRONG if len(said) < 3 else PASSPHRASE

    with asking(answer), PlantFile.open(secret) as plant:
        assert plant.blob(plant.ledger.evidence[0].sha256) == SECRET
    assert said == [False, True, True]
    forget()
    with pytest.raises(LockedError, match="does not open with this passphrase"):
        unlock(secret, WRONG)
    with pytest.raises(LockedError):
        PlantFile.open(secret)


def test_a_passphrase_is_never_told() -> None:
    key = ciphers.Key.new(PASSPHRASE)
    assert PASSPHRASE.word not in f"{PASSPHRASE} {PASSPHRASE!r} {[PASSPHRASE]}"
    assert key.value.hex() not in repr(key) and repr(key.value) not in repr(key)


def test_the_same_letters_typed_otherwise_are_the_same_passphrase() -> None:
    assert Passphrase("Kessel f\u00fcr D\u00e4mpfer").word == Passphrase("Kessel fu\u0308r Da\u0308mpfer").word


@pytest.mark.parametrize("word", ["", "short", "aaaaaaaaaaaaaaaaaaaaa", " twelve letters at least"])
def test_a_weak_passphrase_is_refused(secret: Path, word: str) -> None:
    before = secret.read_bytes()
    with pytest.raises(UserError, match="too easily guessed"):
        protect(secret, Passphrase(word))
    assert secret.read_bytes() == before


def test_a_file_of_another_kind_or_a_newer_version_is_refused_untouched(tmp_path: Path, quick: None) -> None:
    newer = Kind(KIND.suffix, KIND.application, (*KIND.migrations, lambda db: None))
    other = Kind(KIND.suffix, 77, KIND.migrations)
    for kind, why in ((newer, "newer version"), (other, "not a file of this program")):
        path = tmp_path / f"{kind.application}.plant"
        create(path, kind, lambda db: None, PASSPHRASE)
        before = path.read_bytes()
        with pytest.raises(UserError, match=why):
            PlantFile.open(path)
        assert path.read_bytes() == before


def test_an_older_file_is_copied_before_it_is_migrated_and_the_copy_stays_locked(tmp_path: Path, quick: None) -> None:
    path = tmp_path / "old.plant"
    create(path, replace(KIND, migrations=(version_1,)), lambda db: None, PASSPHRASE)
    before = path.read_bytes()
    with PlantFile.open(path) as plant:
        assert plant.backup is not None and plant.backup.read_bytes() == before
        backup = plant.backup
    forget()
    with pytest.raises(LockedError):
        open_file(backup, KIND, read_only=True)


def test_a_copy_needs_no_second_answer(secret: Path) -> None:
    copy = Path(shutil.copy(secret, secret.with_name("copy.plant")))
    with PlantFile.open(copy) as plant:
        assert plant.health.sound


@pytest.mark.parametrize("page", [0, 3, -1])
def test_a_spoilt_page_is_damage_and_never_another_number(secret: Path, page: int) -> None:
    content = bytearray(secret.read_bytes())
    at = page * 4096 + 1000 if page >= 0 else len(content) - 1000
    content[at] ^= 1
    secret.write_bytes(content)
    try:
        with PlantFile.open(secret) as plant:
            sound = plant.health.sound
            plant.blob(plant.ledger.evidence[0].sha256)
    except UserError as error:
        assert "damaged" in str(error) or "altered" in str(error)
    else:
        assert not sound


@pytest.mark.parametrize(
    "content",
    [b"", os.urandom(4095), os.urandom(5000), b"text " * 4096, bytes(8192)],
    ids=["empty", "short", "no pages", "text", "nothing"],
)
def test_what_cannot_be_encrypted_is_refused_without_a_question(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.plant"
    path.write_bytes(content)
    with pytest.raises(UserError, match="not a file of this program") as caught:
        PlantFile.open(path)
    assert not isinstance(caught.value, LockedError)


def test_a_group_is_encrypted_too(tmp_path: Path, quick: None) -> None:
    path = tmp_path / "head.group"
    GroupFile.open(path).close()
    protect(path, PASSPHRASE)
    with GroupFile.open(path) as group:
        assert group.encrypted and group.health.sound
    forget()
    with pytest.raises(LockedError):
        GroupFile.open(path)


def test_a_connection_of_a_job_needs_no_passphrase(secret: Path) -> None:
    with PlantFile.open(secret) as plant, closing(connect(secret, read_only=True)) as db:
        assert db.conn.execute("select count(*) from record").fetchone() == (3,)
        with plant.reader() as reader:
            assert b"".join(reader.pieces(plant.ledger.evidence[0].sha256)) == SECRET
