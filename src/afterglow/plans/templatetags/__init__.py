"""What other pages ask of the plan."""
