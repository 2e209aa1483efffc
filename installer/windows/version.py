"""What Windows shows as details of the programs."""

from __future__ import annotations

from typing import Any

from installer.project import CONSOLE, PUBLISHER, SUMMARY, TITLE, VERSION

ENGLISH, CHINESE, UNICODE = 0x0409, 0x0804, 1200


def numbers(version: str = VERSION) -> tuple[int, int, int, int]:
    """Four numbers, as Windows compares versions; what is not a number there counts as 0."""
    parts = [int(part) if part.isdigit() else 0 for part in version.split(".")]
    first, second, third, fourth = (*parts, 0, 0, 0, 0)[:4]
    return first, second, third, fourth


def strings(name: str, lang: str) -> dict[str, str]:
    """The details of one of the programs, in a language."""
    title = TITLE if lang == "en" else "工厂碳审计"
    return {
        "CompanyName": PUBLISHER,
        "FileDescription": f"{title} ({name})" if name == CONSOLE else title,
        "FileVersion": VERSION,
        "InternalName": name,
        "LegalCopyright": "Apache-2.0",
        "OriginalFilename": f"{name}.exe",
        "ProductName": f"{title} – {SUMMARY[lang]}",
        "ProductVersion": VERSION,
    }


def resource(name: str) -> Any:
    """The same in the form that PyInstaller puts into a program."""
    from PyInstaller.utils.win32 import versioninfo as v

    tables = [
        v.StringTable(f"{code:04x}{UNICODE:04x}", [v.StringStruct(*pair) for pair in strings(name, lang).items()])
        for lang, code in (("en", ENGLISH), ("zh", CHINESE))
    ]
    return v.VSVersionInfo(
        ffi=v.FixedFileInfo(filevers=numbers(), prodvers=numbers()),
        kids=[
            v.StringFileInfo(tables),
            v.VarFileInfo([v.VarStruct("Translation", [ENGLISH, UNICODE, CHINESE, UNICODE])]),
        ],
    )
