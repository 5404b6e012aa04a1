"""A shop owner at the command line: a profile of its own, and what the program says to it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.preferences import Preferences
from app.stores.shop_file import TinyShopFile

COMMAND = Path(sys.executable).with_name("counterbell")


@dataclass(frozen=True, slots=True)
class Said:
    """What a command ended with."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON objects printed, one a line."""
        return [json.loads(line) for line in self.out.splitlines() if line.startswith("{")]


class Shopkeeper:
    """Calls `counterbell` with a profile in `folder`, on a computer without a keyring."""

    def __init__(self, folder: Path, certificates: Path | None = None) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        self.profile = folder / "profile"
        self.profile.mkdir(parents=True)
        (self.profile / "backups").mkdir()
        shop = TinyShopFile(self.profile / "shop.json", self.profile / "backups")
        shop.put_preferences(Preferences(shop_name="Kawa Raj", shop_town="Łódź", first_run_done=True))
        trusted = {"SSL_CERT_FILE": str(certificates)} if certificates else {}
        keyring = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
        self._environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en", **keyring, **trusted}

    def say(self, *words: str, told: str = "") -> Said:
        """Run one command to its end."""
        done = subprocess.run(
            [COMMAND, *words, "--profile", self.profile],
            env=self._environment,
            input=told,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def watch(
        self, source: str, name: str, settings: Mapping[str, str], secrets: Mapping[str, str] | None = None,
        more: Sequence[str] = ("--own",),
    ) -> Said:  # fmt: skip
        """Add a watch after one look at the place."""
        words = [part for pair in settings.items() for part in ("--set", "=".join(pair))]
        words += [part for secret in secrets or {} for part in ("--secret", secret)]
        told = "".join(f"{value}\n" for value in (secrets or {}).values())
        return self.say("watch", "add", "--source", source, "--name", name, "--allow-private", *words, *more, told=told)

    def poll(self) -> Said:
        """Poll all watches once."""
        return self.say("listen", "--once", "--all", "--json")

    def case(self, mention: int) -> int | None:
        """Return the case a mention belongs to."""
        shown = json.loads(self.say("show", str(mention), "--json").out or "{}")
        number: int | None = shown.get("case")
        return number

    def stand(self, mention: int) -> str:
        """Return where the newest reply to a mention stands, «» where there is none."""
        rows = self.say("reply", "list", "--all", "--json").rows
        return next((str(row["stand"]) for row in rows if row["mention"] == mention), "")

    def cases(self) -> list[dict[str, Any]]:
        """Return the complaints that wait."""
        return self.say("inbox", "--json").rows
