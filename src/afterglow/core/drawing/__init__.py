"""Drawings as data: strokes are checked, and become pictures. Pure; never judges what was drawn."""
