"""The file that says whom to believe, as a field of whatever verifies."""

from __future__ import annotations

from pathlib import Path

from gui.asking import PathField
from gui.language import _


def trust_field(path: Path | None) -> PathField:
    """Asks for a trust file or a certificate of head office; proposes the one that is in use."""
    made = PathField(_("Trust file of head office"), _("Files that say whom to trust (*.trust *.pem *.crt)"))
    made.set_path(path)
    return made
