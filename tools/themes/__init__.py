"""Trains the small heads of the themes from the training journals. Build time only."""
