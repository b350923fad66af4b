"""Developer scripts for the lift model: the simulator and the making of the shipped priors."""
