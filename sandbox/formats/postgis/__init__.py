"""Tables of PostgreSQL with PostGIS: read as layers, and written; the extra ``postgis``."""
