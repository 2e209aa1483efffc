"""What a Linux desktop reads: the entry in the menu, types of files, metadata for software centres, icons.

The same tree lies below ``/usr/share`` in the deb and in ``share`` of the tarball.
"""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from installer import icons
from installer.project import ENDINGS, VERSION, WINDOW, epoch

HERE = Path(__file__).resolve().parent


def mime_type(ending: str) -> str:
    """Of the files of an ending."""
    return f"application/vnd.{WINDOW}.{ending}"


def lay_down(share: Path) -> None:
    """Write the tree."""
    for name, folder in ((f"{WINDOW}.desktop", "applications"), (f"{WINDOW}.xml", "mime/packages")):
        _copied(HERE / name, share / folder / name)
    metainfo = share / "metainfo" / f"{WINDOW}.metainfo.xml"
    metainfo.parent.mkdir(parents=True, exist_ok=True)
    metainfo.write_text(metadata(), encoding="utf-8")
    drawings = {icons.PROGRAM: ("apps", WINDOW)}
    drawings |= {icons.FILES[each]: ("mimetypes", mime_type(each).replace("/", "-")) for each in ENDINGS}
    for drawing, (kind, name) in drawings.items():
        _copied(icons.DRAWINGS / f"{drawing}.svg", share / "icons/hicolor/scalable" / kind / f"{name}.svg")
        for size in icons.SIZES:
            picture = icons.folder() / f"{drawing}-{size}.png"
            _copied(picture, share / f"icons/hicolor/{size}x{size}" / kind / f"{name}.png")


def metadata() -> str:
    """AppStream metadata of this version."""
    day = datetime.fromtimestamp(epoch(), UTC).strftime("%Y-%m-%d")
    text = (HERE / "metainfo.xml").read_text(encoding="utf-8")
    return re.sub("@DATE@", day, re.sub("@VERSION@", VERSION, text))


def _copied(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
