"""What the official rule (环办〔2011〕22号) calls the state of a section and of a river, where all it needs is known."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
from msgspec import Struct

from assessment import water as rules
from assessment.comparison import Result, Terms, compare, span
from assessment.water import Change, Grade
from reports import measured, provenance, water
from reports.cached import cached_report
from reports.provenance import Provenance
from reports.water import Known, Section, Stream
from store import standards

HISTORIC = "historic"  # no longer monitored
FIVE = 5  # from so many sections on a river is graded by their classes, below by their mean concentrations


class OfSection(Struct, frozen=True, weakref=True):
    """A section's published class in the rule's word, and its change since the class before of an equal period."""

    section: Section
    known: Known
    grade: Grade
    before: Known | None
    change: Change | None


class OfRiver(Struct, frozen=True, weakref=True):
    """A river in the rule's word for one period; None where no period knows every section, ``most``: how many at best."""

    stream: Stream
    sections: int
    most: int
    period: str
    grade: Grade | None
    provenance: Provenance


class Status(Struct, frozen=True, weakref=True):
    """Sections with a published class, and every river with sections."""

    sections: tuple[OfSection, ...]
    rivers: tuple[OfRiver, ...]
    provenance: Provenance


@cached_report("facts", "water")
def status(today: date) -> Status:
    """The state of the water in the rule's words, on a day."""
    made = water.river(today)
    found = tuple(one for section in made.sections for one in of_section(section))
    streams = [stream for stream in (made.main, *made.tributaries) if stream.sections]
    sources = provenance.merged((one.known.provenance for one in found), "derived", "")
    return Status(found, tuple(of_river(stream) for stream in streams), sources)


def of_section(section: Section) -> tuple[OfSection, ...]:
    """The last class published of the section, and the last of a whole year where that is another one.

    "Or better" is no class, and is left out.
    """
    firm = [one for one in section.known if one.official and one.op == "="]
    years = [one for one in firm if span(one.period) == "year"]
    shown = firm[-1:] + [one for one in years[-1:] if one is not firm[-1]]
    return tuple(_of_class(section, one, [k for k in firm if k.end < one.end]) for one in shown)


def _of_class(section: Section, last: Known, earlier: Sequence[Known]) -> OfSection:
    grade = rules.grade_of_class(last.water_class)
    for before in reversed(earlier):
        if compare(_result(section, before), _result(section, last)).comparable:
            return OfSection(section, last, grade, before, _change(section, before, last))
    return OfSection(section, last, grade, None, None)


def _result(section: Section, known: Known) -> Result:
    terms = Terms("section_class", "class", known.period, area=section.id, edition=water.STANDARD)
    return Result(known.water_class, terms, known.op)


def _change(section: Section, before: Known, last: Known) -> Change | None:
    """None where documents name different classes for one of the years."""
    if any((section.id, one.end.year) in water.disputed() for one in (before, last)):
        return None
    return rules.change_of_grade(rules.grade_of_class(before.water_class), rules.grade_of_class(last.water_class))


def of_river(stream: Stream) -> OfRiver:
    """A river's grade for the last period that knows all its sections: classes of different periods are never joined."""
    mine = [one for one in stream.sections if one.row.control != HISTORIC]
    known = _classes(mine) if len(mine) >= FIVE else _concentrations(mine)
    most = max((len(one) for one in known.values()), default=0)
    whole = [period for period, one in known.items() if len(one) == len(mine)]
    sources = provenance.merged((k.provenance for s in mine for k in s.known), "derived", max(whole, default=""))
    if not whole:
        return OfRiver(stream, len(mine), most, "", None, sources)
    period = max(whole)
    return OfRiver(stream, len(mine), most, period, _grade(known[period]), sources)


def _classes(sections: Sequence[Section]) -> dict[str, pd.DataFrame]:
    """Published classes by period, a row a section."""
    rows = [(k.period, s.id, k.water_class) for s in sections for k in s.known if k.official and k.op == "="]
    table = pd.DataFrame(rows, columns=["period", "section_id", "class"]).drop_duplicates(["period", "section_id"])
    return {str(period): one for period, one in table.groupby("period")}


def _concentrations(sections: Sequence[Section]) -> dict[str, pd.DataFrame]:
    """Monthly means of the five items by month, a row a section that has all of them."""
    table = water.monthly().dropna(subset=list(measured.AUTO_ITEMS))
    mine = table[table["section_id"].isin([one.id for one in sections])]
    return {str(month): one for month, one in mine.groupby("month")}


def _grade(known: pd.DataFrame) -> Grade | None:
    if "class" in known:
        return rules.river_grade([int(one) for one in known["class"]])
    judged = rules.river_means(
        known.drop(columns="water_body", errors="ignore"), standards.water_limits(), items="auto5"
    )
    return rules.grade_of_class(judged.water_class) if judged.water_class else None
