"""Days of the week and times of a tariff, as people write them and as a tariff keeps them (``1-5 08:00-12:00``)."""

from __future__ import annotations

import re

from PySide6.QtCore import QLocale

from core.errors import UserError
from core.i18n import T
from gui.language import _, language, locale

EVERY = "1-7"
_EVERY_WORDS = frozenset({"daily", "every day", "everyday", "all", "每天", "每日", "周一至周日"})
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CHINESE = "一二三四五六日"
_TIME = re.compile(r"([01]?\d|2[0-4])(?:[:：.]([0-5]\d))?")
_KEPT = re.compile(r"[1-7](?:-[1-7])?(?:,[1-7](?:-[1-7])?)*")


def days_words(days: str) -> str:
    """``1-5`` as ``Mon-Fri`` or ``周一至周五``; what cannot be read stays as it is.

    Examples
    --------
    >>> days_words("1-5"), days_words("6,7"), days_words("1-7")
    ('Mon-Fri', 'Sat, Sun', 'daily')
    """
    if days == EVERY:
        return _("daily")
    if not _KEPT.fullmatch(days):
        return days
    between, apart = ("至", "、") if language() == "zh" else ("-", ", ")
    return apart.join(between.join(_name(int(day)) for day in part.split("-")) for part in days.split(","))


def _name(day: int) -> str:
    name = locale().dayName(day, QLocale.FormatType.ShortFormat)
    return name if language() == "zh" else name[:3]


def parse_days(text: str) -> str:
    """Days of the week in numbers or words, as a tariff keeps them.

    Raises
    ------
    UserError
        for anything else.

    Examples
    --------
    >>> parse_days("Mon-Fri"), parse_days("周六、周日"), parse_days("daily"), parse_days("1-5, 7")
    ('1-5', '6,7', '1-7', '1-5,7')
    """
    tidy = re.sub(r"\s+", " ", text.strip().casefold())
    if tidy in _EVERY_WORDS or tidy == _("daily"):
        return EVERY
    parts = [part.strip() for part in re.split(r"[,，、;]", tidy)]
    made = [_range(part, text) for part in parts if part]
    if not made:
        raise _no_days(text)
    return ",".join(made)


def _range(part: str, text: str) -> str:
    ends = [end.strip() for end in re.split(r"\s*(?:-|–|—|~|至|到)\s*", part)]
    if len(ends) > 2:
        raise _no_days(text)
    return "-".join(_day(end, text) for end in ends)


def _day(word: str, text: str) -> str:
    if re.fullmatch("[1-7]", word):
        return word
    if word[:3] in _ENGLISH and word.isalpha():
        return str(_ENGLISH.index(word[:3]) + 1)
    chinese = re.fullmatch(r"(?:周|星期|礼拜)([一二三四五六日天])", word)
    if chinese is not None:
        return str(_CHINESE.index(chinese[1].replace("天", "日")) + 1)
    raise _no_days(text)


def _no_days(text: str) -> UserError:
    return UserError(
        T("“{text}” names no days of the week.", text=text[:40]), T("Write e.g. daily, Mon-Fri, Sat, Sun or 1-5.")
    )


def parse_time(text: str) -> str:
    """A time of the day, as a tariff keeps it.

    Raises
    ------
    UserError
        for anything else.

    Examples
    --------
    >>> parse_time("8"), parse_time("8:30"), parse_time("24:00")
    ('08:00', '08:30', '24:00')
    """
    match = _TIME.fullmatch(text.strip())
    if match is None or (match[1] == "24" and match[2] not in (None, "00")):
        raise UserError(T("“{text}” is no time of the day.", text=text[:40]), T("Write e.g. 08:00, 23:30 or 24:00."))
    return f"{int(match[1]):02d}:{match[2] or '00'}"


def split_band(when: str) -> tuple[str, str, str]:
    """Days, from and to of a band; empty where it cannot be read.

    Examples
    --------
    >>> split_band("1-5 08:00-12:00")
    ('1-5', '08:00', '12:00')
    """
    said = when.split()
    if len(said) != 2 or said[1].count("-") != 1:
        return "", "", ""
    begin, end = said[1].split("-")
    return said[0], begin, end


def band_words(when: str) -> str:
    """A band as it is read: ``Mon-Fri 08:00-12:00``; as typed where it cannot be read."""
    days, begin, end = split_band(when)
    if not days:
        return when
    if (begin, end) == ("00:00", "24:00"):
        return _("{days}, at any other time", days=days_words(days)) if days == EVERY else days_words(days)
    return f"{days_words(days)} {begin}-{end}"
