"""The rules of the programme: pure, synchronous, standard library only, time passed in."""
