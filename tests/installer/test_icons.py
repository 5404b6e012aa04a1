import struct

from PySide6.QtGui import QImage

from installer.common import icons


def test_the_icon_of_windows_holds_every_size():
    data = icons.ico()
    reserved, kind, count = struct.unpack_from("<HHH", data)
    assert (reserved, kind, count) == (0, 1, len(icons.ICO_SIZES))
    for place, size in enumerate(icons.ICO_SIZES):
        width, _height, _colours, _zero, _planes, bits, length, offset = struct.unpack_from(
            "<BBBBHHII", data, 6 + 16 * place
        )
        assert (width or 256, bits) == (size, 32)
        assert offset + length <= len(data)


def test_the_icon_of_macos_is_whole():
    data = icons.icns()
    assert data[:4] == b"icns"
    assert struct.unpack(">I", data[4:8])[0] == len(data)


def test_the_bell_is_really_drawn():
    drawn = QImage.fromData(icons.png(64))
    assert drawn.size().width() == 64
    assert drawn.pixelColor(0, 0).alpha() == 0
    assert drawn.pixelColor(32, 30).alpha() == 255
