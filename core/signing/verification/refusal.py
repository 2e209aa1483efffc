"""The one exception of verification: the file is refused, and this is why."""

from __future__ import annotations

from core.i18n import Text


class Refused(Exception):
    """The file does not follow the profile of a signed report."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason
