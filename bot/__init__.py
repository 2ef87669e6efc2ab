"""The running process: command line, settings, wiring, clock, delivery worker, web endpoints."""
