"""What goes wrong and is not a bug: the person is told what happened and what to do about it."""

from __future__ import annotations

from core.i18n import Text


class UserError(Exception):
    """Bad input or an impossible request. Any other exception is a bug of ours.

    ``message`` says what is wrong and where, ``remedy`` what the person can do.
    """

    def __init__(self, message: Text, remedy: Text | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.remedy = remedy

    def text(self, lang: str) -> str:
        """The whole message in one language, remedy included."""
        if self.remedy is None:
            return self.message.in_language(lang)
        between = "" if lang == "zh" else " "  # a full-width stop brings its own space
        return f"{self.message.in_language(lang)}{between}{self.remedy.in_language(lang)}"


class RefusedError(UserError):
    """The answer is no: what is asked for makes sense, but is not allowed to this person, or not now."""
