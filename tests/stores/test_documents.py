"""Values go to documents and come back; wrong types are found whatever a hand put into the file."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.customer import Channel, Contact, Direction, Draft, Identity
from app.core.preferences import Preferences
from app.core.watch import Watch, WatchKind
from app.stores.documents import BadDocumentError, from_document, readable, to_document

WATCH = Watch(
    "w1",
    "Piekarnia",
    "rss",
    WatchKind.SEARCH,
    {"url": "https://a.example"},
    own=True,
    required=("chleb|bułka",),
    created=7.5,
)


@pytest.mark.parametrize(
    "value",
    [
        WATCH,
        Preferences(hours={0: ((540, 720), (780, 1080))}, quiet=((1320, 1440),), targets={"own": 30}, ring_at=0.7),
        Contact("c", 1.5, Direction.OUT, Channel.PHONE, "zadzwoniła", case_id=None, mention_id=4),
        Draft(-3, "Dzień dobry", 2.0),
        Identity("mastodon", "@anna@m.social", "Anna"),
    ],
)
def test_values_come_back_equal(value: Any) -> None:
    document = json.loads(json.dumps(to_document(value)))
    assert from_document(type(value), document) == value


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", 5),
        ("kind", "sideways"),
        ("kind", {}),
        ("settings", {"url": 5}),
        ("settings", []),
        ("own", 1),
        ("interval", "3600"),
        ("interval", True),
        ("interval", 1.5),
        ("required", "chleb"),
        ("required", [1]),
        ("created", float("nan")),
        ("created", float("inf")),
        ("created", None),
    ],
)
def test_a_wrong_type_is_refused_and_named(field: str, wrong: object) -> None:
    with pytest.raises(BadDocumentError, match=field):
        from_document(Watch, {**to_document(WATCH), field: wrong})


def test_a_missing_field_is_refused_where_it_has_no_default() -> None:
    with pytest.raises(BadDocumentError, match="source"):
        from_document(Watch, {"id": "w", "name": "n"})
    assert from_document(Watch, {"id": "w", "name": "n", "source": "rss"}).interval == 3600


def test_the_good_fields_of_a_bad_document_can_be_used() -> None:
    values, bad = readable(Preferences, {"shop_name": "U Ani", "hours": {"x": []}, "quiet": [[1]], "newer": 1})
    assert values == {"shop_name": "U Ani"}
    assert bad == ("hours", "quiet")


_JSON = st.sampled_from([None, True, 0, 1, 2**70, -1.5, float("nan"), "", "in", "post", "a\0", [], [[]], {}, {"a": 1}])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=200)
@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys(("id", "at", "direction", "channel", "text", "case_id"), _JSON))
)
def test_no_document_whatsoever_raises_anything_else(document: dict[str, Any]) -> None:
    try:
        value = from_document(Contact, document)
    except BadDocumentError:
        return
    assert isinstance(value.text, str)
