"""Drawings of the page of actions."""

from collections.abc import Iterator

from reports import actions, milestones, observances
from views.exports.chart import Chart, of
from views.site import actions as blocks
from views.site import agenda
from views.visit import Visit


def charts() -> Iterator[Chart]:
    """Milestones, residents' reports on the map, deadlines."""
    yield from of("actions", "now", lambda v: agenda.milestones(v, milestones.milestones(v.today)), "milestones")
    yield from of("actions", "now", next_up, "residents-reports")
    yield from of("actions", "tasks", lambda v: blocks.timeline(v, actions.tasks(v.today)), "deadlines")


def next_up(v: Visit) -> None:
    """Residents' reports, and what comes next."""
    agenda.next_up(v, actions.tasks(v.today), actions.complaints(), observances.coming(v.today))
