"""The reader of other tools' postmortems: it expects nothing, and loses nothing."""
