"""The national technical rules as pure functions on numpy and pandas.

No files and no clock: standards and dates come in as arguments.
"""
