"""ReportLab as we use it: settings fixed, so that neither the environment nor a settings file changes a byte.

Imported before anything else of ReportLab, because it copies its settings when its modules are loaded.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Any

from reportlab import rl_config

from core.report.numerals import numerals

SETTINGS: dict[str, object] = {
    "autoConvertEncoding": 0,
    "canvas_baseColor": None,
    "canvas_basefontname": "Latin",
    "decimalSymbol": ".",
    "defaultGraphicsFontName": "Latin",
    "documentLang": None,
    "invariant": 1,
    "pageCompression": 1,
    "pdfComments": 0,
    "pdfMultiLine": 0,
    "shapeChecking": 1,
    "showBoundary": 0,
    "ttfAsciiReadable": 1,
    "useA85": 0,
    "verbose": 0,
}
for _name, _value in SETTINGS.items():
    setattr(rl_config, _name, _value)

from reportlab.lib import rl_accel  # noqa: E402 - after the settings

rl_accel.fp_str = numerals  # before the modules that write pages take it from there

from reportlab.lib.fonts import addMapping  # noqa: E402
from reportlab.pdfbase import pdfdoc  # noqa: E402

FAMILIES = (("Latin", "Latin-Bold"), ("Han", "Han-Bold"))
"""Upright and bold; there is no slanted one. Platypus asks for them when it is loaded."""
for _regular, _bold in FAMILIES:
    for _heavy in (0, 1):
        for _slanted in (0, 1):
            addMapping(_regular, _heavy, _slanted, _bold if _heavy else _regular)

_TAIL = b"endstream\n"
_format_stream = pdfdoc.PDFStream.format


class _Stored(pdfdoc.PDFStreamFilterZCompress):  # type: ignore[misc]
    """Flate without compression."""

    def encode(self, data: str | bytes) -> bytes:
        return zlib.compress(data.encode() if isinstance(data, str) else data, 0)


pdfdoc.PDFName = lru_cache(maxsize=4096)(pdfdoc.PDFName)  # a few names, thousands of times in a file
STORED = _Stored()
HASTY = "audit_hasty"
"""Attribute of a document whose streams are all stored as they are: nobody keeps it."""


def _format_with_end_of_line(stream: Any, document: object) -> bytes:
    """PDF/A asks for an end of line before ``endstream``; ReportLab writes none."""
    if stream.filters and getattr(document, HASTY, False):
        stream.filters = [STORED if one is pdfdoc.PDFZCompress else one for one in stream.filters]
    written: bytes = _format_stream(stream, document)
    return written.removesuffix(_TAIL) + b"\n" + _TAIL


pdfdoc.PDFStream.format = _format_with_end_of_line
