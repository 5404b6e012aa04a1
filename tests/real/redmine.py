"""Redmine: a forum heard through its Atom feed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from real.check import Checks
from real.ground import answers, free_port, install, run, started, wait_until
from real.shopkeeper import Shopkeeper

HOME = Path("/usr/share/redmine")

SETUP = """
Setting.login_required = '0'
Setting.host_name = "127.0.0.1:#{ENV['PORT']}"
project = Project.find_by_identifier('kawaraj') ||
          Project.create!(name: 'Kawa Raj', identifier: 'kawaraj', is_public: true, enabled_module_names: ['boards'])
Role.anonymous.add_permission!(:view_messages)
board = project.boards.first || Board.create!(project: project, name: 'Opinie', description: 'Opinie klientów')
"""

POST = """
board = Project.find_by_identifier('kawaraj').boards.first
user = User.find_by_login(ENV['WHO']) || User.new(
  login: ENV['WHO'], firstname: ENV['WHO'], lastname: 'Klient', mail: "#{ENV['WHO']}@lab.test",
  language: 'pl').tap { |u| u.save! }
parent = ENV['PARENT'].to_s.empty? ? nil : Message.find(ENV['PARENT'].to_i)
message = Message.create!(board: board, author: user, subject: ENV['SUBJECT'], content: ENV['TEXT'], parent: parent)
puts "message=#{message.id}"
"""


@dataclass(frozen=True, slots=True)
class Redmine:
    """A running server. Its rooms are those of the Debian package; its data lie in the folder."""

    url: str
    environment: dict[str, str]
    folder: Path

    def say(self, who: str, subject: str, text: str, parent: int | None = None) -> int:
        """Write into the forum and return the message's number."""
        script = self.folder / "post.rb"
        script.write_text(POST, "utf-8")
        told = {"WHO": who, "SUBJECT": subject, "TEXT": text, "PARENT": str(parent or "")}
        out = run(["bin/rails", "runner", script], cwd=HOME, env={**self.environment, **told})
        return int(out.rsplit("message=", 1)[1])


@contextlib.contextmanager
def redmine(folder: Path) -> Iterator[Redmine]:
    """Run Redmine for as long as the block lasts."""
    install("redmine", "redmine-sqlite", "puma")
    port = free_port()
    environment = {
        **os.environ,
        "X_DEBIAN_SITEID": "default",
        "RAILS_ENV": "production",
        "PORT": str(port),
        "LANG": "C.UTF-8",
    }
    setup = folder / "setup.rb"
    setup.write_text(SETUP, "utf-8")
    run(["bin/rails", "runner", setup], cwd=HOME, env=environment)
    words = ["puma", "-b", f"tcp://127.0.0.1:{port}", "-w", "0", "-t", "1:2", "config.ru"]
    with started(words, folder / "log", cwd=HOME, env=environment):
        url = f"http://127.0.0.1:{port}"
        wait_until(lambda: answers(url), "Redmine", 180)
        yield Redmine(url, environment, folder)


def check(folder: Path, checks: Checks) -> None:
    """Write into a forum as customers and hear it through its feed."""
    with redmine(folder) as server:
        checks("started", true=True)
        first = server.say(
            "anna", "Reklamacja ekspresu", "Ekspres zepsuł się po tygodniu, serwis nie odpowiada. Oddajcie pieniądze!"
        )
        keeper = Shopkeeper(folder / "shop")
        added = keeper.watch("feed", "Forum", {"url": f"{server.url}/projects/kawaraj/boards/1.atom"}, more=())
        checks("watch added", added.code == 0, added.err.strip())
        rows = keeper.poll().rows
        mine = [row for row in rows if "Ekspres" in str(row.get("text", "")) or "ekspresu" in str(row.get("title", ""))]
        checks(
            "complaint heard within one poll", mine and mine[0]["kind"] == "complaint", [row["kind"] for row in mine]
        )
        server.say("piotr", "Polecam", "Polecam ten sklep, świetna obsługa i szybka dostawa.")
        server.say("shop", "RE: Reklamacja ekspresu", "Przepraszamy, proszę o numer zamówienia.", first)
        rows = keeper.poll().rows
        checks(
            "praise heard on the next poll, nothing twice",
            [row["kind"] for row in rows if row["title"].endswith("Polecam")] == ["praise"],
            [row["title"] for row in rows],
        )
        checks("nothing new, nothing heard", not keeper.poll().rows)
