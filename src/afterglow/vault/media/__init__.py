"""Media in the vault: voices, drawings, photos, each a document and a sealed file beside the database."""
