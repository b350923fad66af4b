"""Scripts for building and training; nothing here runs on a person's computer."""
