"""Append one signature to a PDF with pyHanko. Imported late: pyHanko costs about a second."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from io import BytesIO

from asn1crypto import algos
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from core.errors import UserError
from core.i18n import T
from core.signing.certificates import Identity
from core.signing.layout import (
    BOXES,
    CONTENTS_DIGITS,
    FIELDS,
    HEIGHT,
    P256_ORDER,
    ROLE_NAMES,
    STAMPED_DIGITS,
    WIDGET_FLAGS,
    WIDTH,
)
from core.signing.stamp import Stamp, Subset

SIGNATURES_EXIST_APPEND_ONLY = 3

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)

Entries = Mapping[str, generic.PdfObject]


class _Writer(IncrementalPdfFileWriter):
    """Appends objects and leaves the description of the report (Info, XMP) as it was rendered."""

    def _update_meta(self) -> None:
        """The report's own dates and titles stay: nothing outside the signature may change."""


class _Signer(Signer):
    """Signs with a key object, which may live elsewhere than in memory.

    Of the two numbers an ECDSA signature may end in the smaller is taken, so that nobody can make another
    file of the same validity out of this one.
    """

    def __init__(self, identity: Identity) -> None:
        self._key = identity.key
        super().__init__(
            signing_cert=asn1_x509.Certificate.load(identity.certificate.public_bytes(Encoding.DER)),
            cert_registry=SimpleCertificateStore(),
            signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        r, s = decode_dss_signature(self._key.sign(data, ec.ECDSA(hashes.SHA256())))
        return encode_dss_signature(r, min(s, P256_ORDER - s))


def append_signature(
    pdf: bytes,
    identity: Identity,
    *,
    field: str,
    stamp: Stamp,
    reason: str,
    location: str,
    when: datetime,
    progress: Callable[[float], None],
    stamper: TimeStamper | None = None,
) -> bytes:
    """The same bytes and behind them one revision with the signature of ``field``.

    The first signature certifies, whoever it is of: a PDF can be certified once, before anybody else signs.
    """
    digits = CONTENTS_DIGITS if stamper is None else STAMPED_DIGITS
    stream = BytesIO(pdf)
    writer = _Writer(stream)
    certify = "/AcroForm" not in writer.root
    widget = _create_fields(writer, field) if certify else _existing_field(writer, field)
    widget[pdf_name("/AP")] = _dictionary({"/N": _form(writer, stamp)})
    progress(0.4)
    embedder = PdfCMSEmbedder().write_cms(field, writer, existing_fields_only=True)
    next(embedder)
    embedder.send(
        SigObjSetup(
            SignatureObject(
                timestamp=when,
                subfilter=SigSeedSubFilter.PADES,
                name=identity.name,
                reason=reason or None,
                location=location or None,
                bytes_reserved=digits,
            ),
            mdp_setup=SigMDPSetup("sha256", certify, None, MDPPerm.FILL_FORMS if certify else None),
        )
    )
    prepared, output = embedder.send(SigIOSetup("sha256", in_place=True))
    progress(0.7)
    signing = _Signer(identity).async_sign(prepared.document_digest, "sha256", use_pades=True, timestamper=stamper)
    made = asyncio.run(signing).dump()
    if 2 * len(made) > digits:
        raise UserError(
            T("The time stamp is larger than a report has room for."), T("Use another time stamping authority.")
        )
    embedder.send(made)
    return bytes(output.getbuffer())


def sign_detached(data: bytes, identity: Identity) -> bytes:
    """A signature of its own over some data: CMS in DER, with the same attributes as in a report."""
    digest = hashlib.sha256(data).digest()
    return bytes(asyncio.run(_Signer(identity).async_sign(digest, "sha256", use_pades=True)).dump())


def _create_fields(writer: IncrementalPdfFileWriter, first: str) -> generic.DictionaryObject:
    """Both fields at once, before the first signature: the second may only fill its own. Returns that of ``first``."""
    page_ref, _ = writer.find_page_for_modification(0)
    page = page_ref.get_object()
    fields = [writer.add_object(_field(name, page_ref)) for name in FIELDS]
    page[pdf_name("/Annots")] = generic.ArrayObject([*_annotations(page), *fields])
    writer.mark_update(page_ref)
    form = {"/Fields": generic.ArrayObject(fields), "/SigFlags": generic.NumberObject(SIGNATURES_EXIST_APPEND_ONLY)}
    writer.root[pdf_name("/AcroForm")] = writer.add_object(_dictionary(form))
    writer.update_root()
    made = dict(zip(FIELDS, (field.get_object() for field in fields), strict=True))
    own = made.pop(first)
    for other in made.values():
        other[pdf_name("/AP")] = _dictionary({"/N": _xobject(writer, b"", {})})
    assert isinstance(own, generic.DictionaryObject)
    return own


def _existing_field(writer: IncrementalPdfFileWriter, field: str) -> generic.DictionaryObject:
    for ref in writer.root["/AcroForm"]["/Fields"]:
        found = ref.get_object() if isinstance(ref, generic.IndirectObject) else ref
        if found["/T"] == field:
            assert isinstance(found, generic.DictionaryObject)
            writer.update_container(found)
            return found
    raise AssertionError(f"no field {field}")


def _annotations(page: generic.DictionaryObject) -> Iterable[generic.PdfObject]:
    """The links of the page, as references and not as what they point at."""
    existing = page.get("/Annots", generic.ArrayObject())
    return [existing.raw_get(index) for index in range(len(existing))]


def _field(name: str, page: generic.IndirectObject) -> generic.DictionaryObject:
    return _dictionary(
        {
            "/Type": pdf_name("/Annot"),
            "/Subtype": pdf_name("/Widget"),
            "/FT": pdf_name("/Sig"),
            "/T": pdf_string(name),
            "/TU": pdf_string(ROLE_NAMES[name].en),
            "/F": generic.NumberObject(WIDGET_FLAGS),
            "/P": page,
            "/Rect": _numbers(BOXES[name]),
        }
    )


def _form(writer: IncrementalPdfFileWriter, stamp: Stamp) -> generic.IndirectObject:
    fonts = {"/F1": _font(writer, stamp.regular), "/F2": _font(writer, stamp.bold)}
    return _xobject(writer, stamp.content, {"/Font": _dictionary(fonts)})


def _xobject(writer: IncrementalPdfFileWriter, content: bytes, resources: Entries) -> generic.IndirectObject:
    values: dict[str, generic.PdfObject] = {
        "/Type": pdf_name("/XObject"),
        "/Subtype": pdf_name("/Form"),
        "/BBox": _numbers((0, 0, WIDTH, HEIGHT)),
        "/Resources": _dictionary(resources),
    }
    return _stream(writer, values, content)


def _font(writer: IncrementalPdfFileWriter, font: Subset) -> generic.IndirectObject:
    base = pdf_name(f"/{font.name}")
    number = generic.NumberObject
    descriptor: dict[str, generic.PdfObject] = {
        "/Type": pdf_name("/FontDescriptor"),
        "/FontName": base,
        "/Flags": number(4),
        "/FontBBox": generic.ArrayObject([number(value) for value in font.box]),
        "/ItalicAngle": number(0),
        "/Ascent": number(font.ascent),
        "/Descent": number(font.descent),
        "/CapHeight": number(font.cap_height),
        "/StemV": number(80),
        "/FontFile2": _stream(writer, {"/Length1": number(len(font.program))}, font.program),
    }
    widths = generic.ArrayObject([number(font.widths[glyph]) for glyph in sorted(font.widths)])
    descendant: dict[str, generic.PdfObject] = {
        "/Type": pdf_name("/Font"),
        "/Subtype": pdf_name("/CIDFontType2"),
        "/BaseFont": base,
        "/CIDSystemInfo": _dictionary(
            {"/Registry": pdf_string("Adobe"), "/Ordering": pdf_string("Identity"), "/Supplement": number(0)}
        ),
        "/CIDToGIDMap": pdf_name("/Identity"),
        "/FontDescriptor": writer.add_object(_dictionary(descriptor)),
        "/W": generic.ArrayObject([number(0), widths]),
    }
    whole: dict[str, generic.PdfObject] = {
        "/Type": pdf_name("/Font"),
        "/Subtype": pdf_name("/Type0"),
        "/BaseFont": base,
        "/Encoding": pdf_name("/Identity-H"),
        "/DescendantFonts": generic.ArrayObject([writer.add_object(_dictionary(descendant))]),
        "/ToUnicode": _stream(writer, {}, font.to_unicode()),
    }
    return writer.add_object(_dictionary(whole))


def _numbers(values: Iterable[float]) -> generic.ArrayObject:
    return generic.ArrayObject([generic.FloatObject(f"{value:g}") for value in values])


def _stream(writer: IncrementalPdfFileWriter, values: Entries, data: bytes) -> generic.IndirectObject:
    stream = generic.StreamObject(_dictionary(values), stream_data=data)
    stream.compress()
    return writer.add_object(stream)


def _dictionary(values: Entries) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(key): value for key, value in values.items()})
