"""How the program is reached over HTTPS at home: the choice in a file, the certificate, the listener. No Django, no vault."""
