"""Two people who share: messages, check-ins, suggestions, and the care partner's pages. Leaves out grants themselves."""
