"""大屏 Big screen: one scene at a time, dark, without scrolling, the age of the data always in sight."""

from views import page, wall_blocks

wall_blocks.show(page.visit())
