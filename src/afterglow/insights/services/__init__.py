"""Changes to what was decided about themes and about the lift, a module for each."""
