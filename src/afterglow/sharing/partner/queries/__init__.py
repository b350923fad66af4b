"""Reads of what two people who share keep of one another."""
