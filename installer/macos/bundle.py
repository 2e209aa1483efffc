"""What macOS wants to know of the program: languages, types of files, and what it may do once it is signed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from installer import icons
from installer.project import ENDINGS, REVERSED, TITLE, VERSION

HERE = Path(__file__).resolve().parent
ENTITLEMENTS = HERE / "entitlements.plist"
OLDEST = "13.0"
"""The first macOS that the Qt inside runs on."""
NAMES = {"plant": "Plant file", "group": "Group file"}
"""Of the types of files; their Chinese stands in ``zh-Hans.lproj``."""


def identity() -> str | None:
    """The Developer ID to sign with, where the machine that builds has one."""
    return os.environ.get("MACOS_IDENTITY") or None


def info() -> dict[str, Any]:
    """Info.plist, beside what PyInstaller writes itself."""
    return {
        "CFBundleDisplayName": TITLE,
        "CFBundleShortVersionString": VERSION,
        "CFBundleVersion": VERSION,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "zh-Hans"],
        "CFBundleAllowMixedLocalizations": True,
        "LSApplicationCategoryType": "public.app-category.business",
        "LSMinimumSystemVersion": OLDEST,
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "NSHumanReadableCopyright": "Apache-2.0",
        "CFBundleDocumentTypes": [_document(ending) for ending in ENDINGS],
        "UTExportedTypeDeclarations": [_type(ending) for ending in ENDINGS],
    }


def resources() -> list[tuple[str, str, str]]:
    """Files that lie beside the program in the bundle: the icons of files, and Chinese names."""
    strings = Path("zh-Hans.lproj") / "InfoPlist.strings"
    drawn = [icons.folder() / f"{name}.icns" for name in icons.FILES.values()]
    return [(str(strings), str(HERE / strings), "DATA"), *((path.name, str(path), "DATA") for path in drawn)]


def type_of(ending: str) -> str:
    """Uniform type identifier of the files of an ending."""
    return f"{REVERSED}.{ending}"


def _document(ending: str) -> dict[str, Any]:
    return {
        "CFBundleTypeName": NAMES[ending],
        "CFBundleTypeRole": "Editor",
        "CFBundleTypeIconFile": f"{icons.FILES[ending]}.icns",
        "LSHandlerRank": "Owner",
        "LSItemContentTypes": [type_of(ending)],
    }


def _type(ending: str) -> dict[str, Any]:
    return {
        "UTTypeIdentifier": type_of(ending),
        "UTTypeDescription": NAMES[ending],
        "UTTypeConformsTo": ["public.data"],
        "UTTypeIconFile": f"{icons.FILES[ending]}.icns",
        "UTTypeTagSpecification": {"public.filename-extension": [ending]},
    }
