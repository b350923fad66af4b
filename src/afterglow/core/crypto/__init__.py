"""The sealed format of the vault: pure functions from keys and bytes to bytes. It stores nothing,
knows no request and no clock, and takes its randomness as an argument.
"""
