"""Turns the published sentence model into the small file the program carries. Build time only."""
