"""What happens when a person clicks, the clock strikes or a message is due."""
