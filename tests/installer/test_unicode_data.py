"""ICU's data cut down: the program's languages are sorted, and time zones named in them, as with all of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from installer.linux import unicode_data

WHOLE = next(Path(PySide6.__path__[0]).resolve().rglob("libicudata.so.*"), None)
TOLD = """
import json
from functools import cmp_to_key
from PySide6.QtCore import QCollator, QDateTime, QLocale, QStringDecoder, QTimeZone

words = ["żaba", "zebra", "źle", "ćma", "cytryna", "łąka", "lato", "Ёлка", "ель", "яма", "Äpfel", "eel"]
when = QDateTime.fromString("2026-07-01T12:00:00", "yyyy-MM-ddTHH:mm:ss")
order = {name: sorted(words, key=cmp_to_key(QCollator(QLocale(name)).compare)) for name in ("pl_PL", "ru_RU", "en_GB")}
zones = [
    QTimeZone(zone).displayName(when, QTimeZone.NameType.LongName, QLocale(name))
    for zone in (b"Europe/Warsaw", b"Europe/Moscow", b"America/New_York") for name in order
]
charsets = [QStringDecoder(name).isValid() for name in ("windows-1251", "koi8-r", "shift_jis", "no-such")]
used = [line.split()[-1] for line in open("/proc/self/maps") if "libicudata" in line]
print(json.dumps([order, zones, charsets, len(QStringDecoder.availableCodecs()), sorted(set(used))]))
"""


@pytest.mark.parametrize(
    "name",
    ["ibm-5347_P100-1998.cnv", "coll/ucadata.icu", "nfkc.nrm", "root.res", "pl.res", "ru_RU.res", "en_001.res",
     "coll/pl.res", "coll/res_index.res", "zone/ru.res", "zoneinfo64.res", "supplementalData.res", "metaZones.res"],
)  # fmt: skip
def test_what_the_programs_languages_need_is_kept(name: str) -> None:
    assert unicode_data.is_kept(name, ("en", "pl", "ru"))


@pytest.mark.parametrize(
    "name",
    ["de.res", "sr_Latn_RS.res", "es_419.res", "coll/zh.res", "zone/kok.res", "en_US_POSIX.txt", "unit/pl.res",
     "brkitr/thaidict.dict", "translit/root.res", "curr/en.res", "ca_ES_VALENCIA.res", "confusables.cfu"],
)  # fmt: skip
def test_what_belongs_to_other_languages_goes(name: str) -> None:
    assert not unicode_data.is_kept(name, ("en", "pl", "ru"))


def test_a_new_translation_brings_its_data_with_it(tmp_path: Path) -> None:
    for name in ("uk", "pl"):
        (tmp_path / name).mkdir()
    (tmp_path / "counterbell.pot").touch()
    assert unicode_data.languages(tmp_path) == ("en", "pl", "uk")
    assert unicode_data.is_kept("coll/uk.res", unicode_data.languages(tmp_path))


@pytest.mark.skipif(WHOLE is None, reason="Qt brings no ICU here")
@pytest.mark.skipif(not (shutil.which("ld") and shutil.which("objcopy")), reason="needs binutils")
def test_qt_tells_the_same_with_the_small_data(tmp_path: Path) -> None:
    assert WHOLE is not None
    small = tmp_path / WHOLE.name
    shutil.copy(WHOLE, small)
    unicode_data.cut(small, ("en", "pl", "ru"))
    *before, one = _told({})
    *after, other = _told({"LD_PRELOAD": str(small)})
    assert (one, other) == ([str(WHOLE)], [str(small)])
    assert after == before
    assert after[2] == [True, True, True, False]
    assert small.stat().st_size < WHOLE.stat().st_size / 3
    assert b".symtab" not in small.read_bytes(), "Debian's lintian wants libraries without the linker's own symbols"


def _told(more: dict[str, str]) -> list[object]:
    done = subprocess.run(
        [sys.executable, "-c", TOLD], env=os.environ | more, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    told: list[object] = json.loads(done.stdout)
    return told
