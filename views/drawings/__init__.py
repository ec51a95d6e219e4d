"""Pictures made on the server as SVG: they need no script and follow the theme."""
