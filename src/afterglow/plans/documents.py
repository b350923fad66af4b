"""Documents of this capability."""
