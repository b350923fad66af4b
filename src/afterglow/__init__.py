"""Afterglow: a private companion for the work after ketamine sessions."""

__version__ = "0.1.0"
