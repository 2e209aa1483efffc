"""The visible stamp of a signature, read back: only our form, our fonts, our four lines."""

from __future__ import annotations

from core.i18n import T
from core.signing.layout import HEIGHT, WIDTH
from core.signing.stamp import read_letters, read_lines
from core.signing.verification.limits import Budget
from core.signing.verification.refusal import Refused
from core.signing.verification.revisions import File
from core.signing.verification.syntax import Dictionary, Name, Ref, Stream, Value

_FORM: Dictionary = {"Type": Name("XObject"), "Subtype": Name("Form"), "BBox": [0, 0, WIDTH, HEIGHT]}
_TYPE0 = {"Type": Name("Font"), "Subtype": Name("Type0"), "Encoding": Name("Identity-H")}
_CID: Dictionary = {
    "Type": Name("Font"),
    "Subtype": Name("CIDFontType2"),
    "CIDSystemInfo": {"Registry": b"Adobe", "Ordering": b"Identity", "Supplement": 0},
    "CIDToGIDMap": Name("Identity"),
}
_DESCRIPTOR_KEYS = {
    "Type",
    "FontName",
    "Flags",
    "FontBBox",
    "ItalicAngle",
    "Ascent",
    "Descent",
    "CapHeight",
    "StemV",
    "FontFile2",
}
_LARGEST_FONT = 1_000_000


class _Parts:
    """The objects of one revision; remembers which were used."""

    def __init__(self, file: File, objects: dict[int, Value], used: set[int], budget: Budget) -> None:
        self._file, self._objects, self._used, self._budget = file, objects, used, budget

    def take(self, ref: Value) -> Value:
        """An object nothing else has used; sharing is not how stamps are written."""
        if not isinstance(ref, Ref) or ref.number not in self._objects or ref.number in self._used:
            raise _strange()
        self._used.add(ref.number)
        return self._objects[ref.number]

    def dictionary(self, ref: Value) -> Dictionary:
        value = self.take(ref)
        if not isinstance(value, dict):
            raise _strange()
        return value

    def stream(self, ref: Value, expected: Dictionary) -> bytes:
        """The data of a stream that has exactly these entries beside filter and length."""
        value = self.take(ref)
        if not isinstance(value, Stream):
            raise _strange()
        values = {key: entry for key, entry in value.values.items() if key not in {"Length", "Filter"}}
        if values != expected or value.values.get("Filter") != "FlateDecode":
            raise _strange()
        return self._budget.inflate(self._file.stream_data(value))


def read_stamp(file: File, objects: dict[int, Value], form: Ref, used: set[int], budget: Budget) -> tuple[str, ...]:
    """The lines of a stamp; ``used`` grows by the objects it is made of."""
    parts = _Parts(file, objects, used, budget)
    stream = objects.get(form.number)
    resources = stream.values.get("Resources") if isinstance(stream, Stream) else None
    fonts = resources.get("Font") if isinstance(resources, dict) else None
    if not isinstance(fonts, dict) or set(fonts) != {"F1", "F2"} or resources != {"Font": fonts}:
        raise _strange()
    content = parts.stream(form, {**_FORM, "Resources": {"Font": fonts}})
    lines = read_lines(content, (_letters(parts, fonts["F1"]), _letters(parts, fonts["F2"])))
    if lines is None:
        raise _strange()
    return lines


def _letters(parts: _Parts, ref: Value) -> dict[int, str]:
    font = parts.dictionary(ref)
    base, descendants = font.get("BaseFont"), font.get("DescendantFonts")
    unicode_map = font.get("ToUnicode")
    if font != {**_TYPE0, "BaseFont": base, "DescendantFonts": descendants, "ToUnicode": unicode_map}:
        raise _strange()
    if not isinstance(descendants, list) or len(descendants) != 1:
        raise _strange()
    inner = parts.dictionary(descendants[0])
    descriptor_ref, widths = inner.get("FontDescriptor"), inner.get("W")
    if inner != {**_CID, "BaseFont": base, "FontDescriptor": descriptor_ref, "W": widths}:
        raise _strange()
    descriptor = parts.dictionary(descriptor_ref)
    if set(descriptor) != _DESCRIPTOR_KEYS or descriptor["FontName"] != base:
        raise _strange()
    _check_program(parts, descriptor["FontFile2"])
    return read_letters(parts.stream(unicode_map, {}))


def _check_program(parts: _Parts, ref: Value) -> None:
    target = parts._objects.get(ref.number) if isinstance(ref, Ref) else None
    length = target.values.get("Length1") if isinstance(target, Stream) else None
    program = parts.stream(ref, {"Length1": length})
    if len(program) != length or len(program) > _LARGEST_FONT:
        raise _strange()


def _strange() -> Refused:
    return Refused(T("The stamp of a signature shows something else than a stamp."))
