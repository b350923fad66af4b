"""Reminders that a person asked for: when they fall, which ways they take, and how they stop. They know no word of the person."""
