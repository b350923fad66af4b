"""The only room with keys: sealed records, unlockers, sessions, drafts and what waits at the door."""
