"""What a check says beyond the format: advice on the texts, the set and the screens. Compiling needs none of it."""
