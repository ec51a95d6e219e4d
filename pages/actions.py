"""行动 Actions: who does what by when, and what do residents report?"""

from reports import actions, cases, duties, milestones, observances, projects, province
from reports import district as districts
from reports.found import or_none
from views.site import actions as blocks
from views.site import agenda, page, tabs
from views.site import cases as case_blocks
from views.site import complaints as complaint_blocks
from views.site import district as own
from views.site import duties as duty_blocks
from views.site import measures as measure_blocks
from views.site import projects as project_blocks
from views.site import province as province_blocks
from views.visit import Visit


def now(v: Visit) -> None:
    """Where residents reported pollution, what comes next, what was on one line, and whom to call."""
    agenda.next_up(v, report, or_none(actions.complaints), observances.coming(v.today))
    agenda.milestones(v, milestones.milestones(v.today))
    complaint_blocks.hotlines(v, actions.hotlines())


def tasks(v: Visit) -> None:
    """Every piece of work and who carries it."""
    if report is None:
        page.nothing(v, "tasks")
        return
    blocks.timeline(v, report)
    blocks.board(v, report, actions.draft(), actions.of_the_district(v.today))
    blocks.load(v, report)


def reports(v: Visit) -> None:
    """What residents reported, and what came of single reports."""
    case_blocks.show(v, cases.cases())
    complaint_blocks.complaints(v, actions.complaints(), actions.batches(v.today))


def done(v: Visit) -> None:
    """What was done, as published."""
    measure_blocks.done(v, actions.measures())


def watched(v: Visit) -> None:
    """What is measured and watched, and green industry."""
    measure_blocks.watched(v, actions.network())
    measure_blocks.green_industry(v, actions.industry(v.today))


def works(v: Visit) -> None:
    """The works of the plan's boxes by kind and place."""
    project_blocks.board(v, projects.projects(v.today))


def duty(v: Visit) -> None:
    """What will be reported by whom, and what the province set itself."""
    duty_blocks.by_plan(v, duties.duties())
    province_blocks.priorities(v, province.priorities())


v = page.visit()
report = or_none(lambda: actions.tasks(v.today))

page.bar(v)
blocks.lead(v, report)
if chosen := page.district():
    own.line(v, districts.district(chosen, v.today), "actions")
tabs.show(v, "actions", now=now, tasks=tasks, reports=reports, done=done, watched=watched, works=works, duty=duty)
page.foot(v, "actions")
