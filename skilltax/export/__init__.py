"""The way out: tags, graph files, tables. Everything is written whole or not at all."""
