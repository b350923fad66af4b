"""What returns across entries: passages, meaning, people, grouping, labels, course."""
