"""Reads of what returns and of how the days went, a module for each."""
