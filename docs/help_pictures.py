"""Draw the pictures of the help: every page of the program on the demo, light, in both languages, small.

    python -m docs.help_pictures            # all of them, into resources/help/pictures
    python -m docs.help_pictures meters     # those of some pages

The page alone is drawn, without what surrounds it, for who reads the help sees the rest beside it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, qInstallMessageHandler
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from docs.camera import Camera, Dress, settle, told
from docs.drawing import save
from docs.staging import build, inside
from gui import fonts
from gui.pages import discover
from gui.window import Window

FOLDER = Path(__file__).parent.parent / "resources" / "help" / "pictures"
SIZE = QSize(1180, 760)
"""Of the window: a page in it is as wide as on a small laptop."""
WIDTH = 720
"""Of a picture. [px]"""


class HelpCamera(Camera):
    """Keeps the page in front instead of the window."""

    def take(self, place: str, image: QImage | None = None) -> None:
        """Keep a picture of the page of this name; the dialogs and views that the documents show are none."""
        if not self.wants(place):
            return
        settle(self._app)
        window = self.window
        assert isinstance(window, Window)
        seen = window.page(place).grab().toImage()
        smooth = Qt.TransformationMode.SmoothTransformation
        save(seen.scaledToWidth(WIDTH, smooth), self._out / f"{place}-{self.dress.language}.png")


def main(words: Sequence[str] | None = None) -> int:
    """Draw what is asked for, or everything."""
    pages = {place.info.key for mode in ("plant", "office") for place in discover(mode)}
    asked = set(sys.argv[1:] if words is None else words) or pages
    if unknown := asked - pages:
        print(f"no such page: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 1
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    qInstallMessageHandler(told)
    app = QApplication(["plant-carbon-audit"])
    app.setApplicationName("Plant Carbon Audit")
    app.setQuitOnLastWindowClosed(False)
    fonts.prepare(app)
    with tempfile.TemporaryDirectory() as scratch, inside(Path(scratch)):
        build(Path())
        for language in ("en", "zh"):
            dress = Dress(language, "light", SIZE)
            names = {f"{key}-{dress.name}" for key in asked}
            HelpCamera(app, Path(), dress, names.__contains__, FOLDER).shoot()
    missing = sorted(asked - {path.stem.rsplit("-", 1)[0] for path in FOLDER.glob("*.png")})
    if missing:
        print(f"not drawn: {', '.join(missing)}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
