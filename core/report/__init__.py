"""The report: style, charts, tables and one file a section, made into a PDF. The only room that uses ReportLab.

ReportLab costs half a second to load, so it is loaded by the first rendering and not by importing this package.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from core.report.renderer import RENDERER, Cancelled
from core.signature_strip import SIGNATURE_STRIP

if TYPE_CHECKING:
    from core.inventory import Package
    from core.report.pdf import Attachment
    from core.report.rebuild import Rebuilt

__all__ = ["RENDERER", "SIGNATURE_STRIP", "Cancelled", "compare", "render"]


def render(
    package: Package | Mapping[str, object],
    attachments: Sequence[Attachment] = (),
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """The report of a package as PDF/A-3u, with the package inside as ``audit.json``, ready to be signed.

    Parameters
    ----------
    package
        as built or as read; language, date and everything shown come from it, so the same package gives the same bytes
        on any machine.
    attachments
        further files to carry, e.g. evidence.
    progress
        is told the part that is done, 0 to 1.
    cancelled
        is asked after every section and page whether to stop.

    Raises
    ------
    UserError
        when a text has characters that the fonts lack, or the package is for another renderer.
    Cancelled
        when the person stopped it.
    """
    from core.report.document import render as render_now

    return render_now(package, attachments, progress, cancelled)


def compare(
    original: bytes, package: Package | Mapping[str, object], attachments: Sequence[Attachment] = ()
) -> Rebuilt:
    """Whether ``original``, the file before its first signature, is what this package gives when rendered again.

    ``equal``, ``differs``, or ``unknown-renderer`` when another version of the renderer made it.
    """
    from core.report.rebuild import compare as compare_now

    return compare_now(original, package, attachments)
