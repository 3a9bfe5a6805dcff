"""Graded sets outside the student's reach: hand out, collect, run, mark, report."""
