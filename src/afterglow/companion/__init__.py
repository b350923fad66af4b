"""Today and the pages that join capabilities. It owns no facts."""
