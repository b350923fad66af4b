"""The journal: what a person writes, finds again and removes. Leaves out what returns across entries (`insights`)."""
