"""What the outside world knows and we ask: today its public holidays."""
