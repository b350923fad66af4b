"""How mood rises after a sitting and fades: series, filter, forecast, and what may be said."""
