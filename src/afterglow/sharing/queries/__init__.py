"""Reads of sharing: who helps, what they may read, what it looks like for them."""
