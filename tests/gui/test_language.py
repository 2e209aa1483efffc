from __future__ import annotations

from gettext import NullTranslations

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from core import i18n
from core.i18n import Name, T
from gui import language
from gui.language import _, say, set_language


class Sentences(NullTranslations):
    """A catalogue of one sentence."""

    def gettext(self, message: str) -> str:
        return {"Sheet {name}": "工作表 {name}"}.get(message, message)


@pytest.fixture(autouse=True)
def catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "catalogue", lambda lang: Sentences() if lang == "zh" else NullTranslations())


def test_sentences_follow_the_language() -> None:
    assert _("Sheet {name}", name="A") == "Sheet A"
    set_language("zh")
    assert language.language() == "zh"
    assert _("Sheet {name}", name="A") == "工作表 A"
    assert say(T("Sheet {name}", name=Name("Oil", "油"))) == "工作表 油"


def test_qt_speaks_the_language_of_the_window(qapp: QApplication) -> None:
    def cancel() -> str:
        return QCoreApplication.translate("QPlatformTheme", "Cancel")

    assert cancel() == "Cancel"
    set_language("zh")
    assert cancel() == "取消"
    assert QLocale().language() == QLocale.Language.Chinese
    set_language("en")
    assert cancel() == "Cancel"
    assert QLocale().language() == QLocale.Language.English


def test_other_languages_are_refused() -> None:
    with pytest.raises(ValueError, match="no such language"):
        set_language("de")
