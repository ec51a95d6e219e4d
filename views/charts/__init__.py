"""Charts by theme; :mod:`views.charts.style` is what they share."""
