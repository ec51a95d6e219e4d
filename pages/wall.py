"""大屏 Big screen: what the wall shows, and how a screen for it is set up."""

from views.site import page
from views.site import wall as entrance
from views.wall.frame import SCENES

v = page.visit()
page.bar(v)
entrance.show(v, SCENES)
