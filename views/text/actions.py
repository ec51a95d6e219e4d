"""A piece of work in words: its number and title, who is responsible, its state."""

from msgspec import Struct

from reports.actions import Part
from views.text import format as fmt
from views.text.words import Words


def state(part: Part, w: Words) -> str:
    """The state of a piece of work, in words."""
    if part.status:
        key = "actions.reported_late" if part.late else "actions.reported"
        return w(key, status=w(f"actions.status.{part.status.word}"), day=fmt.day(part.status.as_of, w))
    if part.state == "ahead":
        return w("actions.days_left", days=part.days_left)
    if part.state == "past":
        return w("actions.past_known" if part.result else "actions.past_unknown")
    return w("actions.ongoing")


def responsible(part: Part, w: Words) -> str:
    """The responsible body the plan names first, and how many there are in all."""
    named = part.responsible
    first = w.of(named[0].name) if named else "—"
    return first + (w("wall.tasks.others", all=len(named)) if len(named) > 1 else "")


class Task(Struct, frozen=True, weakref=True):
    """A piece of work in three texts: number and title, the responsible bodies in short, its state."""

    title: str
    responsible: str
    state: str

    @classmethod
    def of(cls, part: Part, w: Words) -> "Task":
        """From a part of the plan's tasks."""
        return cls(f"{part.number} {w.of(part.row.title)}", responsible(part, w), state(part, w))
