"""Cuts ICU's data, which Qt brings for every language of the world, down to the program's own: 8 MB in place of 32.

Qt asks ICU for three things: the order of words, names of time zones, and foreign charsets. The last are all kept.
The form of the data is that of ICU's «common data» (unicode/udata.h and ucmndata.h of ICU 73).
"""

from __future__ import annotations

import re
import struct
import subprocess
import tempfile
from pathlib import Path

_WORLDWIDE = ("cnv", "icu", "nrm")
"""Endings of what belongs to no language: charsets, properties of characters, normal forms."""

_TREES = ("coll", "zone")
"""Folders of which the program's languages are kept; others hold names of units, currencies, regions, and transliteration."""

_LOCALE = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2}|_\d{3})?(_[A-Z_\d]+)?")
_ENTRY = struct.Struct("=II")
_ALIGNED = 16


def cut(library: Path, wanted: tuple[str, ...]) -> None:
    """Replace `library` (libicudata.so.N) by one that holds only what the languages `wanted` («pl», «ru») need."""
    data = _data_of(library.read_bytes())
    symbol = f"icudt{library.name.rpartition('.')[2]}_dat"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "data").write_bytes(_kept(data, wanted))
        commands = (
            ["ld", "-r", "--format=binary", "-o", "named.o", "data"],
            ["objcopy", "--rename-section", ".data=.rodata,alloc,load,readonly,data,contents",
             "--set-section-alignment", f".data={_ALIGNED}", "--strip-symbol", "_binary_data_end",
             "--strip-symbol", "_binary_data_size", "--redefine-sym", f"_binary_data_start={symbol}", "named.o", "fit.o"],
            ["ld", "-shared", "-s", "-z", "noexecstack", "-z", "relro", "-soname", library.name, "-o", "library", "fit.o"],
        )  # fmt: skip
        for command in commands:
            subprocess.run(command, cwd=folder, check=True)
        library.write_bytes((Path(folder) / "library").read_bytes())


def languages(translations: Path) -> tuple[str, ...]:
    """Return the languages of the program: English and those of the folder `translations`."""
    return ("en", *sorted(path.name for path in translations.iterdir() if path.is_dir()))


def is_kept(name: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether an item of the data («coll/pl.res», without the package's name) is needed for the languages `wanted`."""
    folder, _, file = name.rpartition("/")
    stem, _, ending = file.rpartition(".")
    if ending in _WORLDWIDE:
        return True
    if ending != "res" or folder not in ("", *_TREES):
        return False
    return not _LOCALE.fullmatch(stem) or stem.split("_")[0] in wanted


def _data_of(library: bytes) -> bytes:
    """Return the data in a library: it begins with a head that says «CmnD» in its thirteenth byte."""
    return library[library.index(b"CmnD") - 12 :]


def _kept(data: bytes, wanted: tuple[str, ...]) -> bytes:
    """Return the data with the items that are needed alone."""
    (head,) = struct.unpack_from("=H", data)
    contents = data[head:]
    (count,) = struct.unpack_from("=I", contents)
    places = [_ENTRY.unpack_from(contents, 4 + _ENTRY.size * number) for number in range(count)]
    ends = [start for _, start in places[1:]]
    items: list[tuple[bytes, bytes]] = []
    for (name_at, start), end in zip(places, [*ends, _last_end(contents, places[-1][1])], strict=True):
        name = contents[name_at : contents.index(b"\0", name_at)]
        if is_kept(name.decode().partition("/")[2], wanted):
            items.append((name + b"\0", contents[start:end]))
    return data[:head] + _packed(items)


def _last_end(contents: bytes, start: int) -> int:
    """Return where the last item may end at the latest: what the library holds behind the data does it no harm."""
    return min(len(contents), start + (1 << 20))


def _packed(items: list[tuple[bytes, bytes]]) -> bytes:
    """Return a table of contents, in the order of names as it was, and the items behind it."""
    names_at = 4 + _ENTRY.size * len(items)
    at = names_at + sum(len(name) for name, _ in items)
    table, names, body = [struct.pack("=I", len(items))], [], []
    for name, item in items:
        gap = -at % _ALIGNED
        table.append(_ENTRY.pack(names_at, at + gap))
        names_at += len(name)
        names.append(name)
        body += [b"\0" * gap, item]
        at += gap + len(item)
    return b"".join([*table, *names, *body])
