"""The registry: lazy, and not to be killed by what other packages bring."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.core.ports.source import Sources
from app.sources.catalog.feed import SOURCE
from app.sources.registry import SourceRegistry


def _point(name: str, value: str = "") -> EntryPoint:
    return EntryPoint(name, value or f"{__name__}:{name}", "counterbell.sources")


def _registry(*points: EntryPoint) -> SourceRegistry:
    return SourceRegistry(lambda: points)


def _source(**changes: object) -> SimpleNamespace:
    parts = {
        name: getattr(SOURCE, name)
        for name in ("kinds", "settings", "shortest_interval", "help_page", "poll", "check", "tidy", "place")
    }
    return SimpleNamespace(**{**parts, "id": "good", "title": "Good", **changes})


def test_it_hands_out_help_pages_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "feed.md").write_text("# Feeds\n")
    (tmp_path / "secret.md").write_text("mine")
    registry = SourceRegistry(lambda: (), tmp_path / "pages")
    assert registry.page("feed", "en") == "# Feeds\n"
    assert [registry.page(name, "en") for name in ("", "none", "../secret", "..", "feed.md", "pl/feed")] == [""] * 6
    assert _registry().page("feed", "en") == ""


def test_a_help_page_is_in_the_language_or_in_english(tmp_path: Path) -> None:
    (tmp_path / "pl").mkdir()
    for name in ("feed", "vk", "x"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n")
    (tmp_path / "pl" / "feed.md").write_text("# Kanał\n", encoding="utf-8")
    (tmp_path / "pl" / "x.md").write_bytes(b"# Kana\xb3\n")
    (tmp_path / "pl" / "vk.md").touch()
    registry = SourceRegistry(lambda: (), tmp_path)
    assert registry.page("feed", "pl") == "# Kanał\n"
    assert registry.page("feed", "en") == registry.page("feed", "ru") == "# feed\n"
    assert [registry.page(name, "pl") for name in ("vk", "x")] == ["# vk\n", "# x\n"], "empty, and not in UTF-8"


def test_it_finds_the_catalog_the_commonest_first() -> None:
    registry: Sources = _registry()
    assert registry.get("feed") is SOURCE
    assert registry.all()[0] is SOURCE
    ids = [source.id for source in registry.all()]
    assert len(ids) == len(set(ids))
    assert all(registry.get(source.id) is source for source in registry.all())


@pytest.mark.parametrize("source_id", ["", "nobody", "..", "feed.x", "registry", "__init__", "os"])
def test_an_unknown_id_is_none(source_id: str) -> None:
    assert _registry().get(source_id) is None


def test_importing_and_asking_for_one_imports_no_other_and_no_feedparser() -> None:
    program = (
        "import sys; from app.sources.registry import SourceRegistry; registry = SourceRegistry()\n"
        "assert not [n for n in sys.modules if n.startswith('app.sources.catalog.')]\n"
        "assert registry.get('feed').id == 'feed'\n"
        "assert [n for n in sys.modules if n.startswith('app.sources.catalog.')] == ['app.sources.catalog.feed']\n"
        "assert 'feedparser' not in sys.modules\n"
        "registry.all(); assert 'feedparser' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True, timeout=60)


def test_what_was_asked_for_is_known() -> None:
    registry = _registry()
    assert registry.known() == ()
    registry.get("feed")
    registry.get("nobody")
    assert registry.known() == (SOURCE,)


def test_a_source_of_another_package_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    good = _source()
    monkeypatch.setitem(sys.modules, "other_package", SimpleNamespace(SOURCE=good))  # type: ignore[misc]
    registry = _registry(_point("good", "other_package:SOURCE"))
    assert registry.get("good") is good
    assert good in registry.all()
    assert registry.problems() == ()


def test_broken_sources_are_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave() -> None:
        raise SystemExit("bye")

    broken = {
        "absent": _point("absent", "no_such_package_anywhere:SOURCE"),
        "hollow": _point("hollow", "other_package:hollow"),
        "misnamed": _point("misnamed", "other_package:misnamed"),
        "dumb": _point("dumb", "other_package:dumb"),
        "feed": _point("feed", "other_package:feed"),
    }
    package = SimpleNamespace(
        hollow=object(), misnamed=_source(), dumb=_source(id="dumb", poll=None), feed=_source(id="feed"), leave=leave
    )
    monkeypatch.setitem(sys.modules, "other_package", package)  # type: ignore[misc]
    registry = _registry(*broken.values())
    assert registry.get("feed") is SOURCE
    assert all(registry.get(name) is None for name in broken if name != "feed")
    assert not {source.id for source in registry.all()} & (set(broken) - {"feed"})
    problems = {problem.args["name"]: problem for problem in registry.problems()}
    assert set(problems) == set(broken)
    assert {problem.code for problem in problems.values()} == {"sources.plugin_broken"}
    reasons = {str(name): str(problem.args["reason"]) for name, problem in problems.items()}
    assert "ModuleNotFoundError" in reasons["absent"]
    assert "poll" in reasons["hollow"]
    assert "poll" in reasons["dumb"]
    assert "id" in reasons["misnamed"]
    assert "taken" in reasons["feed"]


def test_a_source_that_ends_the_program_when_loaded_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    class Leaving:
        def __getattr__(self, name: str) -> object:
            raise SystemExit(3)

    monkeypatch.setitem(sys.modules, "other_package", Leaving())  # type: ignore[misc]
    registry = _registry(_point("leaver", "other_package:SOURCE"))
    assert registry.get("leaver") is None
    assert [problem.args["name"] for problem in registry.problems()] == ["leaver"]
