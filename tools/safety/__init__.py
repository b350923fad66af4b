"""Builds the word head of safety language from texts written for this project."""
