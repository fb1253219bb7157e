"""Front end: the command line. Calls the session API and prints; never loads Textual."""
