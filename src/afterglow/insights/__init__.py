"""What returns across entries: themes in exact quotes, shaped by the person's own decisions."""
