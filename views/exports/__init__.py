"""What visitors download: tables as files, drawings as pictures, each with its source in it."""
