"""Readers of what people bring: each gives rows and problems, and knows neither requests nor the database."""
