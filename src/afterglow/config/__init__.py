"""Settings, start-up checks, URLs: where the rooms are put together."""
