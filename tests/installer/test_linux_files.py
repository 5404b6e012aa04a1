import re
import subprocess
from configparser import ConfigParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from app.cli.main import parser
from installer.common.product import COMPONENT, NAME, ROOT
from installer.linux import deb

LINUX = ROOT / "installer" / "linux"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def desktop():
    entry = ConfigParser(interpolation=None, delimiters=("=",))
    entry.optionxform = str
    entry.read(LINUX / f"{NAME}.desktop", encoding="utf-8")
    return entry


def test_the_entry_of_the_menu_speaks_all_languages(desktop):
    main = desktop["Desktop Entry"]
    assert (main["Exec"], main["Icon"], main["Terminal"]) == (NAME, NAME, "false")
    for key in ("GenericName", "Comment", "Keywords"):
        assert main[key]
        assert main[f"{key}[pl]"] != main[f"{key}[ru]"] != main[key]
    for action in main["Actions"].strip(";").split(";"):
        words = desktop[f"Desktop Action {action}"]["Exec"].split()
        assert words[0] == NAME
        assert parser("0").parse_args(words[1:])
        assert desktop[f"Desktop Action {action}"]["Name[pl]"]


def test_the_entry_is_known_by_the_name_that_the_window_bears(desktop):
    program = (ROOT / "app" / "ui" / "program.py").read_text("utf-8")
    assert f'NAME = "{NAME}"' in program
    assert "setDesktopFileName(NAME)" in program
    assert desktop["Desktop Entry"]["StartupWMClass"] == NAME


def test_software_centres_are_told_enough():
    told = ET.fromstring(deb.metainfo())
    assert told.findtext("id") == COMPONENT
    assert told.findtext("launchable") == f"{NAME}.desktop"
    assert told.findtext("project_license") == "GPL-3.0-or-later"
    summed_up = [one.get(LANG) for one in told.findall("summary")]
    described = [one.get(LANG) for one in told.findall("description/p")]
    assert {None, "pl", "ru"} <= set(summed_up)
    assert sorted(map(str, summed_up * 2)) == sorted(map(str, described)), "two paragraphs in each language"
    assert "@" not in deb.metainfo()


def test_what_leaves_the_computer_is_told_whole():
    told = [one.text for one in ET.fromstring(deb.metainfo()).findall("description/p")] + [deb.CONTROL]
    for said in (("replies", "new versions"), ("odpowiedzi", "nowe wersje"), ("ответы", "новых версиях")):
        assert any(all(word in " ".join(text.split()) for word in said) for text in told), said
    assert "polls themselves" not in " ".join(told)


def test_each_override_gives_its_reason():
    lines = (LINUX / "debian" / "lintian-overrides").read_text("utf-8").splitlines()
    found = [number for number, line in enumerate(lines) if line and not line.startswith("#")]
    assert found
    assert all(lines[number - 1].startswith("# ") and len(lines[number - 1]) > 20 for number in found)


@pytest.mark.parametrize("path", sorted((LINUX / "home").glob("*.sh")), ids=lambda path: path.name)
def test_scripts_are_sound(path):
    assert subprocess.run(["sh", "-n", path], check=False).returncode == 0


@pytest.mark.parametrize("language", ["pl_PL.UTF-8", "ru_RU.UTF-8", "C"])
def test_the_installer_has_every_sentence_in_every_language(language):
    names = set(re.findall(r'"\$([A-Z]+)[" ]|echo "\$([A-Z]+) \$([A-Z]+)', _used()))
    wanted = sorted({name for group in names for name in group if name} - {"HOME", "DATA", "COMMAND"})
    assert {"DONE", "GONE", "KEPT", "MISSING", "SYSTEM", "BUSY"} <= set(wanted)
    script = f'set -u; . "{LINUX}/home/words.sh"; ' + " ".join(f'echo "${name}";' for name in wanted)
    done = subprocess.run(
        ["sh", "-c", script], env={"LC_ALL": language, "HOME": "/home/x"}, capture_output=True, text=True, check=True
    )
    assert all(done.stdout.splitlines())
    assert bool(re.search("[а-я]", done.stdout)) == language.startswith("ru")
    assert bool(re.search("[ąęłż]", done.stdout)) == language.startswith("pl")


def _used() -> str:
    return "\n".join(Path(path).read_text("utf-8") for path in sorted((LINUX / "home").glob("*.sh")))
