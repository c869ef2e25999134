"""What can be done to a case: the table of actions, the fields they ask, the labels of these."""
