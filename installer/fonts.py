"""Make ``resources/fonts/NotoSansSC-*.ttf``: Noto Sans SC, cut down to what a report of a plant can contain, with the
European and Vietnamese letters it lacks taken from Noto Sans.

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3 @expo-google-fonts/noto-sans@0.4.2
    python -m installer.fonts expo-google-fonts-noto-sans-sc-0.4.3.tgz expo-google-fonts-noto-sans-0.4.2.tgz

The archives are checked against the hashes below and nothing in the result depends on the clock, so the same
archives and the same locked fonttools give the same bytes: a report rendered again must not differ because of a font.
"""

from __future__ import annotations

import hashlib
import io
import sys
import tarfile
import unicodedata
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import flagOverlapSimple

CHINESE_SHA512 = (
    "f6b0307454c51db3bfbba0acd208f68d96d6ef84c62226853509d7607dace700"
    "356f3564c1b6af88be2df18515eb8d9e1988e0f3a787e8390011099f3470e771"
)
EUROPEAN_SHA512 = (
    "cd80fc1b68a358bc6a9aaba8420821361ff1f69d32c56c00ac3d28c4ed685d8d"
    "6ac79bce778b7429b867bbf0b1f114f2d3c3a003c46dc6e50b645697c153e73f"
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

EUROPEAN = (
    (0x0100, 0x024F),  # Latin extended: Polish, Czech, Hungarian, Croatian, Romanian, Turkish, Baltic
    (0x0300, 0x0304),  # the combining accents that letters of these languages decompose into
    (0x0306, 0x030C),
    (0x031B, 0x031B),
    (0x0323, 0x0323),
    (0x0326, 0x0328),
    (0x0370, 0x03FF),  # Greek with accents
    (0x0400, 0x045F),  # Cyrillic beyond Russian
    (0x0490, 0x0491),  # Ukrainian ґ
    (0x1E00, 0x1EFF),  # Latin additional: Vietnamese, Welsh
)
"""Letters taken from Noto Sans where Noto Sans SC lacks them."""
EUROPEAN_BITS = {2, 3, 6, 7, 9, 29}
"""The bits of these blocks in the Unicode ranges of the OS/2 table."""
EUROPEAN_PAGES = {1, 2, 3, 4, 7, 8}
"""The bits of Latin 2, Cyrillic, Greek, Turkish, Baltic and Vietnamese in its code page ranges."""


@dataclass(frozen=True, slots=True)
class Face:
    """One font file to make."""

    source: str
    """The font in the archive."""
    heavier: str
    """The face whose digits, scaled down, have strokes as strong as those of this face."""
    european: str
    """The face of Noto Sans with strokes as strong."""
    target: str


FACES = (
    Face(
        "400Regular/NotoSansSC_400Regular.ttf",
        "600SemiBold/NotoSansSC_600SemiBold.ttf",
        "400Regular/NotoSans_400Regular.ttf",
        "NotoSansSC-Regular.ttf",
    ),
    Face(
        "700Bold/NotoSansSC_700Bold.ttf",
        "900Black/NotoSansSC_900Black.ttf",
        "700Bold/NotoSans_700Bold.ttf",
        "NotoSansSC-Bold.ttf",
    ),
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


def add_european_letters(font: TTFont, european: TTFont) -> None:
    """Add the accented letters that the font lacks, as high as its own: capitals by the H, all others by the x."""
    em = font["head"].unitsPerEm / european["head"].unitsPerEm
    capital, small = (_height(font, sign) / (_height(european, sign) * em) for sign in "Hx")
    known, cmap, shapes = font.getBestCmap(), european.getBestCmap(), european.getGlyphSet()
    plain = _plain_forms(european)
    for code in (code for first, last in EUROPEAN for code in range(first, last + 1)):
        if code in known or code not in cmap:
            continue
        source = plain.get(cmap[code], cmap[code])
        scale = em * (capital if unicodedata.category(chr(code)) in ("Lu", "Lt") else small)
        outline, pen = DecomposingRecordingPen(shapes), TTGlyphPen(None)
        shapes[source].draw(outline)
        outline.replay(TransformPen(pen, (scale, 0, 0, scale, _shift(european, code) * scale, 0)))
        _add_glyph(font, f"european{code:04X}", code, pen, round(european["hmtx"][source][0] * scale))
        _mark_overlap(font, f"european{code:04X}")


def _shift(font: TTFont, code: int) -> float:
    """How far to move a letter to the right: not at all, but an accent so that it stands over the letter before it.

    Its own place is told by anchors, which are not taken over, and which the stamp of a signature would not read.
    """
    above_or_below = (202, 220, 230)  # and not the horn, which belongs to the right of the letter
    if unicodedata.combining(chr(code)) not in above_or_below:
        return 0
    letters, glyphs = font.getBestCmap(), font["glyf"]
    accent = glyphs[letters[code]]
    return -float(font["hmtx"][letters[ord("o")]][0] + accent.xMin + accent.xMax) / 2


def _height(font: TTFont, letter: str) -> float:
    shapes = font.getGlyphSet()
    pen = BoundsPen(shapes)
    shapes[font.getBestCmap()[ord(letter)]].draw(pen)
    return float(pen.bounds[3])


def _plain_forms(font: TTFont) -> dict[str, str]:
    """The forms of I and J without serifs, as Noto Sans SC has them (stylistic set 4 of Noto Sans)."""
    table = font["GSUB"].table
    lookups = {
        number
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "ss04"
        for number in record.Feature.LookupListIndex
    }
    forms: dict[str, str] = {}
    for number in sorted(lookups):
        for part in table.LookupList.Lookup[number].SubTable:
            forms |= getattr(part, "ExtSubTable", part).mapping
    return forms


def _mark_overlap(font: TTFont, name: str) -> None:
    """Accents may lie over letters; some systems draw a hole there if they are not told."""
    glyph = font["glyf"][name]
    if glyph.numberOfContours > 0:
        glyph.flags[0] |= flagOverlapSimple


def declare_european_letters(font: TTFont, european: TTFont) -> None:
    """Say in the finished font that these scripts are there, and whose letters they are."""
    os2 = font["OS/2"]
    os2.setUnicodeRanges(os2.getUnicodeRanges() | EUROPEAN_BITS)
    os2.setCodePageRanges(os2.getCodePageRanges() | EUROPEAN_PAGES)
    theirs = european["name"].getDebugName(0)
    for record in font["name"].names:
        if record.nameID == 0:
            record.string = f"{record.toUnicode()} Accented, Greek and Cyrillic letters: {theirs}"


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


def make(face: Face, chinese: tarfile.TarFile, european: tarfile.TarFile) -> bytes:
    """The bytes of one finished font."""
    font, heavier, letters = _read(chinese, face.source), _read(chinese, face.heavier), _read(european, face.european)
    add_small_digits(font, heavier)
    add_european_letters(font, letters)
    cut(font)
    declare_european_letters(font, letters)
    finished = io.BytesIO()
    font.save(finished)
    return finished.getvalue()


def _read(archive: tarfile.TarFile, name: str) -> TTFont:
    member = archive.extractfile(f"package/{name}")
    if member is None:
        raise FileNotFoundError(name)
    return TTFont(io.BytesIO(member.read()), recalcTimestamp=False)


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print(__doc__)
        return 2
    with ExitStack() as stack:
        archives = []
        for name, expected in zip(arguments, (CHINESE_SHA512, EUROPEAN_SHA512), strict=True):
            data = Path(name).read_bytes()
            if hashlib.sha512(data).hexdigest() != expected:
                print(f"{name} is not the archive these fonts are made from (its SHA-512 differs).")
                return 1
            archives.append(stack.enter_context(tarfile.open(fileobj=io.BytesIO(data))))
        for face in FACES:
            made = make(face, *archives)
            (FONTS / face.target).write_bytes(made)
            print(f"{face.target}  {len(made):,} bytes  sha256 {hashlib.sha256(made).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
