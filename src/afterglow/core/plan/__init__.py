"""The rhythm after a sitting: which phase a day is in, and what may be offered on it."""
