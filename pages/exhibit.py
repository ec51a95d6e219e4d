"""展示 Exhibit: a story of five chapters for World Environment Day."""

from views import exhibit_blocks, page

exhibit_blocks.show(page.visit())
