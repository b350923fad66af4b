"""The parts of the lift benchmark."""
