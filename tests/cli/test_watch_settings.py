"""What is said for a choice of a source: taken however it is written, or refused with all that can be chosen."""

from __future__ import annotations

from argparse import Namespace

import pytest
from fakes.commands import Shop
from fakes.pages import PageSource

from app.cli.watch_settings import with_choices
from app.core.ports.source import Setting
from app.core.problems import Problem
from app.core.watch import Watch
from app.sources.registry import SourceRegistry
from app.stores.paths import resources
from app.words import use

CHOICES = (
    Setting("security", "Encryption", kind="choice", required=False, choices=("TLS", "STARTTLS")),
    Setting("wanted", "What to hear", kind="choice", choices=("All mail, and reviews in it", "Reviews only")),
    Setting("size", "Size", kind="choice", choices=("small, red", "small, blue")),
)
SOURCE = PageSource()
SOURCE.settings = CHOICES


@pytest.fixture(params=["en", "pl"])
def spoken(request: pytest.FixtureRequest) -> str:
    return use(request.param, resources() / "translations")


def taken(typed: str, source: object = SOURCE, **settings: str) -> Watch | Problem:
    name, _, value = typed.partition("=")
    watch = Watch("", "B", "page", settings={**settings, name.strip(): value})
    return with_choices(Namespace(set=[typed]), watch, source)  # type: ignore[arg-type]


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("security=STARTTLS", "STARTTLS"),
        ("security=starttls", "STARTTLS"),
        ("security = Tls ", "TLS"),
        ("wanted=reviews  ONLY", "Reviews only"),
        ("wanted=Tylko opinie", "Reviews only"),
        ("wanted=только отзывы", "Reviews only"),
        ("wanted=cala poczta, a w niej opinie", "All mail, and reviews in it"),
        ("wanted=all mail", "All mail, and reviews in it"),
        ("size=SMALL, blue", "small, blue"),
        ("wanted=", ""),
        ("url=bogus", "bogus"),
    ],
)
def test_a_choice_is_taken_however_it_is_written(typed: str, kept: str) -> None:
    watch = taken(typed)
    assert isinstance(watch, Watch)
    assert watch.settings == {typed.partition("=")[0].strip(): kept}


@pytest.mark.parametrize("typed", ["security=bogus", "security=0", "wanted=reviews", "wanted=All", "size=small"])
def test_what_is_none_of_the_choices_is_none(typed: str) -> None:
    problem = taken(typed)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.args["text"]) == ("cli.no_such_choice", typed.partition("=")[2])


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize(
    ("source", "typed", "kept"),
    [
        ("google_news", "edition=en-gb", "United Kingdom (English)"),
        ("google_news", "edition=pl", "Poland (Polish)"),
        ("google_news", "edition=atlantis", None),
        ("reddit", "agreed=true", "Yes, though it may stay silent"),
        ("reddit", "agreed=tak", "Yes, though it may stay silent"),
        ("reddit", "agreed=perhaps", None),
        ("mailbox", "security=starttls", "STARTTLS"),
        ("mailbox", "security=ssl", None),
        ("mailbox", "answers=answer by e-mail as well", "Answer by e-mail as well"),
        ("allegro", "server=ALLEGRO.PL", "allegro.pl"),
    ],
)
def test_words_that_a_source_knows_besides_are_taken(source: str, typed: str, kept: str | None) -> None:
    watch = taken(typed, SourceRegistry().get(source), folder="INBOX")
    if kept is None:
        assert isinstance(watch, Problem)
    else:
        assert isinstance(watch, Watch)
        assert watch.settings == {"folder": "INBOX", typed.partition("=")[0]: kept}


def test_a_port_that_settles_the_encryption_makes_no_other_word_of_it_right() -> None:
    assert isinstance(taken("security=bogus", SourceRegistry().get("mailbox"), server="imap.b.example:143"), Problem)


def test_every_choice_of_every_source_is_taken_by_its_name_in_every_language(spoken: str) -> None:
    for source in SourceRegistry().all():
        for setting in source.settings:
            for choice in setting.choices:
                watch = taken(f"{setting.name}={choice.upper()}", source)
                assert isinstance(watch, Watch), (source.id, choice)
                assert watch.settings[setting.name] == choice


@pytest.mark.parametrize(
    "argv", [("add", "--source", "page", "--name", "B", "--no-check"), ("edit", "A"), ("test", "A")]
)
def test_a_refusal_names_all_that_can_be_chosen_and_nothing_is_kept(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]
) -> None:
    source = shop.counter.profile.source
    monkeypatch.setattr(source, "settings", (*source.settings, *CHOICES), raising=False)
    before = shop("watch", "list", "--json").out
    said = shop("watch", *argv, "--url", "https://b.example/feed", "--set", "security=bogus")
    assert (said.code, said.out) == (2, "")
    assert said.err == "«bogus» cannot be chosen for «security». Write one of these: «TLS», «STARTTLS».\n"
    assert shop("watch", "list", "--json").out == before
