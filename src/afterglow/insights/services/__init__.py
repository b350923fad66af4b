"""Changes to what was decided about themes and about the lift, and the vectors that follow an entry; a module for each."""
