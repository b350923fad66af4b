"""The living plan: why, insights, obstacles, purpose, small goals, self-care, people, appointments, wins."""
