"""The first face: the command line. Asks the door, prints the answer; never loads Textual."""
