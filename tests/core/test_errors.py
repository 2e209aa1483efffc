"""What the person is told reads as one text in either language."""

from __future__ import annotations

from core.errors import UserError
from core.i18n import T


def test_message_and_remedy_stand_as_the_language_writes_them() -> None:
    error = UserError(T("Nothing changes."), T("Change something, or leave it."))
    assert error.text("en") == "Nothing changes. Change something, or leave it."
    told = error.text("zh")
    assert "。" in told and " " not in told, "a full-width stop brings its own space"
    assert UserError(T("Nothing changes.")).text("en") == "Nothing changes."
