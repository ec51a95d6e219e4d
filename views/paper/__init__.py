"""Sheets of paper: what they say as plain text, tables and drawings, and the same as PDF, Word and Excel."""
