"""Not alone: inviting someone, what they may read and until when, and stopping it. Keys live in `vault`."""
