"""PDF/A-3u that is the same to the last byte for the same data: no clock, no chance, no settings of the machine.

ReportLab writes the pages; what the archive standard asks for beyond (colour profile, XMP, associated files) is added
to the catalog here.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from core.report.engine import HASTY, STORED
from core.report.fonts import register
from core.report.icc import srgb

# isort: split
from reportlab.lib.utils import TimeStamp
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

PRODUCER = "Plant Carbon Audit"
SHRUNK_FROM, MOST_SHRUNK = 500_000, 100
"""An attachment larger than this that compresses to less than a hundredth is stored as it is. [bytes]"""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file carried inside the PDF."""

    name: str
    """Flat and unique, e.g. ``audit.json``."""
    data: bytes
    media_type: str = "application/json"
    description: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What the file says about itself."""

    title: str
    author: str
    subject: str
    keywords: str
    when: datetime
    """From the package, never from the clock."""
    lang: str
    """``en`` or ``zh-CN``."""
    identity: bytes
    """What makes this file this file; its hash becomes the document's ID."""


class AuditCanvas(Canvas):  # type: ignore[misc]
    """A canvas that writes PDF/A-3u."""

    def __init__(
        self,
        filename: object,
        about: About,
        attachments: Sequence[Attachment],
        closing: Callable[[Any], None] | None = None,
        hasty: bool = False,
        **settings: Any,
    ) -> None:
        register()
        self._closing = closing
        super().__init__(filename, **{**settings, "pdfVersion": (1, 7), "invariant": 1, "lang": about.lang})
        document = self._doc
        setattr(document, HASTY, hasty)
        document._timeStamp = _moment(about.when)
        digest = hashlib.sha256(about.identity).hexdigest()[:32]
        document._ID = f"\n[<{digest}><{digest}>]\n".encode()
        self._describe(about, digest)
        self._colours()
        self._attach(attachments, about.when)

    def save(self) -> None:
        """Write the file; what is known only now comes first."""
        if self._code:
            self.showPage()
        if self._closing is not None:
            self._closing(self)
        super().save()

    def _describe(self, about: About, digest: str) -> None:
        metadata = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"}), _xmp(about, digest).encode(), filters=[]
        )
        catalog = self._doc.Catalog
        catalog.Metadata = metadata
        catalog.PageMode = "/UseOutlines"
        catalog.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})

    def _colours(self) -> None:
        profile = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"N": 3}), srgb(), filters=[pdfdoc.PDFZCompress])
        intent = pdfdoc.PDFDictionary(
            {
                "Type": "/OutputIntent",
                "S": "/GTS_PDFA1",
                "OutputConditionIdentifier": pdfdoc.PDFString("sRGB IEC61966-2.1"),
                "RegistryName": pdfdoc.PDFString("http://www.color.org"),
                "Info": pdfdoc.PDFString("sRGB IEC61966-2.1"),
                "DestOutputProfile": self._doc.Reference(profile),
            }
        )
        self._extend("OutputIntents", pdfdoc.PDFArray([self._doc.Reference(intent)]))

    def _attach(self, attachments: Sequence[Attachment], when: datetime) -> None:
        if len({a.name for a in attachments}) != len(attachments):
            raise ValueError("attachments need different names")
        names: list[object] = []
        files = []
        for attachment in sorted(attachments, key=lambda a: a.name):
            reference = self._file(attachment, when)
            files.append(reference)
            names += [pdfdoc.PDFString(attachment.name), reference]
        if files:
            tree = pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(names)})
            self._doc.Catalog.Names = pdfdoc.PDFDictionary({"EmbeddedFiles": self._doc.Reference(tree)})
            self._extend("AF", pdfdoc.PDFArray(files))

    def _file(self, attachment: Attachment, when: datetime) -> object:
        parameters = {
            "Size": len(attachment.data),
            "ModDate": pdfdoc.PDFDate(ts=_moment(when)),
            "CheckSum": "<" + hashlib.md5(attachment.data, usedforsecurity=False).hexdigest() + ">",
        }
        # The name is written raw: ReportLab's own quoting of names doubles the escape.
        media_type = "/" + attachment.media_type.replace("/", "#2F")
        stream = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary(
                {"Type": "/EmbeddedFile", "Subtype": media_type, "Params": pdfdoc.PDFDictionary(parameters)}
            ),
            attachment.data,
            filters=[STORED if getattr(self._doc, HASTY) or _suspicious(attachment.data) else pdfdoc.PDFZCompress],
        )
        reference = self._doc.Reference(stream)
        specification = {
            "Type": "/Filespec",
            "F": pdfdoc.PDFString(attachment.name),
            "UF": pdfdoc.PDFString(attachment.name),
            "Desc": pdfdoc.PDFString(attachment.description or attachment.name),
            "AFRelationship": "/Data",
            "EF": pdfdoc.PDFDictionary({"F": reference, "UF": reference}),
        }
        return self._doc.Reference(pdfdoc.PDFDictionary(specification))

    def _extend(self, key: str, value: object) -> None:
        """Add an entry that ReportLab's catalog does not know."""
        catalog = self._doc.Catalog
        catalog.__NoDefault__ = [*catalog.__NoDefault__, key]
        setattr(catalog, key, value)


def _suspicious(data: bytes) -> bool:
    """Whether a file shrinks so much that readers would take it for a bomb, as an empty scan does."""
    return len(data) > SHRUNK_FROM and len(zlib.compress(data)) * MOST_SHRUNK < len(data)


def _moment(when: datetime) -> TimeStamp:
    utc = when.astimezone(UTC) if when.tzinfo else when
    stamp = TimeStamp(1)
    stamp.YMDhms, stamp.dhh, stamp.dmm = utc.timetuple()[:6], 0, 0
    return stamp


def _xmp(about: About, digest: str) -> str:
    utc = about.when.astimezone(UTC) if about.when.tzinfo else about.when
    written = f"{utc:%Y-%m-%dT%H:%M:%S}+00:00"
    uuid = "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:]))
    title, author, subject, keywords = (escape(t) for t in (about.title, about.author, about.subject, about.keywords))
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{about.lang}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{PRODUCER}</pdf:Producer><pdf:Keywords>{keywords}</pdf:Keywords><pdf:Trapped>False</pdf:Trapped>
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool><xmp:CreateDate>{written}</xmp:CreateDate><xmp:ModifyDate>{written}</xmp:ModifyDate>
<xmpMM:DocumentID>uuid:{uuid}</xmpMM:DocumentID><xmpMM:InstanceID>uuid:{uuid}</xmpMM:InstanceID>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
