"""Pages between two people who share."""
