"""The questions the dashboard answers, one typed result each. Whatever shows a number takes it from here."""
