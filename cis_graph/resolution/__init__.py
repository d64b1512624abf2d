"""Contributors' words to territories and concepts, with a finding for each word that stays unknown."""
