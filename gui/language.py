"""The one language of the window, and Qt's own dialogs in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from core.i18n import LANGUAGES, Localised, Text, Value, catalogue


class _Current:
    """What ``set_language`` chose; the window is rebuilt after it."""

    language = "en"
    translator: QTranslator | None = None


def system_language() -> str:
    """Chinese on a Chinese system, else English."""
    return "zh" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def language() -> str:
    """``zh`` or ``en``."""
    return _Current.language


def set_language(lang: str) -> None:
    """Say everything in ``lang`` from now on; widgets that exist keep their words until they are rebuilt."""
    if lang not in LANGUAGES:
        raise ValueError(f"no such language: {lang}")
    _Current.language = lang
    QLocale.setDefault(locale())
    app = QCoreApplication.instance()
    if app is not None:
        _translate_qt(app, lang)


def locale() -> QLocale:
    """How Qt's own widgets (calendar, file dialog) write dates and numbers."""
    return QLocale("zh_CN") if _Current.language == "zh" else QLocale("en_GB")


def _(sentence: str, **args: Value) -> str:
    """The sentence in the language of the window."""
    return Text(sentence, args).in_language(_Current.language)


def say(text: Localised) -> str:
    """What the core said, in the language of the window."""
    return text.in_language(_Current.language)


def other_words(sentence: str) -> str:
    """A sentence of the window in the other language; empty where it has places for values, or none is known."""
    if language() == "zh":
        return _english().get(sentence, "")
    found = catalogue("zh").gettext(sentence)
    return found if found != sentence else ""


@cache
def _english() -> Mapping[str, str]:
    """English by Chinese: a few thousand sentences, turned round when somebody first asks."""
    compiled: object = getattr(catalogue("zh"), "_catalog", {})
    held = compiled.items() if isinstance(compiled, dict) else ()
    return {chinese: english for english, chinese in held if isinstance(english, str) and english}


def _translate_qt(app: QCoreApplication, lang: str) -> None:
    if _Current.translator is not None:
        app.removeTranslator(_Current.translator)
        _Current.translator = None
    if lang != "zh":
        return
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)
        _Current.translator = translator
