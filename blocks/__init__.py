"""Pure builders of messages and modals, and the readers that undo each modal."""
