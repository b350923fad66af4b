"""Builds the feelings head from GoEmotions."""
