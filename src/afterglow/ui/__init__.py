"""How everything looks and speaks: templates, tokens, tags, error pages. Knows no person and no vault."""
