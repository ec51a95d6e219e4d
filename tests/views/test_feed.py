"""The Atom feed by RFC 4287: well-formed, what must be there once, ids of their own, dates in order, the same for all."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
from starlette.applications import Starlette

from store import clock
from tests import asgi
from views.http import feed, light
from views.http.shell import Shell
from views.text.words import LANGUAGES

ATOM = "{http://www.w3.org/2005/Atom}"
HOST = "green.example"
app = Starlette(routes=[feed.route()])


def get(lang: str, host: str = HOST, **headers: str) -> asgi.Answer:
    return asgi.ask(app, f"/feed.atom?lang={lang}", host=host, **headers)


def root(lang: str, host: str = HOST) -> ElementTree.Element:
    return ElementTree.fromstring(get(lang, host).content)


def texts(parent: ElementTree.Element, name: str) -> list[str]:
    return [one.text or "" for one in parent.iter(ATOM + name)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_an_atom_feed_with_all_that_must_be_there(lang: str) -> None:
    answer = get(lang)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    made = root(lang)
    assert made.tag == ATOM + "feed"
    for parent in (made, *made.findall(ATOM + "entry")):
        for name in ("id", "title", "updated"):
            found = parent.findall(ATOM + name)
            assert len(found) == 1, name
            assert found[0].text
        for when in parent.findall(ATOM + "updated"):
            assert datetime.fromisoformat(when.text or "").tzinfo
        assert parent.findall(ATOM + "link")
    assert made.find(f"{ATOM}author/{ATOM}name") is not None
    ways = {one.get("rel"): one.get("href") for one in made.findall(ATOM + "link")}
    assert ways["self"] == f"http://{HOST}/feed.atom?lang={lang}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_ids_are_unique_and_dates_ordered(lang: str) -> None:
    entries = root(lang).findall(ATOM + "entry")
    assert 1 < len(entries) <= 100
    ids = [texts(one, "id")[0] for one in entries]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("urn:uuid:") for one in ids)
    dates = [datetime.fromisoformat(texts(one, "updated")[0]) for one in entries]
    assert dates == sorted(dates, reverse=True)
    assert datetime.fromisoformat(root(lang).findall(ATOM + "updated")[0].text or "") == dates[0]
    assert dates[0] <= clock.now()


def test_ids_depend_on_neither_host_nor_time(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = texts(root("zh"), "id")
    monkeypatch.setenv("XINING_TODAY", "2026-11-25")
    assert texts(root("zh", "other.example"), "id") == ids
    assert not set(ids) & set(texts(root("en"), "id"))


def test_each_language_says_it_in_its_own() -> None:
    zh, en = (" ".join(texts(root(lang), "title")) for lang in LANGUAGES)
    assert "2026年9月的月报" in zh
    assert "Brief of September 2026" in en
    assert not any("一" <= letter <= "鿿" for letter in en)


def test_every_entry_leads_to_this_site_in_its_language() -> None:
    for entry in root("en").findall(ATOM + "entry"):
        link = entry.find(ATOM + "link")
        assert link is not None
        assert (link.get("href") or "").startswith(f"http://{HOST}/")
        assert (link.get("href") or "").endswith("lang=en")


def test_a_shared_cache_may_keep_it_and_who_has_it_gets_no_body() -> None:
    first = get("zh")
    assert first.headers["cache-control"].startswith("public, max-age=300")
    assert get("zh", **{"if-none-match": first.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_name_the_feed_in_their_head(lang: str) -> None:
    page = asgi.ask(Shell(Starlette(routes=light.routes())), f"/lite?lang={lang}", host=HOST).content.decode()
    assert f'<link rel="alternate" type="application/atom+xml" href="/feed.atom?lang={lang}"' in page
