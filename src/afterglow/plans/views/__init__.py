"""Pages of the plan, a module for each."""
