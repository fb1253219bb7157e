"""The widgets of the main screen: panes, lists and bars. A widget keeps ids and posts messages; it never calls the
session.
"""
