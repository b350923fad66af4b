"""Pages that join capabilities, a module for each topic."""
