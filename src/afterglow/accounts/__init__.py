"""Who somebody is here: making a vault, opening it, the recovery code, and what they prefer."""
