"""Medicine sittings: planned, done, and what came up. Leaves out doses as advice and anything a clinic decides."""
