"""What pages of themes and of the lift may send, a module for each."""
