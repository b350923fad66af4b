"""Grants: what one named person may read of a vault, by key. Leaves out what a scope means (`sharing` knows)."""
