"""WordPress with comments: heard through its feeds, answered through its interface with an application password."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from real.check import Checks
from real.ground import answers, free_port, install, is_open, run, started, wait_until
from real.shopkeeper import Shopkeeper

PACKAGES = ("wordpress", "php-cli", "php-mysql", "php-xml", "php-mbstring", "php-curl", "php-gd", "mariadb-server")

CONFIG = """<?php
define('DB_NAME', 'wp'); define('DB_USER', 'wp'); define('DB_PASSWORD', 'wp');
define('DB_HOST', '127.0.0.1:{database}'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('WP_HOME', '{url}'); define('WP_SITEURL', '{url}');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('WP_ENVIRONMENT_TYPE', 'local');
define('AUTH_KEY', 'a'); define('SECURE_AUTH_KEY', 'b'); define('LOGGED_IN_KEY', 'c'); define('NONCE_KEY', 'd');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) {{ define('ABSPATH', __DIR__ . '/'); }}
require_once ABSPATH . 'wp-settings.php';
"""

ROUTER = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== '/' && is_file(__DIR__ . $path)) { return false; }
if (substr($path, -1) === '/' && is_file(__DIR__ . $path . 'index.php')) { require __DIR__ . $path . 'index.php'; return; }
$_SERVER['SCRIPT_NAME'] = '/index.php';
require __DIR__ . '/index.php';
"""

MODERATION = "UPDATE wp.wp_options SET option_value='0' WHERE option_name IN ('comment_moderation','comment_previously_approved');"

PASSWORD = """<?php
$_SERVER['HTTP_HOST'] = '127.0.0.1';
require __DIR__ . '/wp-load.php';
$user = get_user_by('login', 'admin');
wp_update_user(array('ID' => $user->ID, 'display_name' => 'Kawa Raj'));
list($password,) = WP_Application_Passwords::create_new_application_password($user->ID, array('name' => 'Counterbell'));
echo 'password=' . $password;
"""


@dataclass(frozen=True, slots=True)
class WordPress:
    """A running site; `password` is an application password of its owner, «admin»."""

    url: str
    password: str

    def say(self, author: str, text: str, parent: int = 0) -> int:
        """Comment as a visitor does; returns 409 or 429 where the site refuses, else the comment's number."""
        fields = {"author": author, "email": f"{author.split(maxsplit=1)[0].lower()}@lab.test", "comment": text,
                  "comment_post_ID": "1", "comment_parent": str(parent)}  # fmt: skip
        try:
            with urllib.request.urlopen(
                f"{self.url}/wp-comments-post.php", urllib.parse.urlencode(fields).encode(), timeout=60
            ) as page:
                found = re.search(r"#comment-(\d+)", page.url)
                return int(found[1]) if found else 0
        except urllib.error.HTTPError as refused:
            return -refused.code


@contextlib.contextmanager
def wordpress(folder: Path) -> Iterator[WordPress]:
    """Run database and site for as long as the block lasts."""
    install(*PACKAGES)
    database, port, data = free_port(), free_port(), folder / "db"
    url = f"http://127.0.0.1:{port}"
    run(
        [
            "mariadb-install-db",
            "--user=mysql",
            f"--datadir={data}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ]
    )
    socket = folder / "db" / "m.sock"
    words = ["mariadbd", "--no-defaults", "--user=mysql", f"--datadir={data}", "--bind-address=127.0.0.1",
             f"--port={database}", f"--socket={socket}", "--innodb-flush-log-at-trx-commit=0"]  # fmt: skip
    with started(words, folder / "db.log"):
        wait_until(lambda: is_open(database) and socket.exists(), "MariaDB")
        run(
            ["mariadb", "-uroot", f"--socket={socket}"],
            told="CREATE DATABASE wp; CREATE USER wp@'127.0.0.1' IDENTIFIED BY 'wp'; CREATE USER wp@localhost IDENTIFIED BY 'wp'; GRANT ALL ON wp.* TO wp@'127.0.0.1'; GRANT ALL ON wp.* TO wp@localhost;",
        )
        site = folder / "site"
        shutil.copytree("/usr/share/wordpress", site, symlinks=False, ignore_dangling_symlinks=True)
        (site / "wp-config.php").unlink(missing_ok=True)
        (site / "wp-config.php").write_text(CONFIG.format(database=database, url=url), "utf-8")
        (site / "router.php").write_text(ROUTER, "utf-8")
        php = ["php", "-S", f"127.0.0.1:{port}", "-t", site, site / "router.php"]
        with started(php, folder / "php.log", env={**os.environ, "PHP_CLI_SERVER_WORKERS": "2"}):
            wait_until(lambda: answers(f"{url}/wp-login.php"), "PHP")
            fields = {"weblog_title": "KawaRaj", "user_name": "admin", "admin_password": "lab-lab-lab", "pw_weak": "1",
                      "admin_password2": "lab-lab-lab", "admin_email": "a@lab.test", "Submit": "1"}  # fmt: skip
            urllib.request.urlopen(
                f"{url}/wp-admin/install.php?step=2", urllib.parse.urlencode(fields).encode(), timeout=120
            ).close()
            run(["mariadb", "-uroot", f"--socket={socket}"], told=MODERATION)
            (site / "password.php").write_text(PASSWORD, "utf-8")
            out = subprocess.run(["php", site / "password.php"], capture_output=True, text=True, check=True).stdout
            yield WordPress(url, out.rsplit("password=", 1)[1].strip())


def check(folder: Path, checks: Checks) -> None:
    """Comment as customers, answer through the site's interface, and see the answer."""
    with wordpress(folder) as site:
        checks("started", true=True)
        site.say("Anna Kowalska", "Zamówiłam kawę dwa tygodnie temu i nadal nic nie przyszło. Oddajcie pieniądze!")
        time.sleep(16)  # the site takes one comment of an address in fifteen seconds
        site.say("Piotr Nowak", "Najlepsza kawa w mieście, dziękuję i polecam!")
        keeper = Shopkeeper(folder / "shop")
        settings = {"url": site.url, "user": "admin"}
        added = keeper.watch(
            "wordpress_comments", "Blog", settings, {"password": site.password}, ("--own", "--secrets-in-file")
        )
        checks("watch added", added.code == 0, added.err.strip())
        rows = keeper.poll().rows
        kinds = {row["author"]: row["kind"] for row in rows}
        checks(
            "complaint and praise heard within one poll",
            kinds.get("Anna Kowalska") == "complaint" and kinds.get("Piotr Nowak") == "praise",
            kinds,
        )
        checks("nothing heard twice", not keeper.poll().rows)
        mention = next((int(row["id"]) for row in rows if row["author"] == "Anna Kowalska"), 0)
        reply = "Pani Anno, przepraszamy. Pieniądze wysłaliśmy dziś, proszę o chwilę cierpliwości."
        sent = keeper.say("reply", "send", str(mention), reply)
        keeper.poll()
        checks(
            "answered through the site",
            keeper.stand(mention) in {"sent", "seen"},
            sent.err.strip() or keeper.stand(mention),
        )
        keeper.poll()
        checks("the answer is seen on the next poll", keeper.stand(mention) == "seen", keeper.stand(mention))
        checks(
            "and stands there once",
            _count(site.url, "Pieniądze wysłaliśmy dziś") == 1,
            _count(site.url, "Pieniądze wysłaliśmy dziś"),
        )
        _wrong_password(folder, site, settings, checks)


def _wrong_password(folder: Path, site: WordPress, settings: dict[str, str], checks: Checks) -> None:
    keeper = Shopkeeper(folder / "wrong")
    keeper.watch("wordpress_comments", "Blog", settings, {"password": "abcd abcd"}, ("--own", "--secrets-in-file"))
    rows = keeper.poll().rows
    mention = next((int(row["id"]) for row in rows if row["author"] == "Anna Kowalska"), 0)
    keeper.say("reply", "send", str(mention), "Już piszemy.")
    polled = keeper.poll()
    said = keeper.say("reply", "list").out
    checks(
        "wrong password told, nothing posted",
        keeper.stand(mention) == "failed" and _count(site.url, "Już piszemy") == 0,
        said.strip() or polled.err,
    )


def _count(url: str, text: str) -> int:
    """Return how many comments of the site hold a text."""
    with urllib.request.urlopen(f"{url}/?rest_route=/wp/v2/comments&per_page=100", timeout=30) as page:
        return sum(text in row["content"]["rendered"] for row in json.load(page))
