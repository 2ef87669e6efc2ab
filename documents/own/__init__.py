"""The parts of the product's own layout: each is written and read by the same file."""
