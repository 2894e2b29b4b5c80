"""The graph of skills: counting, measures, building."""
