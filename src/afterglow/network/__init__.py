"""How other devices reach the program: the page *Use on my phone*, and the authority that vouches for one name."""
