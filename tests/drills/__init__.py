"""Drills: what holds when the program is stopped hard, seen from outside its process."""
