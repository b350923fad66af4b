"""What the pages that join capabilities show, a module for each topic."""
