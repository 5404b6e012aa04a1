"""Web addresses made comparable: equal places are equal texts, however the link to them was dressed."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import quote, unquote_plus, urlsplit

_URL = re.compile(r"(?:https?:)?//([^/?#\\]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_ON_THE_WEB = re.compile(r"https?:|[/\\]{2}", re.IGNORECASE)
_USER = re.compile(r"(https?:/*|//)[^/]*@", re.IGNORECASE)
_REST = re.compile(r"[?#]")
_BLANKS = re.compile(r"[\t\r\n]+")
_HOST_START = re.compile(r"^(?:(?:www\d*|m|amp|mobile)\.)+(?=[^.]+\.[^.])")
_PLAIN_HOST = re.compile(r"[a-z0-9._-]+")
_PERCENT = re.compile(r"%([0-9a-fA-F]{2})?")
_SESSION_PATH = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
_SESSION = re.compile(r"(?:sid|s)=[0-9a-f]{32}", re.IGNORECASE)
_AMP_PAGE = re.compile(r"(?<!\.amp)(?:\.amp)++(?=\.html$)")
_AMP_CACHE = re.compile(r"/(?:amp|[civ])/(?:s/)?([^/?#]+\.[^?#]+)")
_ROUTE = re.compile(r"!?/|.*\d", re.DOTALL)
_HOME_ENDINGS = (".localhost", ".local", ".lan", ".internal", ".home.arpa", ".home", ".intranet")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE = "%!$&'()*+,;=:@/?[]\\^`{|}\"<>~"

_TRACKING_NAMES = """
fbclid gclid gclsrc dclid wbraid gbraid yclid ysclid msclkid twclid ttclid li_fat_id igshid igsh mc_cid mc_eid mkt_tok
_hsenc _hsmi _openstat openstat ref_src ref_url xtor ocid cmpid wt_mc wt.mc_id _ga _gl _branch_match_id rb_clickid
s_cid s_kwcid trk trkcampaign sc_cid srsltid spm cvid at_medium at_campaign at_custom1 at_custom2 at_custom3
at_custom4 phpsessid jsessionid amp __twitter_impression
"""
_TRACKING = frozenset(_TRACKING_NAMES.split())
"""Parameters that say by which way somebody came, or in which session, and never what stands there."""

_TRACKING_STARTS = ("utm_", "pk_", "mtm_", "matomo_", "hsa_", "vero_", "oly_", "ns_")
_AMP_PARAMETERS = frozenset({"output=amp", "outputtype=amp"})

_WRAPPERS = {
    "bing.com/news/apiclick.aspx": ("url",),
    "l.facebook.com/l.php": ("u",),
    "lm.facebook.com/l.php": ("u",),
    "vk.com/away.php": ("to",),
    "out.reddit.com/": ("url",),
    "youtube.com/redirect": ("q",),
    "duckduckgo.com/l/": ("uddg",),
}
"""Pages that only lead on, and the parameters that hold the address they lead to."""


def normal_address(url: str) -> str:
    """Return an address so that equal places are equal texts; what is no web address comes back trimmed. Never raises.

    Scheme, «www.», «m.» and «amp.» hosts, default ports, user names, tracking parameters, the order of parameters,
    a slash at the end, AMP pages and the ways of percent-encoding make no difference; wrapped links (Google, Bing) are
    unwrapped. A fragment stays where it may name one message: it holds a digit or is the page of a one-page site.
    """
    url = _BLANKS.sub("", url.strip())
    while True:
        match = _URL.match(url)
        if match is None:
            return url
        host, path, query, fragment = match.groups(default="")
        host = _host(host)
        inner = _unwrapped(host, path, query)
        if not host:
            return url
        if not inner:
            return f"https://{host}{_path(path)}{_query(query)}{_fragment(fragment)}"
        url = inner


def comparable_place(place: str) -> str:
    """Return what a source calls its place (see Source.place) so that two watches of it are equal texts.

    The order of parameters, those that only say by which way somebody came, double slashes, dots that lead nowhere,
    percent-encoding and the letters of a host (`świat`, `xn--`) make no difference. What follows a blank stays as it is.
    """
    address, blank, rest = place.partition(" ")
    head, _mark, query = address.partition("?")
    host, _slash, path = head.partition("/")
    host = host.lower()
    ways: list[str] = []
    for step in _encoded(path).split("/"):
        if step == "..":
            ways = ways[:-1]
        elif step not in {"", "."}:
            ways.append(step)
    return "".join(("/".join((host if host.isascii() else _ascii_host(host), *ways)), _query(query), blank, rest))


def without_user(url: str) -> str:
    """Return a web address without user name and password, so that the host it seems to name is the one that is opened.

    Read as browsers do: blanks within it count for nothing, a backslash is a slash, and of slashes before the host there
    may be any number. An «@» behind the host stays, and what is no web address comes back as it is.
    """
    if "@" not in url:
        return url
    plain = _BLANKS.sub("", url.strip())
    if not _ON_THE_WEB.match(plain):
        return url
    behind = _REST.search(plain)
    end = behind.start() if behind else len(plain)
    head = plain[:end].replace("\\", "/")
    if match := _USER.match(head):
        head = f"{match.group(1).rstrip('/')}//{head[match.end() :]}"
    return head + plain[end:]


def is_at_home(url: str) -> bool:
    """Say whether an address is of this computer or a numbered one in a private network: no name leads it elsewhere."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or (number := ip_address(host)).is_loopback or number.is_private
    except ValueError:
        return False


def is_home_name(host: str) -> bool:
    """Say whether a host looks like one of the owner's own network by its name or number alone."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        name = host.rstrip(".")
        return bool(name) and ("." not in name or name.lower().endswith(_HOME_ENDINGS))


def host_of(url: str) -> str:
    """Return the host of an address as `normal_address` writes it, or «» where it has none."""
    match = _URL.match(url.strip())
    return _host(match.group(1)) if match else ""


def _host(host: str) -> str:
    host = "".join(host.rpartition("@")[2].split()).lower()
    if not host.isascii():
        host = _ascii_host(host)
    if host[-1:] in ".:" or ":" in host:
        host = _without_end(host)
    return _HOST_START.sub("", host, count=1) if host.startswith(("www", "m.", "amp.", "mobile.")) else host


def _without_end(host: str) -> str:
    """Return a host without dots and standard ports at its end, however many stand there."""
    while (shorter := host.rstrip(".:").removesuffix(":80").removesuffix(":443")) != host:
        host = shorter
    return host


def _ascii_host(host: str) -> str:
    name, colon, port = host.rpartition(":")
    if not colon:
        name, port = host, ""
    try:
        plain = name.encode("idna").decode("ascii").lower() if len(name) < 254 else ""
    except UnicodeError:
        return host
    return f"{plain}{colon}{port}" if _PLAIN_HOST.fullmatch(plain) else host


def _unwrapped(host: str, path: str, query: str) -> str:
    if host.startswith("google.") and path == "/url":
        names: tuple[str, ...] = ("url", "q")
    elif host.startswith("google.") or host.endswith("cdn.ampproject.org"):
        cached = _AMP_CACHE.fullmatch(path)
        return f"https://{cached.group(1)}?{query}" if cached else ""
    else:
        names = _WRAPPERS.get(host + path, ())
    if not names or not query:
        return ""
    values = dict(pair.partition("=")[::2] for pair in reversed(query.split("&")))
    targets = (unquote_plus(values.get(name, "")).strip() for name in names)
    return next((target for target in targets if target[:4].lower() == "http" and _URL.match(target)), "")


def _path(path: str) -> str:
    path = path.replace("\\", "/")
    if ";" in path:
        path = _SESSION_PATH.sub("", path)
    if not path.isascii() or "%" in path or " " in path:
        path = _encoded(path)
    if ".amp." in path:
        path = _AMP_PAGE.sub("", path)
    path = path.rstrip("/")
    while path.endswith(("/amp", ".amp")) and (shorter := path[:-4].rstrip("/")):
        path = shorter
    return path


def _query(query: str) -> str:
    if not query:
        return ""
    query = query.replace("+", "%20")
    if not query.isascii() or "%" in query or " " in query:
        query = _encoded(query)
    kept = [pair for pair in query.split("&") if pair and not _tracks(pair)]
    kept.sort()
    return "?" + "&".join(kept) if kept else ""


def _tracks(pair: str) -> bool:
    pair = pair.lower()
    name = pair.partition("=")[0]
    return (
        name in _TRACKING
        or name.startswith(_TRACKING_STARTS)
        or pair in _AMP_PARAMETERS
        or _SESSION.fullmatch(pair) is not None
    )


def _fragment(fragment: str) -> str:
    fragment = fragment.partition(":~:")[0]
    if not fragment or not _ROUTE.match(fragment):
        return ""
    if "=" in fragment and _tracks(fragment):
        return ""
    return "#" + _encoded(fragment)


def _encoded(text: str) -> str:
    text = _PERCENT.sub(_one_percent, text)
    if text.isascii() and " " not in text:
        return text
    return quote(text.encode("utf-8", "surrogatepass"), safe=_SAFE)


def _one_percent(match: re.Match[str]) -> str:
    digits = match.group(1)
    if digits is None:
        return "%25"
    char = chr(int(digits, 16))
    return char if char in _UNRESERVED else f"%{digits.upper()}"
