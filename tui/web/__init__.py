"""The screen in a browser: a web server that listens on this machine only. Requires the extra ``readlist[web]``."""
