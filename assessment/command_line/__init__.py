"""What ``python -m assessment`` is made of: a CSV read in blocks, judged block by block, written when all of it is good."""
