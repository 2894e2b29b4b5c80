"""From a posting to its mentions: names, sense, sections, strength, roles."""
