"""Mood taps and validated questionnaires: taken, scored by their own rules, and shown over time."""
