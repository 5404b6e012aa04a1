"""«log --export»: all that is known of a customer, in a file or printed."""

from __future__ import annotations

from pathlib import Path

from fakes.commands import Shop


def test_a_person_is_exported(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "jan.html"
    shop("log", "Jan <Nowak>", "--add", "Asked about order 1182")
    said = shop("log", "Jan <Nowak>", "--export", str(path))
    assert (said.code, said.out) == (0, "")
    assert "Jan <Nowak>" in said.err
    assert "jan.html" in said.err
    page = path.read_text("utf-8")
    assert "Asked about order 1182" in page
    assert "Jan &lt;Nowak&gt;" in page
    printed = shop("log", "Jan <Nowak>", "--export", "-")
    assert printed.code == 0
    assert printed.out.startswith("<!DOCTYPE html>")
    assert printed.out.endswith("</html>\n")


def test_a_folder_that_is_not_there_is_told(shop: Shop, tmp_path: Path) -> None:
    shop("log", "Jan Nowak", "--add", "Asked about order 1182")
    said = shop("log", "Jan Nowak", "--export", str(tmp_path / "no" / "jan.html"))
    assert said.code == 1
    assert "jan.html" in said.err
    assert shop("log", "Nobody", "--export", "-").code == 1
