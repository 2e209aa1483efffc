from __future__ import annotations

import plistlib
import re

import pytest

from core import VERSION
from installer import icons
from installer.macos import bundle, image
from installer.project import ENDINGS, REVERSED


def test_what_the_program_says_of_itself_can_be_written() -> None:
    told = plistlib.loads(plistlib.dumps(bundle.info()))
    assert told["CFBundleShortVersionString"] == told["CFBundleVersion"] == VERSION
    assert told["CFBundleLocalizations"] == ["en", "zh-Hans"]
    assert told["NSHighResolutionCapable"] is True


def test_both_kinds_of_files_open_in_it() -> None:
    told = bundle.info()
    types = {one["UTTypeIdentifier"]: one for one in told["UTExportedTypeDeclarations"]}
    assert list(types) == [f"{REVERSED}.{ending}" for ending in ENDINGS]
    for ending, document in zip(ENDINGS, told["CFBundleDocumentTypes"], strict=True):
        (kind,) = document["LSItemContentTypes"]
        assert types[kind]["UTTypeTagSpecification"]["public.filename-extension"] == [ending]
        assert document["LSHandlerRank"] == "Owner"
        assert document["CFBundleTypeIconFile"] == f"{icons.FILES[ending]}.icns"


def test_what_is_named_lies_beside_the_program() -> None:
    beside = [place for place, _source, _kind in bundle.resources()]
    assert "zh-Hans.lproj/InfoPlist.strings" in beside
    assert {one["CFBundleTypeIconFile"] for one in bundle.info()["CFBundleDocumentTypes"]} <= set(beside)


def test_every_name_is_there_in_chinese() -> None:
    strings = (bundle.HERE / "zh-Hans.lproj" / "InfoPlist.strings").read_text(encoding="utf-8")
    said = dict(re.findall(r'^"(.+)" = "(.+)";$', strings, re.MULTILINE))
    assert len(said) == len(strings.splitlines())
    assert {*bundle.NAMES.values(), "CFBundleDisplayName", "CFBundleName"} == set(said)
    assert all(re.search("[\u4e00-\u9fff]", text) for text in said.values())


def test_it_may_do_what_python_needs_and_no_more() -> None:
    rights = plistlib.loads(bundle.ENTITLEMENTS.read_bytes())
    assert rights == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True,
        "com.apple.security.cs.disable-library-validation": True,
    }


def test_it_is_signed_only_where_a_developer_id_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MACOS_IDENTITY", raising=False)
    assert bundle.identity() is None
    monkeypatch.setenv("MACOS_IDENTITY", "Developer ID Application: Example (ABC)")
    assert bundle.identity() == "Developer ID Application: Example (ABC)"


def test_it_is_notarised_only_where_an_account_is(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[str, ...]] = []
    monkeypatch.setattr(image, "_run", lambda *command: done.append(command))
    monkeypatch.delenv(image.PROFILE, raising=False)
    image._notarise(bundle.HERE / "x.dmg")
    assert done == []
    monkeypatch.setenv(image.PROFILE, "notary")
    image._notarise(bundle.HERE / "x.dmg")
    assert [command[1] for command in done] == ["notarytool", "stapler"]
