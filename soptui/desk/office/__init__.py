"""What the office keeps and how it begins: people, posts, registers, founding, first commit."""
