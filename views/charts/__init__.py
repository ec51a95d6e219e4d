"""Charts by theme; :mod:`views.charts.style` is the hand they share."""
