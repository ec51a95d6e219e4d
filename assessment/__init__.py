"""The national technical rules as pure functions on numpy and pandas: no files, no clock; standards come in as arguments."""
