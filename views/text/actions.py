"""A piece of work in words: its number and title, who answers for it, how it stands."""

from reports.actions import Part, Tasks
from views.text import format as fmt
from views.text.words import Words


def state(part: Part, w: Words) -> str:
    """How a piece of work stands, in words."""
    if part.status:
        key = "actions.reported_late" if part.late else "actions.reported"
        return w(key, status=w(f"actions.status.{part.status.word}"), day=fmt.day(part.status.as_of, w))
    if part.state == "ahead":
        return w("actions.days_left", days=part.days_left)
    if part.state == "past":
        return w("actions.past_known" if part.result else "actions.past_unknown")
    return w("actions.ongoing")


def task(part: Part, w: Words) -> str:
    """Its number in the plan and its title."""
    return f"{part.number} {w.of(part.row.title)}"


def responsible(part: Part, w: Words) -> str:
    """The responsible body the plan names first, and how many there are in all."""
    named = part.responsible
    first = w.of(named[0].name) if named else "—"
    return first + (w("wall.tasks.others", all=len(named)) if len(named) > 1 else "")


def open_parts(report: Tasks) -> list[Part]:
    """The past without a word first, then what is next."""
    return [part for part in report.past if not part.told] + list(report.following.parts if report.following else ())
