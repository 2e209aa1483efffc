from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import filelock
import pytest

from installer import bill, licences, owners
from installer.owners import OTHER, PYPI, SELF, Owner


def entry(path: str | Path, kind: str = "DATA") -> tuple[str, str, str]:
    return (Path(path).name, str(path), kind)


def test_each_file_belongs_to_the_package_that_brought_it(tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.bin"
    stranger.write_bytes(b"?")
    found = owners.owners(
        [
            entry(filelock.__file__, "PYMODULE"),
            entry(json.__file__, "PYMODULE"),
            entry(owners.__file__, "PYMODULE"),
            entry(stranger, "BINARY"),
            ("base_library.zip", str(stranger), "DATA"),
            ("plant-audit", str(stranger), "EXECUTABLE"),
            ("link", "stranger.bin", "SYMLINK"),
        ]
    )
    named = {(one.kind, one.name): files for one, files in found.items()}
    assert named[PYPI, "filelock"] == [Path(filelock.__file__)]
    assert named[SELF, owners.PYTHON] == [Path(json.__file__)]
    assert named[OTHER, "stranger.bin"] == [stranger]
    assert len(named) == 3, "ours belong to nobody"
    python = next(one for one in found if one.kind == SELF)
    assert python.version == ".".join(map(str, sys.version_info[:3]))


def test_licences_are_told_by_name_and_text() -> None:
    owner = Owner(PYPI, "filelock", "3")
    assert licences.expression(owner) == "MIT"
    assert [name for name, _path in licences.texts(owner)] == ["LICENSE"]
    places = [place for place, _source, _kind in licences.collected([entry(filelock.__file__, "PYMODULE")])]
    assert places == ["licences/LICENSE", "licences/NOTICE", "licences/filelock/LICENSE"]


def test_pythons_own_licence_is_there() -> None:
    assert licences.expression(Owner(SELF, owners.PYTHON)) == "PSF-2.0"


def test_the_hash_of_a_package_is_the_same_wherever_it_lies(tmp_path: Path) -> None:
    one = tmp_path / "one" / "package"
    (one / "deep").mkdir(parents=True)
    (one / "a.py").write_bytes(b"a")
    (one / "deep" / "b.so").write_bytes(b"b")
    other = tmp_path / "somewhere" / "else"
    shutil.copytree(one, other)

    def digest(folder: Path) -> str:
        return bill.digest_of(sorted(path for path in folder.rglob("*") if path.is_file()))

    assert digest(one) == digest(other)
    (other / "a.py").write_bytes(b"changed")
    assert digest(one) != digest(other)
    (other / "a.py").write_bytes(b"a")
    (other / "deep" / "b.so").rename(other / "deep" / "c.so")
    assert digest(one) != digest(other)


def test_one_file_has_a_hash_too(tmp_path: Path) -> None:
    path = tmp_path / "libpython.so"
    path.write_bytes(b"abc")
    inner = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    import hashlib

    assert bill.digest_of([path]) == hashlib.sha256(f"{inner}  libpython.so\n".encode()).hexdigest()


@pytest.mark.parametrize(
    ("name", "normal"), [("PySide6_Essentials", "pyside6-essentials"), ("typing.extensions", "typing-extensions")]
)
def test_names_are_written_as_the_index_writes_them(name: str, normal: str) -> None:
    assert owners.normal(name) == normal
