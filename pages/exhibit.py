"""展示 Exhibit: the way into the story of five chapters for World Environment Day, and its posters."""

from views import page
from views.exhibit import entrance

v = page.visit()
page.bar(v)
entrance.show(v)
