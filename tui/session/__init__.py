"""Application services used by both front ends, the screen and the command line."""
