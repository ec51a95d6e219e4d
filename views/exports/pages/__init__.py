"""The drawings of each page that can be taken along: the reports its blocks are given, and the ids they announce."""
