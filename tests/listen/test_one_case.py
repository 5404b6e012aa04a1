"""The same text elsewhere is one case with a list of places, and targets keep the clock of the publication."""

from __future__ import annotations

from datetime import UTC

from fakes.profile import Profile

from app.core.case import CaseState, Handling
from app.core.messages import Arrived, Polled, PollNow
from app.core.preferences import Preferences
from app.listen.listening import Listening
from app.listen.targets import renewed

LONG = "Anna @anna; The bread was awful, nobody answers the phone and nobody gives the money back since Easter."


def test_the_same_text_elsewhere_is_one_case_with_a_list_of_places(profile: Profile) -> None:
    for name in "abc":
        profile.watch(name, "")
    with profile.listening() as (listener, ears):
        ears.expect(Polled, 3)
        for number, name in enumerate("abc", 1):
            profile.web.pages[f"https://{name}.example/feed"] = f"{name}1; {LONG}"
            listener.obey(PollNow((name,)))
            ears.expect(Arrived, number)
    arrived = ears.of(Arrived)
    (case,) = {profile.desk_archive.mention(a.mention_ids[0]).case_id for a in arrived}
    places = [m.mention.site for m in profile.desk_archive.case_mentions(case)]
    assert sorted(places) == ["a.example", "b.example", "c.example"]
    assert sum(len(a.ringing) for a in arrived) == 1
    assert profile.desk_archive.row(arrived[0].mention_ids[0]).places == 3


def test_the_archive_gives_a_case_the_clock_of_its_publication(profile: Profile) -> None:
    watch = profile.watch("a", f"1; {LONG}")
    published = profile.clock() - 3600
    profile.source.published = published
    listening = Listening(profile.parts)
    listening.take_turn(watch, Preferences())
    listening.close()
    (case,) = profile.listener_archive.open_cases()
    assert case.due_at == published + 4 * 3600
    assert renewed([case], Preferences(), UTC, profile.clock()) == []


def test_a_blocked_author_silences_nobody_who_says_the_same(profile: Profile) -> None:
    words = LONG.removeprefix("Anna @anna; ")
    marek, ewelina = profile.watch("a", f"1; Marek @marek; {words}"), profile.watch("b", f"2; Ewelina @ewa; {words}")
    profile.source.published = profile.clock()
    listening = Listening(profile.parts)
    listening.take_turn(marek, Preferences())
    (case,) = profile.listener_archive.open_cases()
    profile.desk_archive.put_handling(Handling(case.id, CaseState.NOT_US))
    turn = listening.take_turn(ewelina, Preferences())
    listening.close()
    assert [opened.id for opened in profile.listener_archive.open_cases()] != [case.id]
    assert len(profile.listener_archive.open_cases()) == 1
    assert turn.recorded is not None
    assert len(turn.recorded.stored.ringing) == 1
