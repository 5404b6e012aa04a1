"""One poll of any source, against a scripted net."""

from collections.abc import Generator
from dataclasses import replace

from app.core.identity import prints_of
from app.core.mention import Mention
from app.core.moves import believed
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Suggestion
from app.core.preferences import Preferences
from app.core.problems import Problem, ProblemError
from app.core.signature import signature
from app.core.watch import HostState, Move, Validators, Watch, WatchKind, WatchState
from app.listen.due import settled
from app.listen.moves import next_moves
from app.listen.poll import begun, poll_watch, unblocked

NOW = 1_800_000_000.0
URL = "https://blog.example/feed"
WATCH = Watch("w", "Blog", "scripted", settings={"url": URL})


class ScriptedNet:
    """Gives the answers it was given, in order, and remembers what was asked."""

    def __init__(self, *answers: Response | Problem) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[Request, Validators | None, bool]] = []

    def send(
        self, request: Request, known: Validators | None = None, *, allow_private: bool = False, patient: bool = True
    ) -> Response | Problem:
        self.asked.append((request, known, allow_private))
        return self.answers.pop(0)

    def host_states(self) -> tuple[HostState, ...]:
        return ()

    def remember_hosts(self, states: tuple[HostState, ...]) -> None: ...

    def close(self) -> None: ...


class ScriptedSource:
    id = "scripted"
    title = "Scripted"
    kinds = (WatchKind.CHANNEL,)
    settings = ()
    shortest_interval = 1
    help_page = ""

    def __init__(self, pages: int = 1, problem: Problem | None = None) -> None:
        self.pages = pages
        self.problem = problem
        self.seen: list[Poll] = []

    def poll(self, poll: Poll) -> Generator[Request, Response, Reading]:
        self.seen.append(poll)
        mentions: list[Mention] = []
        for page in range(self.pages):
            response = yield Request(f"{URL}?{page}" if page else URL)
            if not response.unchanged:
                mentions.append(Mention("scripted", response.body.decode()))
        suggestions = (Suggestion("scripted", "", {"url": "x"}),) if self.problem else ()
        return Reading(tuple(mentions), {"at": "7"}, 90.0, "Title", self.problem, suggestions)


def _ok(body: bytes = b"one", **more: object) -> Response:
    return replace(Response(URL, 200, {}, body, validators=Validators("e1", "", "h1", NOW)), **more)  # type: ignore[arg-type]


def test_mentions_bookmark_and_validators_come_out() -> None:
    net, source = ScriptedNet(_ok()), ScriptedSource()
    reached = poll_watch(WATCH, WatchState("w"), source, net, now=NOW)
    assert [m.key for m in reached.mentions] == ["one"]
    assert reached.state.bookmark == {"at": "7"}
    assert reached.state.validators == {URL: Validators("e1", "", "h1", NOW)}
    assert reached.state.heard_at == reached.state.polled_at == NOW
    assert reached.asks == 90.0
    assert source.seen[0].first


def test_of_an_answer_cut_in_its_middle_no_validators_are_kept() -> None:
    class Cut(ScriptedSource):
        def poll(self, poll: Poll) -> Generator[Request, Response, Reading]:
            reading = yield from super().poll(poll)
            return replace(reading, cut=True)

    state = WatchState("w", validators={URL: Validators("e0")}, signature=signature(WATCH))
    reached = poll_watch(WATCH, state, Cut(), ScriptedNet(_ok()), now=NOW)
    assert [m.key for m in reached.mentions] == ["one"]
    assert reached.state.validators == {}


def test_known_validators_are_sent_and_first_is_over() -> None:
    net, source = ScriptedNet(_ok(unchanged=True, body=b"")), ScriptedSource()
    state = WatchState("w", heard_at=5.0, validators={URL: Validators("e0")}, signature=signature(WATCH))
    reached = poll_watch(WATCH, state, source, net, now=NOW)
    assert net.asked[0][1] == Validators("e0")
    assert not source.seen[0].first
    assert reached.mentions == ()


def test_a_changed_watch_is_read_anew() -> None:
    net = ScriptedNet(_ok())
    state = WatchState("w", validators={URL: Validators("e0")}, signature=signature(replace(WATCH, required=("x",))))
    poll_watch(WATCH, state, ScriptedSource(), net, now=NOW)
    assert net.asked[0][1] is None


def test_what_was_spent_outlasts_a_change_of_the_watch_and_of_the_blocked() -> None:
    state = WatchState("w1", bookmark={"at": "7", "~spent": "20"}, signature="another")
    assert begun(WATCH, state).bookmark == {"~spent": "20"}
    blocking = Preferences(blocked_authors=("Troll",))
    blocked = unblocked(state, blocking)
    assert unblocked(blocked, Preferences()).bookmark == {"~spent": "20"}


def test_signature_ignores_name_and_interval_but_not_words() -> None:
    assert signature(WATCH) == signature(replace(WATCH, name="Other", interval=5, paused=True))
    assert signature(WATCH) != signature(replace(WATCH, excluded=("x",)))


def test_a_problem_of_the_net_keeps_what_was_known() -> None:
    state = WatchState("w", bookmark={"at": "1"}, validators={URL: Validators("e0")}, signature=signature(WATCH))
    reached = poll_watch(WATCH, state, ScriptedSource(2), ScriptedNet(_ok(), Problem("net.timeout")), now=NOW)
    assert reached.problem == Problem("net.timeout")
    assert reached.mentions == ()
    assert reached.state == replace(state, polled_at=NOW)


def test_a_source_may_go_on_after_a_page_that_never_came() -> None:
    class Patient(ScriptedSource):
        def poll(self, poll: Poll) -> Generator[Request, Response, Reading]:
            mentions: list[Mention] = []
            for page in range(4):
                try:
                    response = yield Request(f"{URL}?{page}")
                except ProblemError:
                    continue
                mentions.append(Mention("scripted", response.body.decode()))
            return Reading(tuple(mentions), {"at": "7"})

    late, large = Problem("net.timeout"), Problem("net.too_large")
    state = WatchState("w", bookmark={"at": "1", "blocked": "b"}, validators={URL: Validators("e0")})
    state = replace(state, signature=signature(WATCH))
    reached = poll_watch(WATCH, state, Patient(), ScriptedNet(_ok(), late, large, _ok(b"two")), now=NOW)
    assert reached.problem == late
    assert [mention.key for mention in reached.mentions] == ["one", "two"]
    assert reached.state == replace(state, polled_at=NOW, bookmark={"at": "7", "blocked": "b"})


def test_a_problem_without_a_bookmark_keeps_the_old_one() -> None:
    class Forgetful(ScriptedSource):
        def poll(self, poll: Poll) -> Generator[Request, Response, Reading]:
            yield Request(URL)
            return Reading(problem=Problem("sources.broken_answer"))

    state = WatchState("w", bookmark={"at": "1"}, signature=signature(WATCH))
    reached = poll_watch(WATCH, state, Forgetful(), ScriptedNet(_ok()), now=NOW)
    assert reached.state == replace(state, polled_at=NOW)


def test_an_unreadable_answer_keeps_the_old_validators_so_that_it_is_read_again() -> None:
    source = ScriptedSource(problem=Problem("sources.page_not_feed"))
    reached = poll_watch(WATCH, WatchState("w"), source, ScriptedNet(_ok()), now=NOW)
    assert reached.problem == Problem("sources.page_not_feed")
    assert reached.state.validators == {}
    assert reached.suggestions


def test_private_addresses_only_where_the_watch_allows_them() -> None:
    for allowed in (False, True):
        net = ScriptedNet(_ok())
        poll_watch(replace(WATCH, allow_private=allowed), WatchState("w"), ScriptedSource(), net, now=NOW)
        assert net.asked[0][2] is allowed


def test_rate_limit_says_until_when() -> None:
    reached = poll_watch(
        WATCH, WatchState("w"), ScriptedSource(), ScriptedNet(Response(URL, 429, fresh_for=120.0)), now=NOW
    )
    assert reached.problem
    assert reached.problem.retry_at == NOW + 120


def test_a_refusal_is_told_with_the_moment_its_host_is_left_alone_until() -> None:
    refused = _ok(status=429, fresh_for=3_599.4, retry_at=NOW + 3_600.0)
    reached = poll_watch(WATCH, WatchState("w"), ScriptedSource(), ScriptedNet(refused), now=NOW)
    assert reached.problem == Problem("net.rate_limited", {"status": 429, "host": "blog.example"}, NOW + 3_600.0)
    assert settled(WATCH, reached.state, reached.problem, reached.asks, NOW).next_due == NOW + 3_600.0


def test_a_status_the_source_understands_is_sent_to_it_and_keeps_no_validators() -> None:
    closed = f"{URL}/closed"
    statuses: list[int] = []

    class Asking(ScriptedSource):
        def poll(self, poll: Poll) -> Generator[Request, Response, Reading]:
            refused = yield Request(closed, errors=(403, 404))
            statuses.append(refused.status)
            yield Request(URL)
            return Reading()

    reached = poll_watch(WATCH, WatchState("w"), Asking(), ScriptedNet(_ok(url=closed, status=404), _ok()), now=NOW)
    assert (reached.problem, statuses) == (None, [404])
    assert set(reached.state.validators) == {URL}
    assert poll_watch(WATCH, WatchState("w"), Asking(), ScriptedNet(_ok(status=500)), now=NOW).problem is not None


def test_a_move_is_believed_after_three_times_over_two_days() -> None:
    moves: dict[str, Move] = {}
    for day in range(3):
        assert believed(moves, URL, NOW + day * 86_400) == URL
        moves = next_moves(moves, URL, "https://new.example/feed", NOW + day * 86_400)
    assert believed(moves, URL, NOW + 2 * 86_400) == "https://new.example/feed"


def test_a_move_that_ends_is_forgotten() -> None:
    moves = next_moves({}, URL, "https://new.example/feed", NOW)
    assert next_moves(moves, URL, "", NOW + 1) == {}
    other = next_moves(moves, URL, "https://third.example/", NOW + 1)
    assert other[URL] == Move("https://third.example/", 1, NOW + 1)


def test_a_believed_move_is_asked_in_place_of_the_address() -> None:
    moves = {URL: Move("https://new.example/feed", 3, NOW - 3 * 86_400)}
    net = ScriptedNet(_ok())
    reached = poll_watch(WATCH, WatchState("w", moves=moves), ScriptedSource(), net, now=NOW)
    assert net.asked[0][0].url == "https://new.example/feed"
    assert reached.state.moves == moves


def test_what_was_read_is_read_anew_when_somebody_is_blocked_no_longer() -> None:
    anna, shops = Preferences(blocked_authors=("Anna",)), Preferences(blocked_sites=("Anna",))
    state = unblocked(
        WatchState("w", bookmark={"at": "7"}, heard_at=NOW, signature=signature(WATCH)),
        replace(anna, blocked_sites=("b.example",)),
    )
    state = replace(state, validators={URL: Validators("e0")})
    for preferences in (anna, shops, Preferences()):
        source = ScriptedSource()
        begun = unblocked(replace(state, validators={URL: Validators("e0")}), preferences)
        assert "at" not in begun.bookmark
        assert not begun.validators, "an unchanged place would be skipped"
        state = poll_watch(WATCH, begun, source, ScriptedNet(_ok()), now=NOW).state
        assert not source.seen[0].first
        assert unblocked(state, preferences) is state
        assert state.bookmark["at"] == "7"


def test_nothing_is_read_anew_because_somebody_more_is_blocked() -> None:
    state = WatchState("w", bookmark={"at": "7"}, validators={URL: Validators("e0")}, signature=signature(WATCH))
    one = unblocked(state, Preferences(blocked_authors=("Anna",)))
    both = unblocked(one, Preferences(blocked_authors=("Anna", "Ola"), blocked_sites=("b.example",)))
    for after in (one, both):
        assert (after.bookmark["at"], after.validators) == ("7", state.validators)
    assert "at" not in unblocked(both, Preferences(blocked_authors=("Ola",))).bookmark


def test_an_address_that_seems_to_name_another_host_is_kept_without_its_user_name() -> None:
    posts = ("http://allegro.pl@evil.example/1", "https://mastodon.example/@anna/2")

    class Linking(ScriptedSource):
        def poll(self, poll: Poll) -> Generator[Request, Response, Reading]:
            yield Request(URL)
            return Reading(tuple(Mention("scripted", post, url=post) for post in posts))

    heard = poll_watch(WATCH, WatchState("w"), Linking(), ScriptedNet(_ok()), now=NOW).mentions
    assert [mention.url for mention in heard] == ["http://evil.example/1", posts[1]]
    assert [prints_of(mention) for mention in heard] == [prints_of(Mention("scripted", p, url=p)) for p in posts]
