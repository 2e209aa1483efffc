from __future__ import annotations

import re
from pathlib import Path

import pytest

from core import VERSION
from gui import application
from installer import icons
from installer.project import APP_ID, CONSOLE, ENDINGS, WINDOW
from installer.windows import setup, version

FOLDER = setup.SCRIPT.parent
SCRIPT = setup.SCRIPT.read_text(encoding="utf-8-sig")
CHINESE = (FOLDER / "ChineseSimplified.isl").read_text(encoding="utf-8-sig")
OF_INNO = {"CreateDesktopIcon", "LaunchProgram"}
"""Messages that Default.isl has, and our Chinese too."""


def sections(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line.strip()):
            lines = found.setdefault(match[1], [])
        elif line.strip() and not line.lstrip().startswith((";", "#")) and found:
            lines.append(line.strip())
    return found


PARTS = sections(SCRIPT)


def directive(name: str) -> str:
    return next(line.partition("=")[2] for line in PARTS["Setup"] if line.startswith(f"{name}="))


def test_it_installs_for_one_person_unless_somebody_chooses_otherwise() -> None:
    assert directive("PrivilegesRequired") == "lowest"
    assert directive("PrivilegesRequiredOverridesAllowed") == "dialog commandline"
    assert directive("DefaultDirName").startswith("{autopf}")
    assert not re.search(r"\bHKLM\b|\{pf\}|\{commonpf", "\n".join(PARTS["Registry"] + PARTS["Files"] + PARTS["Icons"]))
    assert all("Root: HKA;" in line for line in PARTS["Registry"])


def test_both_endings_open_in_the_window_with_their_own_icon() -> None:
    registry = "\n".join(PARTS["Registry"])
    for ending in ENDINGS:
        assert f'Subkey: "Software\\Classes\\.{ending}"' in registry
        assert f'Subkey: "Software\\Classes\\{{#Id}}.{ending}\\shell\\open\\command"' in registry
        assert f"{{app}}\\{icons.FILES[ending]}.ico" in registry
        assert f'Source: "{{#Icons}}\\{icons.FILES[ending]}.ico"' in SCRIPT
    assert registry.count('""{app}\\{#Window}"" ""%1""') == len(ENDINGS)
    assert directive("ChangesAssociations") == "yes"


def test_the_task_bar_knows_window_and_links_as_one_program() -> None:
    assert re.search(r'#define Id "(.+)"', SCRIPT).group(1) == APP_ID == application.APP_ID  # type: ignore[union-attr]
    assert all('AppUserModelID: "{#Id}"' in line for line in PARTS["Icons"])


def test_programs_and_icons_are_those_that_are_built() -> None:
    assert f'#define Window "{WINDOW}.exe"' in SCRIPT
    assert directive("SetupIconFile") == f"{{#Icons}}\\{icons.PROGRAM}.ico"
    assert setup.build.__module__ == "installer.windows.setup"
    assert directive("OutputBaseFilename") == "plant-carbon-audit-{#Version}-windows-x86_64-setup"


def test_everything_that_the_script_asks_for_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.delenv("WINDOWS_SIGN", raising=False)
    said = dict(word.removeprefix("/D").split("=", 1) for word in setup.options(tmp_path / "program", tmp_path))
    asked = set(re.findall(r"\{#(\w+)\}", SCRIPT)) - {"Title", "Id", "Window"}
    asked |= set(re.findall(r"\{#Copy\((\w+),", SCRIPT))
    assert set(said) == asked
    assert said["Version"] == VERSION
    assert said["Moment"] == "2023-11-14 22:13:20"
    assert said["Moment"][:10] + said["Moment"][11:] == "2023-11-1422:13:20"


def test_it_signs_only_with_a_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("WINDOWS_SIGN", "signtool sign $f")
    assert setup.options(tmp_path, tmp_path)[-2:] == ["/Sstandard=signtool sign $f", "/DSigned"]
    assert re.search(r"#ifdef Signed\nSignTool=standard\nSignedUninstaller=yes\n#endif", SCRIPT)


def test_it_speaks_both_languages() -> None:
    assert [re.search(r'Name: "(\w+)"', line).group(1) for line in PARTS["Languages"]] == ["en", "zh"]  # type: ignore[union-attr]
    own = dict(line.split("=", 1) for line in PARTS["CustomMessages"])
    names = {key.partition(".")[2] for key in own}
    assert set(own) == {f"{lang}.{name}" for lang in ("en", "zh") for name in names}
    assert all(re.search("[\u4e00-\u9fff]", text) for key, text in own.items() if key.startswith("zh."))
    asked = set(re.findall(r"\{cm:(\w+)", SCRIPT))
    assert asked <= names | OF_INNO
    assert set(dict(line.split("=", 1) for line in sections(CHINESE)["CustomMessages"])) >= OF_INNO


def test_the_chinese_of_the_wizard_is_said_once_and_in_chinese() -> None:
    parts = sections(CHINESE)
    assert "LanguageID=$0804" in parts["LangOptions"]
    keys = [line.split("=", 1)[0] for line in parts["Messages"]]
    assert len(keys) == len(set(keys)) > 80
    for line in parts["Messages"]:
        key, _, text = line.partition("=")
        assert re.search("[\u4e00-\u9fff]", text), key
        assert not re.search("[\u4e00-\u9fff][,;:!?]", text), f"{key}: half-width punctuation"


@pytest.mark.parametrize(
    ("key", "places"),
    [
        ("SetupWindowTitle", ["%1"]), ("UninstallAppFullTitle", ["%1"]), ("ConfirmUninstall", ["%1"]),
        ("DiskSpaceWarning", ["%1", "%2"]), ("DirExists", ["%1"]), ("ErrorCreatingDir", ["%1"]),
        ("FinishedLabel", ["[name]"]), ("WelcomeLabel2", ["[name/ver]"]), ("DiskSpaceMBLabel", ["[mb]"]),
    ],
)  # fmt: skip
def test_places_of_sentences_are_kept(key: str, places: list[str]) -> None:
    text = dict(line.split("=", 1) for line in sections(CHINESE)["Messages"])[key]
    assert re.findall(r"%\d|\[[a-z/]+\]", text) == places


def test_uninstalling_leaves_what_people_made() -> None:
    assert "UninstallDelete" not in PARTS
    assert PARTS["InstallDelete"] == ['Type: filesandordirs; Name: "{app}\\_internal"']
    assert not re.search(r"DelTree|DeleteFile|userappdata|localappdata", SCRIPT)


def test_the_script_is_readable_for_inno_setup() -> None:
    for name in ("plant-audit.iss", "ChineseSimplified.isl"):
        assert (FOLDER / name).read_bytes().startswith(b"\xef\xbb\xbf"), (
            "without the mark, it is read as another encoding"
        )
    assert SCRIPT.count("begin") == len(re.findall(r"\bend\b[;.]?", SCRIPT))
    assert "ChineseSimplified.isl" in SCRIPT


def test_the_compiler_is_found_or_its_address_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "PLACES", (str(tmp_path / "ISCC.exe"),))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(FileNotFoundError, match="Inno Setup 6 is needed"):
        setup.compiler()
    (tmp_path / "ISCC.exe").touch()
    assert setup.compiler() == str(tmp_path / "ISCC.exe")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("0.1.0", (0, 1, 0, 0)), ("1.2", (1, 2, 0, 0)), ("1.2.3.4.5", (1, 2, 3, 4)), ("1.0rc1", (1, 0, 0, 0))],
)
def test_a_version_is_four_numbers_on_windows(text: str, numbers: tuple[int, ...]) -> None:
    assert version.numbers(text) == numbers


def test_the_details_of_the_programs() -> None:
    for name in (WINDOW, CONSOLE):
        english, chinese = version.strings(name, "en"), version.strings(name, "zh")
        assert english.keys() == chinese.keys()
        assert english["OriginalFilename"] == f"{name}.exe"
        assert english["FileVersion"] == VERSION
        assert re.search("[\u4e00-\u9fff]", chinese["FileDescription"])
    assert version.strings(WINDOW, "en")["FileDescription"] != version.strings(CONSOLE, "en")["FileDescription"]
