"""The engine: from streets to costs, searches, surfaces and contours."""
