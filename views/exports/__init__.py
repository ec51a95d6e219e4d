"""What visitors take along: tables as files, drawings as pictures, each with its source in it."""
