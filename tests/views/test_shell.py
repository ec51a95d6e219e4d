"""The shell around Streamlit: language, styles and theme in the first HTML, compression."""

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import brotli
import pytest
import streamlit
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.asgi import exchange
from views import assets
from views.http import assets as asset_routes
from views.http import streamlit_page
from views.http.shell import SMALLEST_WORTH_COMPRESSING, Shell
from views.text.words import Words

ZH, EN = Words("zh"), Words("en")
# The shell that Streamlit really sends: a new version that looks otherwise must be noticed here.
INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_bytes()
SCRIPT = b"console.log('wind');" * 100


class Answer:
    """What came back, headers as a list (one name may occur several times) and as a dictionary."""

    def __init__(self, messages: list[Message]) -> None:
        assert messages[0]["type"] == "http.response.start"
        self.status = messages[0]["status"]
        self.headers = [(key.decode(), value.decode()) for key, value in messages[0]["headers"]]
        self.named = dict(self.headers)
        self.parts = [message.get("body", b"") for message in messages[1:]]
        self.body = b"".join(self.parts)
        self.cookies = sorted(value for key, value in self.headers if key == "set-cookie")

    @property
    def text(self) -> str:
        """The body as it reads after the browser has unpacked it."""
        coding = self.named.get("content-encoding")
        unpack: Mapping[str | None, Callable[[bytes], bytes]]
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
        return unpack[coding](self.body).decode()


class Inside:
    """In the place of Streamlit: answers everything with one body, and records its requests."""

    def __init__(
        self, body: bytes | list[bytes] = INDEX, kind: str = "text/html; charset=utf-8", status: int = 200, **more: str
    ) -> None:
        self.parts = body if isinstance(body, list) else [body]
        self.start = {"type": "http.response.start", "status": status}
        length = sum(map(len, self.parts))
        headers = {"content-type": kind, "content-length": str(length)} | {
            k.replace("_", "-"): v for k, v in more.items()
        }
        self.headers = [(key.encode(), value.encode()) for key, value in headers.items()]
        self.requests: list[Scope] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.requests.append(scope)
        await send({**self.start, "headers": list(self.headers)})
        for i, part in enumerate(self.parts):
            await send({"type": "http.response.body", "body": part, "more_body": i + 1 < len(self.parts)})


def ask(app: ASGIApp, path: str = "/", query: str = "", method: str = "GET", **headers: str) -> Answer:
    """One request through an ASGI application."""
    named = [(key.replace("_", "-").encode(), value.encode("latin-1")) for key, value in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "query_string": query.encode(), "headers": named}
    return Answer(exchange(app, scope, {"type": "http.request", "body": b"", "more_body": False}))


def lang_of(answer: Answer) -> str:
    found = re.search(r'<html lang="([^"]+)"', answer.text)
    assert found
    return found[1]


# ── the first HTML ───────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("path", ["/", "/air", "/goals"])
@pytest.mark.parametrize(("accepted", "coding"), [("gzip, deflate, br", "br"), ("gzip, deflate", "gzip"), ("", None)])
def test_the_shell_is_written_for_every_page_and_coding(path: str, accepted: str, coding: str | None) -> None:
    inside = Inside()
    answer = ask(Shell(inside), path, **({"accept_encoding": accepted} if accepted else {}))
    assert answer.named.get("content-encoding") == coding
    assert answer.named["content-length"] == str(len(answer.body))
    assert answer.named["vary"] == "accept-encoding"
    assert lang_of(answer) == "zh-CN"
    title = "" if path == "/" else f"{ZH(f'site.nav.{path[1:]}')} · "
    assert f"<title>{title}{ZH('site.title')}</title>" in answer.text
    assert f'<link rel="stylesheet" href="{assets.SITE_CSS.address}">' in answer.text
    assert f"<script>{streamlit_page.THEME_SCRIPT}</script>" in answer.text
    assert f'<meta name="description" content="{ZH("site.description")}">' in answer.text
    assert answer.text.count("<noscript>") == 1
    name = "" if path == "/" else path
    assert f'<noscript>{ZH("site.noscript")} <a href="/lite{name}">' in answer.text
    # Streamlit must not compress by itself: then the shell could not be written.
    assert all(key != b"accept-encoding" for key, _ in inside.requests[0]["headers"])


def test_what_streamlit_loads_stays_in_the_shell() -> None:
    answer = ask(Shell(Inside()))
    scripts = re.findall(r'src="\./static/js/[^"]+"', INDEX.decode())
    assert scripts
    assert all(script in answer.text for script in scripts)
    assert "<title>Streamlit</title>" not in answer.text
    for rel in ("modulepreload", "stylesheet"):
        ours = answer.text.count(f'rel="{rel}"') - (rel == "stylesheet")
        assert ours == INDEX.decode().count(f'rel="{rel}"'), rel
    assert answer.text.count('<div id="root"></div>') == 1
    assert re.findall(r'<link rel="[^"]*icon"[^>]*href="([^"]+)"', answer.text) == [assets.ICON.address]  # ours alone


@pytest.mark.parametrize(
    ("query", "cookie", "lang"),
    [
        ("lang=en", "", "en"),
        ("", "lang=en", "en"),
        ("lang=zh", "lang=en", "zh-CN"),  # the address goes before the cookie
        ("lang=fr", "", "zh-CN"),  # unknown: Chinese first
        ("lang=fr", "lang=en", "en"),  # … or what was chosen before, as the page itself does
        ("", "lang=%3Cscript%3E", "zh-CN"),
        ("", 'theme=dark; settings={"a": 1}; lang=en', "en"),  # other applications' cookies do no harm
        ("", "a/b=1; lang=en", "en"),
        ("", "word; lang=en", "en"),
    ],
)
def test_the_language_comes_from_the_address_or_the_cookie(query: str, cookie: str, lang: str) -> None:
    answer = ask(Shell(Inside()), query=query, **({"cookie": cookie} if cookie else {}))
    assert lang_of(answer) == lang
    words = EN if lang == "en" else ZH
    assert f"<title>{words('site.title').replace(chr(39), '&#39;')}</title>" in answer.text


def test_choices_are_stored_in_cookies_and_only_known_ones() -> None:
    both = ask(Shell(Inside()), query="lang=en&theme=dark")
    attributes = "; Path=/; Max-Age=31536000; SameSite=Lax"
    assert both.cookies == [f"lang=en{attributes}", f"theme=dark{attributes}"]
    assert ask(Shell(Inside())).cookies == []
    assert ask(Shell(Inside()), query="lang=en%3B%20Secure&theme=<b>").cookies == []


def test_text_size_and_contrast_are_in_the_first_html() -> None:
    assert '<html lang="zh-CN">' in ask(Shell(Inside())).text
    chosen = ask(Shell(Inside()), query="text=140&contrast=more")
    assert '<html lang="zh-CN" data-text="140" data-contrast="more">' in chosen.text
    assert [cookie.split(";")[0] for cookie in chosen.cookies] == ["contrast=more", "text=140"]
    assert '<html lang="en" data-text="120">' in ask(Shell(Inside()), cookie="lang=en; text=120; contrast=<b>").text


def test_a_page_that_is_not_streamlits_passes_as_it_is() -> None:
    """No place to draw into, or no script: nothing of it may be lost."""
    for odd in (b"<html><body>down</body></html>", b'<script src="a.js"></script>', b'<div id="root"></div>'):
        with pytest.raises(streamlit_page.NotStreamlitError):
            streamlit_page.needed(odd)
        assert ask(Shell(Inside(odd))).body == odd


def test_no_font_is_fetched() -> None:
    assert b'as="font"' in INDEX
    assert 'as="font"' not in ask(Shell(Inside())).text
    sheets = list((Path(streamlit.__file__).parent / "static" / "static" / "css").glob("index.*.css"))
    assert sheets
    for sheet in sheets:
        assert b"@font-face{" in sheet.read_bytes()
        answer = ask(Shell(Inside(sheet.read_bytes(), "text/css")), f"/static/css/{sheet.name}")
        assert "font-face" not in answer.text
        assert "woff" not in answer.text


@pytest.mark.parametrize(("lang", "w"), [("zh", ZH), ("en", EN)])
def test_what_streamlit_labels_in_english_is_labelled_in_the_pages_language(lang: str, w: Words) -> None:
    text = ask(Shell(Inside()), query=f"lang={lang}").text
    labels = re.search(r'<script type="application/json" id="labels">([^<]*)</script>', text)
    assert labels
    assert json.loads(labels[1])["menu_open"] == w("site.streamlit.menu_open")
    assert '<p class="offline" role="status"></p></body>' in text


def test_the_theme_is_set_before_streamlit_reads_it() -> None:
    text = ask(Shell(Inside())).text
    assert text.index(streamlit_page.THEME_SCRIPT) < text.index('src="./static/js/')
    assert "theme=(light|dark)" in streamlit_page.THEME_SCRIPT
    assert "'stActiveTheme-'+location.pathname+'-v2'" in streamlit_page.THEME_SCRIPT


def test_a_shell_in_several_pieces_is_put_together() -> None:
    pieces = [INDEX[:700], INDEX[700:705], INDEX[705:]]
    whole, split = (ask(Shell(Inside(body)), query="lang=en") for body in (INDEX, pieces))
    assert split.body == whole.body
    assert len(split.parts) == 1


def test_the_shell_is_requested_each_time() -> None:
    """Its bytes depend on cookies, which a validator made for the file on disk does not know."""
    answer = ask(Shell(Inside(etag='"1"', last_modified="Mon, 01 Jan 2024 00:00:00 GMT", cache_control="no-cache")))
    assert "etag" not in answer.named
    assert "last-modified" not in answer.named
    assert answer.named["cache-control"] == "no-cache"


# ── styles ───────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("one", assets.ALL, ids=lambda one: one.address)
def test_the_address_of_a_file_of_the_site_names_its_content(one: assets.Asset) -> None:
    content, kind = one.content, one.media_type
    assert re.fullmatch(rf"/[a-z]+-{hashlib.sha256(content).hexdigest()[:12]}\.(css|js|svg)", one.address)
    route = next(route for route in asset_routes.routes() if route.path == one.address)
    answer = ask(route, route.path)
    assert answer.body == content
    assert answer.named["content-type"].startswith(kind)
    assert answer.named["cache-control"] == "public, max-age=31536000, immutable"


def test_the_shell_names_the_script_that_finds_the_nearest_station() -> None:
    assert f'<script src="{assets.GEOLOCATION_JS.address}" defer></script>' in ask(Shell(Inside())).text


def test_the_application_serves_the_styles_inside_the_shell() -> None:
    import dashboard

    answer = ask(dashboard.app, assets.SITE_CSS.address, accept_encoding="br")
    assert answer.text == assets.SITE_CSS.content.decode()


# ── compression ──────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_static_file_is_compressed_once_and_kept() -> None:
    app = Shell(Inside(SCRIPT, "text/javascript", etag='"7"'))
    first = ask(app, "/static/js/index.AbC.js", accept_encoding="br, gzip")
    assert first.named["content-encoding"] == "br"
    assert len(first.body) < len(SCRIPT)
    assert first.text == SCRIPT.decode()
    assert first.named["etag"] == '"7"'  # the file is what it was: it may still be revalidated
    app.app = Inside(b"other" * 1000, "text/javascript")
    again = ask(app, "/static/js/index.AbC.js", accept_encoding="br, gzip")
    assert again.body == first.body  # the name carries a hash, so the cached bytes are right
    assert ask(app, "/static/js/index.XyZ.js", accept_encoding="br").text == "other" * 1000
    assert ask(app, "/static/js/index.AbC.js", accept_encoding="gzip").named["content-encoding"] == "gzip"


def test_a_body_with_a_tag_is_compressed_once_but_never_the_sites_own_page() -> None:
    """Streamlit gives its page one tag for all, and this site's page is another one in each language."""
    light = Inside(b"<!doctype html>" + b"light " * 200, etag='W/"one"')
    shell = Shell(light)
    first, again = (ask(shell, "/lite/air", accept_encoding="br") for _ in range(2))
    assert first.text == again.text
    assert shell.compressed.counts().hits == 1
    shell = Shell(Inside(etag='W/"of Streamlit"'))
    assert [lang_of(ask(shell, "/", f"lang={lang}", accept_encoding="br")) for lang in ("zh", "en")] == ["zh-CN", "en"]


def test_what_has_no_hash_in_its_name_is_not_kept() -> None:
    app = Shell(Inside(SCRIPT, "application/json"))
    ask(app, "/data.json", accept_encoding="br")
    app.app = Inside(b"[1]" * 1000, "application/json")
    assert ask(app, "/data.json", accept_encoding="br").text == "[1]" * 1000
    assert not app.compressed.counts().entries


@pytest.mark.parametrize(
    "inside",
    [
        Inside(b"\x89PNG" * 500, "image/png"),
        Inside(SCRIPT, "text/javascript", content_encoding="br"),
        Inside(SCRIPT, "text/plain", status=404),
        Inside(b"", "text/javascript", status=304),
        Inside([b"a" * 900, b"b" * 900], "video/mp4", status=206),
    ],
    ids=["picture", "compressed", "not found", "not modified", "part"],
)
def test_other_answers_pass_as_they_are(inside: Inside) -> None:
    answer = ask(Shell(inside), "/static/x", accept_encoding="br, gzip")
    assert answer.parts == inside.parts
    assert answer.status == inside.start["status"]
    assert answer.headers == [(key.decode(), value.decode()) for key, value in inside.headers]


@pytest.mark.parametrize(
    ("size", "packed"), [(SMALLEST_WORTH_COMPRESSING - 1, False), (SMALLEST_WORTH_COMPRESSING, True)]
)
def test_small_answers_are_not_worth_it(size: int, packed: bool) -> None:
    answer = ask(Shell(Inside(b"a" * size, "text/plain")), "/x", accept_encoding="gzip")
    assert ("content-encoding" in answer.named) is packed


def test_only_get_is_touched() -> None:
    inside = Inside(SCRIPT, "text/javascript")
    answer = ask(Shell(inside), "/upload", method="POST", accept_encoding="br")
    assert answer.body == SCRIPT
    assert (b"accept-encoding", b"br") in inside.requests[0]["headers"]


def test_a_websocket_passes_untouched() -> None:
    seen: list[str] = []

    async def inside(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["type"])

    assert exchange(Shell(inside), {"type": "websocket", "path": "/_stcore/stream", "headers": []}) == []
    assert seen == ["websocket"]


# ── the offer to phones ──────────────────────────────────────────────────────────────────────────────────────────────
ANDROID = (
    "Mozilla/5.0 (Linux; Android 12; TAS-AN00) AppleWebKit/537.36 Chrome/107.0 Mobile Safari/537.36 MicroMessenger/8.0"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"
DESKTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"
PAGE = "text/html,application/xhtml+xml"


@pytest.mark.parametrize("agent", [ANDROID, IPHONE])
def test_a_phone_that_opens_the_first_page_is_sent_to_the_light_page(agent: str) -> None:
    inside = Inside()
    answer = ask(Shell(inside), "/", "lang=en&utm=x", user_agent=agent, accept=PAGE)
    assert (answer.status, answer.named["location"]) == (302, "/lite?lang=en")
    assert answer.named["vary"] == "user-agent, cookie"
    assert answer.named["cache-control"] == "private, no-store"
    assert not inside.requests


@pytest.mark.parametrize(
    ("path", "query", "headers"),
    [
        ("/", "", {"user_agent": DESKTOP, "accept": PAGE}),
        ("/", "full=1", {"user_agent": IPHONE, "accept": PAGE}),
        ("/", "", {"user_agent": IPHONE, "accept": PAGE, "cookie": "lang=en; view=full"}),
        ("/", "view=wall", {"user_agent": ANDROID, "accept": PAGE}),
        ("/", "embed=true", {"user_agent": ANDROID, "accept": PAGE}),
        ("/", "", {"user_agent": ANDROID, "accept": "*/*"}),
        ("/", "", {"accept": PAGE}),
        ("/air", "", {"user_agent": ANDROID, "accept": PAGE}),
    ],
)
def test_nobody_else_is(path: str, query: str, headers: dict[str, str]) -> None:
    assert ask(Shell(Inside()), path, query, **headers).status == 200


def test_the_choice_of_the_interactive_version_holds() -> None:
    chosen = ask(Shell(Inside()), "/air", "full=1", user_agent=IPHONE, accept=PAGE)
    assert "view=full; Path=/; Max-Age=31536000; SameSite=Lax" in chosen.cookies


def test_a_light_page_passes_with_its_own_head_and_tag() -> None:
    own = "<html lang='x'><title>own</title><noscript>own</noscript></html>" + " " * 600
    inside = Inside(own.encode(), etag='W/"1"')
    answer = ask(Shell(inside), "/lite/air", "lang=en", accept_encoding="br")
    assert answer.text == own
    assert answer.named["etag"] == 'W/"1"'
    assert answer.named["content-encoding"] == "br"
    assert not answer.cookies


def test_a_shared_link_has_its_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    image = '<meta property="og:image" content="{}">'
    assert image.format("http://x.example/og/air.png?lang=zh") in ask(Shell(Inside()), "/air", host="x.example").text
    assert image.format("http://x&#34;&gt;/og/overview.png?lang=zh") in ask(Shell(Inside()), "/method", host='x">').text
    monkeypatch.setenv("XINING_PUBLIC_URL", "https://xn.example/")
    assert image.format("https://xn.example/og/overview.png?lang=en") in ask(Shell(Inside()), "/", "lang=en").text
