"""The exhibit: a story of five chapters for World Environment Day, to touch, to play and to take along.

The whole story arrives with one page, in both languages: nothing is requested from the server while a visitor plays,
so it works without a network. ``frame`` makes the page, a module a chapter; ``exhibit.js`` shows and hides. To add a
chapter, write its module, name it in ``frame.CHAPTERS`` and give it a name under ``exhibit.name``.
"""
