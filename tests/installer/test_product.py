import json
import tomllib

import pytest

from app.words import LANGUAGES
from installer.common import announcement, product
from installer.linux import deb, manual


def test_the_version_is_the_same_everywhere():
    version = tomllib.loads((product.ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert version == product.VERSION
    assert f'"version": "{version}"' in announcement.announcement()
    assert f'<release version="{version}"' in deb.metainfo()
    assert deb.changelog().startswith(f"counterbell ({version}) ")
    assert f'"counterbell {version}"' in manual.manual().splitlines()[0]


def test_the_news_are_told_in_every_language_of_the_program(monkeypatch):
    assert set(json.loads(announcement.announcement())["news"]) == set(LANGUAGES)
    monkeypatch.setitem(LANGUAGES, "xx", "Xx")
    with pytest.raises(KeyError):
        announcement.announcement()


def test_a_version_before_a_release_sorts_before_it_on_debian():
    assert product.debian_version("1.2.0rc1") == "1.2.0~rc1"
    assert product.debian_version("1.2.0") == "1.2.0"


def test_what_the_program_reads_is_shipped_and_its_sources_are_not():
    shipped = {path.as_posix() for path in product.resource_files()}
    wanted = {
        "detect/weights.bin",
        "sample_shop/shop.json",
        "icons/counterbell.svg",
        "saved_replies.json",
        "first_names.json",
        "playbook.json",
        "release.json",
    }
    assert wanted <= shipped
    assert {f"translations/{one}/LC_MESSAGES/counterbell.mo" for one in ("pl", "ru")} <= shipped
    pages = {name for name in shipped if name.startswith("sources/")}
    assert {"sources/facebook_page.md", "sources/mailbox.md"} <= pages
    assert "sources/README.md" not in pages
    assert not [name for name in shipped - pages if name.endswith((".po", ".py", ".md"))]
    assert all(path.is_file() for path in product.resource_files().values())


def test_translated_pages_are_shipped_in_the_folders_of_their_languages(tmp_path, monkeypatch):
    (tmp_path / "pl").mkdir()
    for name in ("feed", "README", "pl/feed", "pl/README"):
        (tmp_path / f"{name}.md").touch()
    monkeypatch.setattr(product, "PAGES", tmp_path)
    pages = {name.as_posix(): path for name, path in product.resource_files().items() if name.parts[0] == "sources"}
    assert pages == {"sources/feed.md": tmp_path / "feed.md", "sources/pl/feed.md": tmp_path / "pl" / "feed.md"}


def test_the_manual_names_every_command_and_is_sound_troff():
    page = manual.manual()
    for command in ("watch add", "listen", "inbox", "show", "log", "detect", "doctor", "learning"):
        assert f".SS {command}" in page
    known = (".TH ", ".SH ", ".SS ", ".TP", ".B ", ".I ")
    assert not [line for line in page.splitlines() if line.startswith(".") and not line.startswith(known)]


def test_changes_are_written_as_debian_wants_them():
    lines = deb.changelog().splitlines()
    assert all(len(line) <= 80 for line in lines[:-1])
    assert lines[-1].startswith(" -- Counterbell maintainers <")
    assert any(line.startswith("  * ") for line in lines[:-1])
