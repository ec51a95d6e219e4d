"""The pledges a visitor may take along."""

PLEDGES = ("look", "bus", "drain", "food", "sort", "call")
MOST_PLEDGES = 3
