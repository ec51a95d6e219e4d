"""展示 Exhibit: the way into the story of five chapters for World Environment Day, and its posters."""

from views.site import exhibit as entrance
from views.site import page

v = page.visit()
page.bar(v)
entrance.show(v)
