"""SSH signatures: making them with ssh-keygen, and checking them in process."""
