"""The dashboard as light pages of HTML: no script, no other file, the same reports. First of all for phones."""
