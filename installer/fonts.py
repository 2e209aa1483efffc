"""Make ``resources/fonts/*.ttf``: Noto Sans SC, cut down to what a report of a plant can contain.

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3
    python -m installer.fonts expo-google-fonts-noto-sans-sc-0.4.3.tgz

The archive is checked against the hash below and nothing in the result depends on the clock, so the same
archive and the same locked fonttools give the same bytes: a report rendered again must not differ because of a font.
"""

from __future__ import annotations

import hashlib
import io
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ARCHIVE_SHA512 = (
    "f6b0307454c51db3bfbba0acd208f68d96d6ef84c62226853509d7607dace700"
    "356f3564c1b6af88be2df18515eb8d9e1988e0f3a787e8390011099f3470e771"
)
FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"

BLOCKS = (
    (0x0020, 0x024F),  # Latin with all European accents
    (0x02B0, 0x02FF),  # tone marks
    (0x0300, 0x036F),  # combining accents
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x04FF),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin additional
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x209F),  # superscripts and subscripts
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x218F),  # letterlike, fractions, Roman numerals
    (0x2190, 0x22FF),  # arrows, mathematical operators
    (0x2460, 0x27BF),  # enclosed numbers, box drawing, geometric shapes, dingbats
    (0x3000, 0x30FF),  # CJK punctuation and kana
    (0x3200, 0x33FF),  # enclosed CJK, squared units
    (0xFF00, 0xFFEF),  # full-width forms
)


@dataclass(frozen=True, slots=True)
class Face:
    """One font file to make."""

    source: str
    """The font in the archive."""
    heavier: str
    """The face whose digits, scaled down, have strokes as strong as those of this face."""
    target: str


FACES = (
    Face("400Regular/NotoSansSC_400Regular.ttf", "600SemiBold/NotoSansSC_600SemiBold.ttf", "NotoSansSC-Regular.ttf"),
    Face("700Bold/NotoSansSC_700Bold.ttf", "900Black/NotoSansSC_900Black.ttf", "NotoSansSC-Bold.ttf"),
)

SUBSCRIPT, SUPERSCRIPT = 0x2080, 0x2070
SMALL = 0.6
"""Size of the added small digits against normal ones."""
SUPERSCRIPT_RISE = 330
SUBSCRIPT_DROP = -140
"""In units of a thousandth of the em."""


def repertoire() -> set[int]:
    """Every character of GBK, and the blocks above."""
    wanted = {code for first, last in BLOCKS for code in range(first, last + 1)}
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                wanted.add(ord(bytes((lead, trail)).decode("gbk")))
            except UnicodeDecodeError:
                continue
    return wanted


def add_small_digits(font: TTFont, heavier: TTFont) -> None:
    """Add the digits below and above the line that the font lacks: without them CO₂ cannot be written."""
    cmap, shapes, heavy_cmap = font.getBestCmap(), heavier.getGlyphSet(), heavier.getBestCmap()
    for digit in range(10):
        source = heavy_cmap[ord("0") + digit]
        for base, rise in ((SUBSCRIPT, SUBSCRIPT_DROP), (SUPERSCRIPT, SUPERSCRIPT_RISE)):
            if base + digit in cmap or (base == SUPERSCRIPT and digit in (1, 2, 3)):  # ¹²³ are Latin-1
                continue
            pen = TTGlyphPen(None)
            shapes[source].draw(TransformPen(pen, (SMALL, 0, 0, SMALL, 0, rise)))
            advance = round(heavier["hmtx"][source][0] * SMALL)
            _add_glyph(font, f"uni{base + digit:04X}", base + digit, pen, advance)


def _add_glyph(font: TTFont, name: str, code: int, pen: TTGlyphPen, advance: int) -> None:
    glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    font["glyf"][name] = glyph
    font["hmtx"][name] = (advance, glyph.xMin)
    if "vmtx" in font:
        font["vmtx"][name] = (font["head"].unitsPerEm, 0)
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format in (4, 12):
            table.cmap[code] = name


def cut(font: TTFont) -> None:
    """Keep the repertoire, horizontal writing and all names; drop the rest."""
    options = Options()
    options.drop_tables += ["BASE", "VORG", "vhea", "vmtx", "GlyphOrder"]
    options.layout_features = ["ccmp", "kern", "liga", "mark", "mkmk"]
    options.hinting = False
    options.name_IDs = ["*"]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=repertoire())
    subsetter.subset(font)


def make(face: Face, archive: tarfile.TarFile) -> bytes:
    """The bytes of one finished font."""
    font, heavier = _read(archive, face.source), _read(archive, face.heavier)
    add_small_digits(font, heavier)
    cut(font)
    finished = io.BytesIO()
    font.save(finished)
    return finished.getvalue()


def _read(archive: tarfile.TarFile, name: str) -> TTFont:
    member = archive.extractfile(f"package/{name}")
    if member is None:
        raise FileNotFoundError(name)
    return TTFont(io.BytesIO(member.read()), recalcTimestamp=False)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__)
        return 2
    data = Path(arguments[0]).read_bytes()
    if hashlib.sha512(data).hexdigest() != ARCHIVE_SHA512:
        print(f"{arguments[0]} is not the archive these fonts are made from (its SHA-512 differs).")
        return 1
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        for face in FACES:
            made = make(face, archive)
            (FONTS / face.target).write_bytes(made)
            print(f"{face.target}  {len(made):,} bytes  sha256 {hashlib.sha256(made).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
