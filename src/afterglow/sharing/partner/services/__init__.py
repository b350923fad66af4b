"""Changes between two people who share: say, agree, answer, note; each kept by both sides on their own."""
