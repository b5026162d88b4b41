"""Tables of an answer as one workbook, page, document or GeoPackage."""
