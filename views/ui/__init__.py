"""Components: each recurring piece of a page, drawn here and nowhere else."""
