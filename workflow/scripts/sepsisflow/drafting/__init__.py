"""The draft of a study file, made by looking at raw files that nobody has described yet."""
