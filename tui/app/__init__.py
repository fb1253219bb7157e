"""The second face: the screen. Draws what the door tells it, and asks the door for every change."""
