"""The catalogues of messages: read from templates and Python, kept as .po by hand, compiled to .mo for Django."""
