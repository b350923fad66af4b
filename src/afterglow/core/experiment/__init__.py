"""A self-experiment of one person: design, drawing, adherence, and an honest reading."""
