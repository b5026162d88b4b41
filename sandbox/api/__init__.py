"""What `import sandbox` gives: networks, travel, analyses, as tables that pandas knows."""
