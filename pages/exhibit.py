"""展示 Exhibit: the way into the story of five chapters for World Environment Day, and its posters."""

from views.exhibit import frame as exhibit_frame
from views.site import exhibit as entrance
from views.site import page

v = page.visit()
page.bar(v)
entrance.show(v, exhibit_frame.chapters_of_the_day(v.at_midnight))
