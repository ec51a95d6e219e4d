"""大屏 Big screen: what the wall shows, and how a screen for it is set up."""

from views import page
from views.wall import entrance

v = page.visit()
page.bar(v)
entrance.show(v)
