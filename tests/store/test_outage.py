"""A database server that stops: pages are served from memory with a note, answers wait for it, and it is found again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import create_engine, func, select, text, update
from starlette.applications import Starlette
from starlette.middleware import Middleware

import dashboard
from loaders import collector, facts, intake
from loaders.answer import Answer
from reports import goals, overview
from store import cache, database, live, sources
from store.clock import ZONE
from tests import postgres
from tests.asgi import ask
from tests.upstream import upstream
from views.http import api, light
from views.http.guard import Guard
from views.text.words import Words

NOW = datetime(2026, 10, 9, 12, 40, tzinfo=ZONE)
NOTE = Words("zh")("site.store_away", ago="").split("：")[0]
ROUTES = [*light.routes(), *api.routes()]


@pytest.fixture(scope="module")
def filled(cluster: postgres.Cluster) -> str:
    """A database with the facts in it."""
    address = cluster.database()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XINING_DATABASE_URL", address)
        facts.fill()
    return address


@pytest.fixture
def server(cluster: postgres.Cluster, filled: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[postgres.Cluster]:
    """The server of the store; it runs when the test begins and afterwards. What is known of it is never fresh."""
    monkeypatch.setenv("XINING_DATABASE_URL", filled)
    for name in ("REVISION_IS_FRESH_S", "AWAY_RETRY_S"):
        monkeypatch.setattr(database, name, 0.0)
    yield cluster
    if cluster.stopped:
        cluster.start()
    database.engine().dispose()


@contextmanager
def asked_once() -> Iterator[None]:
    """The server is asked for its state when the block begins, and not anew for each report that is computed in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "REVISION_IS_FRESH_S", 60.0)
        database._known.clear()
        yield
    database._known.clear()
    database.revision()  # what is known from here on is not fresh again


@pytest.fixture
def site() -> Starlette:
    return Starlette(
        routes=ROUTES, middleware=[Middleware(Guard, pages=dashboard.PAGES, routes=ROUTES, kind=dashboard.kind_of)]
    )


def test_behind_a_table_somebody_else_locked_pages_are_served_from_memory(
    server: postgres.Cluster, site: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "READS_WAIT_MS", 20)
    database.engine().dispose()
    with asked_once():
        ask(site, "/lite/goals")
    other = create_engine(database.url())
    with other.begin() as holder:
        holder.execute(text(f"LOCK TABLE {live.revisions.name} IN ACCESS EXCLUSIVE MODE"))
        answer = ask(site, "/lite/goals")
    other.dispose()
    assert answer.status_code == 200
    assert NOTE in answer.content.decode()
    assert NOTE not in ask(site, "/lite/goals").content.decode()


def test_what_is_in_memory_is_served_with_a_note_until_the_server_is_back(
    server: postgres.Cluster, site: Starlette
) -> None:
    with asked_once():
        before = ask(site, "/lite/goals").content.decode()
    assert ask(site, "/healthz").json()["store_away_s"] is None

    server.stop()
    answer = ask(site, "/lite/goals")
    assert answer.status_code == 200
    assert NOTE in answer.content.decode()
    assert NOTE not in before
    health = ask(site, "/healthz")
    assert health.status_code == 200
    assert health.json()["store_away_s"] >= 0

    server.start()
    assert ask(site, "/lite/goals").content.decode() == before
    assert ask(site, "/healthz").json()["store_away_s"] is None


def changed_elsewhere() -> None:
    """Another process changes the store; this one has heard of it and computed nothing of it yet."""
    elsewhere = create_engine(database.url())
    with elsewhere.begin() as c:
        c.execute(update(live.revisions).values(number=live.revisions.c.number + 1))
    elsewhere.dispose()
    database.revision()


@pytest.mark.parametrize("fresh_s", [0.0, 60.0], ids=["known", "unknown"])
def test_a_change_just_before_the_server_stopped_takes_no_page_away(
    server: postgres.Cluster, site: Starlette, monkeypatch: pytest.MonkeyPatch, fresh_s: float
) -> None:
    """What was computed of the content before serves, and nothing made of it passes for the new content afterwards."""
    today = NOW.date()
    with asked_once():
        before, report = ask(site, "/lite/goals").content, goals.scoreboard(today)
    changed_elsewhere()
    monkeypatch.setattr(database, "REVISION_IS_FRESH_S", fresh_s)  # unknown: nobody noticed yet that the server is away
    monkeypatch.setattr(database, "AWAY_RETRY_S", 60.0)
    database._known.clear()
    database.revision()

    server.stop()
    answer = ask(site, "/lite/goals")
    assert answer.status_code == 200
    assert (NOTE in answer.content.decode()) == (not fresh_s)
    assert goals.scoreboard(today) is report

    server.start()
    with asked_once():
        assert ask(site, "/lite/goals").content == before
        assert goals.scoreboard(today) is not report
        assert goals.scoreboard(today) == report


def test_what_is_not_in_memory_is_refused_in_the_visitors_language(
    server: postgres.Cluster, site: Starlette, caplog: pytest.LogCaptureFixture
) -> None:
    database.revision()
    for one in list(cache._caches.values()):
        if isinstance(one, cache.Cache):
            one.clear()
    server.stop()
    answer = ask(site, "/lite/air?lang=en")
    assert (answer.status_code, Words("en")("site.store_text") in answer.content.decode()) == (503, True)
    refused = ask(site, "/api/v1/air/daily?from=2019-02-03&to=2019-02-04")
    assert (refused.status_code, refused.headers["content-type"]) == (503, "application/problem+json")
    assert "127.0.0.1" not in refused.content.decode()
    assert [one.exc_info for one in caplog.records if one.name == "dashboard"] == [None, None]


def test_memory_does_not_last_for_ever(server: postgres.Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    with asked_once():
        overview.overview(NOW.date())
    server.stop()
    assert database.away() is not None
    monkeypatch.setattr(database, "AWAY_AT_MOST", timedelta(0))
    with pytest.raises(database.StoreAwayError, match="start it"):
        overview.overview(NOW.date())


def test_a_server_never_reached_leaves_nothing_to_serve(server: postgres.Cluster) -> None:
    database._known.clear()
    server.stop()
    with pytest.raises(database.StoreAwayError):
        database.away()


def test_an_answer_that_came_while_the_server_was_away_is_stored_when_it_is_back(
    server: postgres.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, tries = "open_meteo_weather", list[int]()
    with upstream(NOW) as upstreams:
        for name, value in upstreams.environment().items():
            monkeypatch.setenv(name, value)

        def answered(answer: Answer, *, now: datetime) -> object:
            if not tries:
                server.stop()  # between the answer and its way into the store
            return stored(answer, now=now)

        def again() -> bool:
            tries.append(len(tries))
            if len(tries) == 3:
                server.start()
            return True

        stored = intake.store_answer
        monkeypatch.setattr(collector, "store_answer", answered)
        run = collector.collect_source(sources.get(source), now=lambda: NOW, again=again)
    assert run is not None
    assert (run.failure, len(tries)) == ("", 3)
    with database.reading() as c:
        readings = c.execute(select(func.count()).select_from(live.readings)).scalar_one()
    assert readings == sum(one.new for one in run.outcomes) > 0
