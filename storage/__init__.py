"""Tables, engine, migrations and queries; every row belongs to a workspace."""
