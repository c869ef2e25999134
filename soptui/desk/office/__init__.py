"""Whom the office has and how it begins: people, posts, founding, joining, first commit."""
