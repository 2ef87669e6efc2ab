"""A person's hands and eyes: what somebody in front of Slack does, types and sees."""
