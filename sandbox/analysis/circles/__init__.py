"""Life circles: audits by planning standards, and what straight circles hide."""
