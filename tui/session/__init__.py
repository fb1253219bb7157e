"""The door between the two faces and the services, and the rooms behind it: what comes in, goes out and is kept."""
