"""Projects: a planner's whole work as one file, an ordinary GeoPackage that QGIS opens."""
