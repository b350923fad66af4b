"""Carry everything out, bring things in, and copy the sealed data folder."""
