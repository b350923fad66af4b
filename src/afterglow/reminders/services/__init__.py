"""Changes to reminders: what is wished, which rows wait, what is sent."""
