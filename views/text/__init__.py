"""Text: words in both languages, numbers, periods, units and headlines."""
