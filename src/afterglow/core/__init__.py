"""What the words mean: pure Python that knows no Django, no database and no clock."""
