"""What a scene is about: which features that is, and the view that shows them all."""
