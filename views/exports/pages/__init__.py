"""The drawings of each page that can be downloaded: the reports its blocks are given, and the ids they announce."""
