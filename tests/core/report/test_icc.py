from __future__ import annotations

import io
import struct

from PIL import Image, ImageCms

from core.report.icc import srgb


def test_header_and_table_point_into_the_profile() -> None:
    profile = srgb()
    assert struct.unpack(">I", profile[:4])[0] == len(profile)
    assert profile[12:24] == b"mntrRGB XYZ "
    assert profile[36:40] == b"acsp"
    (count,) = struct.unpack(">I", profile[128:132])
    for index in range(count):
        _, offset, size = struct.unpack(">4sII", profile[132 + 12 * index : 144 + 12 * index])
        assert offset % 4 == 0
        assert offset + size <= len(profile)


def test_another_program_reads_it_as_srgb() -> None:
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb()))
    image = Image.new("RGB", (16, 16))
    for x in range(16):
        for y in range(16):
            image.putpixel((x, y), (x * 17, y * 17, (x * y) % 256))
    same = ImageCms.profileToProfile(image, ours, ImageCms.createProfile("sRGB"))
    assert same is not None
    assert all(abs(a - b) <= 1 for a, b in zip(image.tobytes(), same.tobytes(), strict=True))
