"""The report of a group: one file a section, rendered from the package ``group.json`` alone.

ReportLab is loaded by the first rendering and not by importing this package.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from core.report.group.package import ATTACHMENT, RENDERER, GroupPackage, read, write

if TYPE_CHECKING:
    from core.report.rebuild import Rebuilt

__all__ = ["ATTACHMENT", "RENDERER", "GroupPackage", "compare", "read", "render", "write"]


def render(
    package: GroupPackage,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """The report as PDF/A-3u with the package inside as ``group.json``, ready to be signed.

    The same package gives the same bytes on any machine.

    Raises
    ------
    UserError
        when a text has characters that the fonts lack, or the package is for another renderer.
    Cancelled
        when the person stopped it.
    """
    from core.report.group.document import render as render_now

    return render_now(package, progress, cancelled)


def compare(original: bytes, package: GroupPackage) -> Rebuilt:
    """Whether a file before its first signature is what its package gives when rendered again."""
    from core.errors import UserError
    from core.report.group.document import render as render_now
    from core.report.rebuild import same_objects

    if package.contents.issue.renderer != RENDERER:
        return "unknown-renderer"
    try:
        again = render_now(package)
    except UserError:
        return "differs"
    return "equal" if again == original or same_objects(original, again) else "differs"
