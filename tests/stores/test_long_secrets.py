"""Secrets longer than an entry of Windows' vault: kept in parts, whole at every moment, gone without a trace."""

from __future__ import annotations

import json
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend

from app.core.problems import Problem
from app.stores.long_secrets import MARK, MOST_UNITS
from app.stores.secrets import KeyringSecrets

BLOB = 2_560
"""Bytes of a value in Windows' credential vault, which keeps UTF-16."""

KEY = json.dumps({"type": "service_account", "private_key": "-----BEGIN" + "Ab9/" * 500, "client_email": "a@b.example"})
"""As long as the key of a service account."""


class Vault(KeyringBackend):
    """Holds what Windows would hold; `broken_after` writes it fails."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.broken_after = 1_000

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.broken_after -= 1
        if self.broken_after < 0 or len(password.encode("utf-16-le", "surrogatepass")) > BLOB:
            raise OSError("The stub received bad data")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def vault() -> Iterator[Vault]:
    before = keyring.get_keyring()
    made = Vault()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.mark.parametrize(
    "value",
    [
        KEY,
        "ż" * 3_000,
        "🍞" * 2_000,
        "x" * MOST_UNITS,
        "x" * (MOST_UNITS + 1),
        f"{MARK}:2:0123456789abcdef",
        MARK,
        "-----BEGIN PRIVATE KEY-----\nMIGT\n-----END PRIVATE KEY-----\n",
    ],
    ids=lambda value: f"{len(value)} {value[:18]!r}",
)
def test_whatever_its_length_a_secret_comes_back_and_goes_without_a_trace(vault: Vault, value: str) -> None:
    secrets = KeyringSecrets()
    assert secrets.put("w1", "key", value) is None
    assert secrets.get("w1", "key") == value
    assert secrets.put("w1", "key", value) is None
    assert secrets.get("w1", "key") == value
    assert secrets.forget("w1", ("key",)) is None
    assert (vault.kept, secrets.get("w1", "key")) == ({}, None)


def test_another_secret_in_its_place_leaves_no_parts_behind(vault: Vault) -> None:
    secrets = KeyringSecrets()
    secrets.put("w1", "key", KEY)
    assert len(vault.kept) == 3
    secrets.put("w1", "key", "x" * 5_000)
    assert secrets.get("w1", "key") == "x" * 5_000
    assert not any("Ab9/" in value for value in vault.kept.values())
    secrets.put("w1", "key", "short")
    assert vault.kept == {("counterbell", "w1/key"): "short"}


@pytest.mark.parametrize("writes", [0, 1, 2])
def test_broken_off_in_the_middle_the_earlier_one_is_still_whole(vault: Vault, writes: int) -> None:
    secrets = KeyringSecrets()
    secrets.put("w1", "key", KEY)
    vault.broken_after = writes
    assert secrets.put("w1", "key", KEY.replace("Ab9", "Zz9")) == Problem("stores.keyring_failed", {"kind": "OSError"})
    assert secrets.get("w1", "key") == KEY


def test_parts_that_are_missing_or_changed_are_no_secret(vault: Vault) -> None:
    secrets = KeyringSecrets()
    secrets.put("w1", "key", KEY)
    part = next(key for key in vault.kept if key[1].endswith("-1"))
    vault.kept[part] += "x"
    assert secrets.get("w1", "key") == Problem("stores.keyring_failed", {"kind": "TornError"})
    del vault.kept[part]
    assert secrets.get("w1", "key") == Problem("stores.keyring_failed", {"kind": "TornError"})
    assert secrets.put("w1", "key", KEY) is None
    assert secrets.get("w1", "key") == KEY
